"""The types of all messages, by their ids."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType, ModuleType
from typing import Final

from grader.judge.messages import calls, earlier, errors, remarks, source
from grader.message import TEXT, Message, MessageType
from grader.observe import refusals

__all__ = ["TYPES", "general"]


def _declared(module: ModuleType) -> Iterator[MessageType]:
    for value in vars(module).values():
        each = value.values() if isinstance(value, dict) else [value]
        yield from (kind for kind in each if isinstance(kind, MessageType))


_MODULES: Final = (calls, earlier, errors, refusals, remarks, source)
TYPES: Final = MappingProxyType(
    {kind.id: kind for kind in (TEXT, *(kind for module in _MODULES for kind in _declared(module)))}
)


def general(message: Message) -> Message | None:
    """What says the same of no case in particular; None where there is no such thing.

    That is the general message of its type, or the message itself where it is one.
    """
    kind = TYPES.get(message.id)
    if kind is None or (kind.origins and kind.general is None):
        return None
    return message if kind.general is None else Message(kind.general)
