"""The types of all messages, by their ids."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType, ModuleType
from typing import Final

from grader.judge.messages import calls, earlier, mutants, patterns, remarks, source, style
from grader.message import TEXT, MessageType

__all__ = ["TYPES"]


def _declared(module: ModuleType) -> Iterator[MessageType]:
    for value in vars(module).values():
        each = value.values() if isinstance(value, dict) else [value]
        yield from (kind for kind in each if isinstance(kind, MessageType))


_MODULES: Final = (calls, earlier, mutants, patterns, remarks, source, style)
TYPES: Final = MappingProxyType(
    {kind.id: kind for kind in (TEXT, *(kind for module in _MODULES for kind in _declared(module)))}
)
