"""How far the grading of a class is: a bar where somebody watches, now and then a line where not."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, TextIO, TypeAlias

from grader.words.text import said

if TYPE_CHECKING:
    from grader.classroom.run import Tally

__all__ = ["progress", "tally_words"]

_BAR: Final = 10  # characters
_EVERY: Final = 5.0  # seconds between two lines of a log

OnProgress: TypeAlias = "Callable[[Tally, int], None]"


@contextlib.contextmanager
def progress(stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> Iterator[OnProgress]:
    """What to call with the tally, and of how many submissions it is, whenever some more are judged."""
    to = stream or sys.stderr
    if not to.isatty():
        yield _log(to, clock)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.table import Column

    from grader.report.page import terminal

    words = TextColumn("{task.fields[words]}", table_column=Column(ratio=1, no_wrap=True))  # the only one to be cut
    columns = (BarColumn(_BAR), MofNCompleteColumn(), TimeRemainingColumn(compact=True), words)
    with Progress(*columns, console=terminal(to), transient=True, expand=True) as bar:
        task, start = bar.add_task("", total=None, words=said("run.starting")), clock()

        def show(tally: Tally, total: int) -> None:
            told = (
                f"{_rate(tally, clock() - start)}, {tally_words(tally)}" if tally.submissions else said("run.starting")
            )
            bar.update(task, total=total, completed=tally.submissions, words=told)

        yield show


def _log(to: TextIO, clock: Callable[[], float]) -> OnProgress:
    start = last = clock()

    def say(tally: Tally, total: int) -> None:
        nonlocal last
        if not tally.submissions or (clock() - last < _EVERY and tally.submissions < total):
            return
        last = clock()
        done, tallied, rate = tally.submissions, tally_words(tally), _rate(tally, last - start)
        if done < total:
            left = _left(tally, total, last - start)
            line = said("run.progress.left", done=done, total=total, rate=rate, left=left, tally=tallied)
        else:
            line = said("run.progress", done=done, total=total, rate=rate, tally=tallied)
        to.write(f"{line}\n")
        to.flush()

    return say


def _rate(tally: Tally, seconds: float) -> str:
    rate = tally.submissions / max(seconds, 1e-3)
    if rate >= 1:
        return said("run.rate.second", count=round(rate))
    return said("run.rate.minute", count=round(60 * rate))


def _left(tally: Tally, total: int, seconds: float) -> str:
    left = seconds / tally.submissions * (total - tally.submissions)
    if left >= 90:
        return said("run.left.minutes", count=round(left / 60))
    return said("run.left.seconds", count=round(left))


def tally_words(tally: Tally) -> str:
    """How the exercises ended: `2 NOT JUDGED, 1700 passed, 50 partly, 40 without points`."""
    words = said("run.tally", passed=tally.passed, partly=tally.partly, nothing=tally.nothing)
    return said("run.tally.not_judged", count=tally.not_judged, tally=words) if tally.not_judged else words
