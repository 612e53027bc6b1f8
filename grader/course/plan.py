"""How the inputs of one case are drawn, where a test leaves it open: in turns, so that each kind of input comes up."""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from typing import Final

from grader.course.sizes import READABLE, Family
from grader.course.variety import Variety

__all__ = ["ON_PAPER", "USUAL", "Plan", "explored", "repeated"]


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """`level`: how large (0 is smallest, None as usual); `family`: of which kind sizes are; `variety`: of contents.

    `readable`: elements of one array, more than which there are only where an array cannot have fewer.
    """

    level: int | None = None
    family: Family = Family.ANY
    variety: Variety = Variety.USUAL
    readable: int = READABLE


USUAL: Final = Plan()
ON_PAPER: Final = Plan(readable=30)  # what a page shows: a matrix of the usual sizes, and nothing larger

_REPEATED: Final = (
    USUAL,
    Plan(family=Family.EVEN, variety=Variety.TIED_LABELS),
    Plan(family=Family.ODD),
    Plan(family=Family.ALIKE, variety=Variety.TIED_LABELS),
    Plan(family=Family.COMPOSITE),
    Plan(family=Family.POWER_OF_TWO, variety=Variety.TIED_LABELS),
)
_EXPLORED: Final = (
    *_REPEATED[:4],
    Plan(family=Family.COMPOSITE, variety=Variety.TIES),
    Plan(family=Family.POWER_OF_TWO),
    Plan(variety=Variety.SORTED),
    Plan(family=Family.EVEN, variety=Variety.REVERSED),
    Plan(variety=Variety.CONSTANT),
    Plan(family=Family.LONG),
)


def repeated(index: int) -> Plan:
    """How case `index` (from 1) of an author's test is drawn: sizes of every kind, contents that suit any function."""
    return _REPEATED[(index - 1) % len(_REPEATED)]


@lru_cache(maxsize=256)
def explored(turn: int, level: int) -> Plan:
    """How the inputs of practice and search are drawn in that turn (from 0): of every kind, orders and ties too."""
    return dataclasses.replace(_EXPLORED[turn % len(_EXPLORED)], level=level)
