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
class _OfThread:
    """A thread's gradebook, closed when the thread or the application ends: nobody else is told of that."""

    def __init__(self, path: Path) -> None:
        self.book = Gradebook(path)

    def __del__(self) -> None:
        if hasattr(self, "book"):  # it could be opened
            self.book.close()


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
        held: _OfThread | None = getattr(self._local, "held", None)
        if held is None:
            held = self._local.held = _OfThread(self._path)
        return held.book


def database_of(request: Request) -> Database:
    """That of the application which answers."""
    database: Database = request.app.state.database
    return database
