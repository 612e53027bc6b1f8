from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from grader.classroom import inbox
from grader.classroom.gradebook import Gradebook
from grader.classroom.inbox import Sheet, TooMany
from grader.classroom.location import Location
from grader.judge.result import Result, together

EXERCISES = ("softmax", "L1")
RESULT = Result((), "standard", {})


@pytest.fixture
def book(location: Location) -> Iterator[Gradebook]:
    with Gradebook(location, create=True) as made:
        yield made


def keep(book: Gradebook, student: str, *names: str, content: bytes = b"x = 1\n", most: int = 10) -> int:
    return inbox.keep(book, "week", student, [(name, content) for name in names], most=most, exercises=EXERCISES)


def test_what_is_kept_is_leased_once_in_order(book: Gradebook) -> None:
    numbers = [keep(book, student, "softmax.py") for student in ("a", "b", "c")]
    assert [each.id for each in inbox.leased(book, 2, clock=lambda: 1.0)] == numbers[:2]
    assert [each.id for each in inbox.leased(book, 9, clock=lambda: 3.0)] == numbers[2:]
    assert not inbox.leased(book, 9, clock=lambda: 3.0)


@pytest.mark.parametrize("most", [0, -1])
def test_whoever_has_no_room_gets_nothing(book: Gradebook, most: int) -> None:
    keep(book, "a", "softmax.py")
    assert not inbox.leased(book, most)
    assert len(inbox.leased(book, 1)) == 1


def test_several_who_judge_never_take_the_same(location: Location) -> None:
    with Gradebook(location, create=True) as book:
        numbers = [keep(book, f"s{number}", "softmax.py") for number in range(30)]

    def take(_: int) -> list[int]:
        with Gradebook(location) as own:
            taken: list[int] = []
            while found := inbox.leased(own, 2):
                taken += [each.id for each in found]
            return taken

    with ThreadPoolExecutor(3) as pool:
        taken = [number for own in pool.map(take, range(3)) for number in own]
    assert sorted(taken) == numbers


def test_a_lease_runs_out_and_can_be_extended(book: Gradebook) -> None:
    first, second = keep(book, "a", "softmax.py"), keep(book, "b", "softmax.py")
    inbox.leased(book, 9, clock=lambda: 1.0)
    inbox.extend(book, [second], clock=lambda: 100.0)
    assert [each.id for each in inbox.leased(book, 9, clock=lambda: 130.0)] == [first]
    assert inbox.count_waiting(book) == 2


def test_what_is_finished_is_nobodys_work_any_more(book: Gradebook) -> None:
    number = keep(book, "a", "softmax.py", "L1.py")
    with book.writing():
        inbox.finish(book, number, results=[RESULT, RESULT], document="{}")
    shown = inbox.attempt(book, number)
    assert shown is not None
    assert (shown.is_judged, shown.names) == (True, ("softmax.py", "L1.py"))
    assert shown.result == together([RESULT, RESULT])
    assert not inbox.leased(book, 9)
    assert inbox.count_waiting(book) == 0
    assert [each.id for each in inbox.attempts(book, "week", "a")] == [number]
    assert not inbox.attempts(book, "other", "a")


def test_only_what_is_new_is_an_attempt(book: Gradebook) -> None:
    def left() -> dict[str, int]:
        return inbox.left(book, "week", "a", most=2, exercises=EXERCISES)

    keep(book, "a", "softmax.py", most=2)
    assert left() == {"softmax": 1, "L1": 2}
    keep(book, "a", "softmax.py", "L1.py", most=2)
    assert left() == {"softmax": 1, "L1": 1}
    keep(book, "a", "work.ipynb", most=2)
    assert left() == {"softmax": 0, "L1": 0}
    with pytest.raises(TooMany) as raised:
        keep(book, "a", "L1.py", content=b"new", most=2)
    assert raised.value.exercises == ("L1",)
    assert len(inbox.attempts(book, "week", "a")) == 3


def test_sheets_come_back_in_order(book: Gradebook) -> None:
    sheets = [
        Sheet("b", "en", "B", "", "<p>", {"f": ("one", "two")}),
        Sheet("a", "en", "A", "2026-12-01T00:00:00+00:00", "", {}),
    ]
    chinese = Sheet("a", "zh", "甲", "2026-12-01T00:00:00+00:00", "", {})
    inbox.put_sheets(book, [*sheets, chinese])
    inbox.put_sheets(book, [*sheets, chinese])
    assert inbox.open_sheets(book, "en") == sheets
    assert inbox.open_sheets(book, "zh") == [chinese]
