"""An executor that needs no other process."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from grader.classroom import local

__all__ = ["Here", "executor_here"]


class Here(Executor):
    """Does in this process, and at once, what is handed to it."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(function(*arguments, **options))
        except Exception as error:  # as executors do
            future.set_exception(error)
        return future


def executor_here(processes: int, **options: object) -> Here:
    """In place of `grader.classroom.local.local_executor`."""
    local.check_resources(processes)
    return Here()
