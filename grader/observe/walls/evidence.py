"""The evidence of isolation, as plain data: for results and for `grader doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.observe.walls.levels import Level

if TYPE_CHECKING:  # every run without walls comes by here
    from grader.observe.walls.abilities import Abilities, MissingFeature

__all__ = ["CanaryCheck", "Evidence", "without_walls"]


@dataclass(frozen=True, slots=True)
class CanaryCheck:
    """One action that the canary tried. `refusal` is the name of the system's error, empty where it succeeded."""

    action: str
    refusal: str
    is_needed: bool  # honest work needs the action; otherwise it is forbidden
    is_as_required: bool  # its outcome is the one that this level requires


@dataclass(frozen=True, slots=True)
class Evidence:
    """`level` is what was proved, by `checks`; `missing_features` is why it is no more, each with its remedy.

    Of `none` there is nothing to prove; where nothing else was asked for, nobody looked at `abilities` either.
    """

    level: Level
    abilities: Abilities | None
    checks: tuple[CanaryCheck, ...] = ()
    missing_features: tuple[MissingFeature, ...] = ()


def without_walls() -> Evidence:
    """Where none were asked for: there is nothing to prove."""
    return Evidence(Level.NONE, None)
