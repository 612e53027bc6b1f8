"""The hints of an exercise, one after the other: each request gives the next; after the last, all of them again."""

from __future__ import annotations

import contextlib
import json
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.cli.judging import Judged, Request, first_wrong
from grader.disk import Readers, make_folder, write_whole
from grader.errors import GraderError
from grader.report.words import TERMINAL, Door, is_right, named

if TYPE_CHECKING:
    from grader.course.key import AnswerKey
    from grader.judge.result import ExerciseResult
    from grader.message import Wording

__all__ = ["count_hints", "door_of", "hint_for", "hint_text", "next_hint", "offering", "state_file"]

_MOST_REMEMBERED: Final = 500
_LONGEST: Final = 60  # of what a command names, where that is to be read within a sentence


def state_file() -> Path:
    """Where it is remembered how many hints have been given."""
    from grader.grading.keys import cache_folder

    return cache_folder() / "hints.json"


def door_of(request: Request) -> Door:
    """A terminal in which that was asked: its commands ask of the same work, and so of the same exercise."""
    course = [] if request.course is None else ["--course", str(request.course)]
    assignment = [] if request.assignment is None else ["-a", request.assignment]
    same = [
        *_typed(request.paths),
        *course,
        *assignment,
        *(word for name in request.exercises for word in ("-e", name)),
    ]
    others = [*_typed(path if path.is_dir() else path.parent for path in request.paths), *course]
    return Door(
        next="next.terminal",
        feedback=_command(same),
        hint=_command(same, "--hint"),
        another=_command(others, "--hint -e NAME"),
    )


def offering(door: Door, judged: Judged) -> Door:
    """The door, which offers hints only of exercises of which there are some."""
    wrong = [exercise for exercise in judged.result.exercises if not is_right(exercise)]
    hinted = frozenset(each.name for each in wrong if count_hints(judged.keys[each.name], each))
    return replace(door, hinted=hinted)


def count_hints(key: AnswerKey, exercise: ExerciseResult) -> int:
    """How many hints can be asked for: those of the ladder; without one, what the tests say, if they say something."""
    return len(_ladder(key, exercise)) or int(_of_tests(exercise) is not None)


def _typed(paths: Iterable[Path]) -> list[str]:
    """The paths as they are typed; none for the folder at hand alone, which need not be named."""
    typed = [f"./{path}" if str(path).startswith("-") else str(path) for path in dict.fromkeys(paths)]
    return [] if typed == ["."] else typed


def _command(names: Sequence[str], *more: str) -> str:
    """`grade` of these; with an ellipsis for them where they could not be read within a sentence."""
    words = shlex.join(names)
    if len(words) > _LONGEST or "`" in words or not words.isprintable():
        words = "…"
    return f"`{' '.join(filter(None, ('grade', words, *more)))}`"


def hint_for(judged: Judged, door: Door = TERMINAL) -> tuple[str, ...]:
    """The next hint for the first exercise that is not right yet, in paragraphs; that none is needed where all are."""
    exercise = first_wrong(judged.result)
    if exercise is None:
        from grader.words.text import said

        return (said("hints.none_needed"),)
    if judged.names == (exercise.name,):
        door = replace(door, another="")
    return next_hint(judged.keys[exercise.name], exercise, state_file(), judged.home, door=door)


def next_hint(
    key: AnswerKey, exercise: ExerciseResult, state: Path, home: Path, *, door: Door = TERMINAL
) -> tuple[str, ...]:
    """The next hint for an exercise that is not right, in paragraphs; once all have been given, all of them.

    `state` then remembers that it was given, in the course or the handout of the folder `home`.
    """
    given, last = _read(state), len(_ladder(key, exercise))
    own = f"{key.id} {home.resolve()}"
    number = given.get(own, 0) + 1
    if number > last > 0:
        every = (hint_text(key, exercise, step) for step in range(1, last + 1))
        return (*every, _of("hints.all" if door.another else "hints.all.alone", key, door))
    if last:
        _write(state, {**given, own: number})
    text = hint_text(key, exercise, number, door=door)
    end = "hints.last" if door.another else "hints.last.alone"
    return (text, _of(end, key, door)) if number == last else (text,)


def _of(name: str, key: AnswerKey, door: Door) -> str:
    """The text called `name` with what can be asked for there."""
    from grader.words.text import said

    asked = {"feedback": door.feedback, "hint": door.hint, "another": door.another}
    return said(name, **{each: named(how, key.name) for each, how in asked.items()})


def hint_text(key: AnswerKey, exercise: ExerciseResult, number: int, *, door: Door = TERMINAL) -> str:
    """Hint `number` (from 1) of the ladder; past its end, the last one again; without a ladder, what the tests say."""
    from grader.words.text import said, text

    ladder = _ladder(key, exercise)
    if not ladder:
        hint = _of_tests(exercise)
        words = text(hint) if hint is not None else _of("hints.none", key, door)
        return said("hints.of", name=key.name, hint=words)
    step = min(number, len(ladder))
    return said("hints.step", name=key.name, step=step, last=len(ladder), hint=ladder[step - 1])


def _of_tests(exercise: ExerciseResult) -> Wording | None:
    """The first hint that a test gives."""
    return next((test.finding.hint for test in exercise.tests if test.finding and test.finding.hint), None)


def _ladder(key: AnswerKey, exercise: ExerciseResult) -> list[str]:
    """The author's hints, then why it is wrong, if that is known, then the smallest call that shows it."""
    from grader.report.failures import first_told, in_most_words
    from grader.words.text import said, text

    told = [test.finding for test in exercise.tests if test.finding is not None and not test.advice]
    hints = [finding.hint for finding in told if finding.diagnosis is not None and finding.hint is not None]
    why = in_most_words(hints) if hints else None
    shown = first_told(exercise)
    ladder = [*map(text, key.hints), *([text(why)] if why is not None else [])]
    if ladder and shown is not None and shown.call and shown.finding is not None and _is_written_out(shown.call):
        ladder.append(f"{said('hints.try_this')}\n{shown.call}\n{text(shown.finding.messages[0])}")
    return ladder


def _is_written_out(call: str) -> bool:
    """Whether all arguments stand there: of one that is too large a comment says its type and size."""
    return not any(line.startswith("#") for line in call.splitlines())


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
