"""The gradebook in web processes: a few connections, each for one thread at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Concatenate, Final, ParamSpec, TypeVar, final

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request

from grader.classroom.gradebook import Gradebook
from grader.classroom.location import Location

__all__ = ["Database", "database_of"]

_MOST: Final = 12  # connections of one process: a server of databases lets in a hundred, of all processes together

P = ParamSpec("P")
T = TypeVar("T")


@final
class _Held:
    """A gradebook that is closed when nobody holds it any more: nobody tells when the application ends."""

    def __init__(self, location: Location) -> None:
        self.book = Gradebook(location)

    def __del__(self) -> None:
        if hasattr(self, "book"):  # it could be opened
            self.book.close()


@final
class Database:
    """Runs functions of a gradebook in threads, so that no request waits for another's."""

    def __init__(self, location: Location) -> None:
        self._location = location
        self._free: list[_Held] = []

    async def call(
        self, function: Callable[Concatenate[Gradebook, P], T], /, *arguments: P.args, **options: P.kwargs
    ) -> T:
        """What `function` gives for the gradebook and these arguments.

        Raises `ConnectionLost` where the database cannot be reached; another call may reach it.
        """

        def called() -> T:
            held = self._taken()
            try:
                with held.book.told():
                    return function(held.book, *arguments, **options)
            finally:
                self._free.append(held)

        return await to_thread.run_sync(called, limiter=self._limiter)

    def _taken(self) -> _Held:
        """A gradebook that no other thread uses."""
        try:
            return self._free.pop()
        except IndexError:
            return _Held(self._location)

    @cached_property
    def _limiter(self) -> CapacityLimiter:
        """Made where there is an event loop."""
        return CapacityLimiter(_MOST)


def database_of(request: Request) -> Database:
    """That of the application which answers."""
    database: Database = request.app.state.database
    return database
