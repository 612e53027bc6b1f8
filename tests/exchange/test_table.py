from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.exchange import document, junit, table
from grader.exchange.rows import ClassRow
from grader.exchange.table import guarded, unguarded
from grader.judge.result import Result

MakeRow: TypeAlias = Callable[..., ClassRow]
MakeResult: TypeAlias = Callable[..., Result]


def test_one_row_a_student(make_row: MakeRow) -> None:
    rows = (
        make_row("12", Fraction(40), raw_points=Fraction(157, 3), name='=Doe, "J"', late="Late by 2 days."),
        make_row("13", None, exercises=()),
    )

    text = table.students(rows)

    assert text == (
        "student,name,email,points,max_points,raw_points,late,softmax,L1\r\n"
        '12,"\'=Doe, ""J""",,40.00,60.00,52.33,Late by 2 days.,3.33,10.00\r\n'
        "13,,,,60.00,,,,\r\n"
    )
    assert table.read(text)[0]["name"] == '=Doe, "J"'


def test_the_variant_of_each_student_where_there_are_several(make_row: MakeRow) -> None:
    rows = (make_row("12", Fraction(40), variant=3), make_row("13", None, exercises=()))

    assert [row["variant"] for row in table.read(table.students(rows))] == ["3", ""]
    assert "variant" not in table.students([make_row("12")]).partition("\r\n")[0]
    assert {(row["student"], row["variant"]) for row in table.read(table.tests(rows))} == {("12", "3")}
    assert "variant" not in table.tests([make_row("12")]).partition("\r\n")[0]
    suites = ElementTree.fromstring(junit.dumps([*rows, make_row("14")]))
    variants = {suite.get("name"): suite.find("properties/property[@name='variant']") for suite in suites}
    assert {name: found is not None and found.get("value") for name, found in variants.items()} == {
        "12/softmax": "3",
        "12/L1": "3",
        "14/softmax": False,
        "14/L1": False,
    }


def test_one_row_a_test(make_row: MakeRow) -> None:
    first, second, advice, other = table.read(table.tests([make_row("12")]))

    assert first["outcome"] == "passed"
    assert second == {
        "student": "12",
        "exercise": "softmax",
        "test": "any 2",
        "hidden": "yes",
        "outcome": "failed",
        "points": "0.00",
        "max_points": "6.67",
        "rule": "value",
        "diagnosis": "columns",
        "message": "4 of 12 numbers <differ> & more.",
    }
    assert (advice["test"], other["exercise"], other["test"]) == ("large", "L1", "any")


def test_json_has_all_of_a_class(make_row: MakeRow) -> None:
    read = json.loads(document.dumps([make_row("12", Fraction(157, 3), late="x"), make_row("13", None)]))

    first, second = read["students"]
    assert read["schema"] == 1
    assert (first["student"], first["points"], first["max_points"], first["late"]) == ("12", 52.333333, 60, "x")
    assert (first["raw_points"], second["points"], second["late"]) == (52.333333, None, None)
    assert [exercise["name"] for exercise in first["exercises"]] == ["softmax", "L1"]
    assert first["exercises"][0]["tests"][1]["finding"]["diagnosis"] == "columns"
    assert [exercise["shared"] for exercise in first["exercises"]] == [False, False]


def test_the_documentation_names_every_field_of_a_student(make_row: MakeRow) -> None:
    text = (Path(__file__).parents[2] / "docs" / "results.md").read_text(encoding="utf-8")
    section = text.partition("\n## A class\n")[2].partition("\n## ")[0]
    (student,) = document.as_document([make_row("12")])["students"]

    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(student)


def test_junit_has_a_suite_for_each_exercise_of_each_student(make_row: MakeRow) -> None:
    root = ElementTree.fromstring(junit.dumps([make_row("12"), make_row("13")]))

    assert [suite.get("name") for suite in root] == ["12/softmax", "12/L1", "13/softmax", "13/L1"]
    assert len(root.findall(".//failure")) == 2


TEXTS = st.text(st.characters(codec="utf-8"), max_size=20) | st.text("=+-@\t\r\n\",' a", max_size=6)
CELLS = st.text() | st.text("'=+-@\t\r\n＝a", max_size=8)


@settings(max_examples=50)
@given(
    people=st.lists(
        st.tuples(TEXTS, TEXTS, TEXTS, TEXTS, st.fractions(0, 60, max_denominator=12)), min_size=1, max_size=25
    )
)
def test_any_class_reads_back(people: list[tuple[str, str, str, str, Fraction]], make_row: MakeRow) -> None:
    rows = [
        make_row(student, points, name=name, email=email, late=late) for student, name, email, late, points in people
    ]

    lines = table.read(table.students(rows))
    tests = table.read(table.tests(rows))
    read = json.loads(document.dumps(rows))["students"]

    assert [tuple(line[key] for key in ("student", "name", "email", "late")) for line in lines] == [
        person[:4] for person in people
    ]
    assert [Fraction(line["points"]) for line in lines] == [round(points, 2) for *_, points in people]
    assert [line["student"] for line in tests] == [student for student, *_ in people for _ in range(4)]
    assert [(each["student"], each["name"], each["email"], each["late"]) for each in read] == [
        person[:4] for person in people
    ]
    suites = ElementTree.fromstring(junit.dumps(rows))
    assert len(suites) == 2 * len(people)
    cells = [cell for line in csv.reader(io.StringIO(table.students(rows), newline="")) for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "=cmd|' /C calc'!A0"])
def test_no_formula_is_left(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Anna", "a=1", "O'Neill", "'tis", "3.33", "'"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


@given(CELLS)
def test_any_text_reads_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
