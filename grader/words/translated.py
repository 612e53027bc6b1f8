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
    if language is Language.ENGLISH:
        return entry if isinstance(entry, str) else entry.one if count == 1 else entry.other
    if isinstance(entry, str):
        said = catalogue_of(language).gettext(name)
        return entry if said == name else said
    said = catalogue_of(language).ngettext(name, name, _as_integer(count))
    return (entry.one if count == 1 else entry.other) if said == name else said


def _as_integer(count: Any) -> int:
    """What gettext's rules are asked for; a count that is no whole number, as of points, is like several."""
    return int(count) if count == 1 or isinstance(count, int) else _SEVERAL


def missing(language: Language, texts: Texts) -> tuple[str, ...]:
    """The ids of the English `texts` that the language's catalogue lacks. What is nothing but places is no text."""
    if language is Language.ENGLISH:
        return ()
    return tuple(name for name, entry in texts.items() if _has_words(entry) and not _is_there(language, name, entry))


def _has_words(entry: str | Plural) -> bool:
    return any(word.isalpha() for word in _PLACE.sub("", entry if isinstance(entry, str) else entry.other))


def _is_there(language: Language, name: str, entry: str | Plural) -> bool:
    catalogue = catalogue_of(language)
    return (catalogue.gettext(name) if isinstance(entry, str) else catalogue.ngettext(name, name, 1)) != name
