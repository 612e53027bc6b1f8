"""What is known of how well submissions are kept apart: plain data, for results and for `grader doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.observe.walls.levels import Level

if TYPE_CHECKING:  # every run without walls comes by here
    from grader.observe.walls.abilities import Abilities, Lack

__all__ = ["Evidence", "Trial", "without_walls"]


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing that the canary tried. `refusal` is the kernel's word for it, empty where it succeeded."""

    act: str
    refusal: str
    is_deed: bool  # that honest work needs; else nobody may
    is_well: bool  # it went as it must at this level


@dataclass(frozen=True, slots=True)
class Evidence:
    """`level` is what was proved, by `trials`; `lacks` is why it is no more, each with its remedy.

    Of `none` there is nothing to prove; where nothing else was asked for, nobody looked at `abilities` either.
    """

    level: Level
    abilities: Abilities | None
    trials: tuple[Trial, ...] = ()
    lacks: tuple[Lack, ...] = ()


def without_walls() -> Evidence:
    """Where none were asked for: there is nothing to prove."""
    return Evidence(Level.NONE, None)
