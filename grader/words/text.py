"""Messages as text."""

from __future__ import annotations

import string
from collections.abc import Iterable
from typing import Any, Final

from grader.message import Message
from grader.words.catalogue import Plural, Texts
from grader.words.english.calls import CALLS
from grader.words.english.differences import DIFFERENCES
from grader.words.english.earlier import EARLIER
from grader.words.english.errors import ERRORS
from grader.words.english.files import FILES
from grader.words.english.mutants import MUTANTS
from grader.words.english.patterns import PATTERNS
from grader.words.english.remarks import REMARKS
from grader.words.english.source import SOURCE
from grader.words.english.style import STYLE
from grader.words.english.values import VALUES

__all__ = ["ENGLISH", "capital", "ended", "lines", "listed", "text"]

ENGLISH: Final[Texts] = {
    **EARLIER,
    **SOURCE,
    **FILES,
    **CALLS,
    **VALUES,
    **DIFFERENCES,
    **ERRORS,
    **PATTERNS,
    **MUTANTS,
    **STYLE,
    **REMARKS,
}


def text(message: Message) -> str:
    """What a message says. Of one that is not known, as a newer version may have written it, the id itself."""
    entry, args = ENGLISH.get(message.id), dict(message.args)
    try:
        if isinstance(entry, Plural):
            entry = entry.one if args[entry.by] == 1 else entry.other
        return f"[{message.id}]" if entry is None else _FORMATTER.vformat(entry, (), args)
    except (LookupError, ValueError):  # a place without an argument, or with one of another kind
        return f"[{message.id}]"


def lines(messages: Iterable[Message]) -> str:
    """Several messages, a line each."""
    return "\n".join(map(text, messages))


def listed(items: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def capital(text: str) -> str:
    """The text with its first letter a capital."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """The text with a full stop, where it has no end of its own."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


class _Formatter(string.Formatter):
    """`{n:,}` groups the digits of a count. `{names:code}` puts each name between backticks.

    `{phrase:capital}` begins it with a capital letter, `{reason:ended}` ends it as a sentence. Several things are
    joined as a list.
    """

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, tuple):
            return listed([self.format_field(each, format_spec) for each in value])
        if isinstance(value, Message):
            value = text(value)
        if format_spec == "code":
            return f"`{value}`"
        if format_spec == "ended":
            return ended(str(value))
        if format_spec == "capital":
            return capital(str(value))
        return format(value, format_spec) if format_spec else str(value)


_FORMATTER: Final = _Formatter()
