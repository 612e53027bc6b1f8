"""The hints of an exercise, one after the other: each request gives the next; after the last, all of them again."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.disk import Readers, make_folder, write_whole
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.course.key import AnswerKey
    from grader.judge.result import ExerciseResult

__all__ = ["hint_text", "next_hint", "state_file"]

_MOST_REMEMBERED: Final = 500
_NO_HINT: Final = "no hint was written for this exercise. `grade` shows what is wrong."
_TRY_THIS: Final = "work through this call by hand, and print what your code makes of it step by step."
_ELSEWHERE: Final = "For another exercise: `grade --hint -e NAME`."
_NO_MORE: Final = f"That was the last hint. To read all of them again: `grade --hint` once more. {_ELSEWHERE}"
_ALL: Final = f"These are all the hints there are. {_ELSEWHERE}"


def state_file() -> Path:
    """Where it is remembered how many hints have been given."""
    from grader.grading.keys import cache_folder

    return cache_folder() / "hints.json"


def next_hint(key: AnswerKey, exercise: ExerciseResult, state: Path, home: Path) -> tuple[str, ...]:
    """The next hint for an exercise that is not right, in paragraphs; once all have been given, all of them.

    `state` then remembers that it was given, in the course or the handout of the folder `home`.
    """
    given, last = _read(state), len(_ladder(key, exercise))
    own = f"{key.id} {home.resolve()}"
    number = given.get(own, 0) + 1
    if number > last > 0:
        return (*(hint_text(key, exercise, step) for step in range(1, last + 1)), _ALL)
    if last:
        _write(state, {**given, own: number})
    text = hint_text(key, exercise, number)
    return (text, _NO_MORE) if number == last else (text,)


def hint_text(key: AnswerKey, exercise: ExerciseResult, number: int) -> str:
    """Hint `number` (from 1) of the ladder; past its end, the last one again; without a ladder, what the tests say."""
    from grader.words.text import text

    ladder = _ladder(key, exercise)
    if not ladder:
        hint = next((test.finding.hint for test in exercise.tests if test.finding and test.finding.hint), None)
        return f"{key.name}: {text(hint) if hint is not None else _NO_HINT}"
    step = min(number, len(ladder))
    return f"{key.name}, hint {step} of {len(ladder)}: {ladder[step - 1]}"


def _ladder(key: AnswerKey, exercise: ExerciseResult) -> list[str]:
    """The author's hints, then why it is wrong, if that is known, then the smallest call that shows it."""
    from grader.report.failures import first_told, in_most_words
    from grader.words.text import text

    told = [test.finding for test in exercise.tests if test.finding is not None and not test.advice]
    said = [finding.hint for finding in told if finding.diagnosis is not None and finding.hint is not None]
    why = in_most_words(said) if said else None
    shown = first_told(exercise)
    ladder = [*key.hints, *([text(why)] if why is not None else [])]
    if ladder and shown is not None and shown.call is not None and shown.finding is not None:
        ladder.append(f"{_TRY_THIS}\n{shown.call}\n{text(shown.finding.messages[0])}")
    return ladder


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
    """Where the file cannot be written, that is not an error: the first hint is given again next time."""
    kept = dict(list(given.items())[-_MOST_REMEMBERED:])
    with contextlib.suppress(GraderError):
        make_folder(state.parent, Readers.OWNER)
        write_whole(state, [json.dumps(kept).encode()], Readers.OWNER)
