"""After an exercise changed: what a teacher sees of it, and what is written."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import msgspec
import pytest

from grader.classroom import queries
from grader.classroom.gradebook import Gradebook, Holder
from grader.classroom.jobs import Environment, Graded, Judged
from grader.classroom.links import Role
from grader.classroom.location import Location
from grader.classroom.record import packed
from grader.course.key import Assignment
from grader.judge.result import ExerciseResult, Outcome, Result
from grader.web.classes import Counted, note

from .conftest import EXERCISES, judge, make_key

SiteOf = Callable[..., Any]
ADDRESS = "/class/week/regrade"
ENVIRONMENT = Environment("1", "3", "2", "standard")
POINTS = {"amina": 2, "bruno": 5, "chen": 5}


@pytest.fixture
def place(mostly_sqlite: Location) -> Location:
    return mostly_sqlite


@pytest.fixture
def desk(site: SiteOf) -> tuple[Any, Any]:
    """A class whose exercise has changed since."""
    a_site = site(environment=1)
    for student, points in POINTS.items():
        judge(a_site, student, {"softmax": points, "L1": 10})
    keys = {name: make_key(name) for name in EXERCISES}
    keys["softmax"] = msgspec.structs.replace(keys["softmax"], id="sha256:new", title="Softmax <1>")
    with Gradebook(a_site.place) as book, book.writing():
        book.enrol(Assignment("week", "Week 1", EXERCISES), "NumPy", keys)
    return a_site, a_site.visit(Role.TEACHER, "mira")


def judged_anew(site: Any, most: int = 10, **points: int) -> None:
    """Let these be what the changed exercise gives."""
    with Gradebook(site.place) as book, book.writing():
        digests = dict(book.rows("SELECT submitter, digest FROM submissions"))
        for student, number in points.items():
            outcome, worth = Outcome.FAILED, Fraction(number)
            result = ExerciseResult(
                "softmax", "softmax", "sha256:new", "softmax.py", outcome, worth, Fraction(most), Fraction(), ()
            )
            record = packed(Result((result,), "standard", {}))
            new = Judged("softmax", "sha256:new", outcome, worth, Fraction(most), Fraction(), (), record)
            book.keep(Graded(digests[student], ENVIRONMENT, (new,)))


def form_of(site: Any, client: Any, **fields: str) -> dict[str, str]:
    digest = client.get(ADDRESS).text.split('name="digest" value="')[1].split('"')[0]
    return {"token": site.token(client, ADDRESS), "digest": digest, **fields}


def points_of(site: Any) -> dict[str, int]:
    with Gradebook(site.place) as book:
        every = queries.class_grades(book, "week", records=False)
        return {each.student: int(each.grades[0].points or 0) for each in every}


def test_the_class_says_that_an_exercise_has_changed(desk: tuple[Any, Any]) -> None:
    _, client = desk
    assert "3 grades are of an older form of their exercises" in client.get("/class/week").text


def test_what_is_not_judged_anew_yet_is_counted(desk: tuple[Any, Any]) -> None:
    site, client = desk
    judged_anew(site, amina=9)
    text = client.get(ADDRESS).text
    assert "2 grades are not judged anew yet" in text
    assert "Softmax &lt;1&gt;: 2 → 9" in text


def test_who_gains_and_who_loses_is_shown_and_nothing_written(desk: tuple[Any, Any]) -> None:
    site, client = desk
    judged_anew(site, amina=9, bruno=1, chen=5)
    text = client.get(ADDRESS).text
    assert "1 grade would rise" in text
    assert "Softmax &lt;1&gt;: 5 → 1" in text
    assert '<a href="/class/week/student?student=bruno"><bdi>Bruno</bdi></a>' in text
    assert "1 grade would keep its points" in text
    assert points_of(site) == POINTS


@pytest.mark.parametrize(
    ("fields", "written", "expected"),
    [({}, 2, {"amina": 9, "bruno": 5, "chen": 5}), ({"lower": "yes"}, 3, {"amina": 9, "bruno": 1, "chen": 5})],
)
def test_applied_no_grade_falls_unless_that_is_asked_for(
    desk: tuple[Any, Any], fields: dict[str, str], written: int, expected: dict[str, int]
) -> None:
    site, client = desk
    judged_anew(site, amina=9, bruno=1, chen=5)

    answer = client.post(ADDRESS, data=form_of(site, client, **fields))

    assert (answer.status_code, answer.headers["location"]) == (303, ADDRESS)
    assert points_of(site) == expected
    text = client.get(ADDRESS).text
    assert f"Last written: {written} grades, by mira, " in text
    with Gradebook(site.place) as book:
        (entry,) = (each for each in queries.log(book, "amina") if each.event == "regraded")
        assert (entry.author, entry.points) == ("mira", 9)
        lowered = ", lower ones too" if fields else ""
        notes = list(book.rows("SELECT what FROM audit WHERE who = 'mira'"))
        assert notes == [(f"regraded week: {written} grades{lowered}",)]


def test_nothing_is_said_to_be_written_that_was_not(desk: tuple[Any, Any]) -> None:
    site, client = desk
    judged_anew(site, amina=9)
    with Gradebook(site.place) as book:
        note(book, "mira", "regraded week2: 999 grades", counted=Counted("regraded", "week2", 999))  # another class's
        note(book, "mira", "regraded week: many grades")  # from before this was kept
    for address in (ADDRESS, f"{ADDRESS}?written=999"):
        assert "ritten: " not in client.get(address).text

    client.post(ADDRESS, data=form_of(site, client))

    assert "Last written: 1 grade, by mira, " in client.get(f"{ADDRESS}?written=999").text


def test_what_has_changed_since_it_was_looked_at_is_not_written(desk: tuple[Any, Any]) -> None:
    site, client = desk
    judged_anew(site, amina=9)
    form = form_of(site, client)
    judged_anew(site, bruno=1)

    answer = client.post(ADDRESS, data=form)

    assert answer.status_code == 409
    assert "since you looked" in answer.text
    assert client.post(ADDRESS, data={**form, "token": "guessed"}).status_code == 403
    assert points_of(site) == POINTS


@pytest.mark.parametrize(
    ("most", "words"), [(20, "worth more than it was (points: 10 → 20), for 2 grades"), (5, "worth less than it was")]
)
def test_an_exercise_that_is_worth_another_number_of_points_is_told(
    desk: tuple[Any, Any], most: int, words: str
) -> None:
    site, client = desk
    judged_anew(site, amina=2, bruno=5, most=most)
    assert words in client.get(ADDRESS).text


def test_a_grade_below_points_by_hand_is_not_counted_as_written(desk: tuple[Any, Any]) -> None:
    site, client = desk
    with Gradebook(site.place) as book, book.writing():
        book.mark(Holder("week", "amina", "softmax"), Fraction(7), author="mira", why="x")
    judged_anew(site, amina=9, bruno=6)

    client.post(ADDRESS, data=form_of(site, client))

    assert "Last written: 1 grade, by mira" in client.get(ADDRESS).text
    assert points_of(site)["amina"] == 7


def test_points_by_hand_stay(desk: tuple[Any, Any]) -> None:
    site, client = desk
    with Gradebook(site.place) as book, book.writing():
        book.mark(Holder("week", "amina", "softmax"), Fraction(7), author="mira", why="x")
    judged_anew(site, amina=9, bruno=5, chen=5)
    assert "Points by hand stay: Amina (Softmax &lt;1&gt;)." in client.get(ADDRESS).text


def test_points_by_hand_above_what_an_exercise_is_worth_now_are_told(desk: tuple[Any, Any]) -> None:
    site, client = desk
    with Gradebook(site.place) as book, book.writing():
        book.mark(Holder("week", "amina", "softmax"), Fraction(12), author="mira", why="x")
        assert "above what" not in client.get(ADDRESS).text  # on purpose
        book.mark(Holder("week", "amina", "softmax"), Fraction(9), author="mira", why="x")
        book.write("UPDATE exercises SET points = '8' WHERE name = 'softmax'", ())
    judged_anew(site, amina=8, most=8)

    assert "what the exercise is worth now: Amina (Softmax &lt;1&gt;): 9 of 8. They stay" in client.get(ADDRESS).text


def test_points_by_hand_of_work_without_a_judged_grade_are_named(desk: tuple[Any, Any]) -> None:
    site, client = desk
    with Gradebook(site.place) as book, book.writing():
        book.write("INSERT INTO students VALUES ('dita', 'Dita', '', 0)", ())
        book.mark(Holder("week", "dita", "softmax"), Fraction(3), author="mira", why="x")
        book.write("UPDATE exercises SET key = 'sha256:newer' WHERE name = 'softmax'", ())
    assert "Points by hand stay: Dita (Softmax &lt;1&gt;)." in client.get(ADDRESS).text


def test_points_by_hand_are_of_no_form_for_the_class_either(desk: tuple[Any, Any]) -> None:
    site, client = desk
    with Gradebook(site.place) as book, book.writing():
        for student in POINTS:
            book.mark(Holder("week", student, "softmax"), Fraction(7), author="mira", why="x")
    assert "older form" not in client.get("/class/week").text
    assert "not judged anew yet" not in client.get(ADDRESS).text

    judged_anew(site, amina=9, bruno=5, chen=5)

    text = client.get(ADDRESS).text
    assert "Points by hand stay: Amina" in text
    assert "No grade is of an older form" not in text
    assert "older form" not in client.get("/class/week").text
    with Gradebook(site.place) as book:
        with book.writing():
            book.unmark(Holder("week", "amina", "softmax"), author="mira", why="x")
        assert queries.changed_since(book, "week") == (queries.Change("softmax", 1),)


def test_where_nothing_has_changed(site: SiteOf) -> None:
    client = site(environment=1).visit(Role.TEACHER, "mira")
    assert "No grade is of an older form" in client.get(f"{ADDRESS}?written=many").text
