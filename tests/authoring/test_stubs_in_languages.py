"""What students get of the six exercises in each of their languages, compared with the files in stubs/.

`NUMGRADE_GOLDEN=write` writes them anew: read what has changed.
"""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path

import pytest

from grader.authoring.exercise_sheet import sheet_of
from grader.authoring.untranslated import untranslated, untranslated_in_course
from grader.authoring.wordings import wordings
from grader.course.domains import parameters_of
from grader.course.folder import Course, Exercise, example_course
from grader.course.key import AnswerKey, Budget
from grader.message import by_language
from grader.words.language import Language, speaking
from grader.words.rendered import rendered
from grader.words.text import text

COURSE = Course(example_course())
SIX = next(one for one in COURSE.spec().assignments if one.name == "numpy-basics").exercises
GOLDEN = Path(__file__).parent / "stubs"


def key_of(exercise: Exercise) -> AnswerKey:
    """What a sheet needs of a key; without examples nothing has to be computed."""
    spec = exercise.spec
    return AnswerKey(
        schema=1,
        id="",
        name=exercise.name,
        title=spec.title,
        needs=(),
        function=spec.function,
        parameters=parameters_of(spec),
        returns=spec.returns,
        returns_text=spec.returns_text,
        points=spec.points,
        undecided=Fraction(),
        public=True,
        cases=(),
        misconceptions=(),
        hints=spec.hints,
        changes=(),
        budget=Budget(2.0, 10.0, 1 << 30),
        stub_digest="",
        versions={},
    )


@pytest.mark.parametrize("language", Language, ids=lambda each: each.value)
@pytest.mark.parametrize("name", SIX)
def test_the_stub_of_each_language(name: str, language: Language) -> None:
    exercise = COURSE.exercise(name)
    with speaking(language):
        stub = rendered("stub.py.j2", sheet=sheet_of(exercise, key_of(exercise)))
        hints = "".join(f"# {text(hint)}\n" for hint in exercise.spec.hints)
    file = GOLDEN / language.value / f"{name}.txt"
    if os.environ.get("NUMGRADE_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(stub + hints, encoding="utf-8")
    assert stub + hints == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COURSE.names())
def test_nothing_of_the_library_is_lacking_in_its_languages(name: str) -> None:
    spec = COURSE.exercise(name).spec
    assert list(untranslated(name, spec, COURSE.spec())) == []
    due = {"en", "zh", "de"} if name in SIX else {"en", "zh"}
    assert {tag for _, wording in wordings(spec) if wording for tag in by_language(wording)} == due


def test_nor_is_anything_of_its_course() -> None:
    assert list(untranslated_in_course(COURSE.spec())) == []
