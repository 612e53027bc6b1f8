"""The gradebook in web processes: one connection for each thread that asks, since SQLite's are for one thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar, final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from grader.classroom.gradebook import Gradebook

__all__ = ["Database", "database_of"]

P = ParamSpec("P")
T = TypeVar("T")


@final
class Database:
    """Runs functions of a gradebook in threads, so that no request waits for another's."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()

    async def call(
        self, function: Callable[Concatenate[Gradebook, P], T], /, *arguments: P.args, **options: P.kwargs
    ) -> T:
        """What `function` gives for the gradebook and these arguments."""

        def called() -> T:
            return function(self._book(), *arguments, **options)

        return await run_in_threadpool(called)

    def _book(self) -> Gradebook:
        """The connection of this thread."""
        book: Gradebook | None = getattr(self._local, "book", None)
        if book is None:
            book = self._local.book = Gradebook(self._path)
        return book


def database_of(request: Request) -> Database:
    """That of the application which answers."""
    database: Database = request.app.state.database
    return database
