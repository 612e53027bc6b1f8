"""A machine that is too small for a class, and whether a gradebook was written all the same."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from grader.errors import GraderError

__all__ = ["dump", "too_little"]


def too_little(processes: int) -> None:
    """In place of the look at this computer's limits."""
    raise GraderError("this computer: the limit on files that may be open at once is too low")


def dump(file: Path) -> list[str]:
    """All that is in a gradebook."""
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())
