"""A class from hand-ins to grades that stand."""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import tracemalloc
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from said import remarks_of

from grader.classroom import queries, to_do
from grader.classroom.dialect import ConnectionLost
from grader.classroom.gradebook import Holder
from grader.classroom.hand_in import Cause, Collection, File, Layout, LeftOut, Member
from grader.classroom.jobs import Environment, Graded, Job, Judged
from grader.classroom.run import Tally, judge_due, take_in
from grader.classroom.spool import Spool
from grader.judge.result import Outcome
from grader.words.text import lines

pytestmark = pytest.mark.slow


def test_a_class_is_judged_and_the_grades_are_in_the_gradebook(a_class: Any) -> None:
    tally = a_class.run(
        a_class.handed_in("amina", a_class.work(), minute=1),
        a_class.handed_in("bruno", a_class.work(double="x"), minute=2, late=True),
    )

    amina, bruno = queries.class_grades(a_class.book, "week")
    assert tally == Tally(submissions=2, passed=3, nothing=1)
    assert (amina.student, amina.name, amina.points, amina.max_points) == ("amina", "Amina", 20, 20)
    assert (bruno.points, bruno.late, bruno.received.minute) == (10, True, 2)
    assert [grade.outcome for grade in bruno.grades] == [Outcome.FAILED, Outcome.PASSED]


@pytest.mark.parametrize("at", [20, 40, 55])
def test_after_a_lost_connection_the_same_command_goes_on(at: int, class_of_a_server: Any, cut_off: Any) -> None:
    a_class = class_of_a_server
    hand_ins = [a_class.handed_in(name, a_class.work(double=f"2 * x + 0 * {len(name)}")) for name in ("amina", "bo")]
    statements = cut_off(at)
    with contextlib.suppress(ConnectionLost):  # where nothing was being written, it is asked once more
        a_class.run(*hand_ins)
    assert next(statements) > at

    a_class.run(*hand_ins)
    assert set(a_class.points().values()) == {10}
    assert sorted((entry.holder.student, entry.event) for entry in queries.log(a_class.book)) == [
        (name, "graded") for name in ("amina", "amina", "bo", "bo")
    ]


def test_what_is_kept_is_the_whole_result(a_class: Any) -> None:
    a_class.run(a_class.handed_in("bruno", a_class.work(double="x")))

    (bruno,) = queries.class_grades(a_class.book, "week")
    result = bruno.grades[0].result
    (exercise,) = result.exercises
    assert exercise.name == "double"
    assert exercise.tests[0].finding.diagnosis == "returned_argument"
    assert result.isolation == "none"
    assert set(result.versions) == {"grader", "python", "numpy"}
    assert bruno.grades[0].key == a_class.keys["double"].id


def test_what_was_replaced_is_listed_with_what_replaced_it(a_class: Any) -> None:
    def of(text: str, *paths: str) -> Any:
        files = tuple(File(path[-7:], path, Spool().put(text.encode())) for path in paths)
        return dataclasses.replace(a_class.handed_in("amina", text), files=files)

    earlier, last = of("x", "1_draft.py", "1_other.py"), of("y", "2_draft.py")
    a_class.enrol()
    take_in(a_class.book, "week", Collection(Layout.CANVAS, (last,), (earlier,), ()), "a.zip")

    told = {file.path: (file.student, file.why) for file in to_do.left_out(a_class.book, "week")}
    assert told == {
        "1_draft.py": ("amina", "replaced by 2_draft.py"),
        "1_other.py": ("amina", "replaced by what was handed in later"),
    }


def test_an_unchanged_class_is_not_judged_again(a_class: Any) -> None:
    class_ = [a_class.handed_in(name, a_class.work() + f"# {name}") for name in ("amina", "bruno")]
    a_class.run(*class_)
    log = list(queries.log(a_class.book))

    crew = dataclasses.replace(a_class.crew, opened=_nobody)
    assert a_class.run(*class_, crew=crew) == Tally()
    assert list(queries.log(a_class.book)) == log


def test_any_executor_will_do(a_class: Any) -> None:
    crew = dataclasses.replace(a_class.crew, opened=ThreadPoolExecutor)
    hand_ins = [a_class.handed_in(f"s{number}", f"# {number}\n{a_class.work()}") for number in range(20)]

    assert a_class.run(*hand_ins, crew=crew) == Tally(submissions=20, passed=40)


def _nobody(width: int) -> Executor:
    raise AssertionError("there is nothing to judge")


def test_equal_work_is_judged_once(a_class: Any) -> None:
    tally = a_class.run(*[a_class.handed_in(name, a_class.work()) for name in ("amina", "bruno", "chen")])

    assert tally.submissions == 1
    assert set(a_class.points().values()) == {Fraction(10)}
    assert len(a_class.points()) == 6


def test_a_later_submission_takes_the_place_of_the_earlier(a_class: Any) -> None:
    first = a_class.handed_in("amina", a_class.work(double="x"), minute=1)
    second = a_class.handed_in("amina", a_class.work(), minute=2)
    a_class.run(first)
    a_class.run(second, superseded=[first])

    (amina,) = queries.class_grades(a_class.book, "week")
    assert amina.points == 20
    assert amina.versions == 2
    events = [(entry.holder.exercise, entry.event, entry.points) for entry in queries.log(a_class.book)]
    assert events == [
        ("double", "graded", 0),
        ("triple", "graded", 10),
        ("double", "resubmitted", 10),
        ("triple", "resubmitted", 10),
    ]


def test_an_older_download_does_not_bring_older_work_back(a_class: Any) -> None:
    first = a_class.handed_in("amina", a_class.work(double="x"), minute=1)
    a_class.run(a_class.handed_in("amina", a_class.work(), minute=2))

    assert a_class.run(first) == Tally()
    assert a_class.points()["amina", "double"] == 10


def test_work_that_comes_back_has_its_result_already(a_class: Any) -> None:
    one, other = (a_class.handed_in("amina", a_class.work(double=double)) for double in ("x", "2 * x"))
    a_class.run(one)
    a_class.run(other)

    assert a_class.run(one) == Tally()
    assert a_class.points()["amina", "double"] == 0
    assert [entry.event for entry in queries.log(a_class.book)][-2:] == ["resubmitted"] * 2


def test_each_member_of_a_group_gets_the_grade(a_class: Any) -> None:
    members = (Member("amina", "Amina"), Member("bruno", "Bruno", "b@x.org"))
    a_class.run(a_class.handed_in("team 1", a_class.work(), group="team 1", members=members))

    rows = list(queries.class_grades(a_class.book, "week"))
    assert [(row.student, row.name, row.email, row.group, row.points) for row in rows] == [
        ("amina", "Amina", "", "team 1", 20),
        ("bruno", "Bruno", "b@x.org", "team 1", 20),
    ]


def test_a_changed_exercise_changes_no_grade_that_stands(a_class: Any) -> None:
    a_class.run(a_class.handed_in("amina", a_class.work()), a_class.handed_in("bruno", a_class.work(double="x")))
    before = a_class.points()
    a_class.edit("double", "repeat: 4", "repeat: 5")

    assert a_class.run(a_class.handed_in("amina", a_class.work())) == Tally()
    assert a_class.points() == before
    assert queries.changed_since(a_class.book, "week") == (queries.Change("double", 2),)

    a_class.book._connection.execute("UPDATE forms SET form = 1 WHERE key IN (SELECT key FROM results)")
    a_class.edit("triple", "repeat: 4", "repeat: 5")
    a_class.enrol()
    changes = (queries.Change("double", 2, 1), queries.Change("triple", 2, 1))
    assert queries.changed_since(a_class.book, "week") == changes


def test_files_that_are_left_out_or_cannot_be_read_are_told(a_class: Any) -> None:
    a_class.enrol()
    broken = a_class.handed_in("bruno", "")
    broken = dataclasses.replace(broken, files=(File("work.ipynb", "bruno/work.ipynb", Spool().put(b"{")),))
    a_class.run(broken)
    for why in ("it is a PDF", "it is a picture"):
        collection = dataclasses.replace(_empty(), left_out=(LeftOut("amina/a.pdf", "amina", why),))
        take_in(a_class.book, "week", collection, "a.zip")

    assert list(to_do.left_out(a_class.book, "week")) == [LeftOut("amina/a.pdf", "amina", "it is a picture")]
    ((student, why),) = to_do.unreadable(a_class.book, "week")
    assert student == "bruno"
    assert "work.ipynb" in lines(why)


def _empty() -> Any:
    from grader.classroom.hand_in import Collection, Layout

    return Collection(Layout.PLAIN, (), (), ())


def test_names_that_are_no_text_are_kept_apart(a_class: Any) -> None:
    a_class.run(a_class.handed_in("a\udcff", a_class.work()), a_class.handed_in("a\udcfe", a_class.work(double="x")))

    assert len({student for student, _ in a_class.points()}) == 2


def test_what_could_not_be_judged_is_no_zero_and_is_tried_again(a_class: Any) -> None:
    amina = a_class.handed_in("amina", a_class.work())

    assert a_class.run(amina, crew=a_class.unable) == Tally(submissions=1, not_judged=2)
    assert set(a_class.points().values()) == {None}
    assert list(to_do.unjudged(a_class.book, "week")) == [
        Holder("week", "amina", "double"),
        Holder("week", "amina", "triple"),
    ]
    (row,) = queries.class_grades(a_class.book, "week")
    assert "the disk is full" in remarks_of(row.grades[0].result.exercises[0])[0]

    assert a_class.run(amina) == Tally(submissions=1, passed=2)
    assert set(a_class.points().values()) == {Fraction(10)}
    assert not list(to_do.unjudged(a_class.book, "week"))


def test_not_judged_never_replaces_a_grade(a_class: Any) -> None:
    a_class.run(a_class.handed_in("amina", a_class.work(double="x")))
    newer = a_class.handed_in("amina", a_class.work())

    a_class.run(newer, crew=a_class.unable)
    assert a_class.points() == {("amina", "double"): 0, ("amina", "triple"): 10}
    assert len(list(to_do.unjudged(a_class.book, "week"))) == 2

    a_class.run(newer)
    assert a_class.points()["amina", "double"] == 10


def test_a_tally_counts_exercises() -> None:
    def judged(outcome: Outcome, points: int) -> Judged:
        return Judged("double", "sha256:", outcome, Fraction(points), Fraction(10), Fraction(), (), b"")

    graded = Graded(
        "",
        None,  # type: ignore[arg-type]
        (
            judged(Outcome.PASSED, 10),
            judged(Outcome.FAILED, 3),
            judged(Outcome.MISSING, 0),
            judged(Outcome.NOT_JUDGED, 0),
        ),
    )
    assert Tally().plus([graded, graded]) == Tally(2, 2, 2, 2, 2)


def test_jobs_are_made_of_the_gradebook_alone(a_class: Any) -> None:
    a_class.enrol()
    with a_class.book.writing():
        a_class.book.take_in("week", a_class.handed_in("amina", "pass\n"))

    (job,) = a_class.book.due("week")
    keys = tuple((name, key.id) for name, key in a_class.keys.items())
    assert job == Job(job.digest, (("work.py", b"pass\n"),), ("double", "triple"), keys)


class _Quick(Executor):
    """Says at once of any work that it is right, at the length of a real record."""

    def submit(self, function: Any, setup: Any, *batches: Any) -> Any:
        future: Future[Any] = Future()
        environment = Environment("0.1", "3.11", "2.0", "standard")
        points = (Fraction(10), Fraction(10), Fraction())
        if not batches:
            future.set_result(environment)
            return future
        future.set_result(
            tuple(
                Graded(
                    job.digest,
                    environment,
                    tuple(Judged(name, key, Outcome.PASSED, *points, (), bytes(5000)) for name, key in job.keys),
                )
                for job in batches[0]
            )
        )
        return future


def _peak(a_class: Any, number: int) -> int:
    """The most memory that judging so many takes here."""
    hand_ins = [a_class.handed_in(f"{number}-{each}", f"# {number} {each}") for each in range(number)]
    take_in(a_class.book, "week", dataclasses.replace(_empty(), hand_ins=tuple(hand_ins)), "a.zip")
    crew = dataclasses.replace(a_class.crew, opened=lambda width: _Quick())
    keys = a_class.keys
    gc.freeze()
    gc.collect()  # so that cycles are looked for as often as in a process that does nothing else
    tracemalloc.start()
    try:
        with crew.pool() as pool:
            assert judge_due(a_class.book, "week", keys, pool).submissions == number
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_larger_class_takes_no_more_memory(a_class: Any) -> None:
    a_class.enrol()
    _peak(a_class, 10)  # what is made once

    assert _peak(a_class, 800) < 2 * _peak(a_class, 200)


def test_what_may_be_lost_is_told_until_its_student_hands_in_anew(a_class: Any) -> None:
    large = LeftOut("amina/a.py", "amina", "it is larger than 1 MiB", Cause.LIMIT)
    either = LeftOut("b.py", None, "it may be of two", Cause.OWNER)
    book, noon = a_class.book, datetime(2026, 11, 2, 12, tzinfo=UTC)
    book._clock = lambda: noon
    a_class.enrol()
    take_in(book, "week", dataclasses.replace(_empty(), left_out=(large, either)), "a.zip")

    assert list(to_do.lost(book, "week", Cause.LIMIT)) == [large]
    assert list(to_do.lost(book, "week", Cause.OWNER, "a.zip")) == [either]
    assert not list(to_do.lost(book, "week", Cause.OWNER, "b.zip"))
    assert list(to_do.left_out(book, "week")) == [large, either]
    assert not list(to_do.left_out(book, "week", "b.zip"))

    book._clock = lambda: noon + timedelta(minutes=1)
    anew = dataclasses.replace(_empty(), hand_ins=(a_class.handed_in("amina", a_class.work()),))
    take_in(book, "week", anew, "b.zip")

    assert not list(to_do.lost(book, "week", Cause.LIMIT))
    assert list(to_do.left_out(book, "week")) == [large, either]
