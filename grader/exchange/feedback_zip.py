"""Feedback as Canvas and Moodle take it back: a zip with a page a student, named so that they find whose it is.

Canvas (Assignment -> Upload submissions) splits a name at `_` and takes the first two parts that are digits alone for
user and attachment; `anon`, a word and digits where names are hidden. It shows the page as a comment, under the name
of the student's own file. Moodle (Submissions -> Upload multiple feedback files in a zip) splits it at `_` into a name,
a number, and the two words of a plugin. Read in the sources of canvas-lms (`app/models/abstract_assignment.rb`,
`infer_comment_context_from_filename`) and of Moodle (`mod/assign/feedback/file/importziplib.php`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import Final

from grader.authoring.archive import archive

__all__ = ["canvas_name", "moodle_name", "packed"]

_CANVAS: Final = re.compile(r"(?:.*?_)?(?:LATE_)?(?P<user>[1-9][0-9]*|anon_[A-Za-z0-9]+)_[1-9][0-9]*(?=_)", re.DOTALL)
_MOODLE: Final = re.compile(r"(?P<name>[^_]+)_(?P<number>[0-9]+)_assignsubmission_(?:file|onlinetext)(?=_|$)")
_PAGE: Final = "feedback.html"


def canvas_name(paths: Iterable[str], student: str) -> str | None:
    """What the page of `student` is called, whose files were at `paths` in the download; None where nothing says it."""
    return _name(paths, student, _canvas)


def moodle_name(paths: Iterable[str], student: str) -> str | None:
    """What the page of `student` is called, whose files were at `paths` in the download; None where nothing says it."""
    return _name(paths, student, _moodle)


def packed(pages: Iterable[tuple[str, str]]) -> bytes:
    """A zip of pages, by name."""
    return archive({name: page.encode() for name, page in pages}, rights=0o600)


def _name(paths: Iterable[str], student: str, read: Callable[[str], tuple[str, str] | None]) -> str | None:
    """The beginning of a name in the download, and the page's; of several files any, if they are all of one student."""
    found = [known for path in paths for part in PurePosixPath(path).parts if (known := read(part)) is not None]
    owners = {owner for owner, _ in found}
    return f"{found[-1][1]}_{_PAGE}" if owners == {student} else None


def _canvas(part: str) -> tuple[str, str] | None:
    match = _CANVAS.match(part)
    if match is None or _seen_by_canvas(match[0]) != match["user"]:
        return None
    return match["user"], match[0]


def _seen_by_canvas(name: str) -> str | None:
    """Whose a file is, as Canvas reads its name."""
    parts = [part for part in name.split("_") if part != "LATE"]
    if parts[0] == "anon":
        return "_".join(parts[:2])
    return next((part for part in parts if re.fullmatch("[0-9]+", part)), None)


def _moodle(part: str) -> tuple[str, str] | None:
    match = _MOODLE.match(part)
    return (match["number"], match[0]) if match is not None else None
