"""A property that is computed once for each object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, final, overload

__all__ = ["kept_property"]

T = TypeVar("T")


@final
class kept_property(Generic[T]):  # noqa: N801 — it is used as a decorator
    """As `functools.cached_property`, which in Python 3.11 has one lock for all objects of a class: threads that
    compute it for objects of their own would wait for each other.
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> Self | T:
        if instance is None:
            return self
        value = self._compute(instance)
        instance.__dict__[self._name] = value  # which is found first the next time
        return value
