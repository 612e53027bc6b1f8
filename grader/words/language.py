"""The language that people are spoken to in: chosen once, at the door, and asked for wherever words are made.

It is a context variable, so each thread and each task has its own: one that nobody has set speaks English.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

__all__ = ["Language", "chosen", "language_of", "speaking", "spoken"]


class Language(enum.Enum):
    """A language that there is a catalogue of; the value is its tag."""

    ENGLISH = "en"
    CHINESE = "zh"
    GERMAN = "de"

    @property
    def tag(self) -> str:
        """What pages are marked with: of Chinese also the characters, by which a browser chooses its font."""
        return "zh-Hans" if self is Language.CHINESE else self.value

    @property
    def own_name(self) -> str:
        """What it calls itself: who looks for it need not read another."""
        return _OWN_NAMES[self]


_OWN_NAMES: Final = {Language.ENGLISH: "English", Language.CHINESE: "中文", Language.GERMAN: "Deutsch"}
_SPOKEN: Final[ContextVar[Language]] = ContextVar("spoken", default=Language.ENGLISH)
_OF_MESSAGES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts, as it does for C programs


def spoken() -> Language:
    """The language of the words that are made here and now."""
    return _SPOKEN.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """What is made within is in that language."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def language_of(tag: str) -> Language | None:
    """The language of a tag or a locale's name (`zh-Hans`, `de_AT.UTF-8`); None where there is no catalogue of it."""
    primary = tag.replace("_", "-").split("-")[0].split(".")[0].lower()
    return next((each for each in Language if each.value == primary), None)


def chosen(asked: str | None, written: str | None, environment: Mapping[str, str]) -> Language:
    """What was asked for, else what the course has written down, else what the machine is set to, else English."""
    machine = next((environment[name] for name in _OF_MESSAGES if environment.get(name)), "")
    tags = (tag for tag in (asked, written, machine) if tag is not None)
    return next((found for tag in tags if (found := language_of(tag)) is not None), Language.ENGLISH)
