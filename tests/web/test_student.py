"""A student on the page: handing in, attempts, limits, hints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from grader.classroom import inbox
from grader.classroom.gradebook import Gradebook, Holder
from grader.classroom.links import Role
from grader.classroom.location import Location
from grader.message import TEXTS

from .conftest import judge, result_of

SiteOf = Callable[..., Any]
SOFTMAX = ("softmax.py", b"def softmax(x):\n    return x\n")
L1 = ("L1.py", b"def L1(a, b):\n    return 0\n")
CELL = b'{"cell_type": "code", "source": "x = 1", "metadata": {}, "outputs": [], "execution_count": null}'
NOTEBOOK = ("work.ipynb", b'{"cells": [%s], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}' % CELL)


@pytest.fixture
def place(mostly_sqlite: Location) -> Location:
    return mostly_sqlite


def kept(site: Any, number: int) -> dict[str, bytes]:
    with Gradebook(site.place) as book:
        return dict(inbox.files_of(book, number))


def test_what_is_handed_in_is_kept_and_shown_once_it_is_judged(site: SiteOf) -> None:
    a_site = site()
    client = a_site.visit(Role.STUDENT, "amina")
    assert "Tasks" in client.get("/a/week").text

    assert a_site.hand_in(client, SOFTMAX).headers["location"] == "/attempts/1"

    waiting = client.get("/attempts/1").text
    assert 'http-equiv="refresh"' in waiting
    assert "being judged" in client.get("/a/week").text
    a_site.judged(1)
    judged = client.get("/attempts/1").text
    assert "Softmax" in judged
    assert "refresh" not in judged
    assert "3 of 10 points" in client.get("/a/week").text
    assert client.get("/attempts/1/files/0").content == SOFTMAX[1]
    assert client.get("/attempts/1/files/1").status_code == 404


def test_feedback_is_in_the_language_of_who_reads_it(site: SiteOf) -> None:
    a_site = site()
    client = a_site.visit(Role.STUDENT, "amina")
    a_site.hand_in(client, SOFTMAX)
    a_site.judged(1, title=TEXTS(own="en", languages=("en", "zh"), texts=("Of each row", "逐行计算")))

    seen = []
    for language in ("en", "zh", "de"):
        client.post("/language", data={"language": language})
        seen.append((client.get("/attempts/1").text, client.get("/a/week").text))

    due = (("Of each row", "3 of 10 points"), ("逐行计算", "3 分（共 10 分）"), ("Of each row", "3 von 10 Punkten"))
    for (title, points), (page, table) in zip(due, seen, strict=True):
        assert title in page
        assert points in page
        assert points in table


def test_what_an_older_version_has_judged_is_shown_as_it_was_written(site: SiteOf) -> None:
    a_site = site()
    client = a_site.visit(Role.STUDENT, "amina")
    a_site.hand_in(client, SOFTMAX)
    with Gradebook(a_site.place) as book, book.writing():
        book.write(
            "UPDATE hand_ins SET judged = '1', document = '{}', page = '<p>As it was</p>', summary = '1 of 2'", ()
        )

    assert "<p>As it was</p>" in client.get("/attempts/1").text
    assert "1 of 2" in client.get("/a/week").text


def test_files_of_before_stay_where_that_is_wished(site: SiteOf) -> None:
    a_site = site()
    client = a_site.visit(Role.STUDENT, "amina")
    a_site.hand_in(client, SOFTMAX)
    a_site.hand_in(client, L1, keep="yes")
    assert kept(a_site, 2) == dict([SOFTMAX, L1])
    a_site.hand_in(client, L1)
    assert kept(a_site, 3) == dict([L1])
    a_site.hand_in(client, NOTEBOOK, keep="yes")  # in place of the scripts, not beside them
    assert kept(a_site, 4) == dict([NOTEBOOK])


def test_what_is_not_seen_at_the_end_of_a_name_is_taken_away(site: SiteOf) -> None:
    a_site = site()
    client = a_site.visit(Role.STUDENT, "amina")
    a_site.hand_in(client, ("softmax.py.txt", SOFTMAX[1]), ("L1.py\u00a0", L1[1]), ("L1.py.txt", b"notes"))
    assert kept(a_site, 1) == dict([SOFTMAX, L1])


def test_a_pasted_function_is_a_file_of_its_exercise(site: SiteOf) -> None:
    a_site = site()
    client = a_site.visit(Role.STUDENT, "amina")
    a_site.hand_in(client, SOFTMAX)
    answer = a_site.hand_in(client, exercise="L1", code="def L1(a, b):\r\n    return 1\r\n")
    assert answer.headers["location"] == "/attempts/2"
    assert kept(a_site, 2) == {"softmax.py": SOFTMAX[1], "L1.py": b"def L1(a, b):\n    return 1\n"}


@pytest.mark.parametrize(
    ("files", "fields", "words"),
    [
        ((), {}, "Choose a file, or paste your code."),
        ((("notes.pdf", b"%PDF"),), {}, "notes.pdf: hand in .py files and .ipynb notebooks."),
        ((), {"code": "x", "exercise": "other"}, "Say which exercise the code is for."),
    ],
)
def test_what_cannot_be_judged_is_not_taken_in(site: SiteOf, files: Any, fields: dict[str, str], words: str) -> None:
    a_site = site()
    client = a_site.visit(Role.STUDENT, "amina")
    answer = a_site.hand_in(client, *files, **fields)
    assert answer.status_code == 400
    assert words in answer.text
    assert "Your attempts" not in client.get("/a/week").text


def test_a_name_leads_nowhere_else(site: SiteOf) -> None:
    a_site = site()
    client = a_site.visit(Role.STUDENT, "amina")
    a_site.hand_in(client, ("..\\..\\etc/work.PY", b"x = 1\n"))
    assert list(kept(a_site, 1)) == ["work.py"]


def test_attempts_at_an_exercise_are_counted(site: SiteOf) -> None:
    a_site = site(attempts=2)
    client = a_site.visit(Role.STUDENT, "amina")
    for number in range(2):
        a_site.hand_in(client, ("softmax.py", b"x = %d\n" % number), L1, keep="yes")
    assert "softmax 0 of 2, L1 1 of 2" in client.get("/a/week").text  # the second time L1.py was as before

    answer = a_site.hand_in(client, SOFTMAX)

    assert answer.status_code == 403
    assert "there is no attempt left at softmax" in answer.text
    assert a_site.hand_in(client, L1, ("softmax.py", b"x = 1\n")).status_code == 303
    assert a_site.hand_in(client, NOTEBOOK).status_code == 403
    other = a_site.visit(Role.STUDENT, "bruno")
    assert a_site.hand_in(other, SOFTMAX).status_code == 303


def test_often_in_a_short_time_is_told_when_to_come_back(site: SiteOf) -> None:
    a_site = site(per_minute=0.5)
    told = "You can hand in 5 times in a row, and then once in 120 seconds."
    assert told in a_site.visit(Role.STUDENT, "amina").get("/a/week").text
    client = a_site.visit(Role.STUDENT, "amina")
    statuses = [a_site.hand_in(client, ("softmax.py", b"x = %d\n" % number)).status_code for number in range(6)]
    assert statuses == [303] * 5 + [429]
    assert "Try again in 2 minutes." in a_site.hand_in(client, SOFTMAX).text


def test_hints_come_one_by_one(site: SiteOf) -> None:
    client = site().visit(Role.STUDENT, "amina")
    first = client.get("/a/week/hints/softmax").text
    assert "First." in first
    assert "Second." not in first
    assert "?so_many=2" in first
    assert "Second." in client.get("/a/week/hints/softmax?so_many=2").text
    assert "Second." in client.get("/a/week/hints/softmax?so_many=999").text
    assert "First." in client.get("/a/week/hints/softmax?so_many=-9").text
    assert "No hint was written" in client.get("/a/week/hints/L1").text
    assert client.get("/a/week/hints/other").status_code == 404


def test_points_by_hand_and_what_counts_are_told_on_every_page(site: SiteOf) -> None:
    a_site = site()
    judge(a_site, "amina", {"softmax": 10, "L1": 10})
    client = a_site.visit(Role.STUDENT, "amina")
    a_site.hand_in(client, SOFTMAX)
    a_site.judged(1)
    assert "by hand" not in client.get("/a/week").text + client.get("/attempts/1").text
    with Gradebook(a_site.place) as book:
        with book.writing():
            book.mark(Holder("week", "amina", "softmax"), Fraction(7, 2), author="mira", why="x")
        sheets = inbox.open_sheets(book, "en")
        inbox.put_sheets(book, [*sheets, replace(sheets[0], assignment="other")])  # so that there is a page of all

    pages = [client.get(address).text for address in ("/", "/a/week", "/attempts/1")]

    assert all("Points were given by hand. What counts: 13.5 of 20 points." in text for text in pages)
    assert all("softmax: 3.5 of 10, given by hand" in text for text in pages[1:])
    assert "by hand" not in a_site.visit(Role.STUDENT, "bruno").get("/a/week").text


def test_what_counts_is_told_where_the_newest_attempt_says_something_else(site: SiteOf) -> None:
    a_site = site()
    client = a_site.visit(Role.STUDENT, "amina")
    a_site.hand_in(client, SOFTMAX, L1)
    judge(a_site, "amina", {"softmax": 3, "L1": 10})
    with Gradebook(a_site.place) as book, book.writing():
        results = [result_of("softmax", Fraction(3)), result_of("L1", Fraction(10))]
        inbox.finish(book, 1, results=results, document="{}")
    assert "What counts" not in client.get("/a/week").text + client.get("/attempts/1").text
    with Gradebook(a_site.place) as book, book.writing():
        inbox.finish(book, 1, results=results[:1], document="{}")

    pages = [client.get(address).text for address in ("/a/week", "/attempts/1")]

    assert all("What counts: 13 of 20 points." in text for text in pages)
    assert all("by hand" not in text for text in pages)


@pytest.mark.parametrize(
    ("name", "content"), [("work.ipynb", b'{"cells": [], "metadata": {}}'), ("work.ipynb", b"{"), ("a.py", b"")]
)
def test_what_cannot_be_read_is_not_taken_in(site: SiteOf, name: str, content: bytes) -> None:
    a_site = site()
    client = a_site.visit(Role.STUDENT, "amina")

    answer = a_site.hand_in(client, SOFTMAX, (name, content))

    assert answer.status_code == 400
    assert f"Nothing was taken in: {name} could not be read: " in answer.text
    assert "Your attempts" not in client.get("/a/week").text


def test_what_is_still_open_is_told_beside_points_by_hand(site: SiteOf) -> None:
    a_site = site()
    judge(a_site, "amina", {"softmax": 10})
    with Gradebook(a_site.place) as book, book.writing():
        book.mark(Holder("week", "amina", "softmax"), Fraction(1), author="mira", why="x")
    text = a_site.visit(Role.STUDENT, "amina").get("/a/week").text
    assert "What counts: 1 of 20 points. 10 points are still open" in text


def test_an_assignment_that_there_is_not(site: SiteOf) -> None:
    client = site().visit(Role.STUDENT, "amina")
    assert client.get("/a/other").status_code == 404
    assert client.get("/attempts/7").status_code == 404


@pytest.mark.parametrize(
    ("hints", "is_offered"), [({"softmax": ("First.",), "L1": ()}, True), ({"softmax": ()}, False)]
)
def test_hints_are_offered_where_there_are_some(site: SiteOf, hints: dict[str, Any], is_offered: bool) -> None:
    a_site = site()
    with Gradebook(a_site.place) as book:
        inbox.put_sheets(book, [inbox.Sheet("week", "en", "Week 1", "", "<h2>Tasks</h2>", hints)])
    text = a_site.visit(Role.STUDENT, "amina").get("/a/week").text
    assert ("Stuck?" in text) is is_offered
    assert ("/hints/softmax" in text) is is_offered
    assert "/hints/L1" not in text
