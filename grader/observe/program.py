"""One file of a submission, parsed and compiled: its statements, and what the text says before any of it has run."""

from __future__ import annotations
import __future__

import ast
import re
from collections.abc import Collection
from types import CodeType
from typing import Final

import msgspec
from msgspec.structs import replace

from grader.observation import ParserLimit, Place
from grader.observe.definition import definitions
from grader.observe.elsewhere import in_asides, in_comments, in_text, inside
from grader.observe.made_names import deleted, made_or_deleted, may_make_names
from grader.observe.magics import CellMagic, outer_magic, without_line_magics
from grader.observe.marimo import plain_python
from grader.observe.newer_syntax import needed_python
from grader.observe.plain_loading import callables_after_loading
from grader.observe.reach import TopLevel, keeping_nothing, reached_by
from grader.observe.shell_calls import shell_text, started_file
from grader.observe.slips import Function, slips
from grader.observe.source_map import SourceLines, clean, lines_of, register_source
from grader.observe.split import FAULTS, Broken, names_in, split
from grader.observe.syntax_tree import evaluated_at_definition
from grader.observe.usage import leaves_undefined, meanings_of, methods, uses
from grader.observe.wire import (
    MAX_DEFINITIONS,
    MAX_FAULTS,
    MAX_USES,
    Block,
    Definition,
    Elsewhere,
    FileFacts,
    Reached,
    Replaced,
    Source,
    SyntaxFault,
    Tell,
    Unrun,
)

__all__ = ["Program", "Statement", "compile_source"]

# Lines that mark the cells in a script, as nbconvert, jupytext, Spyder, VS Code, PyCharm and Databricks write them.
_EXPORTED: Final = re.compile(r"^# ?(?:In ?\[[ \d]*\]:|%%|COMMAND -{10})", re.MULTILINE)
_MOST_SHARED: Final = 64 << 10  # characters of a file of which it is said what functions reach
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


class Statement(msgspec.Struct, frozen=True):
    """A top-level statement. `is_sure`: it can neither hang nor crash, once the modules of `imports` are there."""

    code: CodeType
    line: int
    cell: int | None
    is_sure: bool
    imports: tuple[str, ...]


class Program(msgspec.Struct, frozen=True):
    """`written`: the files that its cells are written to.

    `only_computes`: it is known, where that was asked, that nothing in it draws random numbers, or sees or changes
    anything of its process (`grader.observe.shareable_syntax`). What it imports from the submission's other files is
    no more than that either, if all of them only compute.
    """

    name: str
    statements: tuple[Statement, ...]
    source_map: dict[str, SourceLines]
    facts: FileFacts
    written: tuple[Source, ...] = ()
    only_computes: bool = False


class _Compiler:
    """Gathers one file's parts, block after block. What one `from __future__` asks for holds for all that follows."""

    def __init__(self, *, with_await: bool, with_definitions: bool) -> None:
        self._with_definitions = with_definitions
        self._nodes: list[ast.stmt] = []
        self._defined: list[tuple[Definition, ...]] = []  # by each of the nodes
        self._top_level: list[TopLevel] = []
        self.source_map: dict[str, SourceLines] = {}
        self.statements: list[Statement] = []
        self.definitions: dict[str, Definition] = {}
        self.faults: list[SyntaxFault] = []
        self.elsewhere: list[Elsewhere] = []
        self.unrun: list[Unrun] = []
        self.written: dict[str, list[Block]] = {}
        self._started: set[str] = set()  # files that `%run` runs
        self._flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if with_await else 0

    def add(self, file: str, source_lines: SourceLines) -> None:
        """Add a piece of text, or of a cell what is Python."""
        self.source_map[file] = source_lines
        register_source(file, source_lines)
        text = "\n".join(source_lines.lines)
        magic = None if source_lines.cell is None and source_lines.at is None else outer_magic(text)
        if magic is not None:
            text = magic.body
        if magic is not None and not magic.is_python and not self._is_python(magic):
            self._leave_out(magic, source_lines)
            return
        if self._with_definitions:
            self.elsewhere += in_comments(text, source_lines.cell)
        parsed = split(text)
        for broken in parsed.broken:
            self._note(broken, source_lines)
        for number, node in enumerate(plain_python(parsed.statements)):
            if (inner := shell_text(node)) is None:
                self._add_statement(node, file, source_lines)
            else:
                lines = SourceLines(source_lines.cell, tuple(inner.split("\n")), source_lines.place(node.lineno))
                self.add(f"{file[:-1]}, magic {number} on line {node.lineno}>", lines)
        has_names = set(names_in(text)).difference(self.definitions) or may_make_names(text)
        if self._with_definitions and has_names:
            self.elsewhere += made_or_deleted(parsed.statements, source_lines.cell, above=self._nodes)
            self.elsewhere += inside(parsed.statements, source_lines.cell)

    def _is_python(self, magic: CellMagic) -> bool:
        """Whether what is below a magic that nobody has listed is Python that does something."""
        if magic.is_other_language or magic.file is not None:
            return False
        parsed = split(magic.body)
        return not parsed.broken and any(map(_does_something, parsed.statements))

    def _leave_out(self, magic: CellMagic, source_lines: SourceLines) -> None:
        cell = source_lines.cell
        if magic.file is not None:
            self._write(magic.file, Block(magic.body, cell), appends=magic.appends)
        elif not magic.is_other_language and magic.body.strip():
            self.unrun.append(Unrun(clean(magic.name), cell))
        place, holder = (Place.MAGIC, magic.name) if magic.file is None else (Place.FILE, magic.file)
        self.elsewhere += in_text(magic.body, place, source_lines.at, cell, clean(holder))

    def _write(self, file: str, block: Block, *, appends: bool) -> None:
        if not appends:
            self.written.pop(file, None)
        self.written.setdefault(file, []).append(block)

    def take_from_written(self) -> None:
        """Let what is imported or run from files that cells are written to count as defined here."""
        stars = {f"{module.replace('.', '/')}.py" for node in self._nodes for module in _all_of(node)}
        for file, blocks in self.written.items():
            nodes = [(node, block.cell) for block in blocks for node in split(block.text).statements]
            found = {each.name: each for node, cell in nodes for each in definitions([node], cell)}
            for name, known in self.definitions.items():
                if known.module and f"{known.module.replace('.', '/')}.py" == file:
                    self.definitions[name] = found.get(name, replace(known, module=""))
            if file in self._started:
                self.definitions |= found
            elif file in stars:
                self.definitions = found | self.definitions

    def _add_statement(self, node: ast.stmt, file: str, source_lines: SourceLines) -> None:
        self._started.add(started_file(node) or "")
        self._flags |= _future(node)
        try:
            code = compile(ast.Module([node], []), file, "exec", self._flags, dont_inherit=True)
        except FAULTS as error:
            text = "\n".join(source_lines.lines[node.lineno - 1 : node.end_lineno])
            self._note(Broken(error, node.lineno, text), source_lines)
            return
        self._nodes.append(node)
        self._top_level.append(TopLevel(node, source_lines, code, self._flags))
        line = source_lines.place(node.lineno)
        self.statements.append(Statement(code, line, source_lines.cell, _is_sure(node), _imports(node)))
        if self._with_definitions:
            self._define(node, source_lines)

    def _define(self, node: ast.stmt, source_lines: SourceLines) -> None:
        self._defined.append(tuple(definitions([node], source_lines.cell)))
        for definition in self._defined[-1]:
            before = self.definitions.pop(definition.name, None)
            self.definitions[definition.name] = replace(
                definition, line=source_lines.place(definition.line), replaces=_replaced(before, definition)
            )
        for name in deleted(node):
            self.definitions.pop(name, None)

    def find_uses(self) -> None:
        """Have each definition say what it uses, once all that names may be bound to is there."""
        meanings = meanings_of(self._nodes)
        for node, defined in zip(self._nodes, self._defined, strict=True):
            for definition in defined:
                known = self.definitions.get(definition.name)
                if known is not None and known.digest == definition.digest:
                    self.definitions[definition.name] = replace(
                        known, uses=uses(node, meanings), methods=methods(node, meanings)
                    )

    def find_slips(self) -> None:
        """Have each function say what its text shows of itself, and of the file's others that it calls."""
        nodes: dict[str, tuple[Function, int | None]] = {}
        for statement, node in zip(self.statements, self._nodes, strict=True):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                nodes[node.name] = node, statement.cell
        for name, found in slips(nodes).items():
            known = self.definitions.get(name)
            if found and known is not None and known.line == nodes[name][0].lineno:
                self.definitions[name] = replace(known, slips=found)

    def reached(self) -> tuple[Reached, ...]:
        """What the functions reach, where all that runs of the file is Python.

        What does not parse does not run, and binds nothing; but where that is because it is too much for the parser,
        nothing is said.
        """
        blocks = self.source_map.values()
        is_read = not any(fault.limit for fault in self.faults) and len(self.faults) < MAX_FAULTS
        is_plain = is_read and not self.written and all(lines.at is None for lines in blocks)
        is_short = sum(len(line) for lines in blocks for line in lines.lines) <= _MOST_SHARED
        return reached_by(self._top_level) if is_plain and is_short else ()

    def callables(self) -> tuple[str, ...] | None:
        """The functions that there are after loading, where it does nothing but define them."""
        return callables_after_loading(self._nodes)

    def leaves_undefined(self, name: str) -> bool:
        """Whether a name is used and bound nowhere."""
        return leaves_undefined(self._nodes, name)

    def _note(self, broken: Broken, source_lines: SourceLines) -> None:
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(_fault(broken, source_lines))


def compile_source(source: Source, label: str, *, tell: Collection[Tell] = (Tell.DEFINITIONS,)) -> Program:
    """Parse and compile. Where a file is broken is part of its facts; whatever is not broken is there.

    `label` is the file's name in tracebacks, its own among the files of the submission.
    """
    told = set(tell) - {Tell.COMPUTES}
    compiler = _Compiler(with_await=_is_of_cells(source), with_definitions=bool(told))
    for block in source.blocks:
        file = f"<{label}>" if block.cell is None else f"<{label}, cell {block.cell}>"
        compiler.add(file, lines_of(block))
    written = tuple(Source(name, tuple(blocks)) for name, blocks in compiler.written.items())
    facts = _facts(compiler, source, told) if told else FileFacts(faults=tuple(compiler.faults))
    reached = facts.reached or (compiler.reached() if Tell.COMPUTES in tell else ())
    facts = msgspec.structs.replace(facts, keep_nothing=keeping_nothing(reached)) if reached else facts
    return Program(source.name, tuple(compiler.statements), compiler.source_map, facts, written, bool(reached))


def _facts(compiler: _Compiler, source: Source, tell: Collection[Tell]) -> FileFacts:
    compiler.find_slips()
    if Tell.USES in tell:
        compiler.find_uses()
    compiler.take_from_written()
    reached = compiler.reached() if Tell.REACH in tell else ()
    return FileFacts(
        definitions=tuple(compiler.definitions.values())[:MAX_DEFINITIONS],
        faults=tuple(compiler.faults),
        lacks_np=not compiler.faults and compiler.leaves_undefined("np"),  # the import may stand in what does not parse
        elsewhere=(*in_asides(source.asides), *compiler.elsewhere)[:MAX_USES],
        unrun=tuple(compiler.unrun[:MAX_FAULTS]),
        reached=reached,
        callables=compiler.callables() if reached else None,
    )


def _replaced(before: Definition | None, after: Definition) -> Replaced | None:
    """What is written further up and lost below."""
    if before is None or before.digest == after.digest or not (before.replaces or before.kind == "function"):
        return None
    return before.replaces if before.blank else Replaced(before.line, before.cell)


def _is_of_cells(source: Source) -> bool:
    """Whether its text is that of cells, in which Jupyter allows more than Python does in a file."""
    return any(block.cell is not None or _EXPORTED.search(block.text) for block in source.blocks)


def _does_something(node: ast.stmt) -> bool:
    """Other than name a thing: to Python, `SELECT` alone in a line is a name."""
    return not isinstance(node, ast.Expr) or any(isinstance(part, ast.Call) for part in ast.walk(node))


def _fault(broken: Broken, source_lines: SourceLines) -> SyntaxFault:
    error, line, column, message = broken.error, broken.line, None, ""
    if isinstance(error, SyntaxError):
        line, column, message = error.lineno or line, error.offset, clean(error.msg)
    elif isinstance(error, ValueError):
        message = clean(str(error))
    return SyntaxFault(
        message=message,
        line=source_lines.place(line),
        column=column if column else None,
        cell=source_lines.cell,
        source_line=source_lines.line(line),
        names=broken.names,
        limit=None if isinstance(error, SyntaxError | ValueError) else ParserLimit.NESTING,
        needs=needed_python(without_line_magics(broken.text)) if isinstance(error, SyntaxError) else "",
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


def _all_of(node: ast.stmt) -> tuple[str, ...]:
    """The module that all names are imported of."""
    match node:
        case ast.ImportFrom(module=str(module), level=0, names=[ast.alias(name="*")]):
            return (module,)
    return ()


def _is_sure(node: ast.stmt) -> bool:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return not node.decorator_list and all(map(_is_harmless, evaluated_at_definition(node)))
        case ast.Import() | ast.ImportFrom(module=str(), level=0) | ast.Pass():
            return True
        case ast.Expr(value=value) | ast.Assign(targets=[ast.Name()], value=value):
            return _is_harmless(value)
    return False


def _is_harmless(value: ast.expr) -> bool:
    return all(isinstance(part, _HARMLESS) for part in ast.walk(value))
