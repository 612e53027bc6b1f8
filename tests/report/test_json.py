from __future__ import annotations

import json
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.judge.result import Canary, Evidence, Outcome, Result, Rule
from grader.report.json import as_json, dumps, number_of_points, value_as_json
from grader.values import Opaque

Gallery = dict[str, Callable[[], Result]]
DOCUMENT = Path(__file__).parents[2] / "docs" / "results.md"


def refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


def strict(text: str) -> Any:
    return json.loads(text, parse_constant=refuse)


def test_every_result_is_strict_ascii_json(named_result: tuple[str, Result]) -> None:
    text = dumps(named_result[1])
    assert text.isascii()
    assert text.endswith("}\n")
    assert strict(text) == as_json(named_result[1])


def sections() -> dict[str, list[str]]:
    """The first cells of each table in the document, under its heading, without their backquotes."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif match := re.match(r"\| `(\w+)` \|", line):
            found.setdefault(heading, []).append(match[1])
    return found


def test_the_document_names_every_field_in_order(gallery: Gallery) -> None:
    result = as_json(gallery["wrong_value"]())
    exercise = result["exercises"][0]
    test = exercise["tests"][0]
    documented = sections()
    assert documented["The result"] == list(result)
    assert documented["Evidence"] == list(result["evidence"])
    assert documented["An exercise"] == list(exercise)
    assert documented["A test"] == list(test)
    assert documented["Mismatch"] == list(test["mismatch"])
    assert documented["Finding"] == list(test["finding"])
    assert documented["Outcomes"] == [outcome.value for outcome in Outcome]
    assert documented["Rules"] == [rule.value for rule in Rule]


def test_the_documents_example_has_the_form(gallery: Gallery) -> None:
    block = DOCUMENT.read_text(encoding="utf-8").partition("```json\n")[2].partition("```")[0]
    example, result = strict(block), as_json(gallery["wrong_value"]())
    while isinstance(example, dict):
        assert list(example) == list(result)
        example, result = (each.get("exercises", each.get("tests", [None])) for each in (example, result))
        example, result = example[0], result[0]


def test_a_wrong_array(gallery: Gallery) -> None:
    test = as_json(gallery["wrong_value"]())["exercises"][0]["tests"][0]
    assert test["path"] == "result[2, 0]"
    assert test["actual"][2][0] == 0.31
    assert test["mismatch"] == {"count": 4, "size": 12, "first": [2, 0], "largest": 0.5337947}
    assert test["finding"]["rule"] == "value"
    assert (test["role"], test["hidden"], test["advice"]) == ("example", False, False)


def test_hidden_says_so(gallery: Gallery) -> None:
    tests = as_json(gallery["advice_only"]())["exercises"][1]["tests"]
    assert [test["hidden"] for test in tests] == [False] + [True] * 6
    assert [test["advice"] for test in tests] == [False] * 6 + [True]


@pytest.mark.parametrize(
    ("points", "number"),
    [(Fraction(10), 10), (Fraction(5, 2), 2.5), (Fraction(1, 3), 0.333333), (Fraction(20, 3), 6.666667)],
)
def test_points_are_rounded_once(points: Fraction, number: float) -> None:
    written = number_of_points(points)
    assert written == number
    assert type(written) is type(number)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, None),
        (np.bool_(True), True),
        (np.int8(-3), -3),
        (1 << 80, 1 << 80),
        (np.float32(0.5), 0.5),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        (1 - 2j, {"complex": [1.0, -2.0]}),
        (np.array([1j, np.nan]), [{"complex": [0.0, 1.0]}, {"complex": ["nan", 0.0]}]),
        (np.array(2.5), 2.5),
        (np.zeros((0, 3)), []),
        (np.zeros((2, 0)), [[], []]),
        ((1, [2.0, "three"]), [1, [2.0, "three"]]),
        ({"dW": np.ones((1, 2))}, {"dW": [[1.0, 1.0]]}),
        ({1: 2}, {"pairs": [[1, 2]]}),
        ({"type": "mine"}, {"pairs": [["type", "mine"]]}),
        (b"\x00\xff", {"bytes": "00ff"}),
        (Opaque("generator"), {"type": "generator"}),
        (np.array(["a", "b"]), ["a", "b"]),
        ("\ud800", "?"),
    ],
)
def test_values(value: object, written: object) -> None:
    assert value_as_json(value) == written
    json.dumps(value_as_json(value), allow_nan=False)


def test_long_values_are_cut() -> None:
    assert value_as_json(np.arange(2000).reshape(40, 50)) == {
        "array": "int64",
        "shape": [40, 50],
        "first": list(range(100)),
    }
    assert value_as_json([0] * 5000) == {"list": 5000, "first": [0] * 100}
    assert value_as_json(list(range(1000))) == list(range(1000))


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text() | st.binary()
ARRAYS = hnp.arrays(st.sampled_from([np.float64, np.int64, np.complex64, np.bool_]), hnp.array_shapes(min_side=0))
VALUES = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=20,
)


@given(VALUES)
def test_any_value_is_strict_json(value: object) -> None:
    strict(json.dumps(value_as_json(value), allow_nan=False))


def test_evidence_says_what_was_tried_and_what_is_missing(gallery: Gallery) -> None:
    canary = Canary(refused=17, possible=("see another process",), worked=6)
    evidence = Evidence("Linux 6.8", {"landlock": 4, "bubblewrap": False}, canary, ("strict: no bubblewrap",))
    result = msgspec.structs.replace(gallery["wrong_value"](), evidence=evidence)
    assert as_json(result)["evidence"] == {
        "kernel": "Linux 6.8",
        "abilities": {"landlock": 4, "bubblewrap": False},
        "canary": {"refused": 17, "possible": ["see another process"], "worked": 6},
        "lacks": ["strict: no bubblewrap"],
    }
    assert strict(dumps(result)) == as_json(result)


def test_without_walls_there_is_no_canary(gallery: Gallery) -> None:
    assert as_json(gallery["wrong_value"]())["evidence"]["canary"] is None
