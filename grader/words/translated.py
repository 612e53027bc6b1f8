"""The texts of the other languages, from catalogues of gettext's; English stands in for what one of them lacks."""

from __future__ import annotations

import gettext
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from grader.words.catalogue import Plural, Texts
from grader.words.language import Language

__all__ = ["FOLDER", "catalogue_of", "missing", "translated"]

FOLDER: Final = Path(__file__).parent / "catalogues"
_PLACE: Final = re.compile(r"\{[^{}]*\}")
_SEVERAL: Final = 2


@cache
def catalogue_of(language: Language) -> gettext.NullTranslations:
    """What is compiled of a language's catalogue. English has none: its texts are in the code."""
    with (FOLDER / f"{language.value}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def translated(language: Language, name: str, entry: str | Plural, count: Any) -> str:
    """The text called `name` in that language, with its places; `entry` is the English one."""
    text = None if language is Language.ENGLISH else _found(language, name, entry, count)
    if text is not None:
        return text
    return entry if isinstance(entry, str) else entry.one if count == 1 else entry.other


def _found(language: Language, name: str, entry: str | Plural, count: Any) -> str | None:
    """What a language's catalogue has under that name."""
    catalogue = catalogue_of(language)
    text = catalogue.gettext(name) if isinstance(entry, str) else catalogue.ngettext(name, name, _as_integer(count))
    return None if text == name else text


def _as_integer(count: Any) -> int:
    """What gettext's rules are asked for; a count that is no whole number, as of points, is like several."""
    return int(count) if count == 1 or isinstance(count, int) else _SEVERAL


def missing(language: Language, texts: Texts) -> tuple[str, ...]:
    """The ids of the English `texts` that the language's catalogue lacks. What is nothing but places is no text."""
    if language is Language.ENGLISH:
        return ()
    return tuple(
        name for name, entry in texts.items() if _has_words(entry) and _found(language, name, entry, 1) is None
    )


def _has_words(entry: str | Plural) -> bool:
    return any(word.isalpha() for word in _PLACE.sub("", entry if isinstance(entry, str) else entry.other))
