"""Exercises of another course: taken with their solutions, with what they use, and with the licence they are under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

from grader.authoring.files import write_together
from grader.course.folder import COURSE_FILE, Course, example_course
from grader.course.images import image_files
from grader.errors import CourseError
from grader.message import as_written
from grader.words.text import text

if TYPE_CHECKING:
    from grader.course.model import AssignmentSpec

__all__ = ["Taken", "begin_with", "take", "take_like", "with_used"]

_LICENCE: Final = re.compile(r"(LICEN[CS]E|COPYING)([._-].*)?", re.IGNORECASE)
_SCHEMA: Final = "# yaml-language-server:"
_ORIGIN: Final = '# From "{title}", exercise {name}.{licence}\n'


@dataclass(frozen=True, slots=True)
class Taken:
    """What has been written, in that order, and what was there already and is the same."""

    written: tuple[Path, ...]
    present: tuple[str, ...]


def take(source: Course, names: Sequence[str], to: Course) -> Taken:
    """Copy exercises of `source` into the course `to`, with those that they use.

    Each file of an exercise says where it is from; the licence of `source`, if there is one, goes into licences/.
    Nothing is written over. Raises `CourseError` where an exercise of that name is there and is another one, or where
    the course does not name a package that is needed.
    """
    return _copied(source, {name: name for name in with_used(source, names)}, to)


def take_like(source: Course, model: str, name: str, to: Course) -> Taken:
    """Begin the exercise `name` with what `model` says; what it uses is taken as it is."""
    return _copied(source, {each: name if each == model else each for each in with_used(source, [model])}, to)


def _copied(source: Course, names: Mapping[str, str], to: Course) -> Taken:
    """Copy exercises under other names, but for those that are there already."""
    present = tuple(old for old, new in names.items() if old == new and _is_there(source, old, to))
    taken = {old: new for old, new in names.items() if old not in present}
    _check_packages(source, taken, to)
    files = _licence(source, to.path)
    for old, new in taken.items():
        files |= _files(source, old, new, to.path)
    return Taken(write_together(files), present)


def _check_packages(source: Course, names: Iterable[str], to: Course) -> None:
    """Raises `CourseError` where `to` does not have the packages that exercises of `source` name."""
    needed, there = source.packages_of(names, source.spec().packages), to.spec().packages
    for name, module in needed.items():
        if there.get(name, module) != module:
            raise CourseError(
                f"{to.path / COURSE_FILE}: `{name}` is the package {there[name]} here, and {module} in the exercises "
                "to be taken; call one of the two something else under `packages:`"
            )
    missing = {name: module for name, module in needed.items() if name not in there}
    if missing:
        entries = yaml.safe_dump(missing, default_flow_style=True, width=1000).strip()
        raise CourseError(
            f"{to.path / COURSE_FILE}: the exercises need packages that are not named here; write this line into it"
            f"{', with those that are there' if there else ''}, and take them again:\npackages: {entries}"
        )


def begin_with(source: Course, to: Path, assignments: Sequence[str] = ()) -> Taken:
    """Make the new folder `to` a course: all of `source`, or some of its assignments and what these use."""
    text = _read(source.path / COURSE_FILE) if not assignments else _course_file(source, assignments)
    names = tuple(name for one in _chosen(source, assignments) for name in one.exercises) or source.names()
    files = {to / COURSE_FILE: text}
    for name in with_used(source, names):
        files |= _parts(source, name, to)
    for file in (*_licences(source), *_own_templates(source)):
        files[to / file.relative_to(source.path)] = _read(file)
    return Taken(write_together(files), ())


def with_used(source: Course, names: Sequence[str]) -> tuple[str, ...]:
    """The exercises and all that they use: what is used comes first."""
    found: dict[str, None] = {}

    def visit(name: str) -> None:
        if name not in found:
            for used in source.exercise(name).spec.uses:
                visit(used)
            found.setdefault(name)

    for name in names:
        visit(name)
    return tuple(found)


def _chosen(source: Course, names: Sequence[str]) -> list[AssignmentSpec]:
    return [assignment for assignment in source.spec().assignments if assignment.name in names]


def _course_file(source: Course, assignments: Sequence[str]) -> bytes:
    """A course.yaml of some assignments: exercises, the packages that they name, and no dates and secrets."""
    spec = source.spec()
    chosen = [
        {"name": one.name, "title": as_written(one.title), "exercises": list(one.exercises)}
        for one in _chosen(source, assignments)
    ]
    names = with_used(source, [name for one in chosen for name in one["exercises"]])
    packages = source.packages_of(names, spec.packages)
    said = {"title": as_written(spec.title), "language": spec.language, "packages": packages, "assignments": chosen}
    said = {key: value for key, value in said.items() if value}
    return yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=120).encode()


def _is_there(source: Course, name: str, to: Course) -> bool:
    """Whether `to` has this very exercise. Raises `CourseError` where it has another one of that name."""
    if name not in to.names():
        return False
    theirs, ours = source.exercise(name), to.exercise(name)
    if (repr(theirs.spec), theirs.solution) == (repr(ours.spec), ours.solution):
        return True
    raise CourseError(
        f"{ours.path}: there is an exercise of that name already, and it is another one; rename it, or begin one under "
        f"another name: grader new NAME --like {name}"
    )


def _files(source: Course, model: str, name: str, to: Path) -> dict[Path, bytes]:
    """The files of an exercise under its new name, if it is one; the specification says where it is from."""
    files = _parts(source, model, to)
    specification, solution = to / "exercises" / f"{model}.yaml", to / "solutions" / f"{model}.py"
    said, solved = files.pop(specification).decode("utf-8-sig"), files.pop(solution).decode("utf-8-sig")
    function = source.exercise(model).spec.function
    if name != model and function is not None:
        said, solved = _renamed_in_text(said, function, name), _renamed_in_code(solved, function, name)
    origin = _ORIGIN.format(title=text(source.spec().title), name=model, licence=_licence_words(source))
    head, rest = said.split("\n", 1) if said.startswith(_SCHEMA) else ("", said)
    return {
        to / "exercises" / f"{name}.yaml": (head and f"{head}\n").encode() + origin.encode() + rest.encode(),
        to / "solutions" / f"{name}.py": solved.encode(),
        **{file: data for file, data in files.items() if not (file.is_file() and _read(file) == data)},
    }


def _parts(source: Course, name: str, to: Path) -> dict[Path, bytes]:
    """An exercise's own files as they are: both texts, and the pictures that stand beside them."""
    exercise, exercises = source.exercise(name), to / "exercises"
    _, text, solution = source.sources(name)
    pictures = image_files(exercise.spec.task, exercise.path.parent)
    files = {exercises / f"{name}.yaml": text, to / "solutions" / f"{name}.py": solution}
    return files | {exercises / file.relative_to(exercise.path.parent): _read(file) for file in pictures}


def _renamed_in_code(code: str, old: str, new: str) -> str:
    return re.sub(rf"(?<![\w.]){re.escape(old)}\b", new, code)


def _renamed_in_text(text: str, old: str, new: str) -> str:
    """A function's new name where it is called, defined or set as code; the same word in a sentence stays."""
    name = re.escape(old)
    text = re.sub(rf"(?m)^function:[ ]*{name}[ ]*$", f"function: {new}", text)
    return re.sub(rf"(?<![\w.]){name}(?=\()|(?<=`){name}(?=`)", new, text)


def _own_templates(source: Course) -> list[Path]:
    """The templates of a course that are not numgrade's: those are there in any case."""
    ours = example_course() / "templates"
    files = sorted(file for file in (source.path / "templates").glob("*.*") if file.is_file())
    return [file for file in files if not _is_same(file, ours / file.name)]


def _is_same(file: Path, other: Path) -> bool:
    return other.is_file() and _read(file) == _read(other)


def _licences(source: Course) -> list[Path]:
    files = [*source.path.glob("*"), *(source.path / "licences").glob("*")]
    return sorted(file for file in files if file.is_file() and (file.parent != source.path or _is_licence(file)))


def _is_licence(file: Path) -> bool:
    return _LICENCE.fullmatch(file.name) is not None


def _slug(source: Course) -> str:
    return re.sub(r"\W+", "-", text(source.spec().title).casefold()).strip("-") or "course"


def _licence_words(source: Course) -> str:
    own = [file for file in _licences(source) if file.parent == source.path]
    return f" Its licence: licences/{_slug(source)}.txt" if own else " It came without a licence: ask its author."


def _licence(source: Course, to: Path) -> dict[Path, bytes]:
    """The licence of the course itself under the course's name, and those of courses that it has taken from."""
    files = {}
    own = [file for file in _licences(source) if file.parent == source.path]
    if own:
        files[to / "licences" / f"{_slug(source)}.txt"] = b"\n".join(map(_read, own))
    others = [file for file in _licences(source) if file.parent != source.path]
    files |= {to / "licences" / file.name: _read(file) for file in others}
    return {file: data for file, data in files.items() if not file.exists()}


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CourseError(f"{file}: the file cannot be read: {error.strerror or error}") from None
