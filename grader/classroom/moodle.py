"""Moodle's download: a folder a student, `<Full name>_<id>_assignsubmission_file_/`, or files that begin with that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from grader.classroom.download import Piece
from grader.classroom.hand_in import HandIn
from grader.classroom.owned import Owned

__all__ = ["belongs", "owned"]

# Moodle leaves no `_` in names, so the first number counts; what follows may be the student's own.
_PLACE: Final = re.compile(
    r"(?P<name>.+?)_(?P<id>[0-9]+)_assignsubmission_(?P<kind>file|onlinetext)(?:_(?P<file>.*))?", re.DOTALL
)
_HIDDEN: Final = "Participant"  # in place of a name, where names are hidden
_TYPED: Final = "it was typed into Moodle, not handed in as a file; ask for a .py or .ipynb file"


def belongs(place: tuple[str, ...]) -> bool:
    """Whether a file lies where Moodle puts it, in a folder of its student or without."""
    found = _PLACE.fullmatch(place[0])
    return found is not None and bool(found["file"]) == (len(place) == 1)


def owned(pieces: Iterable[Piece]) -> Iterator[Owned]:
    """The pieces with their owners."""
    return map(_owned, pieces)


def _owned(piece: Piece) -> Owned:
    found = _PLACE.fullmatch(piece.place[0])
    if found is None:
        why = piece.why or "its place is not one that Moodle gives, so nobody knows whose it is"
        return Owned(replace(piece, kept=None, why=why), None, piece.place[-1])
    if found["kind"] == "onlinetext":
        piece = replace(piece, kept=None, why=_TYPED)
    name = "/".join(part for part in (found["file"] or "", *piece.place[1:]) if part) or piece.place[-1]
    return Owned(piece, _owner(found["name"], found["id"]), name, piece.modified)


def _owner(name: str, number: str) -> HandIn:
    if name == _HIDDEN:
        return HandIn(number, f"{name} {number}", (), anonymous=True)
    return HandIn(number, name, ())
