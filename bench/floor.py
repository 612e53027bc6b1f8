"""The floor below every grader: a fork of this process, and the calls. Nothing is judged, nothing is kept apart."""

from __future__ import annotations

import contextlib
import os
import warnings
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Never

from grader.course.key import AnswerKey, Role

__all__ = ["Calls", "calls_of", "started"]

Calls = Sequence[tuple[str, tuple[Any, ...]]]


def calls_of(keys: Mapping[str, AnswerKey], roles: Collection[Role]) -> Calls:
    """Function and arguments of each case that has one of these roles."""
    return [
        (key.function or name, tuple(case.arguments.value.values()))
        for name, key in keys.items()
        for case in key.cases
        if case.role in roles
    ]


def started(text: str, calls: Calls) -> int:
    """A child that makes the calls, to be waited for."""
    child = os.fork()
    if child == 0:
        _call_all(text, calls)
    return child


def _call_all(text: str, calls: Calls) -> Never:
    """What a call raises costs that call alone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    warnings.simplefilter("ignore")
    namespace: dict[str, Any] = {}
    try:
        exec(compile(text, "work.py", "exec"), namespace)
        for name, arguments in calls:
            _call(namespace, name, arguments)
    except BaseException:  # noqa: BLE001 — a boundary: the submission's own errors
        os._exit(1)
    os._exit(0)


def _call(namespace: dict[str, Any], name: str, arguments: tuple[Any, ...]) -> None:
    with contextlib.suppress(Exception):  # the same boundary
        namespace[name](*arguments)
