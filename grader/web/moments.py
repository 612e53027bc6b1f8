"""Moments on our pages: in the time zone of the course, else in that of the server, and always with it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final, final
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from grader.report.moments import moment_text
from grader.words.text import said

__all__ = ["Moment", "in_zone", "local", "moment_at", "said_at"]

_ZONE: Final[ContextVar[str]] = ContextVar("zone", default="")


@contextlib.contextmanager
def in_zone(name: str) -> Iterator[None]:
    """What is made within has times of that zone: a name, or an offset from UTC; without one, the server's own."""
    before = _ZONE.set(name)
    try:
        yield
    finally:
        _ZONE.reset(before)


def local(moment: datetime) -> datetime:
    """The moment in the zone that times are shown in."""
    name = _ZONE.get()
    if not name:
        return moment.astimezone()  # in the server's, as it is at that moment: there may be summer time
    return moment.astimezone(_of_offset(name) if name[0] in "+-" else ZoneInfo(name))


def _of_offset(name: str) -> tzinfo | None:
    return datetime.fromisoformat(f"2000-01-01T00:00:00{name}").tzinfo


@final
@dataclass(frozen=True, slots=True)
class Moment:
    """A moment for people, as text, and for programs that read the page."""

    text: str
    iso: str

    def __html__(self) -> str:
        return str(Markup('<time datetime="{}">{}</time>').format(self.iso, self.text))


def moment_at(moment: datetime) -> Moment:
    """The moment, in the zone that times are shown in."""
    shown = local(moment)
    return Moment(moment_text(shown), shown.isoformat(timespec="seconds"))


def said_at(name: str, /, **args: object) -> Markup:
    """A text of ours as HTML, with moments among its arguments."""
    moments = {chr(number): value for number, value in enumerate(args.values(), 1) if isinstance(value, Moment)}
    marks = {id(value): mark for mark, value in moments.items()}  # no text that is shown has such characters
    words = str(escape(said(name, **{place: marks.get(id(value), value) for place, value in args.items()})))
    for mark, moment in moments.items():
        words = words.replace(mark, moment.__html__())
    return Markup(words)  # noqa: S704 — escaped, and then filled with HTML of our own
