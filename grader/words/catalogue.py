"""The catalogue of a language's texts: a text, or one for each plural form, by a message's id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, final

__all__ = ["Plural", "Texts"]


@final
@dataclass(frozen=True, slots=True)
class Plural:
    """A text that is another for one than for several of what the argument `by` counts."""

    by: str
    one: str
    other: str


Texts: TypeAlias = Mapping[str, str | Plural]  # by the id of their messages
