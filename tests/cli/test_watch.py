from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Callable, Iterable, Iterator

import msgspec
import pytest
from rich.console import Console

from grader.cli.files import Snapshot
from grader.cli.judging import Judged
from grader.cli.keyboard import LineKeys, Quit
from grader.cli.watch import BEGIN, END, Watch
from grader.errors import GraderError
from grader.judge.result import Outcome
from grader.report.page import plain_console

pytestmark = pytest.mark.slow

Step = str | None


class Keys:
    """Presses keys one after the other, then `q`. None lets the time pass."""

    def __init__(self, keys: Iterable[Step]) -> None:
        self._keys = iter(keys)

    def read(self, timeout: float) -> str | None:
        return next(self._keys, "q")


def looks(*numbers: int) -> Callable[[], Snapshot]:
    """Snapshots, one a look; the last stays."""
    every = list(numbers)

    def look() -> Snapshot:
        from pathlib import Path

        return ((Path("softmax.py"), every.pop(0) if len(every) > 1 else every[0], 0),)

    return look


def watch(
    results: Iterable[Judged | Exception],
    keys: Iterable[Step] = (),
    look: Callable[[], Snapshot] | None = None,
    console: Callable[[io.StringIO], Console] = plain_console,
) -> tuple[int, list[str]]:
    stream = io.StringIO()
    given: Iterator[Judged | Exception] = iter(results)

    def grade() -> Judged:
        now = next(given)
        if isinstance(now, Exception):
            raise now
        return now

    status = Watch(grade, look or looks(1), Keys(keys), console(stream)).run()
    assert next(given, None) is None, "it graded less often than it should have"
    return status, stream.getvalue().split(f"{BEGIN}\n")[1:]


def test_one_exercise_at_a_time(judged: Callable[[str], Judged]) -> None:
    status, (shown,) = watch([judged("whole_assignment")])
    assert status == 3
    assert (
        "2 of 6 exercises right\n✓ sigmoid_derivative  [✗ image2vector]  ✓ normalizeRows  ✗ softmax  – L1  ! L2\n"
    ) in shown
    assert "✗ image2vector  not right yet" in shown
    assert "✗ softmax" not in shown.split("! L2")[1]
    assert shown.endswith(f"{END}\n")


def test_problems_stand_between_the_fixed_lines(judged: Callable[[str], Judged]) -> None:
    _, (shown,) = watch([judged("raised")])
    assert shown.startswith("softmax.py:5:12: error: It stopped with ValueError: ")
    assert shown.splitlines()[0].endswith("[raised]")


def test_keys(judged: Callable[[str], Judged]) -> None:
    _, shown = watch([judged("whole_assignment")], ["n", "n", "h", "h", "p", "x", "a"])
    first_lines = [re.findall(r"^[✓✗–!] (\w+) +(?=[a-z0-9])", text, re.MULTILINE) for text in shown]
    assert first_lines[:3] == [["image2vector"], ["normalizeRows"], ["softmax"]]
    assert "hint 1 of 5: Subtract first." in shown[3]
    assert "hint 2 of 5: Keep the axis" in shown[4]
    assert first_lines[5] == ["normalizeRows"]
    assert len(first_lines[6]) == 6
    assert len(shown) == 7


def test_a_change_is_graded_once(judged: Callable[[str], Judged]) -> None:
    status, shown = watch([judged("wrong_value"), judged("right")], [None] * 6, looks(1, 1, 2))
    assert status == 0
    assert len(shown) == 2
    assert "Everything is right." in shown[1]


def test_the_file_that_was_saved_is_followed(judged: Callable[[str], Judged]) -> None:
    _, shown = watch([judged("whole_assignment"), judged("whole_assignment")], [None] * 4, looks(1, 2))
    assert "✗ image2vector  not right yet" in shown[0]
    assert "[✗ softmax]" in shown[1]
    assert "Open softmax.py" in shown[1]


def test_what_has_just_become_right_is_shown_once(judged: Callable[[str], Judged]) -> None:
    wrong = judged("wrong_value")
    exercise = msgspec.structs.replace(wrong.result.exercises[0], outcome=Outcome.PASSED, tests=())
    right = dataclasses.replace(wrong, result=msgspec.structs.replace(wrong.result, exercises=(exercise,)))
    _, shown = watch([wrong, right, right], [None] * 12, looks(1, 2, 2, 3, 3))
    assert ["softmax is right now." in text for text in shown] == [False, True, False]


def test_within_a_watch_no_watch_is_recommended(judged: Callable[[str], Judged]) -> None:
    _, shown = watch([judged("whole_assignment")], ["a"])
    assert "--watch" not in "".join(shown)


def test_a_file_that_is_still_being_written_is_waited_for(judged: Callable[[str], Judged]) -> None:
    _, shown = watch([judged("wrong_value"), judged("right")], [None] * 8, looks(1, 2, 3, 4, 4))
    assert len(shown) == 2


def test_an_error_later_on_is_shown_and_does_not_end_it(judged: Callable[[str], Judged]) -> None:
    status, shown = watch(
        [judged("wrong_value"), GraderError("a.py: no such file"), judged("right")], [None] * 8, looks(1, 2, 2, 3, 3)
    )
    assert status == 0
    assert shown[1] == f"error: a.py: no such file\n{END}\n"


def test_an_error_at_the_beginning_ends_it() -> None:
    with pytest.raises(GraderError, match="no course"):
        watch([GraderError("no course")])


def test_a_terminal_is_cleared_and_has_no_fixed_lines(judged: Callable[[str], Judged]) -> None:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=80, _environ={"TERM": "xterm-256color"})
    Watch(lambda: judged("wrong_value"), looks(1), Keys([]), console).run()
    first, _, text = stream.getvalue().partition("\n")
    assert "grading …" in first
    assert text.startswith(("\x1b[2J\x1b[H", "\x1b[H\x1b[2J"))
    assert BEGIN not in text
    assert "[h] hint" in text


def test_lines_stand_for_keys_where_there_is_no_terminal() -> None:
    keys = LineKeys(io.StringIO("h\n\n  Next\n"))
    assert [keys.read(5), keys.read(5), keys.read(0.01)] == ["h", "n", None]


def test_q_while_it_grades(judged: Callable[[str], Judged]) -> None:
    status, shown = watch([Quit()])
    assert (status, shown) == (130, [])
    status, shown = watch([judged("right"), Quit()], [None] * 4, looks(1, 2))
    assert (status, len(shown)) == (0, 1)


def test_q_while_a_file_is_being_written(judged: Callable[[str], Judged]) -> None:
    status, shown = watch([judged("right")], [None, "q"], looks(1, 2))
    assert (status, len(shown)) == (0, 1)
