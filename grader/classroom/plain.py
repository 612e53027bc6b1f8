"""No system's download: a folder for each student, or a file or an archive that bears the student's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from grader.classroom.download import Owned, Piece
from grader.classroom.hand_in import HandIn

__all__ = ["owned"]

_ENDING: Final = re.compile(r"(?<=.)(?:\.tar)?\.[^.]+$")


def owned(pieces: Iterable[Piece]) -> Iterator[Owned]:
    """The pieces with their owners: what the folder or the file is called, without its ending."""
    return map(_owned, pieces)


def _owned(piece: Piece) -> Owned:
    first, *below = piece.place
    is_loose_and_no_work = not below and bool(piece.why)
    if is_loose_and_no_work or ".." in piece.place or piece.path.startswith("/"):
        return Owned(piece, None, piece.place[-1])
    student = first if below else _ENDING.sub("", first)
    return Owned(piece, HandIn(student, student, ()), "/".join(below) or first, piece.modified)
