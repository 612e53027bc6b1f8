"""What sentences and lists are made of."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Texts

__all__ = ["SENTENCES"]

SENTENCES: Final[Texts] = {
    "list.between": ", ",
    "list.last": "{most} and {last}",
    "sentence.end": ".",
    "sentence.then": "{first} {then}",
    "clause.then": "{first}, {then}",
    "clause.further": "{first}; {then}",
}
