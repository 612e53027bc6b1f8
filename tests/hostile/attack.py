"""What an attack is: a record, and nothing that runs."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

__all__ = ["GROUPS", "SAME_USER", "Attack", "Gain", "group_of", "phrase"]

# The catalogue's eight groups and the numbers of their attacks.
GROUPS = MappingProxyType(
    {
        "A": range(1, 23),
        "B": range(23, 39),
        "C": range(39, 55),
        "D": range(55, 70),
        "E": range(70, 89),
        "F": range(89, 101),
        "G": range(101, 111),
        "H": range(111, 116),
    }
)
SAME_USER = "at `none` it is another process of the same user, to whom files, processes and the network are open"


class Gain(enum.Enum):
    """What an attack can be after. The runner looks for every one of them after every attack."""

    POINTS = "points that were not earned"
    SECRET = "a planted marker in what the process said"
    HIDDEN = "a hidden test's inputs or answers in what a student is shown"
    ACT = "something that must not succeed did: it said so"
    FILE = "a file, a segment or a socket left behind"
    PROCESS = "a process left behind, or one that was not its own ended"
    MEMORY = "more memory of the controller than it may cost"
    TIME = "more time of the controller than it may cost"
    VERDICT = "another verdict than the right one"
    BATCH = "the grader itself ended, or the next submission was not judged as it should be"
    SCREEN = "control characters on a screen or in a file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """A submission. In its text `@NAME@` stands for what was planted (`hostile.planted`).

    `aims`: what it is after. `shows`: how its success would show. `outcomes`: the verdicts that are right.
    `stopped_from`: the first level that is meant to stop it; `because`: why those below are not. `spares`: levels at
    which it is not run, and why. `unlike`: why it is not run against the naive control; `instead`: what is run against
    that, where the same thing takes another text there.
    """

    number: int
    name: str
    goal: str
    shows: str
    source: str | bytes
    aims: tuple[Gain, ...]
    outcomes: tuple[str, ...] = ("failed",)
    exercise: str = "convert"
    also: tuple[str, ...] = ()  # exercises that are judged before it, in the same session
    file: str = "work.py"
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    friend: str | None = None  # the text of a submission that is graded next, in whose hands nothing may fall
    earned: int = 0  # points that it is worth
    stopped_from: str = "none"
    because: str = ""
    spares: Mapping[str, str] = field(default_factory=dict)
    unlike: str = ""
    instead: str | None = None

    @property
    def group(self) -> str:
        return group_of(self.number)

    @property
    def id(self) -> str:
        return f"{self.group}{self.number}-{self.name}"


def group_of(number: int) -> str:
    return next(group for group, numbers in GROUPS.items() if number in numbers)


def phrase(token: str) -> str:
    """What an attack says when it got through, so that its own text, which has `@GOT@`, is not taken for it."""
    return f"got-through-{token}"
