"""What a form or a program hands in, as files that can be judged."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import PurePosixPath
from typing import Final

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from grader.errors import GraderError
from grader.words.text import said

__all__ = ["MOST_BYTES", "files_in", "form_of"]

MOST_BYTES: Final = 8 << 20  # of one request
MOST_FILES: Final = 50
_KINDS: Final = frozenset({".py", ".ipynb"})
_MOST_NAME: Final = 100


def form_of(request: Request) -> AbstractAsyncContextManager[FormData]:
    """What is handed in with a request, as a form: files and a few fields."""
    return request.form(max_files=100, max_fields=20, max_part_size=1 << 20)


async def files_in(form: FormData, exercises: Sequence[str]) -> list[tuple[str, bytes]]:
    """The files of a form, and what was pasted for one of `exercises` as a file of its name.

    Raises `GraderError`, in words for the student, where there are none, or some that cannot be judged.
    """
    found: dict[str, bytes] = {}
    for upload in form.getlist("files"):
        if isinstance(upload, UploadFile) and upload.filename:
            found[_name(upload.filename)] = await upload.read()
    code, exercise = form.get("code"), form.get("exercise")
    if isinstance(code, str) and code.strip():
        if exercise not in exercises:
            raise GraderError(said("web.upload.which"))
        found[f"{exercise}.py"] = code.replace("\r\n", "\n").encode()
    if not found:
        raise GraderError(said("web.upload.nothing"))
    if len(found) > MOST_FILES:
        raise GraderError(said("web.upload.too_many", count=len(found), most=MOST_FILES))
    return list(found.items())


def _name(given: str) -> str:
    """The last part of what a browser calls a file, in which nothing can lead elsewhere."""
    name = PurePosixPath(given.replace("\\", "/")).name
    printable = "".join(c if c.isprintable() else "_" for c in name)
    if PurePosixPath(printable).suffix.lower() not in _KINDS:
        raise GraderError(said("web.upload.kind", file=printable[:_MOST_NAME]))
    stem, _, ending = printable.rpartition(".")
    return f"{stem[:_MOST_NAME]}.{ending.lower()}"
