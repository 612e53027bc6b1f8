"""A gradebook copied into another place, in either of the databases: every row with the number that it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from grader.classroom.schema import TABLES
from grader.classroom.tables import Tables
from grader.errors import GraderError

__all__ = ["copy"]

_MOST_ROWS: Final = 500  # that are written at once
_MOST_BYTES: Final = 1 << 22


def copy(
    source: Tables, target: Tables, *, on_progress: Callable[[int, int], None] = lambda done, total: None
) -> dict[str, int]:
    """Copy everything, as it is at one moment, or nothing. Returns how many rows of each table; tells of how many.

    Raises `GraderError` where the target holds anything.
    """
    with source.reading(), target.writing():
        _check_empty(target)
        counts = {table: _count(source, table) for table in TABLES}
        done, total = 0, sum(counts.values())
        on_progress(done, total)
        for table in TABLES:
            for number in _copied(source, target, table):
                done += number
                on_progress(done, total)
        return counts


def _copied(source: Tables, target: Tables, table: str) -> Iterator[int]:
    """Copy one table; how many rows at once."""
    columns = target.columns(table)
    listed = ", ".join(columns)
    statement = f"INSERT INTO {table} ({listed}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 — names of ours
    for rows in _batches(source.stream(f"SELECT {listed} FROM {table} ORDER BY {columns[0]}")):  # noqa: S608
        target.write_all(statement, rows)
        yield len(rows)
    if TABLES[table]:
        target.count_on(table)


def _batches(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    """A few rows at a time: fewer, where they are large."""
    batch, size = list[tuple[Any, ...]](), 0
    for row in rows:
        batch.append(row)
        size += sum(len(value) for value in row if isinstance(value, str | bytes))
        if len(batch) == _MOST_ROWS or size > _MOST_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _check_empty(target: Tables) -> None:
    if any(_count(target, table) for table in TABLES):
        raise GraderError(f"{target.location}: there is a gradebook already; name a place that holds nothing")


def _count(tables: Tables, table: str) -> int:
    ((number,),) = tables.rows(f"SELECT count(*) FROM {table}")  # noqa: S608 — a table of ours
    return int(number)
