"""The tables of a gradebook, open: statements, and the transactions that they stand in."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Self, TypeVar

from grader.classroom.dialect import Cursor, Dialect, Parameters
from grader.classroom.location import DatabaseUrl, Location
from grader.classroom.schema import open_tables, remove_tables, reopened, tables_are_there
from grader.classroom.sqlite import Sqlite
from grader.errors import GraderError

__all__ = ["Tables", "is_there", "kept_text"]

T = TypeVar("T")


class Tables:
    """A gradebook's tables, of either database. A context manager, for one thread at a time.

    Statements are in SQL that both databases read, with `?` or `:name` for what is filled in.

    Parameters
    ----------
    location
        The file, or the database's URL.
    create
        Whether to make the tables where there are none. New ones are removed again where the context ends with an
        error: a gradebook with half of a class would look like one of a smaller class.

    Raises
    ------
    GraderError
        Where it cannot be opened, is no gradebook, or is one of a newer version.
    """

    def __init__(self, location: Location, *, create: bool = False) -> None:
        self.location = location
        self._dialect = _dialect_of(location)
        self._connection, self._is_new = open_tables(self._dialect, create=create)
        self._fault = self._dialect.not_begun if self._is_new else self._dialect.unusable
        self._is_within = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self.close()
        if error is not None and self._is_new:
            remove_tables(self._dialect)
        if isinstance(error, self._dialect.error) and self._dialect.is_of_the_place(error):  # while it was read
            raise self._fault(error) from None

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """What the place refuses in here is said as a `GraderError`."""
        try:
            yield
        except self._dialect.error as error:  # the disk is full, somebody else is writing, it may not be written
            if self._dialect.is_of_the_place(error):
                raise self._fault(error) from None
            raise

    def close(self) -> None:
        self._connection.close()

    def rows(self, query: str, parameters: Parameters = ()) -> Iterator[tuple[Any, ...]]:
        """What a SELECT finds, where it is not much: a page of something, or a few rows."""
        return iter(self._executed(query, parameters))

    def stream(self, query: str, parameters: Parameters = ()) -> Iterator[tuple[Any, ...]]:
        """What a SELECT finds, however much it is, as it was at one moment."""
        kept = _kept(parameters)
        return self._asked(lambda connection: self._dialect.stream(connection, query, kept))

    def write(self, statement: str, parameters: Parameters) -> int:
        """Carry out a statement within `writing`. Returns how many rows it changed."""
        return self._executed(statement, parameters).rowcount

    def write_all(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        """Carry out a statement within `writing` for each row."""
        self._dialect.execute_many(self._connection, statement, [tuple(map(_kept_value, row)) for row in rows])

    def insert(self, statement: str, row: Sequence[object]) -> int:
        """Add a row within `writing`, to a table whose rows have numbers; its number."""
        (number,) = self._executed(f"{statement} RETURNING id", row).fetchone()
        return int(number)

    def columns(self, table: str) -> tuple[str, ...]:
        """The names of a table's columns."""
        return tuple(column[0] for column in self._executed(f"SELECT * FROM {table} LIMIT 0", ()).description)  # noqa: S608 — a table of ours

    def count_on(self, table: str) -> None:
        """Let new rows be numbered after those that were written with their numbers."""
        self._dialect.count_on(self._connection, table)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction: all that is written within, or nothing. Raises `GraderError` where it cannot be had."""
        with self._transaction(self._dialect.begin):
            yield

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """A transaction in which all that is read is of one moment."""
        with self._transaction(self._dialect.begin_reading):
            yield

    @contextlib.contextmanager
    def _transaction(self, begin: Callable[[Any], None]) -> Iterator[None]:
        try:
            with self.told():
                self._asked(begin)
                self._is_within = True
                yield
                self._dialect.commit(self._connection)
        finally:
            self._is_within = False
            self._dialect.roll_back(self._connection)

    def _executed(self, statement: str, parameters: Parameters) -> Cursor:
        kept = _kept(parameters)
        return self._asked(lambda connection: self._dialect.execute(connection, statement, kept))

    def _asked(self, ask: Callable[[Any], T]) -> T:
        """What is answered; where the connection was lost, and no transaction with it, it is asked once more."""
        if self._is_within:
            return ask(self._connection)
        with self.told():
            try:
                return ask(self._open())
            except self._dialect.error:
                if not self._dialect.is_lost(self._connection):
                    raise
            return ask(self._open())

    def _open(self) -> Any:
        """The connection: another one, where it was lost."""
        if self._dialect.is_lost(self._connection):
            self._connection = reopened(self._dialect)
        return self._connection


def is_there(location: Location) -> bool:
    """Whether there is a gradebook. Raises `GraderError` where nobody can say."""
    return tables_are_there(_dialect_of(location))


def _dialect_of(location: Location) -> Dialect:
    if not isinstance(location, DatabaseUrl):
        return Sqlite(location)
    try:
        from grader.classroom.postgres import Postgres
    except ImportError:  # also where it is there without the library that it needs
        raise GraderError(
            f"{location}: PostgreSQL needs psycopg, which is not installed: pip install 'numgrade[postgres]'"
        ) from None
    return Postgres(location)


def kept_text(text: str) -> str:
    """`text` as a database can keep it: without halves of surrogate pairs, and without NUL."""
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", r"\x00")


def _kept(parameters: Parameters) -> Parameters:
    if isinstance(parameters, Mapping):
        return {name: _kept_value(value) for name, value in parameters.items()}
    return tuple(map(_kept_value, parameters))


def _kept_value(value: object) -> object:
    """As both databases keep it."""
    if isinstance(value, str):
        return kept_text(value)
    return int(value) if isinstance(value, bool) else value
