"""Students' pages, compared with pages/NAME.html (without the style, which is the same for all).

After a change that is meant: `NUMGRADE_GOLDEN=write pytest tests/report/test_student.py`, and read the difference.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from fractions import Fraction
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from said import finding_of

from grader.course.key import Role
from grader.judge.result import Result, Rule
from grader.judge.reveal import Reveal
from grader.message import verbatim
from grader.report.student import Heading, Student, Work, student_context
from grader.words.rendered import rendered

GOLDEN = Path(__file__).parent / "pages"
Gallery = dict[str, Callable[[], Result]]
OfResult = Callable[..., Student]
PAGES = ("right", "whole_assignment", "hidden_only", "raised_in_notebook", "notebook_with_remarks", "advice_only")


def page(student: Student, heading: Heading, reveal: Reveal = Reveal.HINT) -> str:
    return rendered("student.html.j2", **student_context(student, heading, reveal))


def without_style(text: str) -> str:
    return re.sub(r"<style>.*?</style>", "<style></style>", text, flags=re.DOTALL)


class Outline(HTMLParser):
    """Tags, headings and what is read of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        assert not self._open, f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text += data


def outline(text: str) -> Outline:
    return Outline(text)


@pytest.mark.parametrize("name", PAGES)
def test_golden(gallery: Gallery, of_result: OfResult, heading: Heading, name: str) -> None:
    text = without_style(
        page(of_result(gallery[name](), received="2026-10-04 21:07 UTC", due="2026-10-04 23:59 UTC"), heading)
    )
    file = GOLDEN / f"{name}.html"
    if os.environ.get("NUMGRADE_GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_every_result_makes_a_sound_page(
    named_result: tuple[str, Result], of_result: OfResult, heading: Heading
) -> None:
    found = outline(page(of_result(named_result[1]), heading))
    levels = [int(tag[1]) for tag, _ in found.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(attributes.get("scope") in ("row", "col") for tag, attributes in found.tags if tag == "th")
    ids = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [attributes["href"] for tag, attributes in found.tags if tag == "a"]
    assert {link[1:] for link in links if link is not None} <= set(ids)
    assert dict(found.tags)["html"] == {"lang": "en"}


def test_a_page_loads_nothing_and_runs_nothing(
    named_result: tuple[str, Result], of_result: OfResult, heading: Heading
) -> None:
    text = page(of_result(named_result[1]), heading, Reveal.ALL)
    found = outline(text)
    assert not {tag for tag, _ in found.tags} & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    assert not [name for _, attributes in found.tags for name in attributes if name.startswith("on") or name == "src"]
    assert not re.search(r"url\(|@import|(?:https?|file|javascript):", text)
    assert "default-src 'none'" in text


HOSTILE = (
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% for x in y %}",
    "[a](javascript:alert(1)) ![i](http://example.org/i.png)",
    "\u202egnp.exe\u2066\x1b[31m\x00\ud800",
    "`</code><script>`",
    "<!-- numgrade -->",
)


def hostile_student(text: str, gallery: Gallery, of_result: OfResult) -> Student:
    (exercise,) = gallery["hostile"]().exercises
    finding = finding_of(Rule.RAISED, text, diagnosis=text, hint=text, line=1, column=5, cell=2, source_line=text)
    test = msgspec.structs.replace(
        exercise.tests[0], name=text, call=text, stdout=text, finding=finding, role=Role.EXAMPLE
    )
    secret = msgspec.structs.replace(test, role=Role.HIDDEN, finding=msgspec.structs.replace(finding, hint=None))
    made = msgspec.structs.replace(
        exercise, name=text, title=text, file=text, tests=(test, secret), remarks=(verbatim(text), verbatim(text[::-1]))
    )
    result = Result((made,), text, {text: text}, (verbatim(text + "?"),))
    student = of_result(result)
    works = (Work(text, text, Fraction(1), Fraction(2), result=result),)
    return Student(text, text, works, student.received, late=text, adjusted=Fraction(1))


@pytest.mark.parametrize("reveal", Reveal)
@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_student_wrote_is_text(
    gallery: Gallery, of_result: OfResult, heading: Heading, text: str, reveal: Reveal
) -> None:
    made = page(hostile_student(text, gallery, of_result), heading, reveal)
    usual = outline(page(hostile_student("harmless", gallery, of_result), heading, reveal))
    found = outline(made)
    extra = {tag for tag, _ in found.tags} - {tag for tag, _ in usual.tags}
    assert extra <= {"code"}
    assert "49" not in found.text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", made)


@given(text=st.text(st.characters(codec=None), max_size=40))
def test_no_text_breaks_a_page(text: str) -> None:
    work = Work(text, text, Fraction(1), Fraction(2))
    made = page(Student(text, text, (work,)), Heading(text, text))
    tags = [tag for tag, _ in outline(made).tags]
    assert tags == [tag for tag, _ in outline(page(Student("a", "a", (work,)), Heading("a", "a"))).tags]
    made.encode()


SECRETS = ("np.array([[1, 2, 3], [0, 0, 0]", "0.31", "columns sums", "operands could not")


@pytest.mark.parametrize("reveal", [Reveal.NOTHING, Reveal.CATEGORY, Reveal.HINT])
def test_nothing_of_a_hidden_test_is_shown_below_all(
    gallery: Gallery, of_result: OfResult, heading: Heading, reveal: Reveal
) -> None:
    student = of_result(gallery["revealed"]())
    assert all(secret not in page(student, heading, reveal) for secret in SECRETS)
    assert "np.array([[1, 2, 3], [0, 0, 0]" in page(student, heading, Reveal.ALL)


def test_adjusted_points_stand_before_the_earned_ones(gallery: Gallery, of_result: OfResult, heading: Heading) -> None:
    student = of_result(gallery["right"](), late="2 days late: 80 % of the points.", adjusted=Fraction(8))
    words = " ".join(outline(page(student, heading)).text.split())
    assert "8 of 10 points 10 were earned. 2 days late: 80 % of the points." in words


def test_what_is_not_judged_yet_is_open(heading: Heading) -> None:
    works = (Work("a", "A", None, Fraction(10)), Work("b", "B", Fraction(3), Fraction(10), by_hand=True))
    words = " ".join(outline(page(Student("1", "", works), heading)).text.split())
    assert "3 of 20 points 10 points are still open" in words
    assert "not judged yet" in words
    assert "points given by hand" in words


def test_a_grade_of_a_group_is_said_to_be_one(gallery: Gallery, of_result: OfResult, heading: Heading) -> None:
    assert "Team <7>: a grade for all" in outline(page(of_result(gallery["right"](), group="Team <7>"), heading)).text


def test_who_handed_in_nothing_is_told_so(heading: Heading) -> None:
    work = Work("a", "A", Fraction(0), Fraction(10))
    words = outline(page(Student("1", "", (work,), handed_in=False), heading)).text
    assert "Nothing was handed in." in words
    assert "nothing handed in" in words
    assert "still open" not in words
