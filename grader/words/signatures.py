"""What students read of a value beside its signature: of which types it has to be exactly, which keys it may have."""

from __future__ import annotations

from collections.abc import Iterator

from grader.course.exact_types import exact_types
from grader.course.open_dicts import open_dicts
from grader.course.signature import Signature
from grader.course.tree import is_pattern
from grader.judge.wording import of_type
from grader.words.text import capital, ended, further, listed, said, sentences, text

__all__ = ["signature_in_words"]


def signature_in_words(signature: Signature) -> str:
    """In sentences; empty where the signature says it all."""
    return sentences(filter(None, (_types(signature), *_keys(signature))))


def _types(signature: Signature) -> str:
    parts = [_part(place, name) for place, name in exact_types(signature)]
    return ended(capital(further(parts))) if parts else ""


def _part(place: str, name: str) -> str:
    type_ = text(of_type(name))
    return said("sheet.exactly.part", place=place, type=type_) if place else said("sheet.exactly", type=type_)


def _keys(signature: Signature) -> Iterator[str]:
    every = tuple(open_dicts(signature))
    patterns = [_key(place, entry) for place, one in every for entry in one.parts if is_pattern(entry)]
    optional = [_key(place, entry) for place, one in every for entry in one.optional]
    if patterns:
        yield said("sheet.keys.pattern", keys=listed(patterns))
    if optional:
        yield said("sheet.keys.optional", keys=listed(optional))
    for place, one in every:
        if one.extra:
            yield said("sheet.keys.extra.part", place=f"`{place}`") if place else said("sheet.keys.extra")


def _key(place: str, entry: str) -> str:
    return f"`{place}[{entry!r}]`" if place else f"`{entry!r}`"
