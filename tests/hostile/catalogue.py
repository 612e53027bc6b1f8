"""All attacks, and those of the catalogue that are not tried, each with its reason."""

from __future__ import annotations

from types import MappingProxyType

from hostile import answers, channel, exhaustion, lies, neighbours, oracles, sources, theft
from hostile.attack import Attack

__all__ = ["ATTACKS", "ELSEWHERE", "NOT_TRIED"]

ATTACKS: tuple[Attack, ...] = (
    *lies.ATTACKS,
    *channel.ATTACKS,
    *theft.ATTACKS,
    *oracles.ATTACKS,
    *exhaustion.ATTACKS,
    *answers.ATTACKS,
    *sources.ATTACKS,
    *neighbours.ATTACKS,
)

# Attacks that are no submissions: numbers, and the test files that hold them.
ELSEWHERE = MappingProxyType(
    {
        "test_archives.py": (89, 90, 91, 100),
        "test_instructor.py": (101, 102, 103, 104, 105, 106, 110),
    }
)
NOT_TRIED = MappingProxyType(
    {
        53: "result files behind a web server: the product serves none",
        56: "needs answers of earlier feedback, of which D57 to D59 show that there are none",
        60: "accepted: pass or fail is one bit a test and attempt",
        65: "accepted: a library's function in place of one's own is a matter of the course's policy",
        68: "a seed that is secret is not to be predicted (it is a marker for all of group C); without one the author is warned",
        107: "no table is written yet in which a formula could stand",
        108: "no picture of a student is shown",
        109: "no language model has a say in a verdict",
        114: "accepted: processes on one machine can tell each other things by how busy they are",
        115: "the canary's own tests; here each result has to carry the level that it was judged at",
    }
)
