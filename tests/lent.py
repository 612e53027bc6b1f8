"""Observers that last as long as the run: to start one takes longer than most tests do."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Self

from grader.observe.observer import Observer
from grader.observe.session import Session
from grader.observe.wire import Source

__all__ = ["lending"]

Opened = Callable[[], Observer]


class _Lent:
    """An observer that stays open, whoever closes it; and one more for each set of a course's packages."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._observers: dict[tuple[str, ...], Observer] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._with(()), name)

    def session(self, sources: Iterable[Source], **options: Any) -> Session:
        return self._with(options.get("packages", {}).values()).session(sources, **options)

    def _with(self, modules: Iterable[str]) -> Observer:
        wanted = tuple(sorted(modules))
        if wanted not in self._observers:
            self._observers[wanted] = self._opened()
        return self._observers[wanted]

    def close(self) -> None:
        """Others go on with it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def end(self) -> None:
        for observer in self._observers.values():
            observer.close()


@contextmanager
def lending(opened: Callable[..., Observer]) -> Iterator[Callable[..., Any]]:
    """`opened`, but that it gives the same observer each time it is asked for the same.

    Other threads and processes than this one get what is theirs: an observer is not for several at once.
    """
    lent: dict[tuple[str, ...], _Lent] = {}
    process = os.getpid()

    def lend(*asked: str) -> Any:
        if os.getpid() != process or threading.current_thread() is not threading.main_thread():
            return opened(*asked)
        if asked not in lent:
            made = _Lent(lambda: opened(*asked))
            made._with(())  # what cannot be had is told here
            lent[asked] = made
        return lent[asked]

    yield lend
    for each in lent.values():
        each.end()
