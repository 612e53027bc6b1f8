"""Why there are no answer keys to judge by."""

from __future__ import annotations

from typing import Final

from grader.message import Origin, declare

__all__ = [
    "FOR_AUTHORS",
    "FOR_NOTEBOOKS",
    "FOR_STUDENTS",
    "NEITHER",
    "NONE",
    "NOTHING_HERE",
    "OTHER_VERSION",
    "UNREADABLE",
]

_PUBLIC: Final = Origin.PUBLIC

NONE: Final = declare("judged_by.nothing", place=_PUBLIC, advice=_PUBLIC)
NEITHER: Final = declare("judged_by.neither", file=_PUBLIC)
NOTHING_HERE: Final = declare("judged_by.nothing_here", folder=_PUBLIC)
UNREADABLE: Final = declare("judged_by.unreadable", file=_PUBLIC, why=_PUBLIC)
OTHER_VERSION: Final = declare("judged_by.other_version", file=_PUBLIC, version=_PUBLIC)
FOR_STUDENTS: Final = declare("judged_by.for_students")  # advice on what to do where there are none
FOR_NOTEBOOKS: Final = declare("judged_by.for_notebooks")
FOR_AUTHORS: Final = declare("judged_by.for_authors")
