"""Programs that one process has made of their texts, for another that runs them."""

from __future__ import annotations

import marshal
from collections.abc import Iterable

from grader.observe.program import Program, Statement
from grader.observe.source_map import SourceLines, register_source
from grader.observe.wire import FileFacts

__all__ = ["packed_programs", "unpacked_programs"]


def packed_programs(programs: Iterable[Program]) -> bytes:
    """What running them takes: not what their texts say. Only the same Python reads it, as it does its `.pyc` files."""
    return marshal.dumps([_packed(program) for program in programs])


def _packed(program: Program) -> tuple[object, ...]:
    statements = [(one.code, one.line, one.cell, one.is_sure, one.imports) for one in program.statements]
    files = {file: tuple(lines) for file, lines in program.source_map.items()}
    return program.name, statements, files, program.only_computes


def unpacked_programs(data: bytes) -> list[Program]:
    """Make them anew, ready to run in this process."""
    programs = []
    for name, statements, files, only_computes in marshal.loads(data):  # noqa: S302 — what it holds is run, in the process for it
        source_map = {file: SourceLines(*lines) for file, lines in files.items()}
        for file, lines in source_map.items():
            register_source(file, lines)
        made = tuple(Statement(*one) for one in statements)
        programs.append(Program(name, made, source_map, FileFacts(), only_computes=only_computes))
    return programs
