"""The page of a class, compared with pages/class.html (without the style). `NUMGRADE_GOLDEN=write` writes it anew."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from grader.judge.result import Result
from grader.report.class_page import ToDo, class_context
from grader.report.class_summary import ClassSummary, FirstFew
from grader.report.class_table import row_of
from grader.report.student import Heading, Student, Work
from grader.words.rendered import rendered

GOLDEN = Path(__file__).parent / "pages" / "class.html"
Gallery = dict[str, Callable[[], Result]]
OfResult = Callable[..., Student]
NAMES = ("right", "wrong_value", "wrong_value", "raised", "missing", "hidden_only", "wrong_shape", "syntax_error")


def context_of(students: list[Student], heading: Heading, **parts: Any) -> dict[str, Any]:
    summary = ClassSummary()
    for number, student in enumerate(students):
        summary.add(student, f"student-{number}.html")
    rows = [row_of(each, f"student-{number}.html") for number, each in enumerate(students)]
    extra = {"rosters": (), "script": "", "script_digest": ""}
    return class_context(summary, heading, parts.get("todo", ()), rows) | extra


def page(context: dict[str, Any]) -> str:
    return re.sub(r"<style>.*?</style>", "<style></style>", rendered("class.html.j2", **context), flags=re.DOTALL)


def a_class(gallery: Gallery, of_result: OfResult) -> list[Student]:
    return [
        of_result(gallery[name](), id=str(10_000 + number), name=f"Student {number}", versions=1 + number % 2)
        for number, name in enumerate(NAMES)
    ]


def few(*lines: str) -> FirstFew:
    found = FirstFew()
    for line in lines:
        found.add(line)
    return found


def test_golden(gallery: Gallery, of_result: OfResult, heading: Heading) -> None:
    todo = [ToDo("Files left out", "Look at them.", few("a/x.pdf: no `.py`")), ToDo("Not judged", "Again.", few())]
    text = page(context_of(a_class(gallery, of_result), heading, todo=todo))
    if os.environ.get("NUMGRADE_GOLDEN") == "write":
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_what_needs_nobody_is_left_out(gallery: Gallery, of_result: OfResult, heading: Heading) -> None:
    assert "Nothing: every file was judged." in page(context_of(a_class(gallery, of_result), heading))


def test_a_class_of_nobody_has_a_page(heading: Heading) -> None:
    assert "Students by their points" in page(context_of([], heading))


def test_mistakes_have_counts_words_and_an_example(gallery: Gallery, of_result: OfResult, heading: Heading) -> None:
    first, *_ = context_of(a_class(gallery, of_result), heading)["mistakes"]
    assert (first.exercise, first.diagnosis, first.count) == ("Softmax of each row", "columns", 2)
    assert first.says == "Each column sums to 1, not each row. Which axis runs along a row?"
    assert first.case.call.startswith("softmax(np.array([[1, 2, 3]")
    assert [(each.shown, each.page) for each in first.people] == [
        ("Student 1", "student-1.html"),
        ("Student 2", "student-2.html"),
    ]


def test_who_goes_wrong_in_one_way_is_named(gallery: Gallery, of_result: OfResult, heading: Heading) -> None:
    context = context_of(a_class(gallery, of_result), heading)
    named = {
        mode.title: [each.shown for each in mode.people] for each in context["exercises"] for mode in each.failure_modes
    }
    assert named["Not found"] == ["Student 4"]
    assert named["Each column sums to 1, not each row. Which axis runs along a row?"] == ["Student 1", "Student 2"]


def test_many_who_go_wrong_in_one_way_are_folded(gallery: Gallery, of_result: OfResult, heading: Heading) -> None:
    students = [of_result(gallery["missing"](), id=str(number), name=f"N{number}") for number in range(250)]
    text = page(context_of(students, heading))
    assert '<details class="people"><summary>Who</summary>' in text
    assert "… and 50 more" in text


def test_a_name_is_on_the_page_for_what_it_is(gallery: Gallery, of_result: OfResult, heading: Heading) -> None:
    student = of_result(gallery["missing"](), id="1", name="<i>Ω</i>")
    assert "<bdi>&lt;i&gt;Ω&lt;/i&gt;</bdi>" in page(context_of([student], heading))


def test_several_hints_are_the_tests_and_not_the_mistakes(
    gallery: Gallery, of_result: OfResult, heading: Heading
) -> None:
    (exercise,) = gallery["wrong_value"]().exercises
    *most, last = exercise.tests
    other = msgspec.structs.replace(last.finding, hint="With one row there is no choice.")
    mixed = msgspec.structs.replace(exercise, tests=(*most, msgspec.structs.replace(last, finding=other)))
    result = msgspec.structs.replace(gallery["wrong_value"](), exercises=(mixed,))
    (fault,) = context_of([of_result(result)], heading)["mistakes"]
    assert fault.says == ""


def test_examples_have_no_names(gallery: Gallery, of_result: OfResult, heading: Heading) -> None:
    def signed(result: Result, name: str) -> Result:
        exercises = [
            msgspec.structs.replace(
                each,
                file=f"{name}.py",
                tests=tuple(msgspec.structs.replace(test, stdout=f"by {name}") for test in each.tests),
            )
            for each in result.exercises
        ]
        return msgspec.structs.replace(result, exercises=tuple(exercises))

    students = [
        of_result(signed(gallery[name](), "Xanthippe"), id=str(number), name="") for number, name in enumerate(NAMES)
    ]
    text = page(context_of(students, heading))
    assert "An example" in text
    assert "Xanthippe" not in text


def test_tests_that_fail_alike_stand_together(gallery: Gallery, of_result: OfResult, heading: Heading) -> None:
    tests = context_of([of_result(gallery["wrong_value"]())], heading)["tests"]
    assert [(each.names, each.hows, each.count) for each in tests] == [
        (("any matrix", "one row"), ("1 with wrong values",), 1)
    ]


def test_where_there_was_nothing_to_call_no_test_is_to_blame(
    gallery: Gallery, of_result: OfResult, heading: Heading
) -> None:
    context = context_of([of_result(gallery["syntax_error"]())], heading)
    assert context["tests"] == ()
    assert [mode.title for mode in context["exercises"][0].failure_modes] == ["Cannot be read"]


def test_hostile_texts_stay_texts(heading: Heading) -> None:
    text = "<script>\u202e{{ 7 * 7 }}"
    works = (Work(text, text, Fraction(1), Fraction(2)),)
    todo = [ToDo("Files left out", "Look.", few(f"{text}: {text}"))]
    made = page(context_of([Student(text, text, works, versions=2)], Heading(text, text), todo=todo))
    assert made.count("<script") == made.count("<script></script>") == 1
    assert "49" not in made.replace("&#49;", "")
    assert "\u202e" not in made


def test_headings_tables_and_links_are_in_order(gallery: Gallery, of_result: OfResult, heading: Heading) -> None:
    students = [of_result(make(), id=name, name="", versions=2) for name, make in gallery.items()]
    todo = [ToDo("Files left out", "Look.", few(*map(str, range(9))))]
    text = page(context_of(students, heading, todo=todo))
    levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(re.findall(r"<th\b", text)) == len(re.findall(r'<th scope="(?:row|col)"', text)) > 0
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    links = re.findall(r'href="#([^"]+)"', text) + " ".join(re.findall(r'labelledby="([^"]+)"', text)).split()
    assert set(links) <= set(ids)
    assert not re.search(r"<script>[^<]|<link|<img|\bsrc=|\bon\w+=|url\(|@import|(?:https?|file|javascript):", text)
