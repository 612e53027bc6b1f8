"""Named tuples as plain data."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable
from functools import lru_cache
from keyword import iskeyword
from typing import Any, Final, final

__all__ = ["Named", "are_fields", "is_field"]

_MAX_FIELDS: Final = 256
_MAX_NAME: Final = 100


@final
class Named(tuple[Any, ...]):  # noqa: SLOT001 (a tuple has no room for slots)
    """A named tuple: the trusted process makes no classes of names that a submission chose.

    Equal to the tuple of its parts. Where code runs, it becomes a named tuple of Python's own.
    """

    name: str
    fields: tuple[str, ...]

    @classmethod
    def of(cls, name: str, fields: tuple[str, ...], parts: Iterable[Any]) -> Named:
        """Raises `ValueError` where the names are not those of a named tuple of so many parts."""
        made = cls(parts)
        made.name, made.fields = name, fields
        if not are_fields(fields, len(made)) or not is_field(name):
            raise ValueError("names that no named tuple has")
        return made

    def as_namedtuple(self) -> tuple[Any, ...]:
        """A named tuple of a class of its own."""
        return tuple.__new__(_namedtuple(self.name, self.fields), self)


@lru_cache(maxsize=64)
def _namedtuple(name: str, fields: tuple[str, ...]) -> type[tuple[Any, ...]]:
    return namedtuple(name, fields, module=__name__)  # noqa: PYI024 (its names are not known here)


def is_field(name: object) -> bool:
    return type(name) is str and name.isidentifier() and not iskeyword(name) and len(name) <= _MAX_NAME


def are_fields(fields: object, count: int) -> bool:
    """Whether a named tuple of so many parts may have these names."""
    if type(fields) is not tuple or len(fields) != count or count > _MAX_FIELDS:
        return False
    return len(set(fields)) == count and all(is_field(name) and name[0] != "_" for name in fields)
