"""Canvas's download: flat, `lastfirst[_LATE]_<user>_<attachment>_<name>`, or `[LATE_]anon_<id>_…` without names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from grader.classroom.download import Piece
from grader.classroom.hand_in import HandIn
from grader.classroom.owned import Owned

__all__ = ["belongs", "owned"]

_WHOSE: Final = r"(?:(?!LATE_|anon_)(?P<name>.*?)_)?(?P<late>LATE_)?(?P<user>[0-9]+|anon_[A-Za-z0-9]+)"
_FILE: Final = re.compile(_WHOSE + r"_(?P<attachment>[0-9]+)_(?P<file>.+)", re.DOTALL)
_TYPED: Final = re.compile(_WHOSE + r"_(?P<kind>text|link)\.html", re.DOTALL)
_AGAIN: Final = re.compile(r"-([0-9]{1,3})$")  # what Canvas puts before the ending of a name that was there already
_TYPED_WORDS: Final = {
    "text": "it was typed into Canvas, not handed in as a file; ask for a .py or .ipynb file",
    "link": "it is the address of a page, not a file; ask for a .py or .ipynb file",
}
_LAST: Final = 1_000_000


def belongs(place: tuple[str, ...]) -> bool:
    """Whether a file is named as Canvas names it."""
    return len(place) == 1 and bool(_FILE.fullmatch(place[0]) or _TYPED.fullmatch(place[0]))


def owned(pieces: Iterable[Piece]) -> Iterator[Owned]:
    """The pieces with their owners."""
    students: dict[str, list[Owned]] = defaultdict(list)
    for piece in pieces:
        file = _owned(piece)
        students[file.owner.student if file.owner is not None else ""].append(file)
    for files in students.values():
        yield from _attempts(files)


def _owned(piece: Piece) -> Owned:
    name = piece.place[0]
    typed = _TYPED.fullmatch(name)
    if typed:
        return Owned(replace(piece, kept=None, why=_TYPED_WORDS[typed["kind"]]), _owner(typed), name)
    found = _FILE.fullmatch(name)
    if found is None:
        why = piece.why or "its name is not one that Canvas gives, so nobody knows whose it is"
        return Owned(replace(piece, kept=None, why=why), None, name)
    return Owned(piece, _owner(found), found["file"], (int(found["attachment"]),))


def _owner(found: re.Match[str]) -> HandIn:
    user, name = found["user"], found["name"] or ""
    return HandIn(user, name, (), late=bool(found["late"]), anonymous=user.startswith("anon_"))


def _attempts(files: Sequence[Owned]) -> Iterator[Owned]:
    """A student's files, those of one name told apart: `work.py`, `work-1.py`, `work-2.py` are handed in one by one.

    `part-1.py` and `part-2.py` without a `part.py` are the student's own names: nothing takes the place of anything.
    """
    names = {file.name for file in files}
    versions: dict[str, list[Owned]] = defaultdict(list)
    for file in sorted(files, key=lambda file: file.age):
        if file.piece.kept is not None:
            base = _without_number(file.name)
            versions[base if base in names else file.name].append(file)
        else:
            yield file
    for base, found in versions.items():
        for number, file in enumerate(found):
            is_last = number == len(found) - 1
            yield replace(file, name=base, attempt=(_LAST if is_last else number,))


def _without_number(name: str) -> str:
    path = PurePosixPath(name)
    return str(path.with_name(_AGAIN.sub("", path.stem) + path.suffix)) if _AGAIN.sub("", path.stem) else name
