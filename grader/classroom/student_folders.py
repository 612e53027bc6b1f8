"""A layout of no particular system: a folder for each student, or a file or archive named after the student."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from grader.classroom.download import OwnedPiece, Piece
from grader.classroom.hand_in import HandIn

__all__ = ["find_owners"]

_ENDING: Final = re.compile(r"(?<=.)(?:\.tar)?\.[^.]+$")


def find_owners(pieces: Iterable[Piece]) -> Iterator[OwnedPiece]:
    """The pieces with their owners: what the folder or the file is called, without its ending."""
    return map(_with_owner, pieces)


def _with_owner(piece: Piece) -> OwnedPiece:
    first, *below = piece.place
    is_loose_and_no_work = not below and bool(piece.why)
    if is_loose_and_no_work or ".." in piece.place or piece.path.startswith("/"):
        return OwnedPiece(piece, None, piece.place[-1])
    student = first if below else _ENDING.sub("", first)
    return OwnedPiece(piece, HandIn(student, student, ()), "/".join(below) or first, piece.modified)
