"""What a form or a program hands in, as files that can be judged."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import PurePosixPath
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from grader.errors import GraderError
from grader.observe.file_names import code_name, code_names
from grader.observe.intake import Unreadable, read_bytes
from grader.report.safe_text import shortened
from grader.words.text import said, text

__all__ = ["MOST_BYTES", "files_in", "form_of", "last_part"]

MOST_BYTES: Final = 8 << 20  # of one request
MOST_FILES: Final = 50
_MOST_NAME: Final = 100


def form_of(request: Request) -> AbstractAsyncContextManager[FormData]:
    """What is handed in with a request, as a form: files and a few fields."""
    return request.form(max_files=100, max_fields=20, max_part_size=1 << 20)


async def files_in(form: FormData, exercises: Sequence[str]) -> list[tuple[str, bytes]]:
    """The files of a form, and what was pasted for one of `exercises` as a file of its name.

    Raises `GraderError`, in words for the student, where there are none, or some that cannot be judged.
    """
    found: dict[str, bytes] = {}
    given = [each for each in form.getlist("files") if isinstance(each, UploadFile)]
    uploads = [(last_part(upload.filename), upload) for upload in given if upload.filename]
    meant = code_names(name for name, _ in uploads)
    for name, upload in uploads:
        if code_name(name) is None or name in meant:
            found[_name(name)] = await upload.read()
    code, exercise = form.get("code"), form.get("exercise")
    if isinstance(code, str) and code.strip():
        if exercise not in exercises:
            raise GraderError(said("web.upload.which"))
        found[f"{exercise}.py"] = code.replace("\r\n", "\n").encode()
    if not found:
        raise GraderError(said("web.upload.nothing"))
    for name, content in found.items():
        read = await run_in_threadpool(read_bytes, name, content)
        if isinstance(read, Unreadable):
            raise GraderError(said("web.upload.unreadable", file=name, why=text(read.reason)))
    if len(found) > MOST_FILES:
        raise GraderError(said("web.upload.too_many", count=len(found), most=MOST_FILES))
    return sorted(found.items())  # of one time, so the last in order of names counts


def last_part(given: str) -> str:
    """The last part of what a browser calls a file, in which nothing can lead elsewhere."""
    return PurePosixPath(given.replace("\\", "/")).name


def _name(given: str) -> str:
    """The name of a file as it is kept. Raises `GraderError` where it is not of code."""
    meant = code_name(given)
    printable = "".join(c if c.isprintable() else "_" for c in meant or given)
    if meant is None:
        raise GraderError(said("web.upload.kind", file=shortened(printable, _MOST_NAME)))
    stem, _, ending = printable.rpartition(".")
    return f"{stem[:_MOST_NAME]}.{ending.lower()}"
