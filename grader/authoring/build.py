"""A handout: what students get of an assignment, as a folder.

Its key holds examples and practice alone; hidden cases, the course's seed and the solutions are in none of its files.
The same input makes the same bytes.
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.cells import cell_len

from grader import codec
from grader.authoring.exercise_sheet import ExerciseSheet, remarks, sheet_of, unwritten
from grader.authoring.manifest import write_files
from grader.course.key import Form, Handout, Role
from grader.errors import CourseError
from grader.grading.keys import HANDOUT_FILE
from grader.observe.packages import requirements
from grader.words.language import Language, language_of, speaking, spoken
from grader.words.rendered import rendered
from grader.words.text import said, text

if TYPE_CHECKING:
    from grader.course.folder import Exercise

__all__ = ["BuildReport", "build", "handout_files"]

PAGE: Final = "handout.html"
README: Final = "README.txt"

_NONE: Final[Mapping[str, bytes]] = {}
_FILE_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What `build` did, by names of files in the folder `to`."""

    to: Path
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    left_over: tuple[str, ...]  # of an earlier build, and no longer part of the handout
    remarks: tuple[str, ...]  # what students will not see as its author meant it


def build(
    exercises: Iterable[Exercise],
    handout: Handout,
    to: Path,
    *,
    course: Path | None = None,
    checker: Mapping[str, bytes] = _NONE,
    overwrite: bool = False,
) -> BuildReport:
    """Write the handout of an assignment to the folder `to`. `course` is the folder whose templates/ come before ours.

    `checker` is the wheel that students install `grade` from, by its file's name; without one they are told to ask.

    Raises `CourseError`, and writes nothing, where files are in the way that somebody has edited, unless `overwrite`.
    """
    if (to / "course.yaml").exists() or (course is not None and _is_its_own(course, to)):
        raise CourseError(
            f"{to}: this is the course's own, not a place for what students get; use another folder (--to)"
        )
    found = list(exercises)
    files = handout_files(found, handout, course=course, checker=checker)
    done = write_files(files, to, part_of="a handout", overwrite=overwrite)
    keys = {key.name: key for key in handout.keys}
    said = [remark for exercise in found for remark in (*unwritten(exercise), *remarks(exercise, keys[exercise.name]))]
    return BuildReport(to, done.written, done.unchanged, done.left_over, tuple(said))


def _is_its_own(course: Path, folder: Path) -> bool:
    """Whether `folder` is one of those that the course is made of, or in one."""
    place = folder.resolve()
    return any(place.is_relative_to((course / own).resolve()) for own in ("exercises", "solutions", "templates"))


def handout_files(
    exercises: Iterable[Exercise],
    handout: Handout,
    *,
    course: Path | None = None,
    checker: Mapping[str, bytes] = _NONE,
) -> dict[str, bytes]:
    """The files of a handout, by name, in the language of its course: whoever builds it, it is the same."""
    _check_public(handout)
    with speaking(language_of(handout.language) or Language.ENGLISH):
        return _files(exercises, handout, course, checker)


def _files(
    exercises: Iterable[Exercise], handout: Handout, course: Path | None, checker: Mapping[str, bytes]
) -> dict[str, bytes]:
    keys = {key.name: key for key in handout.keys}
    by_name = {exercise.name: exercise for exercise in exercises}
    sheets = [sheet_of(by_name[name], keys[name]) for name in handout.assignment.exercises]
    form = handout.assignment.form
    scripts = () if form is Form.NOTEBOOK else tuple(f"{sheet.name}.py" for sheet in sheets)
    notebook = None if form is Form.SCRIPTS else f"{handout.assignment.name}.ipynb"
    context = _context(handout, sheets, scripts, notebook, checker)
    texts = {name: _stub(sheet, course) for name, sheet in zip(scripts, sheets, strict=False)}
    if notebook is not None:
        texts[notebook] = _notebook(rendered("notebook.ipynb.j2", course=course, **context))
    texts[PAGE] = rendered("handout.html.j2", course=course, **context)
    texts[README] = rendered("README.txt.j2", course=course, **context)
    _check_names([*texts, HANDOUT_FILE])
    files = {name: text.encode() for name, text in texts.items()}
    return files | {HANDOUT_FILE: codec.to_bytes(handout)} | dict(checker)


def _context(
    handout: Handout,
    sheets: Sequence[ExerciseSheet],
    scripts: Sequence[str],
    notebook: str | None,
    checker: Mapping[str, bytes],
) -> dict[str, Any]:
    """All that templates are given; plain data, nothing of it hidden."""
    return {
        "course_title": text(handout.title),
        "language": handout.language or spoken().tag,
        "underline": "=" * cell_len(text(handout.assignment.title)),
        "assignment": {
            "title": text(handout.assignment.title),
            "due": handout.assignment.due,
            "hand_in": text(handout.assignment.hand_in),
        },
        "sheets": sheets,
        "scripts": scripts,
        "notebook": notebook,
        "commands": _commands(scripts, notebook),
        "wheel": next(iter(checker), None),
        "packages": list(requirements(module for key in handout.keys for module in key.packages.values())),
    }


def _commands(scripts: Sequence[str], notebook: str | None) -> list[str]:
    lines = [(f"grade {name}", said("handout.command.file")) for name in scripts[:1]]
    lines += [(f"grade {notebook}", said("handout.command.notebook"))] if notebook else []
    lines += [("grade .", said("handout.command.folder"))]
    width = max(len(command) for command, _ in lines)
    return [f"{command:{width}}   # {words}" for command, words in lines]


def _stub(sheet: ExerciseSheet, course: Path | None) -> str:
    text = rendered("stub.py.j2", course=course, sheet=sheet)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as error:
        raise CourseError(
            f"templates/stub.py.j2: the stub of {sheet.name} is not valid Python, line {error.lineno}: {error.msg}"
        ) from None
    return text


def _notebook(text: str) -> str:
    """The same notebook, laid out as Jupyter writes it."""
    try:
        return json.dumps(json.loads(text), indent=1, ensure_ascii=False) + "\n"
    except ValueError as error:
        raise CourseError(f"templates/notebook.ipynb.j2: what it makes is not valid JSON: {error}") from None


def _check_public(handout: Handout) -> None:
    """Stop a handout that would give hidden cases away, whoever asked for it."""
    for key in handout.keys:
        if not key.public or any(case.role is Role.HIDDEN for case in key.cases):
            raise CourseError(f"{key.name}: its key is not the public part; a handout must not hold hidden cases")


def _check_names(names: Iterable[str]) -> None:
    """File names that every file system keeps apart, and that stay in the folder."""
    seen: dict[str, str] = {}
    for name in names:
        if not _FILE_NAME.fullmatch(name.rpartition(".")[0]):
            raise CourseError(f"{name}: this cannot be a file's name; use letters, digits, - and _")
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            raise CourseError(f"{other} and {name} are one file on Windows and macOS; rename one of the two exercises")
