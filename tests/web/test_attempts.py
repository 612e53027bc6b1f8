"""Results of hidden tests are shown when the work is due, where it is so wished."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest

import grader.web
from grader.classroom import inbox
from grader.classroom.gradebook import Gradebook, Holder
from grader.classroom.links import Role
from grader.course.key import Assignment, LateRule
from grader.course.key import Role as Of
from grader.judge.result import ExerciseResult, Outcome, Result, TestResult
from grader.web.attempts import Progress, progress
from grader.web.settings import Hidden

from .conftest import EXERCISES, judge, make_key

SiteOf = Callable[..., Any]
DUE = datetime(2026, 12, 1, 22, 59, tzinfo=UTC)
SOFTMAX = ("softmax.py", b"def softmax(x):\n    return x\n")
TELLING = ("PLANTED", "3 of 10", "3.5", "hidden_one")


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Sets the time, from when the work is due."""
    return lambda later: monkeypatch.setattr("grader.web.attempts.now", lambda: DUE + later)


@pytest.fixture
def a_site(site: SiteOf) -> Any:
    """A page of an assignment that is due, on which somebody has handed in work that a hidden test finds wrong."""
    made = site(hidden=Hidden.AFTER_DUE, zone="UTC")
    late = LateRule(grace=600.0, days=1)
    extended = {"bruno": (DUE + timedelta(days=7)).isoformat()}
    whole = Assignment("week", "Week 1", EXERCISES, due=DUE.isoformat(), late=late, extensions=extended)
    with Gradebook(made.place) as book, book.writing():
        book.enrol(whole, "NumPy", {name: make_key(name) for name in EXERCISES})
    return made


def handed_in(a_site: Any, student: str) -> Any:
    client = a_site.visit(Role.STUDENT, student)
    a_site.hand_in(client, SOFTMAX)
    with Gradebook(a_site.place) as book:
        ((number,),) = book.rows("SELECT max(id) FROM hand_ins")
    one = Fraction(1)
    tests = (
        TestResult("example_one", 1, Of.EXAMPLE, False, Outcome.PASSED, Fraction(), Fraction()),
        TestResult("hidden_one", 1, Of.HIDDEN, False, Outcome.FAILED, Fraction(), one),
    )
    exercise = ExerciseResult(
        "softmax", "Softmax", "", "softmax.py", Outcome.FAILED, Fraction(3), Fraction(10), Fraction(), tests
    )
    with Gradebook(a_site.place) as book, book.writing():
        inbox.finish(
            book, number, results=[Result((exercise,), "strict", {})], document='{\n "schema": 1, "PLANTED": 1\n}'
        )
    return client, number


def seen(client: Any, number: int, api: str) -> str:
    """All that a student is shown of it."""
    told = [client.get(address).text for address in ("/", "/a/week", f"/attempts/{number}")]
    answer = client.get(f"/api/v1/submissions/{number}", headers={"authorization": f"Bearer {api}"})
    assert answer.status_code == 200
    assert answer.json()["id"] == number
    return "\n".join((*told, answer.text))


def test_before_work_is_due_students_see_examples_alone_and_after_it_everything(
    a_site: Any, at: Callable[[timedelta], None]
) -> None:
    at(timedelta(days=-1))
    client = a_site.visit(Role.STUDENT, "amina")
    page = re.sub("</?time[^>]*>", "", client.get("/a/week").text)
    assert "Until 2026-12-02 23:09 UTC you are told what your work does on the examples" in page
    client, number = handed_in(a_site, "amina")
    api = a_site.secret(Role.STUDENT, "amina")

    early = seen(client, number, api)
    assert not [word for word in TELLING if word in early]
    assert "right so far" in early
    assert ">2026-12-02 23:09 UTC</time>" in client.get(f"/attempts/{number}").text

    at(timedelta(days=1, minutes=10))
    late = seen(client, number, api)
    assert "PLANTED" in late
    assert "3 of 10 points" in late
    assert "you are told what your work does on the examples" not in late


@pytest.mark.parametrize(
    ("student", "later", "is_shown"),
    [
        ("amina", timedelta(minutes=1), False),  # within the grace
        ("amina", timedelta(days=1, minutes=9), False),  # on a day that may be spent
        ("amina", timedelta(days=1, minutes=10), True),
        ("bruno", timedelta(days=2), False),  # who has an extension
        ("bruno", timedelta(days=8, minutes=10), True),
    ],
)
def test_as_long_as_newer_work_costs_nothing_nothing_is_shown(
    a_site: Any, at: Callable[[timedelta], None], student: str, later: timedelta, is_shown: bool
) -> None:
    at(later)
    client, number = handed_in(a_site, student)
    assert ("3 of 10 points" in client.get(f"/attempts/{number}").text) is is_shown


def test_points_by_hand_tell_nothing_of_the_others(a_site: Any, at: Callable[[timedelta], None]) -> None:
    at(timedelta(days=-1))
    judge(a_site, "amina", {"softmax": 3, "L1": 8})
    with Gradebook(a_site.place) as book, book.writing():
        book.mark(Holder("week", "amina", "softmax"), Fraction(4), author="mira", why="x")
    client, number = handed_in(a_site, "amina")
    for address in ("/a/week", f"/attempts/{number}"):
        text = client.get(address).text
        assert "Points were given by hand." in text
        assert "12 of 20" not in text
    at(timedelta(days=2))
    assert "12 of 20 points" in client.get("/a/week").text


def test_a_teacher_sees_everything_at_all_times(a_site: Any, at: Callable[[timedelta], None]) -> None:
    at(timedelta(days=-1))
    judge(a_site, "amina", {"softmax": 3, "L1": 8})
    text = a_site.visit(Role.TEACHER, "mira").get("/class/week").text
    assert "11" in text


def test_what_an_older_version_has_written_as_a_whole_is_not_shown_early(
    a_site: Any, at: Callable[[timedelta], None]
) -> None:
    at(timedelta(days=-1))
    client, number = handed_in(a_site, "amina")
    with Gradebook(a_site.place) as book, book.writing():
        book.write("UPDATE hand_ins SET records = NULL, page = 'PLANTED', summary = '3 of 10' WHERE id = ?", (number,))
    assert not [word for word in TELLING if word in seen(client, number, a_site.secret(Role.STUDENT, "amina"))]


def test_pages_read_attempts_in_one_way() -> None:
    folder = Path(grader.web.__file__).parent
    reading = re.compile(r"inbox\.(?:attempts?|newest)\b")
    assert [file.name for file in sorted(folder.glob("*.py")) if reading.search(file.read_text("utf-8"))] == [
        "attempts.py"
    ]


def test_settings_reach_the_processes_that_answer() -> None:
    from grader.web.settings import Settings

    sent = msgspec.json.encode(Settings("book.db", "NumPy", hidden=Hidden.AFTER_DUE))
    assert msgspec.json.decode(sent, type=Settings).hidden is Hidden.AFTER_DUE


def exercise(name: str, points: int, outcome: Outcome) -> ExerciseResult:
    return ExerciseResult(name, name, "key", None, outcome, Fraction(points), Fraction(10), Fraction(), ())


def result(*exercises: ExerciseResult) -> Result:
    return Result(exercises, "standard", {})


def test_what_got_better_and_what_got_worse() -> None:
    before = result(
        exercise("softmax", 3, Outcome.FAILED),
        exercise("L1", 10, Outcome.PASSED),
        exercise("L2", 0, Outcome.FAILED),
        exercise("mean", 4, Outcome.FAILED),
    )
    after = result(
        exercise("softmax", 10, Outcome.PASSED),
        exercise("L1", 0, Outcome.MISSING),
        exercise("L2", 0, Outcome.UNDECIDED),  # as hidden tests tell nothing yet
        exercise("mean", 4, Outcome.ERRORED),
        exercise("new", 10, Outcome.PASSED),
    )
    assert progress(after, before) == Progress(better=("softmax", "L2"), worse=("L1",))
    assert progress(after, None) == progress(None, before) == Progress()


def test_an_attempt_names_what_it_does_better_than_the_one_before(site: SiteOf) -> None:
    made = site()
    client = made.visit(Role.STUDENT, "bruno")
    for points in (3, 10):
        made.hand_in(client, SOFTMAX)
        with Gradebook(made.place) as book, book.writing():
            ((number,),) = book.rows("SELECT max(id) FROM hand_ins")
            judged = result(exercise("softmax", points, Outcome.FAILED), exercise("L1", 10 - points, Outcome.FAILED))
            inbox.finish(book, number, results=[judged], document="{}")

    text = client.get(f"/attempts/{number}").text
    assert "Better than before: softmax." in text
    assert "Worse than before: L1." in text
    assert "than before" not in client.get(f"/attempts/{number - 1}").text
