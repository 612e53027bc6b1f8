"""How far the grading of a class is: a bar where somebody watches, now and then a line where not."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, TextIO, TypeAlias

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
        task, start = bar.add_task("", total=None, words="starting"), clock()

        def show(tally: Tally, total: int) -> None:
            told = f"{_rate(tally, clock() - start)}, {tally_words(tally)}" if tally.submissions else "starting"
            bar.update(task, total=total, completed=tally.submissions, words=told)

        yield show


def _log(to: TextIO, clock: Callable[[], float]) -> OnProgress:
    start = last = clock()

    def say(tally: Tally, total: int) -> None:
        nonlocal last
        if not tally.submissions or (clock() - last < _EVERY and tally.submissions < total):
            return
        last = clock()
        words = [f"{tally.submissions} of {total} submissions", _rate(tally, last - start)]
        if tally.submissions < total:
            words.append(f"{_left(tally, total, last - start)} left")
        to.write(f"{', '.join(words)}: {tally_words(tally)}\n")
        to.flush()

    return say


def _rate(tally: Tally, seconds: float) -> str:
    rate = tally.submissions / max(seconds, 1e-3)
    return f"{rate:.0f} a second" if rate >= 1 else f"{60 * rate:.0f} a minute"


def _left(tally: Tally, total: int, seconds: float) -> str:
    left = seconds / tally.submissions * (total - tally.submissions)
    return f"{left / 60:.0f} min" if left >= 90 else f"{left:.0f} s"


def tally_words(tally: Tally) -> str:
    """How the exercises ended: `2 NOT JUDGED, 1700 passed, 50 partly, 40 without points`."""
    from grader.words.text import said

    words = said("run.tally", passed=tally.passed, partly=tally.partly, nothing=tally.nothing)
    return said("run.tally.not_judged", count=tally.not_judged, tally=words) if tally.not_judged else words
