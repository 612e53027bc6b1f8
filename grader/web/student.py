"""What a student sees: the assignments, a form to hand in, attempts with their feedback, hints one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from grader.classroom import inbox
from grader.classroom.inbox import Others, Sheet, Shown, TooMany
from grader.classroom.links import Role, Visitor
from grader.errors import GraderError
from grader.judge.result import Result
from grader.report.feedback import feedback_html
from grader.report.words import PAGE, totals
from grader.web import attempts
from grader.web.database import database_of
from grader.web.due import due_words, when_due
from grader.web.limits import Buckets
from grader.web.moments import moment_at, said_at
from grader.web.pages import page
from grader.web.settings import Hidden
from grader.web.uploads import files_in, form_of
from grader.web.visits import check_form, there
from grader.web.what_counts import what_counts
from grader.words.language import spoken
from grader.words.text import said

__all__ = [
    "accepted",
    "assignment",
    "attempt",
    "attempt_file",
    "hand_in",
    "hidden_of",
    "hints",
    "home",
    "own",
    "refusal",
]

_SECONDS: Final = 60


async def home(request: Request, visitor: Visitor) -> Response:
    """The assignments, each with the newest attempt."""
    database, hidden = database_of(request), hidden_of(request)
    sheets = await database.call(inbox.open_sheets, spoken().value)
    if len(sheets) == 1:
        return RedirectResponse(f"/a/{sheets[0].assignment}", 303)
    rows = []
    for sheet in sheets:
        place = (sheet.assignment, visitor.who, hidden)
        newest = await database.call(attempts.newest, *place)
        (result,) = await run_in_threadpool(_results, [newest])
        given = await database.call(what_counts, *place, result)
        due = await database.call(when_due, sheet, visitor.who)
        rows.append({"sheet": sheet, "due": due, "newest": _summary(newest, result), "what_counts": given})
    return page(request, "web-home.html.j2", visitor, rows=rows)


async def assignment(request: Request) -> Response:
    """An assignment: its tasks, the form, and what was handed in."""
    visitor = await there(request, Role.STUDENT)
    sheet = await _sheet(request)
    return await _assignment_page(request, visitor, sheet)


async def hand_in(request: Request) -> Response:
    """Take in what the form has, and show how it goes."""
    visitor = await there(request, Role.STUDENT)
    sheet = await _sheet(request)
    async with form_of(request) as form:
        check_form(request, form)
        try:
            files = await files_in(form, tuple(sheet.hints))
        except GraderError as error:
            return await _assignment_page(request, visitor, sheet, error=str(error), status=400)
        others = Others.STAY if form.get("code") or form.get("keep") == "yes" else Others.GO
    outcome = await accepted(request, visitor, sheet, files, others=others)
    if isinstance(outcome, int):
        return RedirectResponse(f"/attempts/{outcome}", 303)
    status, words = refusal(outcome)
    return await _assignment_page(request, visitor, sheet, error=words, status=status)


async def accepted(
    request: Request, visitor: Visitor, sheet: Sheet, files: list[tuple[str, bytes]], *, others: Others
) -> int | float | TooMany:
    """The number of the attempt that was kept; else the seconds after which there is room for it, or what is spent."""
    buckets: Buckets = request.app.state.buckets
    seconds = buckets.wait(visitor.who)
    if seconds:
        return float(seconds)
    try:
        return await database_of(request).call(
            inbox.keep,
            sheet.assignment,
            visitor.who,
            files,
            most=request.app.state.settings.attempts,
            exercises=tuple(sheet.hints),
            others=others,
        )
    except TooMany as error:
        return error


def refusal(outcome: float | TooMany) -> tuple[int, str]:
    """The status and the words for what was not taken in."""
    if isinstance(outcome, TooMany):
        return 403, said("web.refusal.spent", exercises=tuple(outcome.exercises))
    seconds = max(1, round(outcome))
    if seconds < _SECONDS:
        return 429, said("web.refusal.seconds", count=seconds)
    return 429, said("web.refusal.minutes", count=-(-seconds // _SECONDS))


async def attempt(request: Request) -> Response:
    """One attempt: its feedback, or that it is being judged."""
    visitor = await there(request, Role.STUDENT)
    shown = await own(request, visitor)
    before = newest = given = None
    place = (shown.assignment, visitor.who, hidden_of(request))
    if shown.is_judged:  # until then the page is asked for again and again
        before = await database_of(request).call(attempts.newest, *place, before=shown.id)
        newest = await database_of(request).call(attempts.newest, *place)
    every = [shown, before] if newest is None or newest.id == shown.id else [shown, before, newest]
    result, result_before, *others = await run_in_threadpool(_results, every)
    if shown.is_judged:
        given = await database_of(request).call(what_counts, *place, *(others or [result]))
    feedback = shown.page if result is None else await run_in_threadpool(feedback_html, result, PAGE)
    return page(
        request,
        "web-attempt.html.j2",
        visitor,
        shown=shown,
        heading=said_at("web.attempt", received=moment_at(shown.received)),
        summary=_summary(shown, result),
        feedback=Markup(feedback),  # noqa: S704 — by us, of texts that were escaped
        before=_summary(before, result_before),
        progress=attempts.progress(result, result_before),
        what_counts=given,
        hidden=_hidden(shown.hidden_until),
    )


async def attempt_file(request: Request) -> Response:
    """One of the files of an attempt, as it was handed in."""
    visitor = await there(request, Role.STUDENT)
    shown = await own(request, visitor)
    files = await database_of(request).call(inbox.files_of, shown.id)
    try:
        _, content = files[request.path_params["position"]]
    except IndexError:
        raise HTTPException(404) from None
    return Response(content, media_type="text/plain; charset=utf-8", headers={"content-disposition": "attachment"})


async def hints(request: Request) -> Response:
    """The hints of an exercise, so many as were asked for."""
    visitor = await there(request, Role.STUDENT)
    sheet = await _sheet(request)
    exercise = request.path_params["exercise"]
    if exercise not in sheet.hints:
        raise HTTPException(404)
    every = sheet.hints[exercise]
    asked = request.query_params.get("so_many", "1")
    number = min(max(int(asked) if asked.isdecimal() and len(asked) < 4 else 1, 1), len(every))
    return page(
        request, "web-hints.html.j2", visitor, sheet=sheet, exercise=exercise, hints=every[:number], total=len(every)
    )


def hidden_of(request: Request) -> Hidden:
    """When students see the results of hidden tests."""
    hidden: Hidden = request.app.state.settings.hidden
    return hidden


def _hidden(until: datetime | None) -> Markup:
    """That results of hidden tests are kept back, and until when; nothing where they are not."""
    return Markup() if until is None else said_at("web.hidden", until=moment_at(until))


def _results(every: Sequence[Shown | None]) -> list[Result | None]:
    """What attempts say, unpacked; None of what is not judged, or not there."""
    return [None if shown is None else shown.result for shown in every]


def _summary(shown: Shown | None, result: Result | None) -> str:
    """`7 of 10 points, 1 of 2 exercises right`; nothing of what is not judged, or not there."""
    if shown is None:
        return ""
    return shown.summary if result is None else totals(result)


async def _assignment_page(
    request: Request, visitor: Visitor, sheet: Sheet, *, error: str = "", status: int = 200
) -> Response:
    settings = request.app.state.settings
    place = (sheet.assignment, visitor.who, hidden_of(request))
    done = await database_of(request).call(attempts.attempts, *place)
    left = await database_of(request).call(
        inbox.left, sheet.assignment, visitor.who, most=settings.attempts, exercises=tuple(sheet.hints)
    )
    results = await run_in_threadpool(_results, done)
    rows: list[dict[str, Any]] = [
        {"shown": each, "received": moment_at(each.received), "summary": _summary(each, result)}
        for each, result in zip(done, results, strict=True)
    ]
    return page(
        request,
        "web-assignment.html.j2",
        visitor,
        status=status,
        sheet=sheet,
        tasks=Markup(sheet.page),  # noqa: S704 — made by us from the author's texts, as the handout's page is
        due=await database_of(request).call(due_words, sheet, visitor.who),
        attempts=rows,
        left=said("list.between").join(
            said("web.attempts_left.of", name=name, count=count, most=settings.attempts) for name, count in left.items()
        ),
        rate=_rate(request.app.state.buckets),
        earlier=done[0].names if done else (),
        what_counts=await database_of(request).call(what_counts, *place, results[0] if results else None),
        hidden=_hidden(await database_of(request).call(attempts.hidden_until, *place)),
        error=error,
    )


def _rate(buckets: Buckets) -> str:
    """How often one can hand in; nothing where it is so often that nobody will notice."""
    seconds = round(buckets.seconds)
    return said("web.rate", at_once=buckets.burst, count=seconds) if seconds > 1 else ""


async def _sheet(request: Request) -> Sheet:
    sheets = await database_of(request).call(inbox.open_sheets, spoken().value)
    found = [sheet for sheet in sheets if sheet.assignment == request.path_params["name"]]
    if not found:
        raise HTTPException(404)
    return found[0]


async def own(request: Request, visitor: Visitor) -> Shown:
    """The attempt of the address; 404 for another's, as for one that there is not."""
    shown = await database_of(request).call(attempts.attempt, request.path_params["number"], hidden_of(request))
    if shown is None or shown.student != visitor.who:
        raise HTTPException(404)
    return shown
