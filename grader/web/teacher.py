"""What a teacher sees: the class as it comes in, mistakes with names, a student's code beside what was found."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import msgspec
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from grader.classroom import inbox, queries
from grader.classroom.gradebook import Gradebook, Holder
from grader.classroom.links import Role, Visitor
from grader.errors import GraderError
from grader.exchange import reported
from grader.judge.result import Result
from grader.message import Message
from grader.report import class_table
from grader.report.class_page import Mistake
from grader.report.class_page import mistakes as mistakes_of
from grader.report.class_summary import ClassSummary
from grader.report.class_table import Row, Show, row_of
from grader.report.feedback import feedback_html
from grader.report.listings import Listing, listings
from grader.report.student import Student
from grader.report.words import DESK
from grader.web.classes import assignment_of, student_address, taken_out_of, title_of
from grader.web.database import database_of
from grader.web.exports import TABLES
from grader.web.moments import Moment, local, said_at
from grader.web.pages import page
from grader.web.visits import check_form, there
from grader.words.figures import plain_points
from grader.words.language import spoken
from grader.words.text import said

__all__ = ["class_page", "home", "mark", "mistakes", "student"]


async def home(request: Request, visitor: Visitor) -> Response:
    """The assignments that something can be handed in for."""
    sheets = await database_of(request).call(inbox.open_sheets, spoken().value)
    waiting = await database_of(request).call(inbox.count_waiting)
    return page(request, "web-teacher.html.j2", visitor, sheets=sheets, waiting=waiting)


async def class_page(request: Request) -> Response:
    """The class as a table."""
    visitor = await there(request, Role.TEACHER)
    name = await assignment_of(request)
    query = request.query_params
    show = _chosen(query.get("show", ""))
    sort, is_downwards = query.get("sort", "name"), query.get("order") == "down"
    every = await database_of(request).call(_rows, name)
    return page(
        request,
        "web-class.html.j2",
        visitor,
        name=name,
        title=await title_of(request, name),
        columns=every[0].cells if every else (),
        rows=class_table.shown(every, show=show, sort=sort, is_downwards=is_downwards),
        total=len(every),
        need=sum(row.needs_person for row in every),
        show=show.value,
        sort=sort,
        order="down" if is_downwards else "up",
        waiting=await database_of(request).call(inbox.count_waiting),
        changed=sum(each.grades for each in await database_of(request).call(queries.changed_since, name)),
        taken_out=await taken_out_of(request, name),
        exports=TABLES,
    )


async def mistakes(request: Request) -> Response:
    """Groups of mistakes, with names."""
    visitor = await there(request, Role.TEACHER)
    name = await assignment_of(request)
    found = await database_of(request).call(_mistakes, name)
    return page(
        request, "web-mistakes.html.j2", visitor, name=name, title=await title_of(request, name), mistakes=found
    )


async def student(request: Request) -> Response:
    """A student's code beside what was found in it, and points by hand."""
    visitor = await there(request, Role.TEACHER)
    name = await assignment_of(request)
    who = request.query_params.get("student", "")
    return await _student_page(request, visitor, name, who)


async def mark(request: Request) -> Response:
    """Give points by hand, or take them back, with a reason."""
    visitor = await there(request, Role.TEACHER)
    name = await assignment_of(request)
    async with request.form(max_fields=20, max_part_size=1 << 16) as form:
        check_form(request, form)
        who, exercise, points, why = (
            str(form.get(key, "")).strip() for key in ("student", "exercise", "points", "why")
        )
    try:
        await database_of(request).call(_marked, Holder(name, who, exercise), points, why, visitor.who)
    except GraderError as error:
        return await _student_page(request, visitor, name, who, error=str(error), status=400)
    return RedirectResponse(student_address(name, who), 303)


async def _student_page(
    request: Request, visitor: Visitor, name: str, who: str, *, error: str = "", status: int = 200
) -> Response:
    found = await database_of(request).call(_student_of, name, who)
    if found is None:
        raise HTTPException(404)
    row, works, files = found
    return page(
        request,
        "web-student.html.j2",
        visitor,
        status=status,
        name=name,
        title=await title_of(request, name),
        row=row,
        received=_received(row),
        works=works,
        files=files,
        error=error,
    )


def _received(row: Row) -> Markup:
    """When the student's work came in, where that is known."""
    moment = Moment(row.received, row.received_at)
    return said_at("web.student.received", received=moment) if row.received else Markup()


def _rows(book: Gradebook, name: str) -> list[Row]:
    """Every student, by id."""
    return [
        row_of(each, student_address(name, each.id))
        for each in reported.students(book, name, records=False, placed=local)
    ]


def _mistakes(book: Gradebook, name: str) -> tuple[Mistake, ...]:
    summary = ClassSummary()
    for each in reported.students(book, name, placed=local):
        summary.add(each, student_address(name, each.id))
    return mistakes_of(summary)


def _student_of(
    book: Gradebook, name: str, who: str
) -> tuple[Row, list[tuple[class_table.Cell, Markup]], tuple[Listing, ...]] | None:
    """A student's row, each exercise with what was found in it, and their files as text."""
    for each in reported.students(book, name, student=who, placed=local):
        row = row_of(each, student_address(name, who))
        # made by us, of texts that were escaped
        found = [Markup(feedback_html(result, DESK) if result else "") for result in _told_once(each)]  # noqa: S704
        return row, list(zip(row.cells, found, strict=True)), listings(reported.files(book, name, who))
    return None


def _told_once(student: Student) -> Iterator[Result | None]:
    """The result of each exercise; what is said of the files as a whole is said with the first alone."""
    told: list[Message] = []
    for result in (work.result for work in student.works):
        if result is None:
            yield None
            continue
        yield msgspec.structs.replace(result, remarks=tuple(each for each in result.remarks if each not in told))
        told += result.remarks


def _marked(book: Gradebook, holder: Holder, points: str, why: str, author: str) -> None:
    if not why:
        raise GraderError(said("web.mark.why"))
    known = queries.holder(book, holder.student, holder.exercise, holder.assignment)
    with book.writing():
        if points:
            book.mark(known, _points(points, queries.worth(book, known)), author=author, why=why)
        elif not book.unmark(known, author=author, why=why):
            raise GraderError(said("web.mark.none"))


def _points(text: str, most: Fraction) -> Fraction:
    points = queries.points_of(plain_points(text))
    if points is None:
        raise GraderError(said("web.mark.number", points=repr(text[:40])))
    if not 0 <= points <= most:
        raise GraderError(said("web.mark.range", points=text[:40], most=float(most)))
    return points


def _chosen(text: str) -> Show:
    try:
        return Show(text)
    except ValueError:
        return Show.ALL
