"""A changed exercise: who gains, who loses, because of what, and what is written."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from grader.classroom import queries
from grader.classroom.changed_marks import note_as_seen
from grader.classroom.gradebook import Holder
from grader.classroom.regrade import (
    Direction,
    Group,
    Maximum,
    Preview,
    Reason,
    apply,
    digest_of,
    moves,
    preview,
    rejudge,
    shared,
)
from grader.classroom.run import Tally

pytestmark = pytest.mark.slow

GAIN_AND_SAME = (Direction.GAIN, Direction.SAME)
ONLY_SHORT = "2 * x if len(x) == 1 else 0 * x"


def seen(a_class: Any, *names: str, crew: Any = None, alone: str = "") -> tuple[Preview, int, Tally]:
    """The preview, the environment, and what was judged for it."""
    last = Tally()

    def note(tally: Tally, total: int) -> None:
        nonlocal last
        last = tally

    a_class.enrol()
    with (crew or a_class.crew).pool() as pool:
        environment = rejudge(a_class.book, names, a_class.keys, pool, alone=alone, on_progress=note)
    with a_class.book.writing():
        number = a_class.book.environment(environment)
    return preview(a_class.book, names, number, alone=alone), number, last


def graded_class(a_class: Any) -> None:
    a_class.run(
        a_class.handed_in("amina", a_class.work()),
        a_class.handed_in("bruno", a_class.work(double=ONLY_SHORT)),
        a_class.handed_in("chen", a_class.work(double=ONLY_SHORT) + "# chen\n"),
        a_class.handed_in("dita", a_class.work(double="3 * x")),
    )


def an_easier_test(a_class: Any) -> None:
    """Who is right for one element alone earns something now."""
    a_class.edit("double", "tests:\n", "tests:\n  - {name: one element, sizes: {n: 1}, points: 4}\n")


def test_nothing_changed(a_class: Any) -> None:
    graded_class(a_class)

    found, _, judged = seen(a_class)
    assert found == Preview((), 0, (), ())
    assert judged == Tally()


def test_a_preview_says_who_gains_because_of_which_test_and_writes_nothing(class_anywhere: Any) -> None:
    graded_class(class_anywhere)
    before = class_anywhere.points()
    an_easier_test(class_anywhere)

    found, _, judged = seen(class_anywhere)
    assert judged.submissions == 4
    assert judged.passed + judged.partly + judged.nothing == 4  # one exercise of each
    assert found.groups == (
        Group(
            "double",
            Direction.GAIN,
            Fraction(0),
            Fraction(4),
            (Reason("one element", None, Fraction(4)),),
            ("bruno", "chen"),
        ),
    )
    assert found.same == 2
    assert class_anywhere.points() == before


def test_a_grade_that_has_changed_since_is_left_alone(a_class: Any) -> None:
    graded_class(a_class)
    an_easier_test(a_class)
    _, environment, _ = seen(a_class)
    coming = list(moves(a_class.book, (), environment))

    a_class.run(a_class.handed_in("bruno", a_class.work()))

    assert apply(a_class.book, coming, directions=GAIN_AND_SAME) == 3
    assert a_class.points()["bruno", "double"] == 10
    assert digest_of(coming) != digest_of(moves(a_class.book, (), environment))


def test_of_one_assignment_alone(a_class: Any) -> None:
    graded_class(a_class)
    an_easier_test(a_class)
    _, environment, _ = seen(a_class)

    assert list(moves(a_class.book, (), environment, assignment="other")) == []
    assert len(list(moves(a_class.book, (), environment, assignment="week"))) == 4
    assert preview(a_class.book, (), environment, assignment="other") == Preview((), 0, (), ())


def test_apply_writes_it_once(class_anywhere: Any) -> None:
    graded_class(class_anywhere)
    an_easier_test(class_anywhere)
    found, environment, _ = seen(class_anywhere)

    assert apply(class_anywhere.book, moves(class_anywhere.book, (), environment), directions=GAIN_AND_SAME) == 4
    assert class_anywhere.points()["bruno", "double"] == 4
    entries = [entry for entry in queries.log(class_anywhere.book, "bruno") if entry.event == "regraded"]
    assert [(entry.points, entry.why) for entry in entries] == [(4, "one element: 0 -> 4")]
    assert queries.changed_since(class_anywhere.book, "week") == ()
    assert apply(class_anywhere.book, moves(class_anywhere.book, (), environment), directions=Direction) == 0
    assert found.same == 2


def test_a_preview_is_not_judged_again(a_class: Any) -> None:
    graded_class(a_class)
    an_easier_test(a_class)
    first, _, judged = seen(a_class)

    second, _, again = seen(a_class)
    assert second == first
    assert (judged.submissions, again.submissions) == (4, 0)


def test_nothing_is_lowered_unless_that_is_allowed(a_class: Any) -> None:
    graded_class(a_class)
    a_class.edit("double", "tests:\n", "tests:\n  - {name: more, call: 'double(x) + 0', points: 4}\n")
    file = a_class.course.path / "solutions" / "double.py"
    file.write_text("def double(x):\n    return 3 * x\n")

    found, environment, _ = seen(a_class)
    lower = {student for group in found.groups if group.direction is Direction.LOSE for student in group.students}
    gain = {student for group in found.groups if group.direction is Direction.GAIN for student in group.students}
    assert (lower, gain) == ({"amina"}, {"dita"})

    apply(a_class.book, moves(a_class.book, (), environment), directions=GAIN_AND_SAME)
    assert a_class.points()["amina", "double"] == 10
    assert a_class.points()["dita", "double"] == 10

    apply(a_class.book, moves(a_class.book, (), environment), directions=Direction)
    assert a_class.points()["amina", "double"] == 0


def test_a_mark_by_hand_stays(class_anywhere: Any) -> None:
    graded_class(class_anywhere)
    bruno = Holder("week", "bruno", "double")
    with class_anywhere.book.writing():
        class_anywhere.book.mark(bruno, Fraction(7, 2), author="mira", why="half right")
    an_easier_test(class_anywhere)

    found, _, _ = seen(class_anywhere)
    assert found.marked == (bruno,)
    assert [group.students for group in found.groups] == [("chen",)]
    assert apply(class_anywhere.book, found.moves, directions=Direction) == 3  # of four: the mark is not written
    assert class_anywhere.points()["bruno", "double"] == Fraction(7, 2)

    with class_anywhere.book.writing():
        class_anywhere.book.unmark(bruno, author="mira", why="no")
    assert class_anywhere.points()["bruno", "double"] == 4


def marked(a_class: Any, student: str, points: int, name: str = "double") -> Holder:
    """A mark by hand, of a student who may have handed in nothing."""
    holder = Holder("week", student, name)
    with a_class.book.writing():
        a_class.book.write("INSERT INTO students VALUES (?, '', '', 0) ON CONFLICT DO NOTHING", (student,))
        a_class.book.mark(holder, Fraction(points), author="mira", why="looked at it")
    return holder


def test_a_mark_of_work_without_a_judged_grade_is_named_until_it_was_seen(class_anywhere: Any) -> None:
    graded_class(class_anywhere)
    esra, fadi = marked(class_anywhere, "esra", 5), marked(class_anywhere, "fadi", 5, "triple")
    assert seen(class_anywhere)[0].marked == ()
    an_easier_test(class_anywhere)

    found, environment, _ = seen(class_anywhere)
    assert (found.marked, found.above) == ((esra,), ())
    for chosen in (("triple",), ()):
        assert preview(class_anywhere.book, chosen, environment, alone="amina").marked == ()
    assert preview(class_anywhere.book, ("double",), environment, alone="esra").marked == (esra,)
    assert preview(class_anywhere.book, (), environment, assignment="other").marked == ()

    note_as_seen(class_anywhere.book, found.marked)
    assert preview(class_anywhere.book, (), environment).marked == ()
    assert class_anywhere.points()["esra", "double"] == 5
    assert class_anywhere.points()["fadi", "triple"] == 5
    assert fadi not in found.marked


def test_a_mark_of_work_that_could_not_be_judged_is_named_once(a_class: Any) -> None:
    a_class.run(a_class.handed_in("amina", a_class.work()), crew=a_class.unable)
    amina = marked(a_class, "amina", 5)
    an_easier_test(a_class)

    assert seen(a_class, crew=a_class.unable)[0].marked == (amina,)
    assert seen(a_class)[0].marked == (amina,)


def test_marks_above_a_maximum_that_has_fallen_are_told_until_they_are_given_anew(class_anywhere: Any) -> None:
    graded_class(class_anywhere)
    holders = [marked(class_anywhere, student, points) for student, points in (("bruno", 9), ("chen", 3), ("esra", 8))]
    marked(class_anywhere, "dita", 12)  # more on purpose
    assert seen(class_anywhere)[0].above == ()
    class_anywhere.edit("double", "title:", "points: 6\ntitle:")

    found, _, _ = seen(class_anywhere)
    assert [mark.holder.student for mark in found.above] == ["bruno", "dita", "esra"]
    assert {(mark.was_worth, mark.is_worth) for mark in found.above} == {(10, 6)}
    before = class_anywhere.points()
    apply(class_anywhere.book, found.moves, directions=Direction)
    assert [class_anywhere.points()[each.student, "double"] for each in holders] == [9, 3, 8]
    assert before["dita", "double"] == class_anywhere.points()["dita", "double"]
    marked(class_anywhere, "esra", 6)
    marked(class_anywhere, "dita", 12)

    assert [mark.holder.student for mark in seen(class_anywhere)[0].above] == ["bruno"]


def test_what_is_worth_more_or_less_is_in_the_preview(a_class: Any) -> None:
    graded_class(a_class)
    a_class.edit("double", "title:", "points: 20\ntitle:")

    found, _, _ = seen(a_class)
    assert found.maxima == (Maximum("double", Fraction(10), Fraction(20), 4),)


def test_not_judged_never_replaces_a_grade(a_class: Any) -> None:
    graded_class(a_class)
    before = a_class.points()
    an_easier_test(a_class)

    found, environment, judged = seen(a_class, crew=a_class.unable)
    assert judged.not_judged == 4
    assert [place.student for place in found.not_judged] == ["amina", "bruno", "chen", "dita"]
    assert apply(a_class.book, moves(a_class.book, (), environment), directions=Direction) == 0
    assert a_class.points() == before


def test_what_was_not_judged_is_judged_now(a_class: Any) -> None:
    a_class.run(a_class.handed_in("amina", a_class.work()), crew=a_class.unable)

    found, environment, _ = seen(a_class)
    assert [(group.exercise, group.before, group.after) for group in found.groups] == [
        ("double", None, Fraction(10)),
        ("triple", None, Fraction(10)),
    ]
    assert apply(a_class.book, moves(a_class.book, (), environment), directions=GAIN_AND_SAME) == 2


def test_another_environment_counts_where_the_exercise_is_named(class_anywhere: Any) -> None:
    graded_class(class_anywhere)
    with class_anywhere.book.writing():
        class_anywhere.book._connection.execute("UPDATE environments SET numpy = '1.0'")

    assert seen(class_anywhere)[2].submissions == 0
    found, environment, judged = seen(class_anywhere, "triple")
    assert judged == Tally(submissions=4, passed=4)
    assert found == Preview((), 4, (), ())
    assert (
        apply(class_anywhere.book, moves(class_anywhere.book, ("triple",), environment), directions=GAIN_AND_SAME) == 4
    )
    assert seen(class_anywhere, "triple")[0] == Preview((), 0, (), ())


def test_other_exercises_are_left_alone(a_class: Any) -> None:
    graded_class(a_class)
    for name in ("double", "triple"):
        a_class.edit(name, "repeat: 4", "repeat: 3")

    found, environment, judged = seen(a_class, "double")
    assert judged.passed + judged.partly + judged.nothing == 4
    assert apply(a_class.book, moves(a_class.book, ("double",), environment), directions=Direction) == 4
    assert [change.exercise for change in queries.changed_since(a_class.book, "week")] == ["triple"]
    assert found.same == 4


def test_the_work_of_one_student_is_judged_by_its_own_calls_alone(class_anywhere: Any) -> None:
    graded_class(class_anywhere)
    before, own = class_anywhere.points(), {name: dict(shared(class_anywhere.book, name)) for name in ("bruno", "chen")}
    late = next(name for name in own if "double" in own[name])  # which of the two came second
    assert own[late]["double"] == ({"bruno": "chen", "chen": "bruno"}[late],)

    found, environment, judged = seen(class_anywhere, alone=late)
    assert (found.same, found.groups, judged.submissions) == (2, (), 1)
    assert dict(shared(class_anywhere.book, late)) == own[late]  # nothing is written yet

    assert seen(class_anywhere, alone=late)[2] == Tally()  # and what was judged is kept
    assert (
        apply(class_anywhere.book, moves(class_anywhere.book, (), environment, alone=late), directions=GAIN_AND_SAME)
        == 2
    )
    assert dict(shared(class_anywhere.book, late)) == {}
    assert class_anywhere.points() == before
    assert seen(class_anywhere, alone=late)[0] == Preview((), 0, (), ())
    assert seen(class_anywhere)[0] == Preview((), 0, (), ())
    class_anywhere.run(
        class_anywhere.handed_in("esra", class_anywhere.work(double=ONLY_SHORT) + "# chen\n" * (late == "chen"))
    )
    assert dict(shared(class_anywhere.book, "esra")) == {}  # the same file: what is known of it alone counts
