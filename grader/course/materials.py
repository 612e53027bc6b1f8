"""What a call is made with and what is looked at of its result (`build`, `view`): what holds for a test, and faults."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from grader.course.expressions import TAKEN, free_names, outer_names
from grader.course.node import Path
from grader.course.problems import Violation, clip, listed
from grader.course.signature import Kind, Leaf

if TYPE_CHECKING:
    from grader.course.model import ExerciseSpec, TestSpec
    from grader.course.view_spec import ViewSpec

__all__ = ["build_of", "material_violations", "view_of"]

_SEEN_BY_BUILD: Final = frozenset({"np", "seed"})
_SEEN_BY_VIEW: Final = frozenset({"np", "result"})
_NOTHING_TO_JUDGE: Final = (Kind.OPAQUE, Kind.NONE)


def build_of(spec: ExerciseSpec, test: TestSpec | None = None) -> dict[str, str]:
    """What is made for the calls of a test, in order; the nearest key counts."""
    chosen = spec.build if test is None or test.build is None else test.build
    return dict(chosen or {})


def view_of(spec: ExerciseSpec, test: TestSpec | None = None) -> ViewSpec | None:
    """What is looked at of the results of a test; the nearest key counts."""
    return spec.view if test is None or test.view is None else test.view


def material_violations(spec: ExerciseSpec, packages: Mapping[str, str]) -> Iterator[Violation]:
    """What does not agree in what is built and viewed."""
    if spec.build:
        calls = (spec.call, *(test.call for _, test in spec.placed_tests))
        yield from _build(("build",), spec.build, spec, packages, codes=calls)
    if spec.view is not None:
        yield from _view(("view",), spec.view, spec, packages)
    for place, test in spec.placed_tests:
        if test.build:
            yield from _build((*place, "build"), test.build, spec, packages, codes=(test.call, spec.call))
        if test.view is not None:
            yield from _view((*place, "view"), test.view, spec, packages)
    yield from _unseen_changes(spec)


def _build(
    at: Path, build: Mapping[str, str], spec: ExerciseSpec, packages: Mapping[str, str], *, codes: Iterable[str | None]
) -> Iterator[Violation]:
    known = _SEEN_BY_BUILD | set(packages) | set(spec.args)
    used = {name for code in codes if code for name in _names_of_lines(code)}
    used |= {name for code in build.values() for name in outer_names(code)}
    for name, code in build.items():
        yield from _name(at, name, packages)
        yield from _unknown(
            (*at, name), code, known, "`build:` sees `np`, `seed`, packages, arguments and what is above"
        )
        known |= {name}
        if name not in spec.args and name not in used:
            message = f"nothing takes '{clip(name)}': it is no parameter, and no other expression names it"
            arguments = f"the arguments are {listed(spec.args)}" if spec.args else "there are no arguments"
            advice = f"Call it like the parameter that it is passed for ({arguments}), or use it below."
            yield Violation((*at, name), message, advice, at_key=True)


def _unseen_changes(spec: ExerciseSpec) -> Iterator[Violation]:
    """Arguments that are meant to be changed, and are built: told where a test says either for itself, else once."""
    for name in build_of(spec):
        if name in spec.changes:
            yield _unseen(("build", name), name)
    for place, test in spec.placed_tests:
        for number, name in enumerate(spec.changes_of(test)):
            if test.build is not None and name in test.build:
                yield _unseen((*place, "build", name), name)
            elif test.changes is not None and name in build_of(spec, test):
                yield _unseen((*place, "changes", number), name)


def _unseen(at: Path, name: str) -> Violation:
    message = f"'{clip(name)}' is built for each call, so nobody can see how it is changed"
    return Violation(at, message, "Look at it by a `call:` that gives it back.", at_key=at[-1] == name)


def _name(at: Path, name: str, packages: Mapping[str, str]) -> Iterator[Violation]:
    if not name.isidentifier():
        yield Violation((*at, name), f"'{clip(name)}' is no name in Python", at_key=True)
    elif name in TAKEN or name in packages:
        means = TAKEN.get(name) or f"the module {packages[name]}"
        yield Violation((*at, name), f"nothing can be called '{name}': in expressions it is {means}", at_key=True)


def _view(at: Path, view: ViewSpec, spec: ExerciseSpec, packages: Mapping[str, str]) -> Iterator[Violation]:
    known = _SEEN_BY_VIEW | set(packages) | set(spec.args)
    yield from _unknown((*at, "as"), view.as_, known, "`view:` sees `np`, packages, `result` and the arguments")
    if "result" not in outer_names(view.as_):
        yield Violation((*at, "as"), "this looks at no result: there is no `result` in it")
    if view.signature == Leaf(Kind.BOOL):
        message = "a view gives what is compared, and never a verdict: a bool alone tells nobody what is wrong"
        advice = "Write `holds:` for a condition, or let the view give numbers, texts or an array."
        yield Violation((*at, "type"), message, advice)
    if isinstance(view.signature, Leaf) and view.signature.kind in _NOTHING_TO_JUDGE:
        message = f"nothing can be judged of '{view.text}'"
        yield Violation((*at, "type"), message, "Give the signature of what the expression gives.")


def _unknown(at: Path, code: str, known: Iterable[str], sees: str) -> Iterator[Violation]:
    strangers = sorted(free_names(code) - set(known))
    if strangers:
        yield Violation(at, f"there is no '{clip(strangers[0])}' here: {sees}")


def _names_of_lines(code: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}
