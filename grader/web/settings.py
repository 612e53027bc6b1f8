"""What a process that answers visitors has to know: plain data that it can be given."""

from __future__ import annotations

import enum
from typing import final

import msgspec

from grader.classroom.location import Location, location_of
from grader.message import Wording

__all__ = ["Hidden", "Settings", "Start"]


@enum.unique
class Hidden(enum.Enum):
    """When students see the results of hidden tests."""

    AT_ONCE = "at_once"
    AFTER_DUE = "after_due"


@final
class Settings(msgspec.Struct, frozen=True):
    """Where the gradebook is, and what may be handed in.

    course       title of the course
    url          how the page is reached from outside, without a slash at its end; decides whether cookies need TLS
    attempts     how often a student may hand in an exercise
    hidden       when students see the results of hidden tests
    per_minute   how often a student may hand in within a minute, once the first few are spent
    language     what is spoken to visitors who have chosen none
    zone         the time zone in which times are shown: a name, or an offset; else that of the server
    environment  the number of what judges, in the gradebook
    templates    the course whose templates/ come before ours on pages that students are given as files; none: ours
    files_language  of files that students are given, whoever downloads them
    """

    gradebook: str
    course: Wording
    url: str = ""
    attempts: int = 10
    per_minute: float = 6.0
    language: str = "en"
    environment: int = 0
    hidden: Hidden = Hidden.AT_ONCE
    zone: str = ""
    templates: str = ""
    files_language: str = "en"

    @property
    def location(self) -> Location:
        return location_of(self.gradebook)

    @property
    def is_secure(self) -> bool:
        """Whether visitors come by TLS, so that a cookie may be held to it."""
        return self.url.startswith("https://")


@final
class Start(msgspec.Struct, frozen=True):
    """What such a process is told on its standard input, in one line of JSON. `descriptor` is that of the socket."""

    settings: Settings
    descriptor: int
