from __future__ import annotations

import pytest

from grader.course.templates import render
from grader.errors import CourseError


@pytest.fixture
def course(tmp_path):
    (tmp_path / "templates").mkdir()

    def write(name: str, text: str):
        (tmp_path / "templates" / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_a_courses_template_comes_before_ours_and_may_use_ours(course):
    folder = course("style.css.j2", "p { color: red }")
    assert render("style.css.j2", course=folder) == "p { color: red }"
    assert "@media print" in render("style.css.j2")


def test_html_is_escaped_and_text_is_not(course):
    course("a.html.j2", "{{ text }}")
    folder = course("a.py.j2", "{{ text }}")
    assert render("a.html.j2", course=folder, text="<b>") == "&lt;b&gt;"
    assert render("a.py.j2", course=folder, text="<b>") == "<b>"


def test_filters(course):
    folder = course("a.html.j2", "{{ '*a* <b>' | markdown }}|{{ '*a* <b>' | markdown_line }}|{{ due | due }}")
    html = render("a.html.j2", course=folder, due="2026-10-04T23:59:00+02:00")
    assert html == "<p><em>a</em> &lt;b&gt;</p>\n|<em>a</em> &lt;b&gt;|2026-10-04 23:59 (UTC+02:00)"
    text = course(
        "b.j2", "{{ 'a b c' | wrapped(3) }}|{{ ('é' ~ 'x' * 80) | cell_id | length }}|{{ {'a': '<é>'} | tojson }}"
    )
    assert render("b.j2", course=text) == 'a b\nc|61|{"a": "<é>"}'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ nothing }}", r"templates/t\.j2:1: UndefinedError.*nothing"),
        ("a\n{{ 1 / 0 }}", r"templates/t\.j2:2: ZeroDivisionError"),
        ("a\n{% if %}", r"templates/t\.j2:2: "),
        ("{% include 'gone.j2' %}", r"templates/gone\.j2: there is no such template"),
        ("{% include '../secret' %}", "there is no such template"),
        ("{{ ''.__class__.__mro__ }}", "SecurityError"),
        ("{{ items.append(1) }}", "SecurityError"),
        ("{{ render.__globals__ }}", "UndefinedError|SecurityError"),
    ],
)
def test_what_does_not_work_is_said_with_its_place(course, text, words):
    folder = course("t.j2", text)
    (folder / "secret").write_text("")
    with pytest.raises(CourseError, match=words):
        render("t.j2", course=folder, items=[])


def test_a_missing_template():
    with pytest.raises(CourseError, match=r"templates/none\.j2: there is no such template"):
        render("none.j2")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("`x[0]` is 1 & `y` <b>", "<code>x[0]</code> is 1 &amp; <code>y</code> &lt;b&gt;"),
        ("one ` alone", "one ` alone"),
        ("`<script>`", "<code>&lt;script&gt;</code>"),
        ("[a](javascript:b) **c**", "[a](javascript:b) **c**"),
    ],
)
def test_prose_knows_code_and_nothing_else(course, text: str, html: str) -> None:
    assert render("own.html.j2", course=course("own.html.j2", "{{ text | prose }}"), text=text) == html
