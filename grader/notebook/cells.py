"""Which cells of a notebook count, of all that its kernel has run. Texts in, texts out; no kernel is needed."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, final

__all__ = ["Run", "Selected", "is_ours", "to_judge"]

_OURS: Final = "grader"
_MAGIC_NAME: Final = "grade"
_CHECK: Final = "check"
_MAGIC: Final = re.compile(rf"^([ \t]*)%(?:{_MAGIC_NAME}\b.*|(?:re)?load_ext[ \t]+{_OURS}[ \t]*)$", re.MULTILINE)
# A cell of one line may leave out the percent sign.
_AUTOMAGIC: Final = re.compile(rf"{_MAGIC_NAME}(?:[ \t]+[\w.-]+)*|(?:re)?load_ext[ \t]+{_OURS}")
_BINDS: Final = re.compile(r"\b(?:import|load_ext)\b")
_DEFINES: Final = re.compile(r"^(?:async[ \t]+def|def|class)[ \t]+(\w+)", re.MULTILINE)


@final
@dataclass(frozen=True, slots=True)
class Run:
    """One run of a cell. `cell`: which cell of the notebook it was, where the front end has said so."""

    number: int
    text: str
    cell: str | None = None
    is_failed: bool = False


@final
@dataclass(frozen=True, slots=True)
class Selected:
    """What is judged, and what is to be said of it.

    cells      the text of each run by its number, from 1; empty for a run that does not count
    reordered  the runs that count, where they are in another order than the cells had the first time
    failed     runs that stopped with an error and define what no later run has defined
    """

    cells: tuple[str, ...]
    reordered: tuple[int, ...] = ()
    failed: tuple[int, ...] = ()


def to_judge(runs: Iterable[Run]) -> Selected:
    """Of each cell the last run that went through, in the order in which they ran."""
    every = [run for run in runs if run.text.strip()]
    own = [run for run in every if not is_ours(run.text)]
    done = _last_of_each_cell([run for run in own if not run.is_failed])
    binding = [run for run in every if not run.is_failed and is_ours(run.text) and _BINDS.search(run.text)]
    counting = {run.number: run.text for run in (*binding, *done)} if done else {}
    return Selected(
        cells=tuple(counting.get(number, "") for number in range(1, max(counting, default=0) + 1)),
        reordered=_reordered([run for run in own if not run.is_failed], done),
        failed=tuple(run.number for run in _last_of_each_cell(own) if run.is_failed and _is_missed(run, own)),
    )


def _last_of_each_cell(runs: Sequence[Run]) -> list[Run]:
    """A cell is what the front end says it is; where it says nothing, what has the same text."""
    last: dict[str, Run] = {}
    for run in runs:
        last.pop(run.text, None)
        last.pop(run.cell or run.text, None)
        last[run.cell or run.text] = run
    return list(last.values())


def _is_missed(failed: Run, runs: Sequence[Run]) -> bool:
    """Whether a run that failed would have defined something that none has defined since."""
    since = {name for run in runs if run.number > failed.number and not run.is_failed for name in _names(run)}
    return bool(_names(failed) - since)


def _reordered(runs: Sequence[Run], last: Sequence[Run]) -> tuple[int, ...]:
    """The numbers of the last runs, unless they are in the order in which their cells ran first.

    What defines a function again is taken for the cell that has defined it before: it has been edited.
    """
    first: dict[str, int] = {}
    places: dict[int, int] = {}
    for run in runs:
        keys = [run.cell] if run.cell else [run.text, *_names(run)]
        places[run.number] = min(first.get(key, run.number) for key in keys)
        for key in (run.text, *keys):
            first.setdefault(key, places[run.number])
    order = [places[run.number] for run in last]
    return () if order == sorted(order) else tuple(run.number for run in last)


def _names(run: Run) -> frozenset[str]:
    return frozenset(_DEFINES.findall(run.text))


def is_ours(text: str) -> bool:
    """Whether a cell does nothing but ask for feedback, or get ready to."""
    if _AUTOMAGIC.fullmatch(text.strip()):
        return True
    body = _statements(_MAGIC.sub(r"\1pass", text)) if _MAGIC_NAME in text or _CHECK in text else []
    return bool(body) and all(map(_is_our_statement, body))


def _statements(text: str) -> list[ast.stmt]:
    """None of what does not parse."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python has told them when the cell ran
            return ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _is_our_statement(node: ast.stmt) -> bool:
    match node:
        case ast.Pass() | ast.Import(names=[ast.alias(name="grader")]):
            return True
        case ast.ImportFrom(module="grader", names=names, level=0):
            return all(alias.name == _CHECK for alias in names)
        case ast.Try(body=body, orelse=[], finalbody=[]):  # its handlers are for where we are not installed
            return all(map(_is_our_statement, body))
        case ast.Expr(value=ast.Call() as call):
            return _is_question(call) and _is_literal(call)
    return False


def _is_question(call: ast.Call) -> bool:
    match call.func:
        case ast.Name(id="check") | ast.Attribute(value=ast.Name(id="grader"), attr="check"):
            return True
        case ast.Attribute(value=ast.Call(func=ast.Name(id="get_ipython")), attr="run_line_magic"):
            return _is_our_magic(call.args)
    return False


def _is_our_magic(arguments: Sequence[ast.expr]) -> bool:
    """Whether the magic that is called so, as in exported notebooks, is one of ours."""
    match arguments:
        case [ast.Constant(value="grade"), _]:
            return True
        case [ast.Constant(value="load_ext" | "reload_ext"), ast.Constant(value="grader")]:
            return True
    return False


def _is_literal(call: ast.Call) -> bool:
    """Whether all arguments of a call are written out: nothing else runs in it."""
    arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
    return all(isinstance(argument, ast.Constant) for argument in arguments)
