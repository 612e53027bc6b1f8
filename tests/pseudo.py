"""A language in which every text of a catalogue is written otherwise: what is still English has gone past it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from grader.message import Message
from grader.words.catalogue import Plural
from grader.words.language import Language

__all__ = ["disguised", "english"]

ELSEWHERE = str.maketrans("abcdefghijklmnopqrstuvwxyz", "αβψδεφγηιξκλμνοπθρστυωςχζη")
KEPT = re.compile(r"(`[^`]*`|\{[^{}]*\})")
CODE = {"array", "list", "tuple", "dict", "set", "str", "float", "int", "bool", "bytes", "grade", "NaN", "nan", "inf",
        "None", "True", "False", "numgrade", "grader", "python", "numpy", "np", "class", "html", "py"}  # fmt: skip


def disguised(language: Language, name: str, entry: str | Plural, count: Any) -> str:
    entry = entry if isinstance(entry, str) else entry.one if count == 1 else entry.other
    parts = KEPT.split(entry.replace("Python", "Πython".lower()))
    return "".join(part if number % 2 else part.lower().translate(ELSEWHERE) for number, part in enumerate(parts))


def data(value: Any) -> Iterator[str]:
    """The texts that a result holds: names, code, what a student or an author wrote."""
    if isinstance(value, Message):
        yield from data([arg for _, arg in value.args])
    elif isinstance(value, msgspec.Struct):
        yield from data([getattr(value, name) for name in value.__struct_fields__])
    elif isinstance(value, dict):
        yield from data([*value, *value.values()])
    elif isinstance(value, tuple | list):
        for part in value:
            yield from data(part)
    else:
        yield str(value)


def english(shown: str, *known: Any) -> set[str]:
    """Words of three letters and more that come from no catalogue, and are neither data nor code."""
    allowed = set(re.findall("[A-Za-z]+", " ".join(data(list(known))))) | CODE
    shown = re.sub(r"<style>.*?</style>|<head>.*?<title>|<!--.*?-->", " ", shown, flags=re.DOTALL)
    attributes = re.findall(r'(?:aria-label|title|alt)="([^"]*)"', shown)
    plain = re.sub(r"<code>.*?</code>|<[^>]*>|&\w+;|&#\d+;", " ", shown, flags=re.DOTALL) if "</" in shown else shown
    plain = re.sub(r"`[^`]*`", " ", " ".join([plain, *attributes]))
    return {word for word in re.findall("[A-Za-z]{3,}", plain) if word not in allowed and word.lower() not in allowed}
