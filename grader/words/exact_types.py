"""What students read of the types that a value has to be of exactly."""

from __future__ import annotations

from grader.course.exact_types import exact_types
from grader.course.signature import Signature
from grader.judge.wording import of_type
from grader.words.text import capital, ended, further, said, text

__all__ = ["types_in_words"]


def types_in_words(signature: Signature) -> str:
    """Of which types it and its parts are exactly, in a sentence; empty where nothing is said."""
    parts = [_part(place, name) for place, name in exact_types(signature)]
    return ended(capital(further(parts))) if parts else ""


def _part(place: str, name: str) -> str:
    type_ = text(of_type(name))
    return said("sheet.exactly.part", place=place, type=type_) if place else said("sheet.exactly", type=type_)
