"""A file of a download and whose it is: what every layout says in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from grader.classroom.download import Piece
from grader.classroom.hand_in import HandIn

__all__ = ["Owned"]


@final
@dataclass(frozen=True, slots=True)
class Owned:
    """A piece with its owner: a hand-in that has no files yet, or None where nobody is known.

    name     the student's own for the file
    age      puts the files of one student in order, oldest first
    attempt  which of the student's hand-ins it belongs to; the greatest is the last
    """

    piece: Piece
    owner: HandIn | None
    name: str
    age: tuple[int, ...] = ()
    attempt: tuple[int, ...] = ()
