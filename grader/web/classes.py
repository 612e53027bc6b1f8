"""What all pages of a class need: which assignment, where a student's page is, the log of what teachers do."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request

from grader.classroom import queries
from grader.classroom.gradebook import Gradebook, now
from grader.web.database import database_of
from grader.words.text import text

__all__ = ["assignment_of", "newest_note", "note", "student_address", "title_of"]


async def assignment_of(request: Request) -> str:
    """The assignment that the address names; 404 where nothing was handed in for it."""
    name: str = request.path_params["name"]
    if name not in await database_of(request).call(queries.assignments):
        raise HTTPException(404)
    return name


async def title_of(request: Request, name: str) -> str:
    return text((await database_of(request).call(queries.assignment, name)).title)


def student_address(name: str, student: str) -> str:
    """Where a student's page is."""
    return f"/class/{name}/student?{urlencode({'student': student})}"


def note(book: Gradebook, who: str, what: str) -> None:
    """For the log of what teachers do."""
    with book.writing():
        book.write(
            "INSERT INTO audit (at, who, what) VALUES (?, ?, ?)", (now().isoformat(timespec="seconds"), who, what)
        )


def newest_note(book: Gradebook, beginning: str) -> tuple[str, str, str] | None:
    """The last thing in that log that begins so: when, who, and what; None where there is none."""
    query = "SELECT at, who, what FROM audit WHERE substr(what, 1, length(:beginning)) = :beginning"
    rows = book.rows(f"{query} ORDER BY id DESC LIMIT 1", {"beginning": beginning})
    return next(((at, who, what) for at, who, what in rows), None)
