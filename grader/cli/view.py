"""What is looked at while watching: which exercise, how many hints, and what each key changes about it. Plain data."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from grader.cli.judging import first_wrong

if TYPE_CHECKING:
    from grader.judge.result import ExerciseResult, Result

__all__ = ["KEYS", "View", "after_grading", "following", "pressed", "selected"]

KEYS: Final = {"h": "hint", "n": "next", "p": "previous", "a": "all", "q": "quit"}


@dataclasses.dataclass(frozen=True, slots=True)
class View:
    """`chosen` is an exercise's name; None follows the first that is not right yet."""

    chosen: str | None = None
    hints: int = 0
    everything: bool = False


def selected(view: View, result: Result) -> ExerciseResult:
    """The exercise that is looked at."""
    for exercise in result.exercises:
        if exercise.name == view.chosen:
            return exercise
    return first_wrong(result) or result.exercises[-1]


def pressed(view: View, key: str, result: Result, hints: Mapping[str, int]) -> View:
    """The view after a key; `hints` says how many each exercise has. A key without a meaning changes nothing."""
    if key == "h":
        name = selected(view, result).name
        return dataclasses.replace(view, hints=min(view.hints + 1, max(1, hints.get(name, 0))), everything=False)
    if key == "a":
        return dataclasses.replace(view, everything=not view.everything)
    if key in ("n", "p"):
        names = [exercise.name for exercise in result.exercises]
        place = names.index(selected(view, result).name) + (1 if key == "n" else -1)
        return View(chosen=names[place % len(names)])
    return view


def after_grading(view: View, before: Result, now: Result) -> View:
    """The view of a new result. What has just become right is left behind; hints go with their exercise."""
    old = selected(view, before)
    became_right = _is_right(now, old.name) and not _is_right(before, old.name)
    chosen = None if became_right or view.chosen not in {each.name for each in now.exercises} else view.chosen
    moved = dataclasses.replace(view, chosen=chosen)
    return moved if selected(moved, now).name == old.name else dataclasses.replace(moved, hints=0)


def following(view: View, saved: Collection[str], result: Result) -> View:
    """The view after files (their names) were saved: what is still wrong in them, if something else is looked at."""
    theirs = [exercise for exercise in result.exercises if exercise.file and PurePath(exercise.file).name in saved]
    wrong = next((exercise for exercise in theirs if not _is_right(result, exercise.name)), None)
    if wrong is None or selected(view, result) in theirs:
        return view
    return dataclasses.replace(view, chosen=wrong.name, hints=0)


def _is_right(result: Result, name: str) -> bool:
    from grader.report.words import is_right

    return any(exercise.name == name and is_right(exercise) for exercise in result.exercises)
