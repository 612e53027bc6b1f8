"""Files of a hand-in that none of its exercises was judged from, while others were: a person should know of them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final
from unicodedata import normalize

from grader.classroom.jobs import Job
from grader.judge.remarks import is_not_read, left_aside
from grader.judge.result import Result
from grader.message import Message
from grader.observe.file_names import first_copy

__all__ = ["files_left_aside"]

_LETTER: Final = rb"[0-9A-Za-z_\x80-\xff]"
_MOST: Final = 20  # files that are looked at: each is looked for in all others


def files_left_aside(job: Job, result: Result) -> tuple[Message, ...]:
    """What is said of them. Nothing where only some of the exercises were judged: others may be in those files."""
    judged = {exercise.file for exercise in result.exercises if exercise.file is not None}
    if not judged or len(job.exercises) < len(job.keys):
        return ()
    others = [name for name, _ in job.files if name not in judged][:_MOST]
    rest = [name for name in others if not _is_imported(name, job)]
    unread = {name for name in rest if any(is_not_read(remark, name) for remark in result.remarks)}  # which is said
    return tuple(left_aside(name) for name in rest if name not in unread)


def _is_imported(file: str, job: Job) -> bool:
    """Whether a module may be there for another file that speaks of it; a notebook is none."""
    path = PurePosixPath(file)
    if path.suffix.lower() != ".py":
        return False
    name = (path.parent if path.stem == "__init__" else path.with_suffix("")).name
    module, _ = first_copy(name) or (name, 0)
    forms = {normalize(form, module).encode("utf-8", "surrogatepass") for form in ("NFC", "NFD")}
    spoken_of = re.compile(rb"(?<!%b)(?:%b)(?!%b)" % (_LETTER, b"|".join(map(re.escape, forms)), _LETTER))
    return any(spoken_of.search(content) for other, content in job.files if other != file)
