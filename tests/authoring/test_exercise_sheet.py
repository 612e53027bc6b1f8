"""What students read of an exercise, beside what its author wrote: in their language."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from pseudo import disguised, english

from grader.authoring.exercise_sheet import ExerciseSheet, sheet_of
from grader.course.exact_types import exactly
from grader.course.key import Comparison, Spaces
from grader.course.signature import parse
from grader.words import text as words
from grader.words.language import Language, speaking

SPEC = {
    "build": {"x": "np.array(n)"},
    "view": SimpleNamespace(as_="result.mean()"),
    "random": SimpleNamespace(samples=400),
    "returns_about": "Α",
}


@pytest.fixture
def sheet(softmax: Any, make: Callable[..., Any]) -> Callable[..., ExerciseSheet]:
    exercise, key = softmax
    exercise = dataclasses.replace(exercise, spec=dataclasses.replace(exercise.spec, task="Α", **SPEC))
    shown = msgspec.structs.replace(key, returns=exactly(parse("float"), "float"))

    def made(spaces: Spaces | None = None) -> ExerciseSheet:
        if spaces is None:
            return sheet_of(exercise, shown)
        case = make("case", {"x": 1}, "1\n", compare=Comparison(spaces=spaces), is_printed=True)
        return sheet_of(exercise, msgspec.structs.replace(shown, cases=(case,)))

    return made


def test_what_is_told_of_calls_and_types(sheet: Callable[..., ExerciseSheet]) -> None:
    assert sheet().task == (
        "Α\n\nFor each call, `x` is made by `np.array(n)`. Of your `result`, `result.mean()` is compared.\n\n"
        "Draw from `np.random`, or from a generator of your own. Your function is called 400 times, each time with "
        "other random numbers, and all results are looked at together.\n"
    )
    assert sheet().returns.about == "Α Exactly a float."


@pytest.mark.parametrize("spaces", [None, *Spaces])
def test_all_of_it_comes_from_the_catalogues(
    sheet: Callable[..., ExerciseSheet], spaces: Spaces | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "translated", disguised)
    shown = sheet(spaces)
    assert not english(shown.task)
    assert not english(shown.returns.about, "float")


@pytest.mark.parametrize(("language", "points"), [(Language.ENGLISH, "2.5"), (Language.GERMAN, "2,5")])
def test_points_are_written_as_numbers_are(softmax: Any, language: Language, points: str) -> None:
    exercise, key = softmax
    with speaking(language):
        sheet = sheet_of(exercise, msgspec.structs.replace(key, points=Fraction(5, 2), undecided=Fraction()))
    assert sheet.points == points
