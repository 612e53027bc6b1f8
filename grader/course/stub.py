"""What a student starts from: the reference solution without its solution.

With markers (`grader.course.markers`) all that stands outside of them stays. Without any, nothing stays but the
function's first line and the imports that this line needs. Docstrings of the file and of the function go in any case:
students get one that is made from the specification.
"""

from __future__ import annotations

import ast
import builtins
import io
import re
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from grader.course.markers import Markers, Region, find, lines_of, parse
from grader.errors import AuthorError, CourseError

__all__ = ["TODO", "Stub", "apply_edit", "stub_code", "stub_of"]

TODO: Final = "# YOUR CODE HERE"
RAISE: Final = "raise NotImplementedError"

Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Stub:
    """The pieces of a stub; a docstring belongs between `definition` and `body`, indented by `indent`."""

    before: str  # imports and scaffold
    definition: str  # `def softmax(x):`; empty where no function is asked for
    indent: str
    body: str  # indented
    after: str

    @property
    def code(self) -> str:
        """The whole file, without a docstring."""
        function = f"{self.definition}\n{self.body}" if self.definition else self.body
        return "\n\n\n".join(piece for piece in (self.before, function, self.after) if piece) + "\n"


def stub_code(solution: str, function: str | None, *, where: str = "solution") -> str:
    """The whole file that a student starts from, without a docstring."""
    return stub_of(solution, function, where=where).code


def stub_of(solution: str, function: str | None, *, where: str = "solution") -> Stub:
    """The stub that the text of a reference solution leaves.

    Raises `CourseError` where the text is no Python, has no such function, or its markers do not fit.
    """
    tree = parse(solution, where)
    markers = find(solution, where)
    node = _definition(tree, function, where)
    if not markers.regions and not markers.blanks:
        return _bare(tree, node, where)
    lines = _without_solution(lines_of(solution), tree, markers, where)
    _drop_docstring(tree, lines)
    stub = _cut(lines, node, markers, where) if node else Stub(_joined(lines), "", "", "", "")
    _check(stub, markers, where)
    return stub


def apply_edit(solution: str, edits: Mapping[str, str]) -> str:
    """`solution` with every occurrence of each key replaced by its value, all at once.

    Raises `AuthorError` where a key does not occur, or where nothing changes.
    """
    for text in edits:
        if not text or text not in solution:
            raise AuthorError(f"`edit` looks for {text!r}, which the reference solution does not contain")
    keys = sorted(edits, key=len, reverse=True)
    edited = re.sub("|".join(map(re.escape, keys)), lambda match: edits[match[0]], solution) if keys else solution
    if edited == solution:
        raise AuthorError("its `edit` leaves the reference solution as it is")
    return edited


def _definition(tree: ast.Module, function: str | None, where: str) -> Definition | None:
    if function is None:
        return None
    found = [node for node in tree.body if isinstance(node, Definition) and node.name == function]
    if not found:
        raise CourseError(f"{where}:1: there is no `def {function}(…)` at the top level of this file; define it there")
    return found[-1]


def _bare(tree: ast.Module, node: Definition | None, where: str) -> Stub:
    if node is None:
        return Stub("import numpy as np", "", "", TODO, "")
    rest = "pass" if isinstance(node, ast.ClassDef) else RAISE
    return Stub(_imports(tree, node, where), _header(node), "    ", f"    {TODO}\n    {rest}", "")


def _header(node: Definition) -> str:
    """The first line of a definition, without decorators: they may be half of the solution."""
    bare = type(node)(**{**dict(ast.iter_fields(node)), "decorator_list": [], "body": [ast.Pass()]})
    return ast.unparse(ast.fix_missing_locations(bare)).rpartition("\n")[0]


def _imports(tree: ast.Module, node: Definition, where: str) -> str:
    needed = {part.id for part in ast.walk(ast.parse(_header(node) + " ...")) if isinstance(part, ast.Name)}
    kept = ["import numpy as np"]
    for statement in tree.body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            names = [alias for alias in statement.names if (alias.asname or alias.name).split(".")[0] in needed]
            needed -= {(alias.asname or alias.name).split(".")[0] for alias in names}
            line = ast.unparse(type(statement)(**{**dict(ast.iter_fields(statement)), "names": names})) if names else ""
            kept += [line] if line and line not in kept else []
    unknown = sorted(name for name in needed if name != "np" and not hasattr(builtins, name))
    if unknown:
        raise CourseError(
            f"{where}:{node.lineno}: the first line of {node.name} needs {', '.join(unknown)}, which a stub would "
            f"lack; put the solution between '# BEGIN SOLUTION' and '# END SOLUTION', so that all else stays"
        )
    return "\n".join(kept)


def _without_solution(lines: list[str], tree: ast.Module, markers: Markers, where: str) -> list[str | None]:
    """The lines, numbered from 0 as before; those that go are None, and a new text stands where the first one was."""
    left: list[str | None] = list(lines)
    fillers = dict(_fillers(tree, markers.regions))
    for region in markers.regions:
        indent = _indent_of(region, tree, lines)
        filler = fillers.get(region)
        left[region.begin - 1 : region.end] = [None] * (region.end - region.begin + 1)
        left[region.begin - 1] = f"{indent}{TODO}\n{indent}{filler}" if filler else f"{indent}{TODO}"
    for number in markers.blanks:
        if not any(region.begin < number < region.end for region in markers.regions):
            first, last, text = _blanked(tree, lines, number, where)
            left[first - 1 : last] = [None] * (last - first + 1)
            left[first - 1] = text
    return left


def _indent_of(region: Region, tree: ast.Module, lines: list[str]) -> str:
    inside = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.stmt) and region.holds(node)]
    line = lines[min(inside, default=region.begin) - 1]
    return line[: len(line) - len(line.lstrip())]


def _blanked(tree: ast.Module, lines: list[str], number: int, where: str) -> tuple[int, int, str]:
    """The assignment that ends in `# SOLUTION`, by its first and last line, and what is left of it."""
    around = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and _spans(node, number)]
    node = max(around, key=lambda found: (found.lineno, found.col_offset), default=None)
    alone = all(found is node or any(_blocks(found)) for found in around)
    if not alone or not isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        raise CourseError(f"{where}:{number}: '# SOLUTION' stands behind something that is not one assignment")
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    left = " = ".join(ast.unparse(target) for target in targets)
    kind = f": {ast.unparse(node.annotation)}" if isinstance(node, ast.AnnAssign) else ""
    indent = lines[node.lineno - 1][: node.col_offset]
    return node.lineno, node.end_lineno or node.lineno, f"{indent}{left}{kind} = ...  {TODO}"


def _spans(node: ast.stmt, number: int) -> bool:
    return node.lineno <= number <= (node.end_lineno or node.lineno)


def _fillers(tree: ast.Module, regions: tuple[Region, ...]) -> Iterator[tuple[Region, str]]:
    """What has to stand in a region's place: a block must not be left empty, nor a function without a return."""
    for owner, inside in _owners(tree):
        if isinstance(owner, ast.stmt) and _is_in(regions, owner):
            continue
        for block in _blocks(owner):
            gone = [node for node in block if _is_in(regions, node)]
            if gone and all(node in gone or _is_docstring(node) for node in block):
                yield _last(gone, regions), RAISE if inside else "pass"
        if isinstance(owner, _FUNCTIONS):
            ends = [node for node in _own_statements(owner) if _gives_back(node)]
            gone = [node for node in ends if _is_in(regions, node)]
            if gone and len(gone) == len(ends):
                yield _last(gone, regions), RAISE


def _is_in(regions: tuple[Region, ...], node: ast.stmt) -> bool:
    return any(region.holds(node) for region in regions)


def _owners(tree: ast.Module) -> Iterator[tuple[ast.AST, bool]]:
    """Everything below the top level that has statements of its own, and whether these run inside a function."""
    waiting: list[tuple[ast.AST, bool]] = [(child, False) for child in tree.body]
    while waiting:
        node, inside = waiting.pop(0)
        inside = not isinstance(node, ast.ClassDef) and (inside or isinstance(node, _FUNCTIONS))
        yield node, inside
        waiting += [(child, inside) for child in ast.iter_child_nodes(node)]


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for _, value in ast.iter_fields(node):
        if isinstance(value, list) and value and all(isinstance(item, ast.stmt) for item in value):
            yield value


def _own_statements(function: ast.AST) -> Iterator[ast.stmt]:
    """The statements of a function, without those of functions and classes inside it."""
    for child in ast.iter_child_nodes(function):
        if isinstance(child, Definition):
            continue
        if isinstance(child, ast.stmt):
            yield child
        yield from _own_statements(child)


def _gives_back(node: ast.stmt) -> bool:
    if isinstance(node, ast.Expr | ast.Assign):
        return isinstance(node.value, ast.Yield | ast.YieldFrom)
    return isinstance(node, ast.Return)


def _last(gone: list[ast.stmt], regions: tuple[Region, ...]) -> Region:
    return max(region for region in regions if any(map(region.holds, gone)))


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _drop_docstring(owner: ast.Module | Definition, lines: list[str | None]) -> None:
    if owner.body and _is_docstring(owner.body[0]):
        first, last = owner.body[0].lineno, owner.body[0].end_lineno or owner.body[0].lineno
        lines[first - 1 : last] = [None] * (last - first + 1)


def _cut(lines: list[str | None], node: Definition, markers: Markers, where: str) -> Stub:
    """The stub in its pieces. Lines that are None are gone."""
    start = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    if any(region.begin < node.lineno < region.end for region in markers.regions):
        raise CourseError(
            f"{where}:{node.lineno}: `def {node.name}` is between the markers; put BEGIN SOLUTION below it"
        )
    end = node.end_lineno or node.lineno
    end = max([end, *(region.end for region in markers.regions if node.lineno < region.begin <= end)])
    head = _end_of_header(lines, node)
    if head >= node.body[0].lineno:
        raise CourseError(f"{where}:{head}: give the body of {node.name} lines of its own, below its first line")
    column = node.body[0].col_offset
    _drop_docstring(node, lines)
    body = _joined(lines[head:end])
    return Stub(
        before=_joined(lines[: start - 1]),
        definition=_joined(lines[start - 1 : head]),
        indent=_indent_in(body) or " " * column,
        body=body or " " * column + "pass",
        after=_joined(lines[end:]),
    )


def _end_of_header(lines: list[str | None], node: Definition) -> int:
    """The line of the colon that ends the first line of a definition, counted from 1."""
    text = "\n".join("" if line is None else line for line in lines[node.lineno - 1 :])
    depth = 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.OP:
            depth += (token.string in "([{") - (token.string in ")]}")
            if token.string == ":" and depth == 0:
                break
    return node.lineno - 1 + token.start[0]


def _indent_in(body: str) -> str:
    first = next((line for line in body.split("\n") if line.strip()), "")
    return first[: len(first) - len(first.lstrip())]


def _joined(lines: list[str | None]) -> str:
    return "\n".join(line for line in lines if line is not None).strip("\n")


def _check(stub: Stub, markers: Markers, where: str) -> None:
    try:
        parse(stub.code, where)
    except CourseError as error:
        line = markers.regions[0].begin if markers.regions else markers.blanks[0]
        reason = str(error).rpartition(": ")[2]
        raise CourseError(
            f"{where}:{line}: what the markers leave is not valid Python ({reason}); they must enclose whole statements"
        ) from None
