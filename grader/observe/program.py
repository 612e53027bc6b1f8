"""One file of a submission, parsed and compiled: its statements, and what the text says before any of it has run."""

from __future__ import annotations
import __future__

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType
from typing import Final

from msgspec.structs import replace

from grader.observation import ParserLimit
from grader.observe.definition import definitions
from grader.observe.magics import without_cell_magic
from grader.observe.slips import Function, slips
from grader.observe.source_map import SourceLines, clean, register_source
from grader.observe.split import FAULTS, Broken, names_in, split
from grader.observe.usage import leaves_undefined, meanings_of, uses
from grader.observe.wire import MAX_DEFINITIONS, MAX_FAULTS, Definition, FileFacts, Source, SyntaxFault

__all__ = ["Program", "Statement", "compile_source"]

_HARMLESS: Final = (
    ast.Constant,
    ast.Name,
    ast.Attribute,
    ast.Subscript,
    ast.Tuple,
    ast.UnaryOp,
    ast.BitOr,
    ast.unaryop,
    ast.expr_context,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A top-level statement. `is_sure`: it can neither hang nor crash, once the modules of `imports` are there."""

    code: CodeType
    line: int
    cell: int | None
    is_sure: bool
    imports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Program:
    name: str
    statements: tuple[Statement, ...]
    source_map: dict[str, SourceLines]
    facts: FileFacts


class _Compiler:
    """Gathers one file's parts, block after block. What one `from __future__` asks for holds for all that follows."""

    def __init__(self) -> None:
        self._nodes: list[ast.stmt] = []
        self.statements: list[Statement] = []
        self.definitions: dict[str, Definition] = {}
        self.faults: list[SyntaxFault] = []
        self._flags = 0

    def add(self, file: str, source_lines: SourceLines) -> None:
        parsed = split("\n".join(source_lines.lines))
        for broken in parsed.broken:
            self._note(broken, source_lines)
        for node in parsed.statements:
            self._add_statement(node, file, source_lines)

    def _add_statement(self, node: ast.stmt, file: str, source_lines: SourceLines) -> None:
        self._flags |= _future(node)
        try:
            code = compile(ast.Module([node], []), file, "exec", self._flags, dont_inherit=True)
        except FAULTS as error:
            text = "\n".join(source_lines.lines[node.lineno - 1 : node.end_lineno])
            self._note(Broken(error, node.lineno, names_in(text)), source_lines)
            return
        self._nodes.append(node)
        self.statements.append(Statement(code, node.lineno, source_lines.cell, _is_sure(node), _imports(node)))
        for definition in definitions([node], source_lines.cell):
            self.definitions.pop(definition.name, None)
            self.definitions[definition.name] = definition

    def find_uses(self) -> None:
        """Have each definition say what it uses, once all that names may be bound to is there."""
        meanings = meanings_of(self._nodes)
        for node in self._nodes:
            for definition in definitions([node], None):
                known = self.definitions[definition.name]
                if (known.line, known.digest) == (definition.line, definition.digest):
                    self.definitions[definition.name] = replace(known, uses=uses(node, meanings))

    def find_slips(self) -> None:
        """Have each function say what its text shows of itself, and of the file's others that it calls."""
        nodes: dict[str, tuple[Function, int | None]] = {}
        for statement, node in zip(self.statements, self._nodes, strict=True):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                nodes[node.name] = node, statement.cell
        for name, found in slips(nodes).items():
            known = self.definitions[name]
            if found and known.line == nodes[name][0].lineno:
                self.definitions[name] = replace(known, slips=found)

    def leaves_undefined(self, name: str) -> bool:
        """Whether a name is used and bound nowhere."""
        return leaves_undefined(self._nodes, name)

    def _note(self, broken: Broken, source_lines: SourceLines) -> None:
        self.faults.append(_fault(broken, source_lines))


def compile_source(source: Source, label: str, *, with_uses: bool = False) -> Program:
    """Parse and compile. Where a file is broken is part of its facts; whatever is not broken is there.

    `label` is the file's name in tracebacks, its own among the files of the submission. `with_uses`: the definitions
    say what they use.
    """
    compiler = _Compiler()
    source_map = {}
    for block in source.blocks:
        text = block.text.replace("\r\n", "\n").replace("\r", "\n")
        source_lines = SourceLines(block.cell, tuple(text.split("\n")))
        file = f"<{label}>" if block.cell is None else f"<{label}, cell {block.cell}>"
        source_map[file] = source_lines
        register_source(file, source_lines)
        compiler.add(file, source_lines._replace(lines=tuple(without_cell_magic(text).split("\n"))))
    compiler.find_slips()
    if with_uses:
        compiler.find_uses()
    facts = FileFacts(
        definitions=tuple(compiler.definitions.values())[:MAX_DEFINITIONS],
        faults=tuple(compiler.faults[:MAX_FAULTS]),
        lacks_np=not compiler.faults and compiler.leaves_undefined("np"),  # the import may stand in what does not parse
    )
    return Program(source.name, tuple(compiler.statements), source_map, facts)


def _fault(broken: Broken, source_lines: SourceLines) -> SyntaxFault:
    error, line, column, message = broken.error, broken.line, None, ""
    if isinstance(error, SyntaxError):
        line, column, message = error.lineno or line, error.offset, clean(error.msg)
    elif isinstance(error, ValueError):
        message = clean(str(error))
    return SyntaxFault(
        message=message,
        line=line,
        column=column if column else None,
        cell=source_lines.cell,
        source_line=source_lines.line(line),
        names=broken.names,
        limit=None if isinstance(error, SyntaxError | ValueError) else ParserLimit.NESTING,
        blank=broken.is_blank,
    )


def _future(node: ast.stmt) -> int:
    if not isinstance(node, ast.ImportFrom) or node.module != "__future__":
        return 0
    features = [getattr(__future__, alias.name, None) for alias in node.names]
    return sum({feature.compiler_flag for feature in features if feature is not None})


def _imports(node: ast.stmt) -> tuple[str, ...]:
    match node:
        case ast.Import(names=names):
            return tuple(alias.name for alias in names)
        case ast.ImportFrom(module=str(module), level=0):
            return (module,)
    return ()


def _is_sure(node: ast.stmt) -> bool:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return not node.decorator_list and all(map(_is_harmless, _evaluated(node)))
        case ast.Import() | ast.ImportFrom(module=str(), level=0) | ast.Pass():
            return True
        case ast.Expr(value=value) | ast.Assign(targets=[ast.Name()], value=value):
            return _is_harmless(value)
    return False


def _evaluated(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.expr]:
    """What is evaluated when a function is defined."""
    arguments = node.args
    yield from arguments.defaults
    yield from (default for default in arguments.kw_defaults if default is not None)
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    yield from (argument.annotation for argument in every if argument is not None and argument.annotation is not None)
    if node.returns is not None:
        yield node.returns


def _is_harmless(value: ast.expr) -> bool:
    return all(isinstance(part, _HARMLESS) for part in ast.walk(value))
