"""What a class has handed in, as plain data: who, which files, when, and what of it cannot be judged."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Self, final

from grader.classroom.spool import Spool, SpooledBytes
from grader.message import Wording

__all__ = ["Cause", "Collection", "File", "HandIn", "Layout", "LeftOut", "Member", "better_name"]


class Layout(enum.Enum):
    """How a download names its files."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    GRADESCOPE = "gradescope"
    BRIGHTSPACE = "brightspace"
    BLACKBOARD = "blackboard"
    PLAIN = "plain"


@final
@dataclass(frozen=True, slots=True)
class File:
    """A `.py` or `.ipynb` file. `name` is the student's own; `path` is where it stands in the download."""

    name: str
    path: str
    kept: SpooledBytes

    @property
    def content(self) -> bytes:
        """Its bytes, read anew each time."""
        return self.kept.read()


@final
@dataclass(frozen=True, slots=True)
class Member:
    """One of a group, who gets the group's grade."""

    student: str
    name: str = ""
    email: str = ""


@final
@dataclass(frozen=True, slots=True)
class HandIn:
    """What one student, or one group, handed in at one time.

    student   the LMS's id where there is one, else the name of the folder or file; no two of a collection share it
    name      as it is shown; may be empty
    files     oldest first; none where nothing that was handed in can be judged
    received  where the download tells; with its time zone
    late      whether the download marks it so
    members   all who get this grade; empty: the student alone
    """

    student: str
    name: str
    files: tuple[File, ...]
    email: str = ""
    received: datetime | None = None
    late: bool = False
    group: str | None = None
    members: tuple[Member, ...] = ()
    anonymous: bool = False


class Cause(enum.Enum):
    """Of what kind the reason is that a file is not judged."""

    OTHER = "other"  # of the file itself: it is not code, it is damaged, or the computer made it
    LIMIT = "limit"  # it is too large, or one of too many: work may be lost
    OWNER = "owner"  # it may be of two students: work may be lost

    @property
    def needs_person(self) -> bool:
        """Whether it may be work that would have been judged, so that somebody has to look."""
        return self is not Cause.OTHER


@final
@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that is not judged, and the reason. `student` is whose it is, where that is known."""

    path: str
    student: str | None
    reason: Wording
    cause: Cause = Cause.OTHER

    @property
    def why(self) -> str:
        """The reason in the language that is spoken."""
        from grader.words.text import text  # not before it is needed: a gradebook is opened without any words

        return text(self.reason)

    @property
    def name(self) -> str:
        """The file's own."""
        return PurePosixPath(self.path).name


@final
@dataclass(frozen=True, slots=True)
class Collection:
    """A class, in the order of its students' ids: what counts, what later work took the place of, and what is left.

    Of whom everything is left out, the hand-in is in `without_work`, and has no files.
    A context manager: when it is closed, the contents of its files are gone.
    """

    layout: Layout
    hand_ins: tuple[HandIn, ...]
    superseded: tuple[HandIn, ...]
    left_out: tuple[LeftOut, ...]
    without_work: tuple[HandIn, ...] = ()
    spool: Spool = field(default_factory=Spool, repr=False, compare=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.spool.close()


def better_name(name: str, known: str) -> str:
    """The name, or the one that is known where this one is squeezed, as in the names of Canvas's files."""
    return known if _is_squeezed(name) and not _is_squeezed(known) else name


def _is_squeezed(name: str) -> bool:
    return " " not in name and name == name.lower()
