"""Mutants of a reference solution: its source with one small mistake in it, of the kinds that people make with numpy.

A mutant is text made from text; running it shows whether it is wrong, and on which input. The mutation operators:

    axis keepdims function function_left_out norm operator operands brackets term factor power sign constant comparison
    condition transpose order shape index range dtype copy in_place statement early result argument first_row printed
    rounded size answer last_row without_last without_first parameters degrees_of_freedom
"""

from __future__ import annotations

import ast
import contextlib
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from grader.course.expression_mutations import mutated_assignments, mutated_expressions
from grader.course.key import Parameter
from grader.course.statement_mutations import BodyMutation, hard_coded_bodies, mutated_bodies
from grader.course.tree import Leaf
from grader.kinds.kind import Unshowable
from grader.literals import literal
from grader.values import Value

__all__ = ["Mutant", "definitions_reached", "hard_coded_mutants", "mutants", "on_other_arguments"]

_MOST: Final = 400
_MOST_NUMBERS: Final = 1_000
_LOAD: Final = ast.Load()
_SLICES: Final = {"first_row": "[:1]", "last_row": "[-1:]", "without_last": "[:-1]", "without_first": "[1:]"}
_WHOLE: Final = ("axis", "keepdims", "ord", "order", "dtype")  # keywords whose values are mistaken as a whole

Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mutant: its operator (`axis`, …), the line, the code before and the code after, the whole source."""

    edit: str
    line: int
    before: str
    after: str
    source: str


def mutants(source: str, function: str | None) -> Iterator[Mutant]:
    """The mutants of `function` (None: of all that is defined) and of what it calls in `source`; each text once.

    Raises `SyntaxError` where `source` does not parse, `LookupError` where it defines no such function.
    """
    tree = _parsed(source)
    seen = {ast.unparse(tree)}
    for definition in definitions_reached(tree, function):
        for mutant in _of_expressions(tree, definition):
            if len(seen) <= _MOST and mutant.source not in seen:
                seen.add(mutant.source)
                yield mutant
    for definition in definitions_reached(tree, function):
        if isinstance(definition, ast.FunctionDef) and definition.name == function:
            for mutation in mutated_bodies(definition):
                mutant = _with_body(tree, definition, mutation)
                if mutant.source not in seen:
                    seen.add(mutant.source)
                    yield mutant


def hard_coded_mutants(source: str, function: str, arguments: Mapping[str, Value], answer: Value) -> Iterator[Mutant]:
    """Mutants that are right for this one example: its sizes, or its answer, are hard-coded."""
    tree = _parsed(source)
    definition = definitions_reached(tree, function)[0]
    if isinstance(definition, ast.FunctionDef):
        shapes = {name: np.shape(value) for name, value in arguments.items() if isinstance(value, np.ndarray)}
        literal = _literal(answer)
        for mutation in hard_coded_bodies(definition, shapes, literal):
            yield _with_body(tree, definition, mutation)


def on_other_arguments(source: str, function: str, parameters: Sequence[Parameter]) -> Iterator[Mutant]:
    """`function` at work on other arguments than it was given: as loops do that end too early, and as swapped ones do.

    They tell how a submission may go wrong; of the tests of an exercise they say nothing that other mutants do not.
    """
    tree = _parsed(source)
    definition = definitions_reached(tree, function)[0]
    if not isinstance(definition, ast.FunctionDef):
        return
    groups: dict[str, list[str]] = {}
    alike: dict[str, list[str]] = {}
    for one in parameters:
        alike.setdefault(repr(one.signature), []).append(one.name)
        if isinstance(one.signature, Leaf) and isinstance(one.signature.shape, tuple) and one.signature.shape:
            groups.setdefault(one.signature.shape[0], []).append(one.name)
    for edit, cut in _SLICES.items():
        for names in groups.values():
            yield _beginning_with(tree, definition, edit, "\n".join(f"{name} = {name}{cut}" for name in names))
    for names in alike.values():
        if len(names) > 1:
            yield _beginning_with(tree, definition, "parameters", f"{names[0]}, {names[1]} = {names[1]}, {names[0]}")


def _beginning_with(tree: ast.Module, definition: ast.FunctionDef, edit: str, line: str) -> Mutant:
    body = [*ast.parse(line).body, *definition.body]
    return _with_body(tree, definition, BodyMutation(edit, definition.lineno, "", line, body))


def _literal(value: Value) -> ast.expr | None:
    """A number or a not too large array of numbers as an expression."""
    if isinstance(value, np.ndarray | np.generic | bool | int | float) and np.asarray(value).dtype.kind in "biuf":
        with contextlib.suppress(Unshowable):
            return ast.parse(literal(value, parts=_MOST_NUMBERS), mode="eval").body
    return None


def _parsed(source: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)


def definitions_reached(tree: ast.Module, function: str | None) -> list[Definition]:
    """The definition of `function`, then those it names, and those that they name."""
    every = {node.name: node for node in tree.body if isinstance(node, Definition)}
    if function is None:
        return list(every.values())
    if function not in every:
        raise LookupError(f"no function {function}")
    reached = [function]
    for name in reached:
        used = [node.id for node in ast.walk(every[name]) if isinstance(node, ast.Name) and node.id in every]
        reached += dict.fromkeys(one for one in used if one not in reached)
    return [every[name] for name in reached]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a node hangs: a field of its parent, or one element of a field that is a list."""

    parent: ast.AST
    field: str
    index: int | None

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def _places(node: ast.AST) -> Iterator[tuple[_Place, ast.AST]]:
    """Every node below `node` that runs when it is called: no defaults, annotations, decorators or docstrings."""
    for field, value in ast.iter_fields(node):
        if isinstance(node, Definition | ast.Lambda) and field != "body":
            continue
        if field in ("annotation", "keywords") and not isinstance(node, ast.Call):
            continue
        children: Sequence[object] = value if isinstance(value, list) else [value]
        for index, child in enumerate(children):
            if isinstance(child, ast.AST) and not _is_docstring(child):
                place = _Place(node, field, index if isinstance(value, list) else None)
                yield place, child
                yield from _places(child)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _of_expressions(tree: ast.Module, definition: Definition) -> Iterator[Mutant]:
    """Each mistake is put into the tree itself, written out, and taken out again."""
    indices = _in_indices(definition)
    for place, node in list(_places(definition)):
        if isinstance(place.parent, ast.keyword) and place.parent.arg in _WHOLE:
            continue
        before = ast.unparse(node)
        for edit, wrong in list(_wrong(node)):
            place.put(wrong)
            try:
                text = ast.unparse(tree)
            finally:
                place.put(node)
            line = node.lineno if isinstance(node, ast.expr | ast.stmt) else definition.lineno
            kind = "index" if edit == "constant" and node in indices else edit
            yield Mutant(kind, line, before, ast.unparse(wrong), text)


def _in_indices(definition: Definition) -> set[ast.AST]:
    """What stands between the brackets of `y[-1]`: another number there takes other elements, by the same formula."""
    subscripts = [node for node in ast.walk(definition) if isinstance(node, ast.Subscript)]
    sought = [one for one in subscripts if not (isinstance(one.value, ast.Attribute) and one.value.attr == "shape")]
    inside = [set(ast.walk(one.slice)) for one in sought]
    return {
        part for parts in inside if not any(isinstance(one, ast.Compare | ast.Call) for one in parts) for part in parts
    }


def _wrong(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.AugAssign):
        yield from mutated_assignments(node)
    elif isinstance(node, ast.expr) and isinstance(getattr(node, "ctx", _LOAD), ast.Load):
        yield from mutated_expressions(node)


def _with_body(tree: ast.Module, definition: ast.FunctionDef, mutation: BodyMutation) -> Mutant:
    body = definition.body
    definition.body = mutation.body
    try:
        return Mutant(mutation.edit, mutation.line, mutation.before, mutation.after, ast.unparse(tree))
    finally:
        definition.body = body
