"""A gradebook in a file of SQLite (`grader.classroom.dialect`)."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final, final

from grader.classroom import sqlite_errors
from grader.classroom.dialect import Parameters
from grader.disk import Readers, make_file
from grader.errors import GraderError

__all__ = ["Sqlite"]

_OLDEST: Final = (3, 35)  # which knows RETURNING
_PATIENCE: Final = 60.0  # seconds to wait for another writer


@final
@dataclass(frozen=True, slots=True)
class Sqlite:
    """One file, and what SQLite keeps beside it while it is open."""

    location: Path
    error: ClassVar[type[Exception]] = sqlite3.Error

    def make(self) -> bool:
        # the files that SQLite puts beside it get the same rights
        return make_file(self.location, Readers.OWNER)

    def is_there(self) -> bool:
        return self.location.is_file()

    def connect(self) -> sqlite3.Connection:
        if sqlite3.sqlite_version_info < _OLDEST:
            raise GraderError(
                f"{self.location}: this Python has SQLite {sqlite3.sqlite_version}, and a gradebook needs "
                f"{'.'.join(map(str, _OLDEST))} or newer; use another Python"
            )
        # One thread uses it at a time; another may close it, when the one has ended.
        return sqlite3.connect(self.location, isolation_level=None, timeout=_PATIENCE, check_same_thread=False)

    def settle(self, connection: sqlite3.Connection) -> None:
        for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {setting}")

    def remove(self, tables: Iterable[str]) -> None:
        whole = self.location.resolve()
        for ending in ("", "-wal", "-shm", "-journal"):
            with contextlib.suppress(OSError):
                whole.with_name(whole.name + ending).unlink(missing_ok=True)

    def tables(self, connection: sqlite3.Connection) -> frozenset[str]:
        return frozenset(name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"))

    def declare(self, connection: sqlite3.Connection, statement: str) -> None:
        connection.execute(statement)

    def execute(self, connection: sqlite3.Connection, statement: str, parameters: Parameters) -> sqlite3.Cursor:
        return connection.execute(statement, parameters)

    def execute_many(self, connection: sqlite3.Connection, statement: str, rows: Sequence[Sequence[object]]) -> None:
        connection.executemany(statement, rows)

    def stream(self, connection: sqlite3.Connection, query: str, parameters: Parameters) -> Iterator[tuple[Any, ...]]:
        return connection.execute(query, parameters)

    def begin(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")

    def begin_reading(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN")

    def commit(self, connection: sqlite3.Connection) -> None:
        connection.execute("COMMIT")

    def roll_back(self, connection: sqlite3.Connection) -> None:
        if connection.in_transaction:  # where the disk fails, SQLite has rolled back already
            connection.execute("ROLLBACK")

    def count_on(self, connection: sqlite3.Connection, table: str) -> None:
        """A new row's number is one more than the largest."""

    def is_lost(self, connection: sqlite3.Connection) -> bool:
        return False

    def is_of_the_place(self, error: Exception) -> bool:
        return isinstance(error, sqlite3.OperationalError) or sqlite_errors.is_of_no_gradebook(error)

    def unusable(self, error: Exception) -> GraderError:
        return sqlite_errors.unusable(self.location, error)

    def not_begun(self, error: Exception) -> GraderError:
        return sqlite_errors.not_begun(self.location, error)

    def is_of_another_writer(self, error: Exception) -> bool:
        return sqlite_errors.is_of_another_writer(error)
