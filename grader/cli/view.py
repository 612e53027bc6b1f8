"""What is looked at while watching: which exercise, how many hints, and what each key changes about it. Plain data."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING

from grader.cli.judging import first_wrong

if TYPE_CHECKING:
    from grader.judge.result import ExerciseResult, Result

__all__ = ["View", "after_grading", "following", "keys_of", "pressed", "selected"]


@dataclasses.dataclass(frozen=True, slots=True)
class View:
    """What is looked at.

    chosen      an exercise's name; None follows the first that is not right yet
    just_right  whether it is looked at because it has just become right
    hints       how many of its hints are shown
    everything  whether all exercises are
    part        which part, where it is more than the window holds: counted from 0, or from the end if negative
    """

    chosen: str | None = None
    just_right: bool = False
    hints: int = 0
    everything: bool = False
    part: int = 0


def keys_of(view: View, result: Result, hints: Mapping[str, int], parts: int) -> dict[str, str]:
    """The keys that do something now, and what; `parts` says in how many parts the window shows it."""
    from grader.report.words import is_right
    from grader.words.text import said

    exercise = selected(view, result)
    can_hint = not is_right(exercise) and view.hints < hints.get(exercise.name, 0)
    keys = {
        "m": said("watch.key.more", part=view.part % parts + 1, parts=parts) if parts > 1 else "",
        "h": said("watch.key.hint") if can_hint else "",
        "n": said("watch.key.next") if len(result.exercises) > 1 else "",
        "p": said("watch.key.previous") if len(result.exercises) > 1 else "",
        "a": said("watch.key.one" if view.everything else "watch.key.all"),
        "q": said("watch.key.quit"),
    }
    return {key: word for key, word in keys.items() if word}


def selected(view: View, result: Result) -> ExerciseResult:
    """The exercise that is looked at."""
    for exercise in result.exercises:
        if exercise.name == view.chosen:
            return exercise
    return first_wrong(result) or result.exercises[-1]


def pressed(view: View, key: str, result: Result, hints: Mapping[str, int]) -> View:
    """The view after a key; `hints` says how many each exercise has. A key without a meaning changes nothing."""
    if key == "h":
        most = hints.get(selected(view, result).name, 0)
        if not most:
            return view
        return dataclasses.replace(view, hints=min(view.hints + 1, most), everything=False, part=-1)
    if key == "m":
        return dataclasses.replace(view, part=view.part + 1)
    if key == "a":
        return dataclasses.replace(view, everything=not view.everything, part=0)
    if key in ("n", "p"):
        names = [exercise.name for exercise in result.exercises]
        place = names.index(selected(view, result).name) + (1 if key == "n" else -1)
        return View(chosen=names[place % len(names)])
    return view


def after_grading(view: View, before: Result, now: Result) -> View:
    """The view of a new result. What has just become right stays for once, to be seen; hints go with their exercise."""
    old = selected(view, before)
    is_right = _is_right(now, old.name)
    if is_right and not _is_right(before, old.name):
        return View(chosen=old.name, just_right=True, everything=view.everything)
    is_left = (is_right and view.just_right) or view.chosen not in {each.name for each in now.exercises}
    moved = dataclasses.replace(view, chosen=None if is_left else view.chosen, just_right=False, part=0)
    return moved if selected(moved, now).name == old.name else dataclasses.replace(moved, hints=0)


def following(view: View, saved: Collection[str], result: Result) -> View:
    """The view after files (their names) were saved: what is still wrong in them, if something else is looked at."""
    theirs = [exercise for exercise in result.exercises if exercise.file and PurePath(exercise.file).name in saved]
    wrong = next((exercise for exercise in theirs if not _is_right(result, exercise.name)), None)
    if wrong is None or selected(view, result) in theirs:
        return view
    return dataclasses.replace(view, chosen=wrong.name, just_right=False, hints=0)


def _is_right(result: Result, name: str) -> bool:
    from grader.report.words import is_right

    return any(exercise.name == name and is_right(exercise) for exercise in result.exercises)
