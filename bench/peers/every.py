"""Everything that is measured, in the order of the table."""

from __future__ import annotations

from bench.peers.candidate import Candidate
from bench.peers.notebooks import Nbgrader, Otter
from bench.peers.ours import Command, Warm
from bench.peers.scripts import Check50, Gradescope, Pytest

__all__ = ["FLOOR", "OURS", "SLOW", "every"]

FLOOR = "floor"
OURS = "numgrade standard"
SLOW = frozenset([Otter.name, Nbgrader.name])  # seconds for each submission


def every() -> tuple[Candidate, ...]:
    """The floor, ours, and the others."""
    return (
        Warm(FLOOR, "floor", "a fork of a warm process and the calls; nothing is judged"),
        Warm("numgrade none", "none", "processes that stand ready, no walls"),
        Warm(OURS, "standard", "processes that stand ready"),
        Warm("numgrade strict", "strict", "processes that stand ready"),
        Command("grader run", "standard", "the whole command at `standard`, from a cold start, into a new gradebook"),
        Warm("numgrade fresh", "fresh", "a new interpreter a submission, no walls"),
        Gradescope(),
        Pytest(),
        Check50(),
        Otter(),
        Nbgrader(),
    )
