from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import msgspec
import pytest

from grader.judge.feedback import statement_stopped
from grader.judge.result import Outcome, Result
from grader.observation import Status
from grader.report.words import (
    counted,
    is_right,
    location,
    next_step,
    outcome_words,
    points_text,
    totals,
)

Gallery = dict[str, Callable[[], Result]]


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (Fraction(10), "10"),
        (Fraction(0), "0"),
        (Fraction(5, 2), "2.5"),
        (Fraction(1, 3), "0.33"),
        (Fraction(100), "100"),
    ],
)
def test_points_text(points: Fraction, text: str) -> None:
    assert points_text(points) == text


def test_counted() -> None:
    assert [counted(n, "case") for n in (0, 1, 2)] == ["0 cases", "1 case", "2 cases"]
    assert counted(Fraction(1, 2), "point") == "0.5 points"
    assert counted(Fraction(1), "point") == "1 point"


def test_every_outcome_has_words() -> None:
    assert not [outcome for outcome in Outcome if outcome_words(outcome).startswith("[")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("whole_assignment", "22 of 60 points, 2 of 6 exercises right, 1 not judged"),
        ("undecided", "2 of 2 exercises right so far; hidden tests decide the 20 points"),
        ("practice_wrong", "1 of 2 exercises right so far; hidden tests decide the 20 points"),
        ("right", "10 of 10 points, 1 of 1 exercise right"),
    ],
)
def test_totals(gallery: Gallery, name: str, text: str) -> None:
    assert totals(gallery[name]()) == text


def test_next_step(gallery: Gallery) -> None:
    assert next_step(gallery["right"]()) == "Everything is right."
    assert next_step(gallery["wrong_value"]()).endswith(": softmax.")
    assert next_step(gallery["undecided"]()) == "Nothing that can be seen from here is wrong: hand it in."
    assert "could not judge L2" in next_step(gallery["whole_assignment"]())


def test_a_file_of_which_a_part_was_left_out_is_not_handed_in(gallery: Gallery) -> None:
    result = gallery["right"]()
    noted = msgspec.structs.replace(result.exercises[0], file="a.py", remarks=(statement_stopped(Status.TIMED_OUT, 5),))
    said = next_step(msgspec.structs.replace(result, exercises=(noted,)))
    assert said == "First look at a.py: a part of it was left out (see the note)."
    whole = next_step(msgspec.structs.replace(result, remarks=noted.remarks))
    assert whole == "First look at the note on the whole file: a part of it was left out."


def test_an_example_that_fails_is_not_right(gallery: Gallery) -> None:
    exercise = gallery["wrong_value"]().exercises[0]
    assert not is_right(msgspec.structs.replace(exercise, outcome=Outcome.PASSED))


def test_location(gallery: Gallery) -> None:
    raised = gallery["raised"]().exercises[0]
    notebook = gallery["raised_in_notebook"]().exercises[0]
    finding = raised.tests[0].finding
    assert finding is not None
    assert location(raised, finding) == "softmax.py:5"
    finding = notebook.tests[0].finding
    assert finding is not None
    assert location(notebook, finding) == "week 1.ipynb, cell 4, line 3"
