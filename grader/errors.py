"""Everything that numgrade raises on purpose.

    GraderError                     the request cannot be carried out (exit 2)
    ├── CourseError                 a course, its files or its answer keys are not usable
    │   ├── Refused                 there is nothing to judge by; says why as a message, for whoever puts it into words
    │   ├── SpecificationError      a YAML file is wrong; holds every problem found in it
    │   └── AuthorError             a reference solution, an expression or a misconception misbehaves
    ├── ValueTooLarge               a value is past the limits of the wire
    └── NotJudged                   a fault of ours: nothing may be concluded about the submission (exit 3)
        └── WireError               a frame that does not follow the protocol

A student's faults are values (observations and findings), never exceptions.
"""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.message import Message

__all__ = [
    "AuthorError",
    "CourseError",
    "GraderError",
    "NotJudged",
    "Refused",
    "SpecificationError",
    "ValueTooLarge",
    "WireError",
    "reason_of",
    "where_failed",
]


class GraderError(Exception):
    """Base of all of them; its text is meant for people: where, what is wrong, what to do."""

    exit_code = 2


class CourseError(GraderError):
    """A course, one of its files or one of its answer keys is not usable."""


class Refused(CourseError):
    """A request that cannot be carried out. What there is to say is a message: it becomes text where people read it."""

    def __init__(self, message: Message) -> None:
        super().__init__(f"{message.id} {dict(message.args)}")
        self.message = message


class SpecificationError(CourseError):
    """A YAML file is wrong. `problems` has one finished text for each error found in it."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n\n".join(problems))
        self.problems = problems


class AuthorError(CourseError):
    """A reference solution, an expression or a misconception of the author misbehaves."""


class ValueTooLarge(GraderError):
    """A value is past the limits of the wire (`grader.values`)."""


class NotJudged(GraderError):
    """A fault of ours: nothing may be concluded about the submission."""

    exit_code = 3


class WireError(NotJudged):
    """A frame does not follow the protocol."""


def reason_of(error: Exception) -> str:
    """Why something was not judged, for students: our own words if we raised it on purpose, else `where_failed`."""
    return str(error) if isinstance(error, NotJudged) else where_failed(error)


def where_failed(error: BaseException) -> str:
    """A fault of ours for people: `ZeroDivisionError in grader.judge.score, line 40`, and not what it says.

    An exception's text can quote anything that was at hand: an expected value, a line of a reference.
    """
    at: TracebackType | None = error.__traceback__
    ours = ""
    while at is not None:
        module = at.tb_frame.f_globals.get("__name__", "")
        if str(module).partition(".")[0] == __name__.partition(".")[0]:
            ours = f" in {module}, line {at.tb_lineno}"
        at = at.tb_next
    return f"{type(error).__name__}{ours}"
