"""A name that stands where it does not count: in a comment, in another function, in text."""

from __future__ import annotations

from grader.judge.messages import source
from grader.judge.wording import at_line, clean
from grader.message import Message
from grader.observation import Place
from grader.observe.wire import Elsewhere

__all__ = ["stands_elsewhere"]


def stands_elsewhere(place: Elsewhere, file: str | None = None) -> tuple[Message, ...]:
    """The name stands where it does not count: where that is, and what to do."""
    kind = source.ELSEWHERE[place.place]
    held = {"holder": clean(place.holder, 80)} if place.place.has_holder else {}
    return source.MISSING(name=place.name), kind(place=_where(place, file), **held)


def _where(place: Elsewhere, file: str | None) -> Message:
    if place.line is not None:
        here = at_line(place.line, place.cell)
    elif place.place in (Place.MARKDOWN, Place.RAW):
        here = source.PLACE_BELOW_CELL(cell=place.cell) if place.cell else source.PLACE_FIRST_CELL()
    else:
        here = source.PLACE_WHOLE_CELL(cell=place.cell)
    return here if file is None else source.PLACE_IN_FILE(place=here, file=clean(file, 80))
