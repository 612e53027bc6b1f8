"""Of files of a class that are not judged. These follow a file's name and a colon."""

from __future__ import annotations

from typing import Final

from grader.message import Origin, declare

__all__ = [
    "ADDRESS",
    "ANYBODY_ELSE",
    "BRIGHTSPACE_LIST",
    "CANNOT_BE_READ",
    "EMPTY_ARCHIVE",
    "FOLDER_CANNOT_BE_READ",
    "HIDDEN",
    "LATER_WORK",
    "LIMIT",
    "LINK",
    "MANY",
    "MANY_BYTES",
    "MANY_BYTES_OUT",
    "MANY_BYTES_PASSED",
    "MANY_FILES",
    "MANY_NAMES",
    "NAMELESS",
    "NEITHER",
    "NESTED",
    "NOTE",
    "NOT_IN_EXPORT",
    "NOT_PLAIN",
    "NOT_UNPACKED",
    "ODD_NAME",
    "ODD_PLACE",
    "OF_NO_SUBMISSION",
    "OF_THE_COMPUTER",
    "OR",
    "REPLACED",
    "SAVED",
    "SEVERAL_OWNERS",
    "SLOW",
    "TOOLS",
    "TOO_DEEP",
    "TOO_LARGE",
    "TYPED",
]

_SOURCE: Final = Origin.SOURCE
_PUBLIC: Final = Origin.PUBLIC

NEITHER: Final = declare("left_out.neither")
NOT_UNPACKED: Final = declare("left_out.not_unpacked")
OF_THE_COMPUTER: Final = declare("left_out.computer")
SAVED: Final = declare("left_out.saved")
TOOLS: Final = declare("left_out.tools")
HIDDEN: Final = declare("left_out.hidden")
LINK: Final = declare("left_out.link")
NOT_PLAIN: Final = declare("left_out.not_plain")
CANNOT_BE_READ: Final = declare("left_out.cannot_be_read", why=_SOURCE)
FOLDER_CANNOT_BE_READ: Final = declare("left_out.folder_cannot_be_read", why=_SOURCE)
TOO_DEEP: Final = declare("left_out.too_deep")
EMPTY_ARCHIVE: Final = declare("left_out.empty_archive")
REPLACED: Final = declare("left_out.replaced", by=_SOURCE)
LATER_WORK: Final = declare("left_out.replaced.later")  # a phrase

# What a system writes itself, or a student typed there.
NOTE: Final = declare("left_out.note")
BRIGHTSPACE_LIST: Final = declare("left_out.list")
TYPED: Final = declare("left_out.typed", system=_PUBLIC)
ADDRESS: Final = declare("left_out.address")

# Whose it is, nobody knows, or two may be.
ODD_NAME: Final = declare("left_out.odd_name", system=_PUBLIC)
ODD_PLACE: Final = declare("left_out.odd_place", system=_PUBLIC)
NOT_IN_EXPORT: Final = declare("left_out.not_in_export")
OF_NO_SUBMISSION: Final = declare("left_out.no_submission")
SEVERAL_OWNERS: Final = declare("left_out.owners", readings=_SOURCE)
OR: Final = declare("left_out.owners.or", first=_SOURCE, then=_SOURCE)  # phrases, as are the next two
NAMELESS: Final = declare("left_out.owners.nameless", id=_SOURCE)
ANYBODY_ELSE: Final = declare("left_out.owners.anybody_else")

# More than one hand-in may have: `what` is one of those below it.
LIMIT: Final = declare("left_out.limit", what=_SOURCE)
MANY: Final = declare("left_out.many", most=_SOURCE)
NESTED: Final = declare("left_out.limit.nested", most=_SOURCE)
TOO_LARGE: Final = declare("left_out.limit.size", limit=_SOURCE)
MANY_NAMES: Final = declare("left_out.limit.names", most=_SOURCE)
MANY_FILES: Final = declare("left_out.limit.files", most=_SOURCE)
MANY_BYTES_OUT: Final = declare("left_out.limit.out", size=_SOURCE)
MANY_BYTES_PASSED: Final = declare("left_out.limit.passed", size=_SOURCE)
MANY_BYTES: Final = declare("left_out.limit.code", size=_SOURCE)
SLOW: Final = declare("left_out.limit.slow", seconds=_SOURCE)
