"""What somebody sees who waits for a class."""

from __future__ import annotations

import io
from collections.abc import Iterator

from grader.classroom.run import Tally
from grader.cli.progress import progress, tally_words


def ticking(*times: float) -> Iterator[float]:
    yield from times


def test_a_log_has_a_line_now_and_then_and_one_at_the_end() -> None:
    stream, times = io.StringIO(), ticking(0, 1, 6, 6, 7, 200, 200)
    with progress(stream, lambda: next(times)) as on_progress:
        on_progress(Tally(), 300)
        on_progress(Tally(10, 40, 10, 10), 300)  # after a second: too early
        on_progress(Tally(60, 240, 60, 60), 300)
        on_progress(Tally(70, 280, 70, 70), 300)  # again
        on_progress(Tally(300, 1200, 300, 299, 1), 300)

    assert stream.getvalue().splitlines() == [
        "60 of 300 submissions, 10 a second, 24 s left. Exercises: 240 passed, 60 partly, 60 without points",
        "300 of 300 submissions, 2 a second. Exercises: 1 NOT JUDGED, 1200 passed, 300 partly, 299 without points",
    ]


def test_what_takes_long_is_told_in_minutes() -> None:
    stream, times = io.StringIO(), ticking(0, 100, 100)
    with progress(stream, lambda: next(times)) as on_progress:
        on_progress(Tally(10), 100)

    assert "6 a minute, 15 min left" in stream.getvalue()


def test_a_terminal_has_a_bar_that_goes_away() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream, times = Terminal(), ticking(0, 3)
    with progress(stream, lambda: next(times)) as on_progress:
        on_progress(Tally(), 300)
        on_progress(Tally(150, 800, 50, 50), 300)

    shown = stream.getvalue()
    assert "150/300" in shown
    assert "800 passed, 50 partly" in shown
    assert "50 without points" in shown
    assert shown.endswith("\x1b[2K")  # erased


def test_words() -> None:
    assert tally_words(Tally(2, 3, 2, 1)) == "3 passed, 2 partly, 1 without points"
    assert tally_words(Tally(2, 3, 2, 1, 4)).startswith("4 NOT JUDGED, ")
