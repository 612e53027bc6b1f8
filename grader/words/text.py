"""Messages as text."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping
from typing import Any, Final

from grader.message import TEXTS, Message, Wording, by_language
from grader.words.catalogue import Plural, Texts
from grader.words.english.calls import CALLS
from grader.words.english.differences import DIFFERENCES
from grader.words.english.earlier import EARLIER
from grader.words.english.errors import ERRORS
from grader.words.english.files import FILES
from grader.words.english.gradebooks import GRADEBOOKS
from grader.words.english.handouts import HANDOUTS
from grader.words.english.help import HELP
from grader.words.english.keys import KEYS
from grader.words.english.left_out import LEFT_OUT
from grader.words.english.mutants import MUTANTS
from grader.words.english.pages import PAGES
from grader.words.english.patterns import PATTERNS
from grader.words.english.remarks import REMARKS
from grader.words.english.reports import REPORTS
from grader.words.english.requests import REQUESTS
from grader.words.english.sentences import SENTENCES
from grader.words.english.sheets import SHEETS
from grader.words.english.source import SOURCE
from grader.words.english.style import STYLE
from grader.words.english.teachers import TEACHERS
from grader.words.english.values import VALUES
from grader.words.english.web import WEB
from grader.words.figures import in_figures
from grader.words.language import language_of, spoken
from grader.words.translated import translated

__all__ = [
    "ENGLISH",
    "MESSAGES",
    "capital",
    "clauses",
    "ended",
    "further",
    "lines",
    "listed",
    "said",
    "sentences",
    "tag_of",
    "text",
]

_AFTER_WIDE: Final = re.compile("([）」』”]) ")  # a full-width bracket brings the space beside it along
MESSAGES: Final[Texts] = {
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
    **KEYS,
    **LEFT_OUT,
}
ENGLISH: Final[Texts] = {
    **MESSAGES,
    **SENTENCES,
    **REPORTS,
    **PAGES,
    **HANDOUTS,
    **HELP,
    **REQUESTS,
    **WEB,
    **TEACHERS,
    **GRADEBOOKS,
    **SHEETS,
}
_ENDS: Final = (".", "!", "?", "…", "。", "！", "？")


def text(message: Wording) -> str:
    """What a message says. Of one that is not known, as a newer version may have written it, the id itself."""
    if isinstance(message, str):
        return message
    if message.id == TEXTS.id:
        return _of_several(message)
    return _filled(message.id, dict(message.args))


def _of_several(message: Message) -> str:
    """The text in the language that is spoken; else the one that stands in for it."""
    texts = by_language(message)
    return texts.get(_tag_in(message, texts), f"[{message.id}]")


def _tag_in(message: Message, texts: Iterable[str]) -> str:
    """The tag of the language that is spoken, of those in which there are texts; else the message's own."""
    return next((tag for tag in texts if language_of(tag) is spoken()), str(dict(message.args).get("own", "")))


def tag_of(wording: Wording) -> str:
    """The tag of the language in which `text` says a wording; of plain text, which tells none, the empty one."""
    if isinstance(wording, str):
        return ""
    tag = _tag_in(wording, by_language(wording))
    known = language_of(tag)
    return tag if known is None else known.tag


def said(name: str, /, **args: object) -> str:
    """A text of the reports' own, which no message stands for."""
    return _filled(name, args)


def _filled(name: str, args: Mapping[str, Any]) -> str:
    entry = ENGLISH.get(name)
    if entry is None:
        return f"[{name}]"
    try:
        count = args[entry.by] if isinstance(entry, Plural) else None
        return _FORMATTER.vformat(translated(spoken(), name, entry, count), (), args)
    except (LookupError, ValueError):  # a place without an argument, or with one of another kind
        return f"[{name}]"


def lines(messages: Iterable[Message]) -> str:
    """Several messages, a line each."""
    return "\n".join(map(text, messages))


def listed(items: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, last = tuple(items) or ("",)
    if not most:
        return last
    return _AFTER_WIDE.sub(r"\1", said("list.last", most=said("list.between").join(most), last=last))


def sentences(parts: Iterable[str]) -> str:
    """Sentences, one after the other: only some languages have a space between them."""
    return _chained("sentence.then", parts)


def clauses(parts: Iterable[str]) -> str:
    """Parts of one sentence, with commas between them."""
    return _chained("clause.then", parts)


def further(parts: Iterable[str]) -> str:
    """Parts of one sentence, with semicolons between them."""
    return _chained("clause.further", parts)


def _chained(name: str, parts: Iterable[str]) -> str:
    whole, *others = tuple(parts) or ("",)
    for part in others:
        whole = said(name, first=whole, then=part)
    return whole


def capital(text: str) -> str:
    """The text with its first letter a capital."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """The text with a full stop, where it has no end of its own."""
    return text if text.endswith(_ENDS) else text + said("sentence.end")


class _Formatter(string.Formatter):
    """`{n:,}` groups the digits of a count. `{names:code}` puts each name between backticks; a phrase has its own.

    `{phrase:capital}` begins it with a capital letter, `{reason:ended}` ends it as a sentence. Several things are
    joined as a list.
    """

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, tuple):
            return listed([self.format_field(each, format_spec) for each in value])
        if isinstance(value, Message):
            phrase = text(value)
            return phrase if format_spec == "code" else self.format_field(phrase, format_spec)
        if format_spec == "code":
            return f"`{value}`"
        if format_spec == "ended":
            return ended(str(value))
        if format_spec == "capital":
            return capital(str(value))
        return in_figures(value, format_spec) if format_spec else str(value)


_FORMATTER: Final = _Formatter()
