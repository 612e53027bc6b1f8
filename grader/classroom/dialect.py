"""What differs between the databases that a gradebook may be in. All else is said once, in SQL that both read.

A statement has `?` or `:name` for what is filled in; of what kind that is has to be seen from where it first stands, so
`x = :x OR :x IS NULL`, in this order. Tables are declared in SQLite's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

from grader.classroom.location import Location
from grader.errors import GraderError

__all__ = ["Connection", "ConnectionLost", "Cursor", "Dialect", "Parameters"]

Parameters: TypeAlias = Sequence[object] | Mapping[str, object]


class ConnectionLost(GraderError):
    """The database's server is gone, or has ended the connection; what was being written is not. Another try may do."""


class Cursor(Protocol):
    """As much of a cursor of Python's databases as is used."""

    @property
    def rowcount(self) -> int: ...
    @property
    def description(self) -> Any: ...
    def fetchone(self) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """A connection of Python's databases: a dialect knows what more it can."""

    def close(self) -> None: ...


class Dialect(Protocol):
    """One of two. It is of one place, and holds no connection itself."""

    @property
    def location(self) -> Location: ...

    @property
    def error(self) -> type[Exception]:
        """Of what kind all is that this database's library raises."""
        ...

    def make(self) -> bool:
        """Make an empty place for tables, where that can be made; whether it is new."""
        ...

    def is_there(self) -> bool:
        """Whether there is a place in which tables may be."""
        ...

    def connect(self) -> Any:
        """A new connection, which writes nothing before `begin`. One thread uses it at a time."""
        ...

    def settle(self, connection: Any) -> None:
        """Prepare a new connection, once it is known that a gradebook is, or shall be, there."""
        ...

    def remove(self, tables: Iterable[str]) -> None:
        """Take away a gradebook that was begun."""
        ...

    def tables(self, connection: Any) -> frozenset[str]:
        """The names of the tables that are there."""
        ...

    def declare(self, connection: Any, statement: str) -> None:
        """Carry out what makes or changes a table."""
        ...

    def execute(self, connection: Any, statement: str, parameters: Parameters) -> Cursor:
        """Carry out a statement; what it finds may all be read at once."""
        ...

    def execute_many(self, connection: Any, statement: str, rows: Sequence[Sequence[object]]) -> None:
        """Carry out a statement for each row."""
        ...

    def stream(self, connection: Any, query: str, parameters: Parameters) -> Iterator[tuple[Any, ...]]:
        """What a SELECT finds, some of it at a time, however much there is."""
        ...

    def begin(self, connection: Any) -> None:
        """A transaction in which nobody else writes; it waits for those who do."""
        ...

    def begin_reading(self, connection: Any) -> None:
        """A transaction in which everything is of one moment."""
        ...

    def commit(self, connection: Any) -> None: ...

    def roll_back(self, connection: Any) -> None:
        """End a transaction, where one is still there; what it wrote is gone."""
        ...

    def count_on(self, connection: Any, table: str) -> None:
        """Let new rows of a table be numbered after those that were put there with their numbers."""
        ...

    def is_lost(self, connection: Any) -> bool:
        """Whether the connection is gone, so that another one is needed."""
        ...

    def is_of_the_place(self, error: Exception) -> bool:
        """Whether an error is the machine's, or of rights there: to be told, and no fault of ours."""
        ...

    def unusable(self, error: Exception) -> GraderError:
        """Why the gradebook cannot be read or written."""
        ...

    def not_begun(self, error: Exception) -> GraderError:
        """Why there is no new gradebook: what had been made of it is gone."""
        ...

    def is_of_another_writer(self, error: Exception) -> bool:
        """Whether somebody else was writing for too long."""
        ...
