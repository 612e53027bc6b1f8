"""For programs: work handed in with a student's secret, and its result as JSON."""

from __future__ import annotations

import asyncio
import time
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from grader.classroom import inbox
from grader.classroom.inbox import Others, Sheet, Shown
from grader.errors import GraderError
from grader.web import attempts
from grader.web.database import database_of
from grader.web.student import accepted, hidden_of, own, refusal
from grader.web.uploads import files_in, form_of
from grader.web.visits import bearer
from grader.words.language import spoken

__all__ = ["read", "submit"]

_PATIENCE: Final = 10.0  # seconds in which most work is judged: who asks gets the result at once
_LOOK: Final = 0.05
_SLOWEST_LOOK: Final = 0.5
_MOST_WAITING: Final = 50  # requests that wait for their result; what comes beyond is told to come back


async def submit(request: Request) -> Response:
    """Take work in: 200 with the result, or 202 with the number under which it will be."""
    visitor = await bearer(request)
    async with form_of(request) as form:
        sheet, others = await _sheet(request, form.get("assignment")), _others(form)
        try:
            files = await files_in(form, tuple(sheet.hints))
        except GraderError as error:
            return JSONResponse({"error": str(error)}, 400)
    outcome = await accepted(request, visitor, sheet, files, others=others)
    if not isinstance(outcome, int):
        status, words = refusal(outcome)
        headers = {"retry-after": str(max(1, round(outcome)))} if isinstance(outcome, float) else {}
        return JSONResponse({"error": words}, status, headers)
    shown = await _judged(request, outcome)
    return await _answer(shown) if shown is not None else JSONResponse({"id": outcome}, 202)


async def read(request: Request) -> Response:
    """The result of what was handed in: 200, or 202 while it is being judged."""
    visitor = await bearer(request)
    shown = await own(request, visitor)
    return await _answer(shown) if shown.is_judged else JSONResponse({"id": shown.id}, 202)


async def _judged(request: Request, number: int) -> Shown | None:
    """An attempt, once it is judged; None where that takes longer than anybody waits, or too many wait already."""
    state = request.app.state
    if state.waiting >= _MOST_WAITING:
        return None
    state.waiting += 1
    try:
        end, look = time.monotonic() + _PATIENCE, _LOOK
        while time.monotonic() < end:
            if await database_of(request).call(inbox.is_judged, number):
                return await database_of(request).call(attempts.attempt, number, hidden_of(request))
            await asyncio.sleep(look)
            look = min(1.5 * look, _SLOWEST_LOOK)
    finally:
        state.waiting -= 1
    return None


async def _answer(shown: Shown) -> Response:
    """The result with its number, as JSON: the text that was written when it was judged begins with a brace."""
    document = await run_in_threadpool(attempts.document_of, shown)
    body = f'{{\n "id": {shown.id},{document.lstrip().removeprefix("{")}'
    return Response(body, media_type="application/json")


def _others(form: FormData) -> Others:
    """Whether the other files of the last attempt stay: as on the page, unless the program says otherwise."""
    wish = form.get("keep", "yes")
    if wish not in ("yes", "no"):
        raise HTTPException(400, "keep: write yes or no.")
    return Others.STAY if wish == "yes" else Others.GO


async def _sheet(request: Request, name: object) -> Sheet:
    sheets = await database_of(request).call(inbox.open_sheets, spoken().value)
    found = [sheet for sheet in sheets if sheet.assignment == name] if name else sheets
    if len(found) != 1:
        names = ", ".join(sheet.assignment for sheet in sheets)
        raise HTTPException(400, f"Say which assignment it is for, in the field assignment: {names}.")
    return found[0]
