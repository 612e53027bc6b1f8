"""From a YAML document to a specification, or to everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final, TypeVar

from grader.course.consistency import check_course, check_edits, check_exercise, doubts
from grader.course.document import Document
from grader.course.fields import FORMS
from grader.course.model import CourseSpec, ExerciseSpec, ValidationError
from grader.course.node import Path
from grader.course.own_parameters import check_parameters
from grader.course.problems import Problem, Violation
from grader.course.spec_base import Spec
from grader.course.validation_messages import violations
from grader.course.wordings import context_of

__all__ = ["course_spec", "exercise_spec", "remarks"]

S = TypeVar("S", bound=Spec)

_PASSES: Final = 5  # a value taken away may be one that is due, and what stands in for it may not suit
_ANYTHING: Final = "any (...)"


def exercise_spec(
    document: Document,
    *,
    name: str,
    points: Fraction = Fraction(10),
    solution: str | None = None,
    language: str | None = None,
    check: Callable[[ExerciseSpec], list[Violation]] = lambda spec: [],
) -> ExerciseSpec:
    """The exercise that a file specifies. `name` and `points` are the function's and the exercise's where it says none.

    `solution` is the text of the reference, where there is one: misconceptions edit it. `language` is the course's,
    in which a text is shown that another is lacking of. `check` may find more.

    Raises `SpecificationError` with every problem of the file.
    """
    if not document.root.entries:
        advice = "A title, a task and a signature are due; docs/specification.md begins with an example."
        problem = Problem(document.root.start, "the file is empty", advice)
        raise document.error((problem,))
    raw = {"function": name, "points": points, **document.value}

    def check_all(spec: ExerciseSpec, broken: set[Path]) -> list[Violation]:
        of_solution = [] if solution is None else [*check_edits(spec, solution), *check_parameters(spec, solution)]
        return check_exercise(spec, broken) + of_solution + check(spec)

    return _specification(ExerciseSpec, raw, document, language=language, check=check_all)


def course_spec(
    document: Document, *, title: str, check: Callable[[CourseSpec], list[Violation]] = lambda spec: []
) -> CourseSpec:
    """The course that a file specifies; `title` is its heading where the file has none. `check` may find more.

    Raises `SpecificationError` with every problem of the file.
    """
    raw = {"title": title, **document.value}
    language = raw.get("language")
    return _specification(
        CourseSpec, raw, document, language=language, check=lambda spec, broken: check_course(spec) + check(spec)
    )


def remarks(document: Document, spec: ExerciseSpec) -> tuple[Problem, ...]:
    """What is allowed in an exercise's file, and perhaps not meant."""
    return (*document.remarks, *(document.problem(violation) for violation in doubts(spec)))


def _specification(
    model: type[S],
    raw: dict[Any, Any],
    document: Document,
    *,
    language: object,
    check: Callable[[S, set[Path]], list[Violation]],
) -> S:
    """The specification of `raw`. Where values are wrong they are mended, so that the rest can be looked at too."""
    found: list[Violation] = []
    broken: set[Path] = set()
    spec, context = None, context_of(language)
    for _ in range(_PASSES):
        try:
            spec = model.model_validate(raw, context=context)
            break
        except ValidationError as errors:
            if not broken:
                found = violations(errors, model, document)
            places = [
                (_place(error["loc"]), error["type"]) for error in errors.errors(include_url=False, include_input=False)
            ]
            broken |= {loc for loc, _ in places}
            for loc, kind in places:
                _mend(raw, loc, missing=kind == "missing")
    if spec is not None:
        found += check(spec, broken)
    problems = (*document.problems, *(document.problem(violation) for violation in found))
    if problems or spec is None:
        raise document.error(problems)
    return spec


def _place(loc: Path) -> Path:
    return tuple(step for step in loc if step not in FORMS)


def _mend(raw: Any, loc: Path, *, missing: bool) -> None:
    """Put something harmless where the model found something wrong, or take that away."""
    if loc[:1] == ("args",) and len(loc) > 1 and isinstance(raw.get("args"), dict) and loc[-1] != "[key]":
        raw["args"][loc[1]] = _ANYTHING
    elif loc[:1] == ("returns",):
        raw["returns"] = _ANYTHING
    elif missing:
        parent = _walk(raw, loc[:-1])
        if isinstance(parent, dict):
            parent[loc[-1]] = "x"
    else:
        _drop(raw, tuple(step for step in loc if step != "[key]"))


def _drop(raw: Any, loc: Path) -> None:
    parent = _walk(raw, loc[:-1]) if loc else None
    if isinstance(parent, dict):
        parent.pop(loc[-1], None)
    elif isinstance(parent, list) and loc[0] in ("tests", "examples") and len(loc) == 2:
        parent[loc[-1]] = {}
    elif isinstance(parent, list):
        _drop(raw, loc[:-1])


def _walk(raw: Any, loc: Path) -> Any:
    for step in loc:
        inside = isinstance(raw, dict) and step in raw
        if not inside and not (isinstance(raw, list) and isinstance(step, int) and step < len(raw)):
            return None
        raw = raw[step]
    return raw
