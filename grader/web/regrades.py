"""After an exercise changed: what judging anew would change, for a teacher to look at, and to write down.

The process that judges has judged anew what is stale (`classroom.live`); here results are compared and pointed at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, final

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from grader.classroom import queries
from grader.classroom.changed_marks import changed_marks, note_as_seen
from grader.classroom.gradebook import Gradebook, Holder
from grader.classroom.links import Role, Visitor
from grader.classroom.regrade import NOT_LOWER, Direction, Group, Preview, apply, digest_of, moves, preview
from grader.errors import GraderError
from grader.exchange import reported
from grader.exchange.regraded import above, because, maxima
from grader.report.class_table import row_of
from grader.report.failure_modes import Person
from grader.report.safe_text import one_line
from grader.report.words import points_text
from grader.web.classes import Counted, assignment_of, newest_count, note, student_address, taken_out_of, title_of
from grader.web.database import database_of
from grader.web.moments import moment_at, said_at
from grader.web.pages import page
from grader.web.visits import check_form, there
from grader.words.text import said, text

__all__ = ["regrade", "regrade_preview"]

_MOST_NAME: Final = 200


@final
@dataclass(frozen=True, slots=True)
class _Change:
    """Students who would gain, or lose, the same by the same tests; all texts are cleaned."""

    title: str
    points: str
    people: tuple[Person, ...]
    reasons: tuple[str, ...]


@final
@dataclass(frozen=True, slots=True)
class _View:
    """What a regrade would do; `digest` tells whether it still would."""

    gains: tuple[_Change, ...]
    losses: tuple[_Change, ...]
    gaining: int
    losing: int
    same: int
    marked: tuple[str, ...]
    above: tuple[str, ...]  # marks by hand that are more than their exercise is worth now
    maxima: tuple[str, ...]  # of what is worth more, or less, than it was
    open: int
    digest: str
    written: Markup  # what was written last, by whom, and when


async def regrade_preview(request: Request) -> Response:
    """Who would gain or lose, and by which test."""
    visitor = await there(request, Role.TEACHER)
    name = await assignment_of(request)
    return await _page(request, visitor, name)


async def regrade(request: Request) -> Response:
    """Write the new grades, those that are lower only where that is asked for, if they are still what was shown."""
    visitor = await there(request, Role.TEACHER)
    name = await assignment_of(request)
    async with request.form(max_fields=5) as form:
        check_form(request, form)
        digest, is_lowering = str(form.get("digest", "")), form.get("lower") == "yes"
    directions = frozenset(Direction) if is_lowering else NOT_LOWER
    try:
        await database_of(request).call(_applied, name, _number(request), digest, directions, visitor.who)
    except GraderError as error:
        return await _page(request, visitor, name, error=str(error), status=409)
    return RedirectResponse(f"/class/{name}/regrade", 303)


async def _page(request: Request, visitor: Visitor, name: str, *, error: str = "", status: int = 200) -> Response:
    view = await database_of(request).call(_view, name, _number(request))
    title = await title_of(request, name)
    return page(
        request,
        "web-regrade.html.j2",
        visitor,
        status=status,
        name=name,
        title=title,
        taken_out=await taken_out_of(request, name),
        view=view,
        error=error,
    )


def _number(request: Request) -> int:
    """That of the environment in which work is judged."""
    number: int = request.app.state.settings.environment
    return number


def _applied(
    book: Gradebook, name: str, environment: int, digest: str, directions: frozenset[Direction], who: str
) -> None:
    coming = list(moves(book, (), environment, assignment=name))
    if digest_of(coming) != digest:
        raise GraderError(said("web.regrade.changed"))
    note_as_seen(book, [each.holder for each in changed_marks(book, (), assignment=name) if each.is_unjudged])
    changed = apply(book, coming, directions=directions, author=who)
    lowered = ", lower ones too" if Direction.LOSE in directions else ""
    note(book, who, f"regraded {name}: {changed} grades{lowered}", counted=Counted("regraded", name, changed))


def _written(book: Gradebook, name: str) -> Markup:
    """What was written last from here, by the log of what teachers do; nothing where nothing was."""
    found = newest_count(book, "regraded", name)
    if found is None:
        return Markup()
    at, who, count = found
    moment = moment_at(datetime.fromisoformat(at))
    return said_at("web.regrade.written", count=count, who=one_line(who, _MOST_NAME), at=moment)


def _view(book: Gradebook, name: str, environment: int) -> _View:
    found = preview(book, (), environment, assignment=name)
    people, titles = _people(book, name), {each: text(title) for each, title in queries.titles(book, name).items()}
    return _View(
        gains=_changes(found, Direction.GAIN, people, titles),
        losses=_changes(found, Direction.LOSE, people, titles),
        gaining=found.count(Direction.GAIN),
        losing=found.count(Direction.LOSE),
        same=found.same,
        marked=tuple(_place(each, people, titles) for each in found.marked),
        above=tuple(above(each, _place(each.holder, people, titles)) for each in found.above),
        maxima=tuple(maxima(found)),
        open=len(found.not_judged),
        digest=digest_of(found.moves),
        written=_written(book, name),
    )


def _people(book: Gradebook, name: str) -> dict[str, Person]:
    rows = (row_of(each, student_address(name, each.id)) for each in reported.students(book, name, records=False))
    return {row.student: Person(row.name, row.page) for row in rows}


def _changes(
    found: Preview, direction: Direction, people: Mapping[str, Person], titles: Mapping[str, str]
) -> tuple[_Change, ...]:
    return tuple(_change(group, people, titles) for group in found.groups if group.direction is direction)


def _change(group: Group, people: Mapping[str, Person], titles: Mapping[str, str]) -> _Change:
    before = said("state.not_judged_yet") if group.before is None else points_text(group.before)
    return _Change(
        title=one_line(titles[group.exercise], _MOST_NAME),
        points=said("web.regrade.points", before=before, after=points_text(group.after)),
        people=tuple(people[student] for student in group.students),
        reasons=tuple(map(because, group.reasons)),
    )


def _place(holder: Holder, people: Mapping[str, Person], titles: Mapping[str, str]) -> str:
    return f"{people[holder.student].shown} ({one_line(titles[holder.exercise], _MOST_NAME)})"
