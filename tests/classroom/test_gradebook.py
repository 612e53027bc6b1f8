"""The gradebook: what it keeps, and that its log tells how everything in it came about."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.classroom import gradebook, queries, to_do, unjudgeable
from grader.classroom.digest import digest_of
from grader.classroom.gradebook import Gradebook, Holder, Settled
from grader.classroom.hand_in import Cause, File, HandIn, LeftOut, Member
from grader.classroom.jobs import Environment, Graded, Judged
from grader.classroom.location import Location
from grader.classroom.spool import Spool
from grader.classroom.taken_out import TakenOut, taken_out
from grader.course.key import Assignment
from grader.errors import GraderError
from grader.judge.messages import left_out
from grader.judge.result import Outcome
from grader.words.language import Language, speaking

WEEK = Assignment("week", "Week 1", ("double", "triple"), "2026-11-02T12:00:00+00:00")
ENVIRONMENT = Environment("0.1", "3.11", "2.0", "standard")
STUDENTS = ("amina", "bruno", "chen")
TEXTS = ("a", "b", "c")


class Key:
    """As much of an answer key as the gradebook looks at."""

    def __init__(self, name: str, form: int = 1, *, points: int = 10) -> None:
        self.title, self.id, self.points = name.title(), f"sha256:{name}{form}", Fraction(points)
        self.schema = 1


def keys(form: int = 1, *, points: int = 10) -> Any:
    return {name: Key(name, form, points=points) for name in WEEK.exercises}


def clock() -> Any:
    start, seconds = datetime(2026, 11, 2, tzinfo=UTC), count()
    return lambda: start + timedelta(seconds=next(seconds))


@pytest.fixture
def book(location: Location) -> Iterator[Gradebook]:
    with Gradebook(location, create=True, clock=clock()) as made:
        with made.writing():
            made.enrol(WEEK, "A course", keys())
        yield made


def file_of(name: str, path: str, content: bytes) -> File:
    return File(name, path, Spool().put(content))


def hand_in(student: str, text: str = "a", *, minute: int | None = None, members: tuple[str, ...] = ()) -> HandIn:
    received = None if minute is None else datetime(2026, 11, 1, 12, minute, tzinfo=UTC)
    file = file_of("work.py", f"{student}/work.py", text.encode())
    return HandIn(student, student.title(), (file,), received=received, members=tuple(map(Member, members)))


def graded(text: str, points: Fraction | None, *, form: int = 1, exercise: str = "double") -> Graded:
    outcome = Outcome.NOT_JUDGED if points is None else Outcome.PASSED if points == 10 else Outcome.FAILED
    worth = Fraction(0 if points is None else 10)
    judged = Judged(exercise, f"sha256:{exercise}{form}", outcome, points or Fraction(), worth, 10 - worth, (), b"-")
    return Graded(digest_of([file_of("work.py", "", text.encode())]), ENVIRONMENT, (judged,))


def judge(book: Gradebook, one: Graded) -> list[Settled]:
    with book.writing():
        return [book.settle(one.digest, judged.exercise, number) for judged, number in book.keep(one)]


def points(book: Gradebook) -> dict[str, Fraction | None]:
    """Of `double`."""
    return {row.student: row.grades[0].points for row in queries.class_grades(book, "week", records=False)}


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [
        ("Þóra Παπαδόπουλος", "παπαδόπουλοςþóra", "Þóra Παπαδόπουλος"),
        ("παπαδόπουλοςþóra", "Þóra Παπαδόπουλος", "Þóra Παπαδόπουλος"),
        ("Þóra Smith", "Þóra Jones", "Þóra Jones"),
        ("amina", "bruno", "bruno"),
        ("", "amina", "amina"),
        ("Amina", "", "Amina"),
    ],
)
def test_a_squeezed_name_takes_no_better_ones_place(book: Gradebook, first: str, then: str, kept: str) -> None:
    with book.writing():
        for text, name in (("a", first), ("b", then)):
            book.take_in("week", replace(hand_in("7", text), name=name))

    (row,) = queries.class_grades(book, "week", records=False)
    assert row.name == kept


def test_what_was_handed_in_is_kept_and_found_again(book: Gradebook) -> None:
    files = (file_of("a.py", "x/a.py", b"1"), file_of("b.ipynb", "x/b.ipynb", bytes(range(256)) * 100))
    with book.writing():
        assert book.take_in("week", HandIn("amina", "Amina", files))
        assert not book.take_in("week", HandIn("amina", "Amina", files))

    (job,) = book.due("week")
    assert job.files == (("a.py", b"1"), ("b.ipynb", bytes(range(256)) * 100))
    assert job.exercises == ("double", "triple")


def test_names_and_order_of_files_are_part_of_a_submission() -> None:
    one, other = file_of("a.py", "", b"1"), file_of("b.py", "", b"1")

    assert len({digest_of(files) for files in ([one], [other], [one, other], [other, one], [])}) == 5
    assert digest_of([one]) == digest_of([file_of("a.py", "elsewhere/a.py", b"1")])


def test_points_are_exact(book: Gradebook) -> None:
    with book.writing():
        book.take_in("week", hand_in("amina"))
    judge(book, graded("a", Fraction(10, 3)))

    assert points(book) == {"amina": Fraction(10, 3)}


def test_a_transaction_that_fails_leaves_nothing(book: Gradebook) -> None:
    with book.writing():
        book.take_in("week", hand_in("amina"))

    def fail() -> None:
        with book.writing():
            for judged, number in book.keep(graded("a", Fraction(10))):
                book.settle(graded("a", None).digest, judged.exercise, number)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert points(book) == {"amina": None}
    assert not list(queries.log(book))
    assert not list(book.rows("SELECT * FROM results"))


def test_a_page_of_what_is_due_is_looked_up_without_reading_the_class(tmp_path: Path) -> None:
    """SQLite's own plan, which it makes without having counted anything; PostgreSQL counts, and plans by that."""
    with Gradebook(tmp_path / "book.db", create=True) as made:
        for query in (gradebook._DUE_PAGE, gradebook._DUE_POSITIONS):
            wanted = {"assignment": "week", "after": "5", "last": "9"}
            plan = [step for *_, step in made.rows(f"EXPLAIN QUERY PLAN {query}", wanted)]
            assert any("submissions_by_digest (digest>?" in step for step in plan), plan


def test_who_handed_in_nothing_is_looked_for_beside_few(tmp_path: Path) -> None:
    with Gradebook(tmp_path / "book.db", create=True) as made:
        wanted = {"assignment": "week", "student": None}
        plan = [step for *_, step in made.rows(f"EXPLAIN QUERY PLAN {unjudgeable._UNJUDGEABLE}", wanted)]

    first, *others = [step for step in plan if step.startswith(("SCAN", "SEARCH c"))]
    assert first == "SCAN empty", plan
    assert len(others) == 2, plan
    assert not any(step.startswith("SCAN") for step in others), plan


def test_of_a_group_each_is_a_student(book: Gradebook) -> None:
    with book.writing():
        book.take_in("week", hand_in("team", members=("amina", "bruno")))

    assert judge(book, graded("a", Fraction(10))) == [Settled(given=2, kept=0)]
    assert points(book) == {"amina": 10, "bruno": 10}


def test_who_left_a_group_for_newer_work_keeps_that(book: Gradebook) -> None:
    with book.writing():
        book.take_in("week", hand_in("bruno", "b", minute=9))
        book.take_in("week", hand_in("team", minute=5, members=("amina", "bruno")))

    judge(book, graded("a", Fraction(10)))
    judge(book, graded("b", Fraction(2)))
    assert points(book) == {"amina": 10, "bruno": 2}


def test_a_result_that_may_not_replace_a_grade_is_counted(book: Gradebook) -> None:
    with book.writing():
        book.take_in("week", hand_in("amina"))
    judge(book, graded("a", Fraction(10)))
    with book.writing():
        book.take_in("week", hand_in("amina", "b"))

    assert judge(book, graded("b", None)) == [Settled(given=0, kept=1)]
    assert points(book) == {"amina": 10}


def test_a_mark_by_hand_outlasts_newer_work_and_is_told(book: Gradebook) -> None:
    amina = Holder("week", "amina", "double")
    with book.writing():
        book.take_in("week", hand_in("amina"))
        book.mark(amina, Fraction(8), author="mira", why="cut off")
    judge(book, graded("a", Fraction(1)))
    assert not list(to_do.overtaken_marks(book, "week"))
    with book.writing():
        book.take_in("week", hand_in("amina", "b"))
    judge(book, graded("b", Fraction(2)))

    assert points(book) == {"amina": 8}
    assert list(to_do.overtaken_marks(book, "week")) == [amina]
    (row,) = queries.class_grades(book, "week")
    assert row.grades[0].mark is not None
    assert (row.grades[0].mark.author, row.grades[0].mark.why, row.grades[0].judged) == ("mira", "cut off", 2)

    with book.writing():
        assert book.unmark(amina, author="mira", why="wrong student")
        assert not book.unmark(amina, author="mira", why="twice")
    assert points(book) == {"amina": 2}
    events = [entry.event for entry in queries.log(book)]
    assert events == ["marked", "graded", "resubmitted", "unmarked"]


def test_when_the_gradebook_first_knew_of_what_counts(book: Gradebook) -> None:
    before = Assignment("before", "Before", WEEK.exercises, WEEK.due)
    with book.writing():
        book.enrol(before, "A course", keys())
        book.take_in("before", hand_in("bruno"))
        book.take_in("week", hand_in("amina"))
        book.take_in("week", hand_in("amina", "b", minute=1))  # counts, and is the newest
        for exercise in WEEK.exercises:
            book.mark(Holder("week", "bruno", exercise), Fraction(3), author="mira", why="on paper")

    amina, bruno = queries.class_grades(book, "week", records=False)

    (taken_in,) = book.rows("SELECT max(seen) FROM submissions")
    (marked,) = book.rows("SELECT max(at) FROM marks")
    assert [amina.noted.isoformat(), bruno.noted.isoformat()] == [*taken_in, *marked]
    assert amina.noted < bruno.noted


def test_who_has_no_result_is_shown_what_the_class_is_until_a_regrade_is_applied(book: Gradebook) -> None:
    with book.writing():
        for student, text in (("amina", "a"), ("bruno", "b"), ("chen", "c"), ("dita", "")):
            book.take_in("week", hand_in(student, text) if text else HandIn(student, student, ()))
        book.mark(Holder("week", "dita", "double"), Fraction(3), author="mira", why="on paper")
    for text in ("a", "b"):
        judge(book, graded(text, Fraction(10)))
    with book.writing():
        book.enrol(WEEK, "A course", keys(2, points=8))

    def worth() -> list[tuple[int, int]]:
        """What each exercise is worth for each student."""
        rows = queries.class_grades(book, "week", records=False)
        return [(int(double.max_points), int(triple.max_points)) for double, triple in (row.grades for row in rows)]

    assert worth() == [(10, 8)] * 4
    with book.writing():  # newer work, by the new form
        judged = Judged("double", "sha256:double2", Outcome.PASSED, Fraction(8), Fraction(8), Fraction(), (), b"-")
        ((_, number),) = book.keep(replace(graded("c", Fraction(8)), exercises=(judged,)))
        book.settle(graded("c", None).digest, "double", number)
    assert worth() == [(10, 8), (10, 8), (8, 8), (10, 8)]
    with book.writing():  # as many of the one as of the other
        book.give(Holder("week", "amina", "double"), number, 1, "regraded")
        book.write("DELETE FROM grades WHERE student = 'bruno'", ())
        book.give(Holder("week", "bruno", "double"), number, 2, "regraded")
    assert worth() == [(8, 8)] * 4


def test_an_exercise_that_was_taken_out_is_told_while_grades_of_it_are_kept(book: Gradebook) -> None:
    with book.writing():
        book.take_in("week", hand_in("amina"))
        for student in ("amina", "bruno"):
            book.write("INSERT INTO students VALUES (?, '', '', 0) ON CONFLICT DO NOTHING", (student,))
            book.mark(Holder("week", student, "double"), Fraction(3), author="mira", why="x")
    judge(book, graded("a", Fraction(10)))
    judge(book, graded("a", Fraction(4), exercise="triple"))
    assert taken_out(book, "week") == ()

    with book.writing():
        book.enrol(Assignment("week", "Week 1", ("triple",)), "A course", keys())
    assert taken_out(book, "week") == (TakenOut("double", 2),)
    assert taken_out(book, "other") == ()
    with book.writing():
        book.enrol(WEEK, "A course", keys())
    assert taken_out(book, "week") == ()


def test_files_that_are_left_out_are_told_by_student_and_then_by_name(book: Gradebook) -> None:
    places = [("zoe", "z/a.pdf"), (None, "Thumbs.db"), ("amina", "y/b.pdf"), ("zoe", "a/b.pdf"), ("amina", "x/b.pdf")]
    for cause in (Cause.OTHER, Cause.OWNER):
        with book.writing():
            book.leave_out("week", "a.zip", [LeftOut(path, student, "x", cause) for student, path in places])
        found = to_do.left_out(book, "week") if cause is Cause.OTHER else to_do.lost(book, "week", cause)
        assert [file.path for file in found] == ["x/b.pdf", "y/b.pdf", "a/b.pdf", "z/a.pdf", "Thumbs.db"]


def test_why_a_file_is_left_out_is_said_in_the_language_of_whoever_reads_it(book: Gradebook) -> None:
    nested = left_out.LIMIT(what=left_out.NESTED(most=3))
    files = [
        LeftOut("a/a.pdf", "amina", left_out.NEITHER()),
        LeftOut("a/b.zip", "amina", nested, Cause.LIMIT),
        LeftOut("a/c.py", "amina", '"quoted", as an older version wrote it'),
    ]
    with book.writing():
        book.leave_out("week", "a.zip", files)

    assert list(to_do.left_out(book, "week")) == files
    with speaking(Language.GERMAN):
        first, second, third = (file.why for file in to_do.left_out(book, "week"))
    assert first == "ist weder eine .py- noch eine .ipynb-Datei"
    assert second == "liegt mehr als 3 Archive tief; sieh es dir an, oder bitte um weniger"
    assert third == '"quoted", as an older version wrote it'


def test_names_come_later_and_do_not_go_again(book: Gradebook) -> None:
    with book.writing():
        book.take_in("week", HandIn("7", "", hand_in("").files))
        book.take_in("week", HandIn("7", "Zoë", hand_in("").files, email="z@x.org"))
        book.take_in("week", HandIn("7", "", hand_in("").files))

    (row,) = queries.class_grades(book, "week")
    assert (row.name, row.email, row.submission is None, row.received) == ("Zoë", "z@x.org", False, None)


def test_two_assignments_keep_apart(book: Gradebook) -> None:
    other = Assignment("resit", "Resit", ("double",))
    with book.writing():
        book.enrol(other, "A course", keys())
        book.take_in("week", hand_in("amina", "a"))
        book.take_in("resit", hand_in("amina", "b"))
    judge(book, graded("a", Fraction(1)))
    judge(book, graded("b", Fraction(2)))

    found = [row.grades[0].points for name in ("week", "resit") for row in queries.class_grades(book, name)]
    assert found == [1, 2]
    assert queries.assignments(book) == ("week", "resit")
    with pytest.raises(GraderError, match="several assignments"):
        queries.sole_assignment(book)
    with pytest.raises(GraderError, match="several assignments"):
        queries.holder(book, "amina", "double")
    assert queries.holder(book, "amina", "double", "resit").assignment == "resit"


def test_the_assignment_is_kept_whole(book: Gradebook) -> None:
    assert queries.assignment(book, "week") == WEEK
    assert queries.course_title(book, "week") == "A course"


def test_an_assignment_that_nobody_handed_in_for_is_no_class(book: Gradebook) -> None:
    with pytest.raises(GraderError, match=r": nobody has handed in anything for 'week' yet; `grader run"):
        queries.sole_assignment(book)
    with book.writing():
        book.leave_out("week", "a.zip", [LeftOut("notes.pdf", None, "no work", Cause.OTHER)])
    with pytest.raises(GraderError, match=r"yet \(1 file was left out; `grader run` says why\)"):
        queries.sole_assignment(book)
    with book.writing():
        book.take_in("week", hand_in("amina"))
    assert queries.sole_assignment(book) == "week"


def test_what_the_gradebook_does_not_know_is_told_with_what_is_near(book: Gradebook) -> None:
    with book.writing():
        book.take_in("week", hand_in("amina"))

    with pytest.raises(GraderError, match=r"no student 'amnia' .*did you mean 'amina'"):
        queries.holder(book, "amnia", "double")
    with pytest.raises(GraderError, match=r"no exercise 'duoble' .*did you mean 'double'"):
        queries.holder(book, "amina", "duoble")
    with pytest.raises(GraderError, match="no assignment 'month'; there are: week"):
        queries.sole_assignment(book, "month")


Step = tuple[Any, ...]
FEW_POINTS = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(10)])
STEPS = st.one_of(
    st.tuples(st.just("hand in"), st.sampled_from(STUDENTS), st.sampled_from(TEXTS), st.integers(0, 5) | st.none()),
    st.tuples(st.just("judge"), st.sampled_from(TEXTS), FEW_POINTS | st.none(), st.integers(1, 2)),
    st.tuples(st.just("mark"), st.sampled_from(STUDENTS), FEW_POINTS),
    st.tuples(st.just("unmark"), st.sampled_from(STUDENTS)),
    st.tuples(st.just("change"), st.integers(1, 2)),
)


def take(book: Gradebook, step: Step) -> None:
    match step:
        case ("hand in", student, text, minute):
            book.take_in("week", hand_in(student, text, minute=minute))
        case ("judge", text, given, form):
            one = graded(text, given, form=form)
            for judged, number in book.keep(one):
                book.settle(one.digest, judged.exercise, number)
        case ("mark", student, given):
            if list(book.rows("SELECT 1 FROM students WHERE student = ?", (student,))):
                book.mark(Holder("week", student, "double"), given, author="mira", why="so")
        case ("unmark", student):
            book.unmark(Holder("week", student, "double"), author="mira", why="so")
        case ("change", form):
            book.enrol(WEEK, "A course", keys(form))


def replayed(book: Gradebook) -> dict[str, Fraction | None]:
    """What the log says that everybody has for `double`."""
    judged: dict[str, Fraction | None] = {}
    marked: dict[str, Fraction | None] = {}
    rows = book.rows(
        "SELECT l.student, l.event, l.points, r.judged FROM log l LEFT JOIN results r ON r.id = l.result ORDER BY l.id"
    )
    for student, event, number, is_judged in rows:
        if event == "marked":
            marked[student] = Fraction(number)
        elif event == "unmarked":
            del marked[student]
        else:
            judged[student] = Fraction(number) if is_judged else None
    return {student: given for student, given in (judged | marked).items() if given is not None}


@settings(max_examples=40)
@given(st.lists(STEPS, max_size=25))
def test_the_log_tells_how_every_grade_came_about(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder, Gradebook(Path(folder, "g.db"), create=True, clock=clock()) as book:
        with book.writing():
            book.enrol(WEEK, "A course", keys())
        had: dict[str, Fraction] = {}
        for step in steps:
            with book.writing():
                take(book, step)
            has = {student: given for student, given in points(book).items() if given is not None}
            assert has == replayed(book)
            if step[0] != "unmark":
                assert had.keys() <= has.keys()  # nothing takes a grade away, a fault of ours least of all
            had = has


@settings(max_examples=30)
@given(
    st.sampled_from([timedelta(minutes=1), timedelta(milliseconds=400), timedelta(microseconds=1)]),
    st.lists(st.integers(0, 5), min_size=1, max_size=6),
)
def test_the_latest_counts_in_whatever_order_they_come(apart: timedelta, steps: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder, Gradebook(Path(folder, "g.db"), create=True) as book:
        with book.writing():
            book.enrol(WEEK, "A course", keys())
            for step in steps:
                work = hand_in("amina", f"text {step}", minute=0)
                assert work.received is not None
                book.take_in("week", replace(work, received=work.received + step * apart))

        (row,) = queries.class_grades(book, "week")
        assert row.submission is not None
        assert book.files(row.submission)[0][1] == f"text {max(steps)}".encode()
        assert row.versions == len(set(steps))


def test_two_writers_wait_for_each_other(book: Gradebook) -> None:
    with Gradebook(book.location) as other:
        with other.writing():
            other.take_in("week", hand_in("amina"))
        with book.writing():
            book.take_in("week", hand_in("bruno"))

    assert set(points(book)) == {"amina", "bruno"}


def test_who_may_not_write_is_told_so(book: Gradebook, monkeypatch: pytest.MonkeyPatch) -> None:
    database = "sqlite" if isinstance(book.location, Path) else "postgres"
    monkeypatch.setattr(f"grader.classroom.{database}._PATIENCE", 0.01)
    with Gradebook(book.location) as other, book.writing():
        with (
            pytest.raises(
                GraderError,
                match=r"\(.*lock.*\): somebody else is writing\. What it holds is whole",
            ),
            other.writing(),
        ):
            raise AssertionError("nobody comes here")
        book.take_in("week", hand_in("amina"))

    assert set(points(book)) == {"amina"}
