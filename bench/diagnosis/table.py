"""Diagnose the solutions of `wrong.toml` and `right.toml`, in the course and on its handout; write down what is said.

`python -m bench.diagnosis` writes the table of docs/diagnosis.md anew. Its exit status is 1 if a diagnosis is false.
"""

from __future__ import annotations

import contextlib
import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from bench.basics import basics
from grader.course.folder import Course
from grader.course.key import SCHEMA, Assignment, Handout
from grader.grading.answers import Answers, File, judge_files
from grader.grading.author_code import authors_observer
from grader.grading.cached_answers import CachedAnswers
from grader.grading.keys import CourseKeys, HandoutKeys, cache_folder
from grader.grading.payload import packed
from grader.grading.public import public_mutants, public_part
from grader.judge import diagnosis as judging
from grader.judge.result import ExerciseResult, Outcome
from grader.observe.observer import Observer
from grader.words.text import text

__all__ = ["Said", "Solution", "main", "read", "said_of"]

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]
COURSES: Final = (basics(), HERE / "course")  # the exercises of the second have results of several parts
NONE: Final = "none"
_TIMES: Final = 3
Clock: TypeAlias = Callable[[], float]
START: Final = "<!-- table: made by python -m bench.diagnosis -->"


@dataclass(frozen=True)
class Solution:
    """One solution: its mistake in words, and the diagnoses that would be true (`none`: it is right to say nothing)."""

    exercise: str
    code: str
    mistake: str = ""
    expect: tuple[str, ...] = (NONE,)


@dataclass(frozen=True)
class Said:
    """What was said of a solution."""

    solution: Solution
    outcome: Outcome
    diagnosis: str | None
    words: str

    @property
    def is_true(self) -> bool:
        """Silence is never false."""
        return self.diagnosis is None or self.diagnosis in self.solution.expect

    @property
    def is_silent(self) -> bool:
        """Whether nothing was said where something true could have been."""
        return self.diagnosis is None and NONE not in self.solution.expect


def read(name: str) -> list[Solution]:
    """The solutions of one file."""
    entries = tomllib.loads((HERE / name).read_text(encoding="utf-8"))["solution"]
    return [Solution(**{**entry, "expect": tuple(entry.get("expect", (NONE,)))}) for entry in entries]


def opened() -> dict[str, CourseKeys]:
    """The keys that each exercise is in."""
    every = [CourseKeys(Course(folder), cache=cache_folder()) for folder in COURSES]
    return {name: keys for keys in every for name in keys.names}


def handout_of(name: str, keys: CourseKeys) -> HandoutKeys:
    """What a handout has of one exercise."""
    key = public_part(keys.key(name))
    mutants = {name: packed(public_mutants(keys.mutants(key).all(), key, keys.solution(key)))}
    return HandoutKeys(Handout(SCHEMA, "", "en", Assignment(name, name, (name,)), (key,), mutants), ROOT)


def said_of(solution: Solution, answers: Answers, observer: Observer) -> Said:
    """Grade one solution, and read off what the student would be told."""
    result = judge_files(answers, [_file(solution)], observer, exercises=[solution.exercise])
    return _read_off(solution, result.exercises[0])


def _read_off(solution: Solution, exercise: ExerciseResult) -> Said:
    told = [test.finding for test in exercise.tests if test.finding is not None and test.finding.diagnosis is not None]
    first = told[0] if told else None
    words = "" if first is None else text(first.hint or first.messages[-1])
    return Said(solution, exercise.outcome, None if first is None else first.diagnosis, words)


def every(solutions: Sequence[Solution], keys: Mapping[str, CourseKeys], *, public: bool) -> Iterator[Said]:
    """All of them, by their course's keys or by the handout's."""
    names = {solution.exercise for solution in solutions}
    answers = {name: CachedAnswers(handout_of(name, keys[name]) if public else keys[name]) for name in names}
    with authors_observer() as observer:
        for solution in solutions:
            yield said_of(solution, answers[solution.exercise], observer)


def _table(course: Sequence[Said], handout: Sequence[Said]) -> Iterator[str]:
    yield "| exercise | mistake | in the course | on the handout | what the student reads |"
    yield "| --- | --- | --- | --- | --- |"
    for one, public in zip(course, handout, strict=True):
        cells = [one.solution.exercise, one.solution.mistake, _named(one), _named(public), one.words.replace("\n", " ")]
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _named(said: Said) -> str:
    mark = "" if said.is_true else " **false**"
    return (f"`{said.diagnosis}`" if said.diagnosis else "–") + mark


def _counts(name: str, wrong: Sequence[Said], right: Sequence[Said]) -> str:
    said = [one for one in wrong if one.diagnosis is not None]
    false = [one for one in (*wrong, *right) if not one.is_true]
    silent = sum(one.is_silent for one in wrong)
    return (
        f"| {name} | {len(wrong)} | {len(said)} | {silent} | {len(right)} | "
        f"{sum(one.diagnosis is not None for one in right)} | {len(false)} |"
    )


def _cost(keys: Mapping[str, CourseKeys], solutions: Sequence[Solution]) -> tuple[str, str]:
    """What the diagnosis of a wrong solution costs, once mutants are cached, and what making its failing case small."""
    diagnosed, shrunk = list[float](), list[float]()
    with authors_observer() as observer:
        for solution in solutions:
            whole = keys[solution.exercise]
            cached = CachedAnswers(whole)

            def least(clock: Clock, answers: Answers, one: Solution = solution) -> float:
                return min(_seconds(clock, one, answers, observer) for _ in range(_TIMES))

            # Diagnosis asks no other process, so that its own time on the processor is all there is.
            with _silence():
                silent = least(time.process_time, cached)
            diagnosed.append(least(time.process_time, cached) - silent)
            shrunk.append(least(time.perf_counter, whole) - least(time.perf_counter, cached))
    return _figures(diagnosed), _figures(shrunk)


def _seconds(clock: Clock, solution: Solution, answers: Answers, observer: Observer) -> float:
    """How long it takes to grade."""
    file = _file(solution)
    observer.forget()
    begin = clock()
    judge_files(answers, [file], observer, exercises=[solution.exercise])
    return clock() - begin


def _file(solution: Solution) -> File:
    return File(f"{solution.exercise}.py", f"import numpy as np\n\n{solution.code}".encode())


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Grading without diagnosis."""
    real = judging.diagnosed
    judging.diagnosed = lambda *given, **more: None  # type: ignore[assignment]
    try:
        yield
    finally:
        judging.diagnosed = real


def _figures(seconds: Sequence[float]) -> str:
    return f"{1000 * statistics.median(seconds):.1f} ms in the middle, {1000 * max(seconds):.1f} ms at most"


def main() -> None:
    """Write the table into docs/diagnosis.md."""
    keys = opened()
    wrong, right = read("wrong.toml"), read("right.toml")
    course, handout = list(every(wrong, keys, public=False)), list(every(wrong, keys, public=True))
    fine, fine_public = list(every(right, keys, public=False)), list(every(right, keys, public=True))
    cost = _cost(keys, wrong[::3])
    lines = [
        START,
        "",
        "| | wrong solutions | diagnosed | could have been | right solutions | diagnosed | false diagnoses |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        _counts("course", course, fine),
        _counts("handout", handout, fine_public),
        "",
        f"To grade a failing submission, diagnosis added {cost[0]}.",
        f"To make its failing case small added {cost[1]}, the reference having been asked before.",
        "Neither is done for right work.",
        "",
        *_table(course, handout),
        "",
    ]
    page = ROOT / "docs" / "diagnosis.md"
    page.write_text(page.read_text(encoding="utf-8").partition(START)[0] + "\n".join(lines), encoding="utf-8")
    unright = [one for one in (*fine, *fine_public) if one.outcome not in (Outcome.PASSED, Outcome.UNDECIDED)]
    false = [one for one in (*course, *handout, *fine, *fine_public) if not one.is_true]
    for one in (*false, *unright):
        print(f"{one.solution.exercise}: {one.solution.mistake or one.solution.code}: {one.diagnosis}", file=sys.stderr)
    sys.exit(1 if false or unright else 0)
