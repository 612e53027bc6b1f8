"""Warnings of calls, noted in place of being printed."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import final

from grader.observation import MAX_WARNINGS, Warned
from grader.observe.source_map import SourceMap, clean, line_of

__all__ = ["LastingRecording", "recording"]

# Held here so that a submission that patches modules only patches what it sees itself.
_catch_warnings = warnings.catch_warnings
_simple_filter = warnings.simplefilter


@contextmanager
def recording(source_map: SourceMap) -> Iterator[list[Warned]]:
    """Note every warning of a call, the first few of them, whatever earlier calls have done to the filters."""
    noted: list[Warned] = []
    with _catch_warnings(module=warnings):  # named, for it may be gone from `sys.modules`
        _simple_filter("always")
        warnings.showwarning = lambda message, category, *rest, **more: _note(noted, message, category, source_map)
        yield noted


@final
class LastingRecording:
    """The same for all calls of a process whose submission cannot touch the filters (`Program.only_computes`).

    To set them up for each call takes longer than many a student's function. A context manager, entered for each call.
    """

    def __init__(self, source_map: SourceMap) -> None:
        self._noted: list[Warned] = []
        _simple_filter("always")
        warnings.showwarning = lambda message, category, *rest, **more: _note(
            self._noted, message, category, source_map
        )

    def __enter__(self) -> list[Warned]:
        self._noted.clear()
        return self._noted

    def __exit__(self, *exception: object) -> None:
        pass


def _note(noted: list[Warned], message: Warning | str, category: type[Warning], source_map: SourceMap) -> None:
    warned = Warned(clean(category.__name__), clean(str(message)), line_of(sys._getframe(2), source_map))
    if len(noted) < MAX_WARNINGS and warned not in noted:
        noted.append(warned)
