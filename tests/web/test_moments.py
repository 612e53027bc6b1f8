"""Times on pages: in the zone of the course, else in the server's, and never without it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from grader.classroom import inbox
from grader.classroom.gradebook import Gradebook
from grader.classroom.links import Role
from grader.course.key import Assignment
from grader.web.moments import in_zone, moment_at, said_at

from .conftest import EXERCISES, judge, make_key

SiteOf = Callable[..., Any]
SUMMER, WINTER = datetime(2026, 7, 1, 12, 0, tzinfo=UTC), datetime(2026, 12, 1, 22, 59, tzinfo=UTC)


@pytest.fixture
def in_vienna(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server that stands there."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "summer", "winter"),
    [
        ("Europe/Berlin", "2026-07-01 14:00 UTC+02:00", "2026-12-01 23:59 UTC+01:00"),
        ("+05:30", "2026-07-01 17:30 UTC+05:30", "2026-12-02 04:29 UTC+05:30"),
        ("UTC", "2026-07-01 12:00 UTC", "2026-12-01 22:59 UTC"),
        ("", "2026-07-01 14:00 UTC+02:00", "2026-12-01 23:59 UTC+01:00"),
    ],
)
@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone of this process cannot be set here")
@pytest.mark.usefixtures("in_vienna")
def test_in_the_zone_of_the_course_else_of_the_server(zone: str, summer: str, winter: str) -> None:
    with in_zone(zone):
        assert (moment_at(SUMMER).text, moment_at(WINTER).text) == (summer, winter)
        assert datetime.fromisoformat(moment_at(SUMMER).iso) == SUMMER


def test_a_moment_in_a_text_is_marked_and_all_else_is_escaped() -> None:
    with in_zone("UTC"):
        words = said_at("web.regrade.written", count=2, who="<mira>", at=moment_at(WINTER))
    marked = '<time datetime="2026-12-01T22:59:00+00:00">2026-12-01 22:59 UTC</time>'
    assert words == f"Last written: 2 grades, by &lt;mira&gt;, {marked}."


def times(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<time datetime="([^"]+)">([^<]+)</time>', page)


def test_every_time_on_a_page_is_marked_and_has_its_zone(site: SiteOf) -> None:
    a_site = site(zone="Asia/Tokyo")
    whole = Assignment("week", "Week 1", EXERCISES, due=WINTER.isoformat())
    with Gradebook(a_site.place) as book, book.writing():
        book.enrol(whole, "NumPy", {name: make_key(name) for name in EXERCISES})
    judge(a_site, "amina", {"softmax": 5, "L1": 10})
    with Gradebook(a_site.place) as book:
        with book.writing():
            book.write("UPDATE submissions SET received = '2026-07-01T12:00:00+00:00'", ())
        inbox.keep(book, "week", "amina", [("softmax.py", b"")], most=10, exercises=EXERCISES, clock=lambda: SUMMER)
    student, teacher = a_site.visit(Role.STUDENT, "amina"), a_site.visit(Role.TEACHER, "mira")
    july = ("2026-07-01T21:00:00+09:00", "2026-07-01 21:00 UTC+09:00")
    due = ("2026-12-02T07:59:00+09:00", "2026-12-02 07:59 UTC+09:00")

    assert times(student.get("/a/week").text) == [due, july]
    assert times(student.get("/attempts/1").text) == [july]
    for address in ("/class/week", "/class/week/student?student=amina"):
        page = teacher.get(address).text
        assert times(page) == [("2026-07-01T12:00:00+00:00", july[1])]
        assert page.count("2026-07-01 ") == 1  # and none without a mark
