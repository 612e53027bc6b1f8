"""A teacher at the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest

from grader.classroom import queries, to_do
from grader.classroom.gradebook import Gradebook, Holder
from grader.classroom.hand_in import HandIn, LeftOut
from grader.classroom.links import Role
from grader.classroom.location import Location
from grader.course.key import Assignment
from grader.judge.result import Outcome
from grader.message import verbatim

from .conftest import judge, make_key

SiteOf = Callable[..., Any]


@pytest.fixture
def place(location: Location) -> Location:
    return location


@pytest.fixture
def desk(site: SiteOf) -> tuple[Any, Any]:
    a_site = site()
    judge(a_site, "amina", {"softmax": 10, "L1": 2})
    judge(a_site, "bruno", {"softmax": 3, "L1": 10})
    judge(a_site, "chen", {"softmax": 0, "L1": 0}, Outcome.MISSING)
    return a_site, a_site.visit(Role.TEACHER, "mira")


def order(text: str) -> list[str]:
    """The students of the table, from above."""
    return [part.split('"')[0] for part in text.split("student?student=")[1:]]


def test_the_class_is_sorted_and_filtered_by_links(desk: tuple[Any, Any]) -> None:
    _, client = desk
    assert order(client.get("/class/week").text) == ["amina", "bruno", "chen"]
    assert order(client.get("/class/week?sort=softmax&order=down").text) == ["amina", "bruno", "chen"]
    assert order(client.get("/class/week?sort=L1&order=down").text) == ["bruno", "amina", "chen"]
    assert order(client.get("/class/week?sort=points&order=up").text) == ["chen", "amina", "bruno"]
    assert order(client.get("/class/week?show=needs-person").text) == ["chen"]
    assert order(client.get("/class/week?show=nonsense&sort=nonsense").text) == ["amina", "bruno", "chen"]
    assert "3 students, 1 of whom needs a person" in client.get("/class/week").text


def test_an_exercise_that_was_taken_out_is_told(desk: tuple[Any, Any]) -> None:
    site, client = desk
    pages = ("/class/week", "/class/week/regrade")
    assert all("taken out" not in client.get(page).text for page in pages)
    with Gradebook(site.place) as book, book.writing():
        book.enrol(Assignment("week", "Week 1", ("softmax",)), "NumPy", {"softmax": make_key("softmax")})

    told = "L1 was taken out of Week 1: 3 grades of it are kept, but do not count until it is back in it."
    assert all(told in client.get(page).text for page in pages)
    client.post("/language", data={"language": "de", "back": "/"})
    assert "L1 ist nicht mehr in Week 1: 3 Noten" in client.get("/class/week").text


def test_code_stands_beside_what_was_found(desk: tuple[Any, Any]) -> None:
    _, client = desk
    text = client.get("/class/week/student?student=amina").text
    assert "&lt;b&gt;amina&lt;/b&gt;" in text
    assert "<b>amina" not in text
    assert "softmax: 10 of 10" in text


def test_what_is_said_of_the_files_is_said_once(site: SiteOf) -> None:
    made = site()
    judge(made, "amina", {"softmax": 3, "L1": 2}, remarks=(verbatim("A line of the file stopped."),))
    text = made.visit(Role.TEACHER, "mira").get("/class/week/student?student=amina").text
    assert text.count("A line of the file stopped.") == 1


def test_points_by_hand(desk: tuple[Any, Any]) -> None:
    site, client = desk
    address = "/class/week/student"
    form = {"token": site.token(client, f"{address}?student=chen"), "student": "chen", "exercise": "softmax"}

    answer = client.post(address, data={**form, "points": "7/2", "why": "his function had another name"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/class/week/student?student=chen")
    assert "3.5" in client.get("/class/week").text
    with Gradebook(site.place) as book:
        (entry,) = (each for each in queries.log(book, "chen") if each.event == "marked")
        assert (entry.author, entry.why) == ("mira", "his function had another name")
    assert client.post(address, data={**form, "points": "", "why": "a mistake of mine"}).status_code == 303
    for points, why, words in (
        ("3", "", "Say why"),
        ("many", "x", "write points as a number"),
        ("1e999999", "x", "write points as a number"),
        ("11", "x", "from 0 to 10 points"),
        ("", "x", "no points by hand"),
    ):
        refused = client.post(address, data={**form, "points": points, "why": why})
        assert refused.status_code == 400
        assert words in refused.text


def test_points_by_hand_from_before_newer_work_need_a_person(desk: tuple[Any, Any]) -> None:
    site, client = desk
    place = Holder("week", "amina", "L1")
    with Gradebook(site.place, clock=lambda: datetime(2020, 1, 1, tzinfo=UTC)) as book, book.writing():
        book.mark(place, Fraction(7), author="mira", why="x")
    with Gradebook(site.place) as book:
        assert list(to_do.overtaken_marks(book, "week")) == [place]

    assert "3 students, 2 of whom need a person" in client.get("/class/week").text
    assert order(client.get("/class/week?show=needs-person").text) == ["chen", "amina"]
    assert '<span class="needs">7</span>*' in client.get("/class/week").text
    with Gradebook(site.place, clock=lambda: datetime(2120, 1, 1, tzinfo=UTC)) as book, book.writing():
        book.mark(place, Fraction(7), author="mira", why="looked again")
    assert order(client.get("/class/week?show=needs-person").text) == ["chen"]


def test_who_is_not_there(desk: tuple[Any, Any]) -> None:
    _, client = desk
    assert client.get("/class/week/student?student=nobody").status_code == 404
    assert client.get("/class/other").status_code == 404


def test_points_are_read_as_the_page_writes_them(desk: tuple[Any, Any]) -> None:
    site, client = desk
    address = "/class/week/student?student=chen"
    client.cookies.set("language", "de")
    form = {"token": site.token(client, address), "student": "chen", "exercise": "softmax", "why": "auf Papier"}

    assert client.post("/class/week/student", data={**form, "points": "2,5"}).status_code == 303
    assert "2,5" in client.get("/class/week").text
    with Gradebook(site.place) as book:
        (mark,) = book.rows("SELECT points FROM marks WHERE student = 'chen'")
        assert mark == ("5/2",)


def test_whose_work_cannot_be_judged_comes_first_of_those_who_need_a_person(site: SiteOf) -> None:
    a_site = site()
    judge(a_site, "amina", {"softmax": 5}, Outcome.MISSING)
    with Gradebook(a_site.place) as book, book.writing():
        book.take_in("week", HandIn("zoe", "Zoe", ()))
        book.leave_out("week", "a.zip", [LeftOut("zoe/essay <1>.pdf", "zoe", "it is a PDF")])
    client = a_site.visit(Role.TEACHER, "mira")

    text = client.get("/class/week?show=needs-person").text
    assert order(text) == ["zoe", "amina"]
    assert "handed in, nothing that can be judged: essay &lt;1&gt;.pdf: it is a PDF" in text
    own = client.get("/class/week/student?student=zoe").text
    assert "<li>essay &lt;1&gt;.pdf: it is a PDF</li>" in own
    token = a_site.token(client, "/class/week/student?student=zoe")
    for exercise in ("softmax", "L1"):
        fields = {"token": token, "student": "zoe", "exercise": exercise, "points": "4", "why": "on paper"}
        assert client.post("/class/week/student", data=fields).status_code == 303
    assert order(client.get("/class/week?show=needs-person").text) == ["amina"]
