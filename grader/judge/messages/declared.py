"""All types of messages, by their ids."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType, ModuleType
from typing import Final

from grader.judge.messages import calls, earlier, mutants, patterns, remarks, source, style
from grader.message import TEXT, MessageType

__all__ = ["DECLARED"]

_MODULES: Final = (calls, earlier, mutants, patterns, remarks, source, style)


def _types(module: ModuleType) -> Iterator[MessageType]:
    """What a module declares: single types, and tables of them."""
    for value in vars(module).values():
        each = value.values() if isinstance(value, dict) else [value]
        yield from (kind for kind in each if isinstance(kind, MessageType))


DECLARED: Final = MappingProxyType({kind.id: kind for kind in (TEXT, *(k for m in _MODULES for k in _types(m)))})
