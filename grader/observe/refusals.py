"""Why a student's file is not judged: what can be said of it. It can follow the file's name and a colon."""

from __future__ import annotations

from typing import Final

from grader.message import Message, Origin, declare

__all__ = [
    "CUT_OFF",
    "DAMAGED",
    "DAMAGED_AT",
    "DEVICE",
    "EMPTY",
    "ENCODING_PROBLEM",
    "FOLDER",
    "FORBIDDEN",
    "GIT_LFS",
    "MERGE_CONFLICT",
    "MISSING",
    "NEITHER",
    "NOTEBOOK",
    "NOTHING_RAN",
    "NOT_AS_DECLARED",
    "NOT_A_NOTEBOOK",
    "NOT_OPENED",
    "NOT_TEXT",
    "NOT_UTF_8",
    "NO_CELLS",
    "NO_CODE",
    "NO_NOTEBOOK",
    "NUL",
    "OTHER_LANGUAGE",
    "SIGNS",
    "TOO_LARGE",
    "TOO_MANY_CELLS",
    "TOO_MUCH_CODE",
    "UNKNOWN_ENCODING",
    "UTF_16",
    "UTF_32",
    "WEB_PAGE",
    "FileRefused",
    "TooMuch",
]

_SOURCE: Final = Origin.SOURCE
_PUBLIC: Final = Origin.PUBLIC

# Of what is at its place.
MISSING: Final = declare("file.missing")
FOLDER: Final = declare("file.folder")
DEVICE: Final = declare("file.device")
FORBIDDEN: Final = declare("file.forbidden")
NOT_OPENED: Final = declare("file.not_opened", why=_SOURCE)
NEITHER: Final = declare("file.neither")

# Of how much it is. The limits are in mebibytes, but for the last.
TOO_LARGE: Final = {
    ".py": declare("file.too_large", limit=_PUBLIC),
    ".ipynb": declare("file.too_large.notebook", limit=_PUBLIC),
}
TOO_MUCH_CODE: Final = declare("file.too_much_code", limit=_PUBLIC)
TOO_MANY_CELLS: Final = declare("file.too_many_cells", limit=_PUBLIC)

# Of its text.
EMPTY: Final = declare("file.empty")
UTF_16: Final = declare("file.utf_16")
UTF_32: Final = declare("file.utf_32")
NOT_UTF_8: Final = declare("file.not_utf_8", line=_SOURCE, byte=_SOURCE)
ENCODING_PROBLEM: Final = declare("file.encoding_problem", line=_SOURCE, name=_SOURCE)
UNKNOWN_ENCODING: Final = declare("file.unknown_encoding", line=_SOURCE, name=_SOURCE)
NOT_AS_DECLARED: Final = declare("file.not_as_declared", name=_SOURCE, line=_SOURCE, byte=_SOURCE)
NUL: Final = declare("file.nul", line=_SOURCE)
NOT_TEXT: Final = declare("file.not_text", found=_SOURCE)
WEB_PAGE: Final = declare("file.web_page")
GIT_LFS: Final = declare("file.git_lfs")
_ARCHIVE: Final = declare("file.archive")  # phrases, as are the next six
_PDF: Final = declare("file.pdf")
_PICTURE: Final = declare("file.picture")
_PACKED: Final = declare("file.packed")
_RICH_TEXT: Final = declare("file.rich_text")
_OFFICE: Final = declare("file.office")
_PROGRAM: Final = declare("file.program")
SIGNS: Final = {  # by its first bytes
    b"PK\x03\x04": _ARCHIVE,
    b"%PDF": _PDF,
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"\x1f\x8b": _PACKED,
    b"{\\rtf": _RICH_TEXT,
    b"\xd0\xcf\x11\xe0": _OFFICE,
    b"\x7fELF": _PROGRAM,
    b"MZ\x90": _PROGRAM,
}
NOTEBOOK: Final = declare("file.notebook", name=_SOURCE)
NO_NOTEBOOK: Final = declare("file.no_notebook", name=_SOURCE)

# Of a notebook.
NO_CODE: Final = declare("file.no_code")
OTHER_LANGUAGE: Final = declare("file.other_language", language=_SOURCE)
NO_CELLS: Final = declare("file.no_cells")
NOTHING_RAN: Final = declare("file.nothing_ran")
NOT_A_NOTEBOOK: Final = declare("file.not_a_notebook")
MERGE_CONFLICT: Final = declare("file.merge_conflict")
CUT_OFF: Final = declare("file.cut_off")
DAMAGED: Final = declare("file.damaged")
DAMAGED_AT: Final = declare("file.damaged.at", line=_SOURCE)


class FileRefused(Exception):
    """A file cannot be judged, for this reason."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.id)
        self.reason = reason


class TooMuch(FileRefused):
    """There is more of it than is judged."""
