"""What is tried in many forms, some of which are always tried, and all of them by `--exhaustive`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

__all__ = ["only", "spread"]


def spread(values: Iterable[Any], every: int, first: int = 0) -> list[Any]:
    """Parameters for `parametrize`: each `every`th of them from `first` on is always tried."""
    return [value if number % every == first else _by_option(value) for number, value in enumerate(values)]


def only(values: Iterable[Any], is_always_tried: Callable[[Any], bool]) -> list[Any]:
    """Parameters for `parametrize`, of which these are always tried."""
    return [value if is_always_tried(value) else _by_option(value) for value in values]


def _by_option(value: Any) -> Any:
    """For several names at once it has to be a `pytest.param` already."""
    marks = [pytest.mark.exhaustive]
    if hasattr(value, "marks"):  # a `pytest.param`
        return pytest.param(*value.values, id=value.id, marks=[*value.marks, *marks])
    return pytest.param(value, marks=marks)
