"""What all pages of a class need: which assignment, where a student's page is, the log of what teachers do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request

from grader.classroom import queries
from grader.classroom.gradebook import Gradebook, now
from grader.exchange.taken_out import taken_out_words
from grader.web.database import database_of
from grader.words.text import text

__all__ = ["Counted", "assignment_of", "newest_count", "note", "student_address", "taken_out_of", "title_of"]


async def assignment_of(request: Request) -> str:
    """The assignment that the address names; 404 where nothing was handed in for it."""
    name: str = request.path_params["name"]
    if name not in await database_of(request).call(queries.assignments):
        raise HTTPException(404)
    return name


async def title_of(request: Request, name: str) -> str:
    return text((await database_of(request).call(queries.assignment, name)).title)


async def taken_out_of(request: Request, name: str) -> tuple[str, ...]:
    """A sentence for each exercise that is no longer in the assignment, while there are grades of it."""
    title = await title_of(request, name)
    return await database_of(request).call(lambda book: tuple(taken_out_words(book, name, title)))


def student_address(name: str, student: str) -> str:
    """Where a student's page is."""
    return f"/class/{name}/student?{urlencode({'student': student})}"


@final
@dataclass(frozen=True, slots=True)
class Counted:
    """What somebody did to so many things of an assignment, as data: in one word, to which, and to how many."""

    deed: str
    assignment: str
    count: int


def note(book: Gradebook, who: str, what: str, *, counted: Counted | None = None) -> None:
    """For the log of what teachers do: a sentence, and what of it is asked for again."""
    deed = ("", "", None) if counted is None else (counted.deed, counted.assignment, counted.count)
    with book.writing():
        book.write(
            "INSERT INTO audit (at, who, what, deed, assignment, count) VALUES (?, ?, ?, ?, ?, ?)",
            (now().isoformat(timespec="seconds"), who, what, *deed),
        )


def newest_count(book: Gradebook, deed: str, assignment: str) -> tuple[str, str, int] | None:
    """When, by whom and to how many that was done last; None where it never was."""
    rows = book.rows(
        "SELECT at, who, count FROM audit WHERE deed = ? AND assignment = ? ORDER BY id DESC LIMIT 1",
        (deed, assignment),
    )
    return next(((at, who, int(count)) for at, who, count in rows), None)
