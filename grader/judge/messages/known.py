"""The types of all messages, by their ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType, ModuleType
from typing import Final, TypeAlias

from grader.judge.messages import (
    calls,
    differences,
    earlier,
    errors,
    keys,
    left_out,
    mutants,
    patterns,
    remarks,
    source,
    style,
    values,
)
from grader.message import TEXT, TEXTS, Arg, Message, MessageType, Origin
from grader.observe import refusals

__all__ = ["TYPES", "in_general"]

_Part: TypeAlias = "bool | int | float | str | Message | None"


def _declared(module: ModuleType) -> Iterator[MessageType]:
    for value in vars(module).values():
        each = value.values() if isinstance(value, dict) else [value]
        yield from (kind for kind in each if isinstance(kind, MessageType))


_MODULES: Final = (
    calls,
    differences,
    earlier,
    errors,
    keys,
    left_out,
    mutants,
    patterns,
    refusals,
    remarks,
    source,
    style,
    values,
)
TYPES: Final = MappingProxyType(
    {kind.id: kind for kind in (TEXT, TEXTS, *(kind for module in _MODULES for kind in _declared(module)))}
)


def in_general(message: Message) -> Message | None:
    """What says the same of no case in particular: the general sibling, or the message itself if it is as general.

    None where nothing is left to be said: it has something of a case, itself or in a phrase, and no sibling.
    """
    kind = TYPES.get(message.id)
    if kind is None:
        return None
    if kind.general is not None:
        return TYPES[kind.general]()
    phrases = {one: in_general(one) for _, value in message.args for one in _parts(value) if isinstance(one, Message)}
    args = {name: _put(value, phrases) for name, value in message.args}
    is_general = args.keys() == kind.origins.keys() and Origin.CASE not in kind.origins.values()
    return kind(**args) if is_general and None not in phrases.values() else None


def _parts(value: Arg) -> tuple[_Part, ...]:
    return value if isinstance(value, tuple) else (value,)


def _put(value: Arg, phrases: Mapping[Message, Message | None]) -> Arg:
    """`value` with other phrases in place of its own."""
    parts = tuple(phrases[part] if isinstance(part, Message) else part for part in _parts(value))
    return parts if isinstance(value, tuple) else parts[0]
