"""What is to be told to people, as data: an id that says what, and plain values for the places in its text.

`grader.words` makes the text, last of all and in a language; until then nobody has to understand a sentence.
"""

from __future__ import annotations

import enum
from types import MappingProxyType
from typing import Final, TypeAlias, final

import msgspec

__all__ = [
    "TEXT",
    "TEXTS",
    "Arg",
    "Message",
    "MessageType",
    "Origin",
    "Wording",
    "as_written",
    "by_language",
    "declare",
    "verbatim",
]

Arg: TypeAlias = "bool | int | float | str | Message | tuple[bool | int | float | str | Message | None, ...] | None"


class Message(msgspec.Struct, frozen=True):
    """One fact, or one phrase within another. `args` are pairs of a place's name and what stands there."""

    id: str
    args: tuple[tuple[str, Arg], ...] = ()

    def arg(self, name: str) -> Arg:
        """What stands in that place; `KeyError` where there is none."""
        return dict(self.args)[name]


class Origin(enum.Enum):
    """Where an argument comes from. What comes of a case is not told of hidden tests; all else is."""

    PUBLIC = "public"  # ids, and names that exercises have
    SOURCE = "source"  # of the student's own text: a line, a name
    CASE = "case"  # of a call: shapes, indices, numbers, values, the text of an exception


@final
class MessageType(msgspec.Struct, frozen=True):
    """All messages of one id: which arguments they have, and from where.

    `general`: the id of a message without arguments that says the same of no case in particular.
    """

    id: str
    origins: MappingProxyType[str, Origin]
    general: str | None = None

    def __call__(self, **args: Arg) -> Message:
        """A message; `TypeError` where the arguments are not those of its type."""
        if args.keys() != self.origins.keys():
            raise TypeError(f"{self.id} takes {sorted(self.origins)}, not {sorted(args)}")
        return Message(self.id, tuple(args.items()))


def declare(name: str, /, *, general: MessageType | None = None, **origins: Origin) -> MessageType:
    """The type of the messages called `name`, with the origin of each argument."""
    return MessageType(name, MappingProxyType(origins), None if general is None else general.id)


TEXT: Final = declare("text", text=Origin.PUBLIC)
TEXTS: Final = declare("texts", own=Origin.PUBLIC, languages=Origin.PUBLIC, texts=Origin.PUBLIC)
"""One text in several languages, in the order in which they were written. `own`: the one that stands in for others."""

Wording: TypeAlias = str | Message
"""What an author has written for people: plain text, or a message of the type `TEXTS`."""


def verbatim(wording: Wording) -> Message:
    """An author's own words, or a text of which nothing else is known any more."""
    return TEXT(text=wording) if isinstance(wording, str) else wording


def by_language(wording: Wording) -> dict[str, str]:
    """The texts of a wording by the tags of their languages; of plain text, which tells none, by the empty tag."""
    if isinstance(wording, str):
        return {"": wording}
    args = dict(wording.args)
    languages, texts = args.get("languages"), args.get("texts")
    pairs = zip(languages, texts, strict=False) if isinstance(languages, tuple) and isinstance(texts, tuple) else ()
    return {str(language): str(text) for language, text in pairs}


def as_written(wording: Wording) -> str | dict[str, str]:
    """A wording in the form that a specification has it in."""
    return wording if isinstance(wording, str) else by_language(wording)
