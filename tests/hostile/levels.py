"""The levels that the product has, and an observer of each that this machine reaches."""

from __future__ import annotations

import inspect

from grader.errors import GraderError
from grader.observe.observer import Observer
from grader.observe.zygote import warm_observer

__all__ = ["LEVELS", "observer_at"]

LEVELS = ("none", "standard", "strict")


def observer_at(level: str) -> Observer | str:
    """A warm observer, or why there can be none at that level."""
    if level == "none" and not inspect.signature(warm_observer).parameters:
        return warm_observer()
    try:
        observer = warm_observer(level)
        reached = observer.isolation
    except GraderError as error:
        return str(error).partition("\nRun")[0].replace("\n", " ")
    except TypeError:
        return "the product has no such level yet"
    return observer if reached == level else f"the observer says that it is at {reached}"
