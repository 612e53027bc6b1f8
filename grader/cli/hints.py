"""The hints of an exercise are a ladder: each time one is asked for, the next is given."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from grader.course.key import AnswerKey
    from grader.judge.result import ExerciseResult

__all__ = ["hint_text", "next_hint", "state_file"]

_MOST_REMEMBERED: Final = 500


def state_file() -> Path:
    """Where it is remembered how many hints have been given."""
    from grader.grading.keys import cache_folder

    return cache_folder() / "hints.json"


def next_hint(key: AnswerKey, exercise: ExerciseResult, state: Path) -> str:
    """The next hint for an exercise that is not right; `state` then remembers that it was given."""
    given = _read(state)
    number = min(given.get(key.id, 0), len(key.hints)) + 1
    if number <= len(key.hints):
        _write(state, {**given, key.id: number})
    return hint_text(key, exercise, number)


def hint_text(key: AnswerKey, exercise: ExerciseResult, number: int) -> str:
    """Hint `number` (from 1) of the ladder; past its end, the last one again; without a ladder, what the tests say."""
    if not key.hints:
        hint = next((test.finding.hint for test in exercise.tests if test.finding and test.finding.hint), None)
        return f"{key.name}: {hint or 'no hint was written for this exercise. `grade` shows what is wrong.'}"
    step = min(number, len(key.hints))
    again = " (the last there is)" if step == len(key.hints) else ""
    return f"{key.name}, hint {step} of {len(key.hints)}{again}: {key.hints[step - 1]}"


def _read(state: Path) -> dict[str, int]:
    """What is remembered; nothing where the file is not there or not ours."""
    try:
        content = json.loads(state.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {key: count for key, count in content.items() if type(count) is int and count >= 0}


def _write(state: Path, given: Mapping[str, int]) -> None:
    """A place that cannot be written is no error: the first hint is then given again."""
    kept = dict(list(given.items())[-_MOST_REMEMBERED:])
    try:
        state.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, name = tempfile.mkstemp(dir=state.parent, prefix=".hints-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(kept, file)
        Path(name).replace(state)
    except OSError:
        return
