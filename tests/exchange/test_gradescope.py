from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from grader.exchange.gradescope import as_results, dumps
from grader.judge.result import Result

MakeResult: TypeAlias = Callable[..., Result]

TOP = {"score", "output", "output_format", "test_output_format", "test_name_format", "visibility", "stdout_visibility"}
TEST = {"score", "max_score", "status", "name", "number", "output"}


def test_each_test_is_shown_with_its_score(make_result: MakeResult) -> None:
    results = as_results(make_result("half", "right"))

    assert set(results) == TOP | {"extra_data", "tests"}
    assert all(set(test) <= TEST for test in results["tests"])
    assert results["score"] == 13.33
    right, wrong, advice, other = results["tests"]
    assert right == {
        "number": "1.1",
        "name": "softmax: any 1",
        "output": "",
        "status": "passed",
        "score": 3.33,
        "max_score": 3.33,
    }
    assert (wrong["status"], wrong["score"], wrong["max_score"]) == ("failed", 0, 6.67)
    assert wrong["output"] == "4 of 12 numbers <differ> & more.\nHint: Which axis runs along a row?"
    assert "score" not in advice
    assert advice["status"] == "passed"
    assert advice["output"].startswith("Worth knowing, no points lost: ")
    assert (other["number"], other["name"]) == ("2.1", "L1: any")


def test_every_test_is_visible_so_that_students_see_a_total(make_result: MakeResult) -> None:
    text = dumps(make_result("half"))

    assert '"visibility": "visible"' in text
    assert '"stdout_visibility": "hidden"' in text
    assert all("visibility" not in test for test in json.loads(text)["tests"])


def test_what_was_not_judged_is_no_zero_and_said_on_top(make_result: MakeResult) -> None:
    results = as_results(make_result("not judged", "right"))

    assert "could not be judged: L2." in results["output"]
    first, _ = results["tests"]
    assert not {"score", "max_score", "status"} & set(first)


def test_late_points_count_and_the_note_says_why(make_result: MakeResult) -> None:
    results = as_results(make_result("right"), points=Fraction(25, 3), note="Two days late.")

    assert results["score"] == 8.33
    assert "Two days late." in results["output"].split("\n")
