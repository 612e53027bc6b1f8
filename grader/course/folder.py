"""A course on disk: where it is, which exercises it has, and what their files say."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from grader.course.problems import Violation, clip, did_you_mean, listed, render
from grader.errors import CourseError, SpecificationError

if TYPE_CHECKING:
    from grader.course.document import Document
    from grader.course.model import AssignmentSpec, CourseSpec, ExerciseSpec

__all__ = ["COURSE_FILE", "Course", "Exercise", "example_course"]

COURSE_FILE: Final = "course.yaml"
MAX_SOLUTION_BYTES: Final = 1 << 20


@dataclass(frozen=True)
class Exercise:
    """An exercise as its two files say it."""

    name: str
    path: Path
    solution_path: Path
    spec: ExerciseSpec
    solution: str
    document: Document = field(repr=False)

    def where(self, *keys: str | int) -> str:
        """The place of a key for a message: `exercises/softmax.yaml:7:5`."""
        mark = self.document.mark(keys, at_key=bool(keys) and isinstance(keys[-1], str))
        return f"{self.document.name}:{mark.line + 1}:{mark.column + 1}"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is allowed in the file, and perhaps not meant; a finished text for each."""
        from grader.course.specification import remarks

        found = remarks(self.document, self.spec)
        return tuple(render(problem, self.document.name, self.document.lines) for problem in found)


@dataclass(frozen=True)
class Course:
    """A folder with a `course.yaml`, `exercises/` and `solutions/`.

    Parameters
    ----------
    path
        The folder, as an absolute path. `Course.find` looks for it and checks that it is a course.

    Notes
    -----
    Nothing is read when it is made; each method reads the files that it needs. docs/specification.md describes them.
    Methods raise `SpecificationError` where a YAML file is wrong, with every problem in it, and `CourseError` where a
    file or a name is missing.
    """

    path: Path

    @classmethod
    def find(cls, start: Path, explicit: Path | None = None) -> Course:
        """The course that `start` lies in, or the one that is named. Raises `CourseError` where there is none."""
        if explicit is not None:
            return cls._at(explicit)
        start = start.absolute()
        for folder in (start, *start.parents):
            if (folder / COURSE_FILE).is_file():
                return cls(folder)
        raise CourseError(
            f"{start}: no {COURSE_FILE} in this folder or above it; "
            f"go to a course's folder, or name it with --course (an empty {COURSE_FILE} makes a folder a course)"
        )

    @classmethod
    def _at(cls, named: Path) -> Course:
        folder = named.parent if named.name == COURSE_FILE else named
        if (folder / COURSE_FILE).is_file():
            return cls(folder.absolute())
        if not folder.exists():
            raise CourseError(f"{named}: there is no such folder")
        other = folder / "course.yml"
        advice = "rename course.yml to course.yaml" if other.is_file() else f"an empty {COURSE_FILE} makes it a course"
        raise CourseError(f"{named}: no {COURSE_FILE} in this folder, so it is no course; {advice}")

    def names(self) -> tuple[str, ...]:
        """The exercises on disk, sorted."""
        return tuple(sorted(path.stem for path in (self.path / "exercises").glob("*.yaml") if path.is_file()))

    def spec(self) -> CourseSpec:
        """What `course.yaml` says. Raises `SpecificationError`, also where an assignment names no exercise on disk."""
        return self._spec(self._check_assignments)

    def assignment(self, name: str | None = None) -> AssignmentSpec:
        """The assignment of that name, or the only one. A course that lists none has one, of all of its exercises."""
        from grader.course.model import AssignmentSpec

        spec = self.spec()
        if not spec.assignments and not self.names():
            raise CourseError(f"{self.path}: the course has no exercises yet; `grader new NAME` writes one")
        assignments = spec.assignments or (AssignmentSpec(name="all", title=spec.title, exercises=self.names()),)
        known = [assignment.name for assignment in assignments]
        if name is None and len(assignments) == 1:
            return assignments[0]
        if name is None:
            raise CourseError(f"{COURSE_FILE}: which assignment? There are {listed(known)}; choose with --assignment")
        for assignment in assignments:
            if assignment.name == name:
                return assignment
        near = did_you_mean(name, known) or f"; there are {listed(known)}"
        raise CourseError(f"{COURSE_FILE}: no assignment is called '{clip(name)}'{near}")

    def exercise(self, name: str) -> Exercise:
        """An exercise, read and checked.

        Raises `SpecificationError` with every problem of its YAML file, `CourseError` where there is no such exercise
        or no solution.
        """
        from grader.course.document import read
        from grader.course.images import image_violations
        from grader.course.materials import material_violations
        from grader.course.packages import check_names
        from grader.course.specification import exercise_spec
        from grader.course.uses import check_uses

        path = self._exercise_path(name)
        course = self._spec(lambda spec: [])
        document = read(_bytes(path, f"exercises/{path.name}"), f"exercises/{path.name}")
        solution_path = self.path / "solutions" / f"{name}.py"
        spec = exercise_spec(
            document,
            name=name,
            points=course.defaults.points,
            language=course.language,
            solution=_readable(solution_path),
            check=lambda spec: [
                *(check_uses(name, spec, self.names(), self._written) if spec.uses else ()),
                *check_names(spec.args, course.packages),
                *material_violations(spec, course.packages),
                *image_violations(spec.task, path.parent),
            ],
        )
        return Exercise(name, path, solution_path, spec, _solution(solution_path, spec.function or name), document)

    def packages_of(self, names: Iterable[str], packages: Mapping[str, str]) -> dict[str, str]:
        """Those of `packages`, modules by name, that these exercises may need."""
        if not packages:
            return {}
        from grader.course.packages import used_in

        return used_in((text.decode("utf-8", "replace") for name in names for text in self.sources(name)[1:]), packages)

    def sources(self, name: str) -> tuple[bytes, bytes, bytes]:
        """The bytes of `course.yaml`, of the exercise's specification and of its solution."""
        paths = (self.path / COURSE_FILE, self._exercise_path(name), self.path / "solutions" / f"{name}.py")
        course, specification, solution = (_bytes(path, _short(path, self.path)) for path in paths)
        return course, specification, solution

    def _spec(self, check: Callable[[CourseSpec], list[Violation]]) -> CourseSpec:
        from grader.course.document import read
        from grader.course.specification import course_spec

        document = read(_bytes(self.path / COURSE_FILE, COURSE_FILE), COURSE_FILE)
        return course_spec(document, title=self.path.name or "Course", check=check)

    def _check_assignments(self, spec: CourseSpec) -> list[Violation]:
        known = self.names()
        return [
            Violation(("assignments", number, "exercises", place), _no_exercise(self.path, name, known))
            for number, assignment in enumerate(spec.assignments)
            for place, name in enumerate(assignment.exercises)
            if name not in known
        ]

    def _written(self, name: str) -> Mapping[Any, Any]:
        """What an exercise's file says, as it stands there; nothing where it cannot be read."""
        from grader.course.document import read

        path = self.path / "exercises" / f"{name}.yaml"
        try:
            return read(_bytes(path, f"exercises/{path.name}"), f"exercises/{path.name}").value
        except CourseError:
            return {}

    def _exercise_path(self, name: str) -> Path:
        folder, file = self.path / "exercises", f"{name}.yaml"
        # names alone, for there may be hundreds; a disk that takes `A.yaml` for `a.yaml` is not asked
        is_listed = folder.is_dir() and file in os.listdir(folder)  # noqa: PTH208
        if not is_listed or not (folder / file).is_file():
            raise CourseError(_no_exercise(self.path, name, self.names()))
        return folder / file


def _no_exercise(course: Path, name: str, known: tuple[str, ...]) -> str:
    if "/" not in name and (course / "exercises" / f"{name}.yml").is_file():
        return f"exercises/{name}.yml must be called {name}.yaml"
    near = did_you_mean(name, known)
    if not near:
        near = f"; there are {listed(known)}" if known else "; the folder exercises/ has no .yaml files yet"
    return f"no exercise is called '{clip(name)}'{near}"


def _short(path: Path, course: Path) -> str:
    return path.relative_to(course).as_posix()


def _bytes(path: Path, name: str) -> bytes:
    """The bytes of a course's file: a regular one, and not without end."""
    try:
        if path.exists() and not path.is_file():
            raise CourseError(f"{name}: this is not a file")
        with path.open("rb") as file:
            return file.read(2 * MAX_SOLUTION_BYTES)
    except FileNotFoundError:
        advice = "; write the reference solution there" if path.suffix == ".py" else ""
        raise CourseError(f"{name}: there is no such file{advice}") from None
    except OSError as error:
        raise CourseError(f"{name}: the file cannot be read: {error.strerror or error}") from None


def _readable(path: Path) -> str | None:
    """The text of a reference solution, where there is nothing wrong with the file."""
    try:
        return _solution(path, "")
    except CourseError:
        return None


def _solution(path: Path, function: str) -> str:
    name = f"solutions/{path.name}"
    if not path.exists():
        raise CourseError(f"{name}: there is no reference solution; write one there that defines `{function}`")
    raw = _bytes(path, name)
    if len(raw) > MAX_SOLUTION_BYTES:
        raise CourseError(f"{name}: the file is larger than {MAX_SOLUTION_BYTES >> 20} MiB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SpecificationError((f"{name}: the file is not UTF-8 text; save it as UTF-8",)) from None
    if "\0" in text:
        raise CourseError(f"{name}: the file has a NUL byte; is it Python?")
    return text


def example_course() -> Path:
    """The folder of the course that comes with the package, or of the repository in a source checkout."""
    import grader

    package = Path(grader.__file__).resolve().parent
    for folder in (package / "_course", package.parent):
        if (folder / COURSE_FILE).is_file():
            return folder
    raise CourseError("the example course is not installed with this package; install it again")
