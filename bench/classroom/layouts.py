"""The same class as each system would let it be downloaded: a zip archive, or a folder."""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias

from bench.classroom.people import Student
from grader.classroom.hand_in import Layout

__all__ = ["FORMS", "Form", "pack", "unpack"]

Entry: TypeAlias = tuple[str, bytes]
_NO_WORD: Final = re.compile(r"[^\w]", re.UNICODE)
_LITTER: Final = {"__MACOSX/._work.py": b"\0\5\x16\7", ".DS_Store": b"\0\0\0\1Bud1"}


@dataclass(frozen=True)
class Form:
    """One way of naming a class's files.

    student, name  what such a download tells of a student
    has_attempts   whether it can have an earlier attempt beside the last
    """

    layout: Layout
    entries: Callable[[Student], Iterator[Entry]]
    student: Callable[[Student], str]
    name: Callable[[Student], str]
    has_attempts: bool = False
    tells_late: bool = False
    table: Callable[[Sequence[Student]], Iterator[Entry]] = lambda students: iter(())


def pack(students: Sequence[Student], form: Form, *, litter: bool = True) -> bytes:
    """A zip archive of the class; files are as old as they are said to be."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (path, content) in enumerate(_entries(students, form, litter=litter)):
            minute, second = divmod(2 * number, 60)
            hour, minute = divmod(minute, 60)
            info = zipfile.ZipInfo(path, (2026, 9, 1 + hour // 24 % 28, hour % 24, minute, second))
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def unpack(students: Sequence[Student], form: Form, folder: Path, *, litter: bool = True) -> Path:
    """The same as a folder."""
    for number, (path, content) in enumerate(_entries(students, form, litter=litter)):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        os.utime(file, (1_780_000_000 + 2 * number,) * 2)
    return folder


def _entries(students: Sequence[Student], form: Form, *, litter: bool) -> Iterator[Entry]:
    yield from form.table(students)
    for student in students:
        yield from form.entries(student)
    if litter:
        yield from _LITTER.items()


def _canvas_prefix(student: Student) -> str:
    return _NO_WORD.sub("", f"{student.last}, {student.first}".lower())


def _canvas(student: Student, prefix: str) -> Iterator[Entry]:
    """An attempt after the first has `-1` in its names, and greater numbers."""
    attachment = 1_000_000 + 100 * student.number
    for name, content in student.earlier.items():
        yield f"{prefix}_{attachment}_{name}", content
    for number, (name, content) in enumerate({**student.files, **student.junk}.items(), attachment + 1):
        path = PurePosixPath(name)
        again = f"{path.stem}-1{path.suffix}" if name in student.earlier else name
        yield f"{prefix}_{number}_{again}", content


def _canvas_named(student: Student) -> Iterator[Entry]:
    late = "_LATE" if student.is_late else ""
    return _canvas(student, f"{_canvas_prefix(student)}{late}_{student.number}")


def _canvas_anonymous(student: Student) -> Iterator[Entry]:
    late = "LATE_" if student.is_late else ""
    return _canvas(student, f"{late}{_pseudonym(student)}")


def _pseudonym(student: Student) -> str:
    digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefgh"
    number, text = student.number, ""
    for _ in range(5):
        number, digit = divmod(number, len(digits))
        text += digits[digit]
    return f"anon_{text}"


def _moodle(student: Student, pattern: str, who: str) -> Iterator[Entry]:
    for name, content in {**student.files, **student.junk}.items():
        yield pattern.format(who=f"{who}_{student.number}", name=name), content


def _moodle_form(pattern: str) -> Form:
    return Form(
        Layout.MOODLE,
        lambda student: _moodle(student, pattern, student.name),
        lambda student: str(student.number),
        lambda student: student.name,
    )


def _gradescope(student: Student) -> Iterator[Entry]:
    for attempt, files in enumerate((student.earlier, {**student.files, **student.junk})):
        for name, content in files.items():
            yield f"assignment_77_export/submission_{2 * student.number + attempt}/{name}", content


def _gradescope_table(students: Sequence[Student]) -> Iterator[Entry]:
    lines = ["---"]
    for student in students:
        for attempt, files in enumerate((student.earlier, student.files)):
            if files:
                moment = student.received.strftime(f"%Y-%m-%d %H:%M:%S.{attempt}00000 Z")
                lines += [
                    f"submission_{2 * student.number + attempt}:",
                    "  :submitters:",
                    f"  - :name: {json.dumps(student.name)}",
                    f"    :sid: '{student.number}'",
                    f"    :email: {student.email}",
                    f"  :created_at: {moment}",
                    "  :score: 0.0",
                    "  :results: {}",
                ]
    yield "assignment_77_export/submission_metadata.yml", "\n".join([*lines, ""]).encode()


def _folders(student: Student) -> Iterator[Entry]:
    for name, content in {**student.files, **student.junk}.items():
        yield f"{student.number}/{name}", content
    yield f"{student.number}/.ipynb_checkpoints/work-checkpoint.ipynb", b"{}"


def _files(student: Student) -> Iterator[Entry]:
    """A file for a student who has one, a folder for another."""
    if len(student.files) > 1:
        yield from _folders(student)
        return
    ((name, content),) = student.files.items()
    yield f"{student.number}{PurePosixPath(name).suffix}", content


def _archives(student: Student) -> Iterator[Entry]:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate({**student.files, **student.junk}.items()):
            archive.writestr(zipfile.ZipInfo(name, (2026, 9, 1, 0, number, 0)), content)
    yield f"{student.number}/homework.zip", stream.getvalue()


def _plain_form(entries: Callable[[Student], Iterator[Entry]]) -> Form:
    return Form(Layout.PLAIN, entries, lambda student: str(student.number), lambda student: str(student.number))


_CANVAS: Final = Form(
    Layout.CANVAS,
    _canvas_named,
    lambda student: str(student.number),
    _canvas_prefix,
    has_attempts=True,
    tells_late=True,
)
_CANVAS_ANONYMOUS: Final = Form(
    Layout.CANVAS, _canvas_anonymous, _pseudonym, lambda student: "", has_attempts=True, tells_late=True
)
_MOODLE_ANONYMOUS: Final = Form(
    Layout.MOODLE,
    lambda student: _moodle(student, "{who}_assignsubmission_file/{name}", "Participant"),
    lambda student: str(student.number),
    lambda student: f"Participant {student.number}",
)
_GRADESCOPE: Final = Form(
    Layout.GRADESCOPE,
    _gradescope,
    lambda student: str(student.number),
    lambda student: student.name,
    has_attempts=True,
    table=_gradescope_table,
)
FORMS: Final[dict[str, Form]] = {
    "canvas": _CANVAS,
    "canvas-anonymous": _CANVAS_ANONYMOUS,
    "moodle": _moodle_form("{who}_assignsubmission_file/{name}"),
    "moodle-older": _moodle_form("{who}_assignsubmission_file_/{name}"),
    "moodle-flat": _moodle_form("{who}_assignsubmission_file_{name}"),
    "moodle-anonymous": _MOODLE_ANONYMOUS,
    "gradescope": _GRADESCOPE,
    "plain": _plain_form(_folders),
    "plain-files": _plain_form(_files),
    "plain-archives": _plain_form(_archives),
}
