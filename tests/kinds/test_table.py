"""Every kind of value, and each thing that its record says of it."""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import json
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction
from types import ModuleType
from typing import Any

import msgspec
import numpy as np
import pytest

from grader.codec import decode, to_bytes
from grader.course.key import Comparison
from grader.course.signature import Kind, Leaf
from grader.judge.compare import compare
from grader.judge.wording import short, thing
from grader.kinds import arrays, containers, single
from grader.kinds.kind import Unshowable, ValueKind
from grader.kinds.numbers import NUMBER
from grader.kinds.table import KINDS, kind_of
from grader.literals import literal, modules
from grader.named_tuple import Named
from grader.report.json import value_as_json
from grader.report.value_text import type_text, value_text
from grader.values import Opaque, Plain, equal
from grader.words.text import text

ANYTHING = Leaf(Kind.ANY)
MODULES: dict[str, ModuleType] = {
    "collections": collections,
    "datetime": datetime,
    "decimal": decimal,
    "fractions": fractions,
}


def objects(*parts: Any) -> Any:
    made = np.empty(len(parts), dtype=object)
    for number, part in enumerate(parts):
        made[number] = part
    return made


PAIRS = np.array([(1, 2.0), (3, 4.5)], dtype=[("a", "<i8"), ("b", "<f8")])
DAYS = np.array(["2026-01-02", "NaT"], dtype="M8[D]")
POINT = Named.of("Point", ("x", "y"), (1.0, 2.0))
# A value, its kind, what stands for it in a message, what is said of it, its JSON, and a value that it is not.
EXAMPLES: list[tuple[Any, ValueKind, str, str, Any, Any]] = [
    (None, single.NONE, "None", "None", None, 0),
    (True, NUMBER, "True", "a bool (True or False)", True, False),
    (1, NUMBER, "1", "one number", 1, 2),
    (1j, NUMBER, "0.0+1.0j", "one number", {"complex": [0.0, 1.0]}, 2j),
    (np.float32(1.5), NUMBER, "1.5", "one number", 1.5, 2.5),
    (np.array(1.5), NUMBER, "1.5", "one number", 1.5, 2.5),
    (np.array([1.0]), arrays.ARRAY, "[1.0]", "an array of shape (1,)", [1.0], np.array([2.0])),
    (np.array([True]), arrays.ARRAY, "[True]", "an array of bools of shape (1,)", [True], np.array([False])),
    (np.zeros((0, 2)), arrays.ARRAY, "an array of shape (0, 2)", "an array of shape (0, 2)", [], np.zeros((0, 3))),
    (np.array(["a"]), arrays.ARRAY, "['a']", "an array of strings of shape (1,)", ["a"], np.array(["b"])),
    ("a", single.TEXT, "'a'", "a string", "a", "b"),
    (np.str_("a"), single.TEXT, "'a'", "a string", "a", "b"),
    (np.array("a"), single.TEXT, "'a'", "a string", "a", "b"),
    (b"a", single.BYTES, "b'a'", "a bytes object", {"bytes": "61"}, b"b"),
    (np.bytes_(b"a"), single.BYTES, "b'a'", "a bytes object", {"bytes": "61"}, b"b"),
    (
        np.array([b"a", b"bc"]),
        arrays.BYTES_ARRAY,
        "[b'a', b'bc']",
        "an array of bytes objects of shape (2,)",
        [{"bytes": "61"}, {"bytes": "6263"}],
        np.array([b"a", b"bd"]),
    ),
    ([1, "a"], containers.LIST, "[1, 'a']", "a list", [1, "a"], [1, "b"]),
    ((1,), containers.TUPLE, "(1,)", "a tuple of 1", [1], (1, 2)),
    (POINT, containers.TUPLE, "Point(x=1.0, y=2.0)", "a tuple of 2", [1.0, 2.0], (1.0, 2.5)),
    ({"a": 1}, containers.DICT, "{'a': 1}", "a dictionary", {"a": 1}, {"a": 2}),
    ({(1, 2): 3}, containers.DICT, "{(1, 2): 3}", "a dictionary", {"pairs": [[[1, 2], 3]]}, {(1, 3): 3}),
    ({3, 1}, containers.SET, "{1, 3}", "a set", {"set": [1, 3]}, {1, 2}),
    (frozenset(), containers.SET, "frozenset()", "a set", {"set": []}, {1}),
    (set(), containers.SET, "set()", "a set", {"set": []}, {1}),
    (range(1, 9, 2), single.RANGE, "range(1, 9, 2)", "a range", {"range": [1, 9, 2]}, range(8)),
    (
        Fraction(1, 2),
        single.FRACTION,
        "Fraction(1, 2)",
        "a Fraction",
        {"fraction": [1, 2]},
        Fraction(1, 3),
    ),
    (Decimal("1.50"), single.DECIMAL, "Decimal('1.50')", "a Decimal", {"decimal": "1.50"}, Decimal("1.51")),
    (Decimal("nan"), single.DECIMAL, "Decimal('NaN')", "a Decimal", {"decimal": "NaN"}, Decimal("1.51")),
    (date(2026, 1, 2), single.DATE, "datetime.date(2026, 1, 2)", "a date", {"date": "2026-01-02"}, date(2026, 1, 3)),
    (time(1, 2), single.TIME, "datetime.time(1, 2)", "a time", {"time": "01:02:00"}, time(1, 3)),
    (
        datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC),
        single.DATETIME,
        "a date with a time (datetime)",
        "a date with a time (datetime)",
        {"datetime": "2026-01-02T00:00:00+00:00"},
        datetime.datetime(2026, 1, 2, 1, tzinfo=datetime.UTC),
    ),
    (
        timedelta(days=1),
        single.TIMEDELTA,
        "datetime.timedelta(days=1)",
        "a difference of times (timedelta)",
        {"timedelta": [1, 0, 0]},
        timedelta(days=2),
    ),
    (
        DAYS,
        arrays.TIMES,
        "[2026-01-02, NaT]",
        "an array of dates or times of shape (2,)",
        ["2026-01-02", "NaT"],
        np.array(["2026-01-02", "2026-01-03"], dtype="M8[D]"),
    ),
    (
        np.array([1, 5], dtype="m8[s]"),
        arrays.TIMES,
        "[1 seconds, 5 seconds]",
        "an array of dates or times of shape (2,)",
        ["1 seconds", "5 seconds"],
        np.array([1, 6], dtype="m8[s]"),
    ),
    (
        np.datetime64("2026-01-02"),
        arrays.TIMES,
        "2026-01-02",
        "one date or time of numpy's",
        "2026-01-02",
        np.datetime64("2026-01-03"),
    ),
    (
        np.timedelta64(5, "D"),
        arrays.TIMES,
        "5 days",
        "one date or time of numpy's",
        "5 days",
        np.timedelta64(6, "D"),
    ),
    (
        PAIRS,
        arrays.STRUCTURED,
        "{a: [1, 3], b: [2.0, 4.5]}",
        "a structured array of shape (2,)",
        {"fields": {"a": [1, 3], "b": [2.0, 4.5]}},
        np.array([(1, 2.0), (3, 4.0)], dtype=PAIRS.dtype),
    ),
    (
        PAIRS[0],
        arrays.STRUCTURED,
        "{a: 1, b: 2.0}",
        "one record of a structured array",
        {"fields": {"a": 1, "b": 2.0}},
        PAIRS[1],
    ),
    (
        objects(1, "a", Fraction(1, 2)),
        arrays.OBJECTS,
        "[1, 'a', Fraction(1, 2)]",
        "an array of objects of shape (3,)",
        [1, "a", {"fraction": [1, 2]}],
        objects(1, "a", Fraction(1, 3)),
    ),
]
IDS = [f"{kind.name}-{number}" for number, (_, kind, *_) in enumerate(EXAMPLES)]


def names_in(form: Any) -> set[str]:
    """The names of ours in JSON; `a` and `b` are the examples' own."""
    if isinstance(form, list):
        return {name for part in form for name in names_in(part)}
    return {*form, *names_in(list(form.values()))} - {"a", "b"} if isinstance(form, dict) else set()


def round_trip(value: Any) -> Any:
    return decode(to_bytes(Box(Plain(value))), Box).plain.value


class Box(msgspec.Struct):
    plain: Plain


def said(phrase: Any) -> str:
    return phrase if isinstance(phrase, str) else text(phrase)


@pytest.mark.parametrize(("value", "kind", "brief", "named", "in_json", "other"), EXAMPLES, ids=IDS)
def test_what_is_known_of_a_value(
    value: Any, kind: ValueKind, brief: str, named: str, in_json: Any, other: Any
) -> None:
    assert kind_of(value) is kind
    assert said(short(value)) == brief
    assert said(thing(value)) == named
    assert value_as_json(value) == in_json
    assert json.dumps(in_json)
    assert value_text(value)
    assert type_text(value)
    assert equal(kind.rebuilt(value, kind.parts(value)), value)


@pytest.mark.parametrize(("value", "other"), [(example[0], example[-1]) for example in EXAMPLES], ids=IDS)
def test_a_value_is_equal_to_itself_alone(value: Any, other: Any) -> None:
    assert compare(value, value, Comparison(), ANYTHING) is None
    assert compare(value, other, Comparison(), ANYTHING) is not None
    assert compare([value], [other], Comparison(), ANYTHING) is not None


@pytest.mark.parametrize("value", [example[0] for example in EXAMPLES], ids=IDS)
def test_what_is_pasted_is_the_value(value: Any) -> None:
    pasted = eval(literal(value), {"np": np, **{name: MODULES[name] for name in modules(value)}})

    assert compare(value, round_trip(pasted), Comparison(), ANYTHING) is None


def test_each_kind_has_an_example() -> None:
    assert set(KINDS) - {kind for _, kind, *_ in EXAMPLES} == {single.OPAQUE}


@pytest.mark.parametrize("name", sorted({name for example in EXAMPLES for name in names_in(example[4])}))
def test_no_dictionary_of_a_student_is_taken_for_another_kind_in_json(name: str) -> None:
    assert value_as_json({name: 1}) == {"pairs": [[name, 1]]}


def test_what_has_no_plain_form_is_never_equal_and_cannot_be_typed() -> None:
    value = Opaque("generator")

    assert kind_of(value) is single.OPAQUE
    assert compare(value, value, Comparison(), ANYTHING) is not None
    assert value_as_json(value) == {"type": "generator"}
    with pytest.raises(Unshowable, match="generator"):
        literal([value])


def test_an_array_of_lists_cannot_be_typed() -> None:
    with pytest.raises(Unshowable):
        literal(objects([1, 2], [3, 4]))
