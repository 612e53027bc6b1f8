"""What can be said of a submission's source, before any call. None of it tells anything of a hidden test."""

from __future__ import annotations

from typing import Final

from grader.message import Origin, declare
from grader.observation import ParserLimit, Place

__all__ = [
    "CALLED_WITH",
    "CALLED_WITH_NONE",
    "CELL_NOT_RUN",
    "DOT_FOR_TIMES",
    "ELSEWHERE",
    "EMPTY_SIDE",
    "EMPTY_SIDES",
    "LOAD_FAILED",
    "LOAD_STOPPED",
    "MISSING",
    "NEAR",
    "NEAR_IN_FILE",
    "NEEDS_PYTHON",
    "NEVER_RUNS",
    "NEVER_SET",
    "NOT_ATTEMPTED",
    "NOT_A_FUNCTION",
    "NUMBER_BESIDE_NAME",
    "OTHER_MISFIT",
    "PARAMETERS",
    "PLACE_BELOW_CELL",
    "PLACE_CELL",
    "PLACE_FILE",
    "PLACE_FIRST_CELL",
    "PLACE_IN_FILE",
    "PLACE_LINE",
    "PLACE_STATEMENT",
    "PLACE_WHOLE_CELL",
    "PYTHON_2",
    "REPLACED",
    "SCRIPT_PART_NOT_RUN",
    "SHOULD_BEGIN",
    "SIGNS",
    "STATEMENT_FAILED",
    "STATEMENT_STOPPED",
    "STOPPED_BY_ERROR",
    "STOPPED_BY_EXIT",
    "STOPPED_BY_INPUT",
    "STOP_CRASHED",
    "STOP_ENDED",
    "STOP_FLOODED",
    "STOP_OUT_OF_MEMORY",
    "STOP_TIMED_OUT",
    "SYNTAX",
    "SYNTAX_BLANK",
    "SYNTAX_COMMAND",
    "SYNTAX_COMMAND_IN_CELL",
    "SYNTAX_CONFLICT",
    "SYNTAX_ENTITY",
    "SYNTAX_FENCE",
    "SYNTAX_LEFT_OUT",
    "SYNTAX_LIMITS",
    "SYNTAX_NEWER",
    "SYNTAX_PROMPT",
    "SYNTAX_UNKNOWN",
    "SYNTAX_WIDE",
    "TAKES",
    "TAKES_BOTH",
    "TAKES_BY_NAME",
    "TAKES_NONE",
    "UNREADABLE",
    "WRONG_ARGUMENTS",
]

_PUBLIC: Final = Origin.PUBLIC
_SOURCE: Final = Origin.SOURCE

# Phrases: where something is.
PLACE_FILE: Final = declare("place.file")
PLACE_STATEMENT: Final = declare("place.statement")
PLACE_LINE: Final = declare("place.line", line=_SOURCE)
PLACE_CELL: Final = declare("place.cell", line=_SOURCE, cell=_SOURCE)

PLACE_WHOLE_CELL: Final = declare("place.whole_cell", cell=_SOURCE)
PLACE_BELOW_CELL: Final = declare("place.below_cell", cell=_SOURCE)
PLACE_FIRST_CELL: Final = declare("place.first_cell")
PLACE_IN_FILE: Final = declare("place.in_file", place=_SOURCE, file=_SOURCE)

MISSING: Final = declare("missing", name=_PUBLIC)
# Where it stands and does not count.
ELSEWHERE: Final = {
    place: declare(f"missing.{place.value}", place=_SOURCE, holder=_SOURCE)
    if place.has_holder
    else declare(f"missing.{place.value}", place=_SOURCE)
    for place in Place
}
NEEDS_PYTHON: Final = declare("needs_python", file=_SOURCE, needs=_SOURCE, here=_PUBLIC)
CELL_NOT_RUN: Final = declare("cell_not_run", cell=_SOURCE, magic=_SOURCE)
SCRIPT_PART_NOT_RUN: Final = declare("cell_not_run.script", magic=_SOURCE)
NEAR: Final = declare("near", other=_SOURCE, place=_SOURCE, name=_PUBLIC)
NEAR_IN_FILE: Final = declare("near_in_file", other=_SOURCE, place=_SOURCE, file=_SOURCE, name=_PUBLIC)
NOT_A_FUNCTION: Final = declare("not_a_function", name=_SOURCE, place=_SOURCE)
NOT_ATTEMPTED: Final = declare("not_attempted", name=_PUBLIC)
NEVER_RUNS: Final = declare("never_runs", place=_SOURCE)
REPLACED: Final = declare("replaced", name=_PUBLIC, place=_SOURCE, below=_SOURCE)
NEVER_SET: Final = declare("never_set", name=_PUBLIC, count=_SOURCE, names=_SOURCE)
EMPTY_SIDES: Final = declare("empty_sides", place=_SOURCE)
UNREADABLE: Final = declare("unreadable", file=_SOURCE, reason=_SOURCE)

SYNTAX: Final = declare("syntax", place=_SOURCE, reason=_SOURCE)
SYNTAX_LEFT_OUT: Final = declare("syntax.left_out", place=_SOURCE, reason=_SOURCE)
SYNTAX_UNKNOWN: Final = declare("syntax.unknown")  # a phrase, as are these
SYNTAX_NEWER: Final = declare("syntax.newer", needs=_SOURCE, here=_PUBLIC)
SYNTAX_COMMAND: Final = declare("syntax.command", command=_SOURCE)
SYNTAX_COMMAND_IN_CELL: Final = declare("syntax.command.cell", command=_SOURCE)
SYNTAX_FENCE: Final = declare("syntax.fence")
SYNTAX_CONFLICT: Final = declare("syntax.conflict", marker=_SOURCE)
SYNTAX_PROMPT: Final = declare("syntax.prompt", prompt=_SOURCE)
SYNTAX_BLANK: Final = declare("syntax.blank", blank=_SOURCE)
EMPTY_SIDE: Final = declare("syntax.empty_side", name=_SOURCE)
DOT_FOR_TIMES: Final = declare("syntax.dot_for_times", left=_SOURCE, right=_SOURCE)
PYTHON_2: Final = declare("syntax.python_2", now=_SOURCE)
SYNTAX_ENTITY: Final = declare("syntax.entity", entity=_SOURCE, sign=_SOURCE)
SYNTAX_WIDE: Final = declare("syntax.wide", wide=_SOURCE, narrow=_SOURCE)
NUMBER_BESIDE_NAME: Final = declare("syntax.number_beside_name", number=_SOURCE, name=_SOURCE)
SIGNS: Final = {  # that stand in books, and not in Python
    name: declare(f"syntax.sign.{name}")
    for name in ("times", "divided", "minus", "square", "root", "quote", "compare", "unseen")
}
SYNTAX_LIMITS: Final = {limit: declare(f"syntax.limit.{limit.value}") for limit in ParserLimit}

# Phrases: what a statement did that raised, and what one did that had to be ended.
STOPPED_BY_EXIT: Final = declare("stopped.exit")
STOPPED_BY_INPUT: Final = declare("stopped.input")
STOPPED_BY_ERROR: Final = declare("stopped.error", error=_SOURCE)
STOP_TIMED_OUT: Final = declare("stop.timed_out")
STOP_OUT_OF_MEMORY: Final = declare("stop.out_of_memory")
STOP_CRASHED: Final = declare("stop.crashed")
STOP_FLOODED: Final = declare("stop.flooded")
STOP_ENDED: Final = declare("stop.ended")

LOAD_FAILED: Final = declare("load.failed", name=_SOURCE, place=_SOURCE, what=_SOURCE)
LOAD_STOPPED: Final = declare("load.stopped", name=_SOURCE, place=_SOURCE, what=_SOURCE)
STATEMENT_FAILED: Final = declare("statement.failed", place=_SOURCE, what=_SOURCE)
STATEMENT_STOPPED: Final = declare("statement.stopped", place=_SOURCE, what=_SOURCE)

# A function's parameters; the first four are phrases.
TAKES: Final = declare("takes", count=_SOURCE, names=_SOURCE)
TAKES_NONE: Final = declare("takes.none")
TAKES_BY_NAME: Final = declare("takes.by_name", count=_SOURCE, names=_SOURCE)
TAKES_BOTH: Final = declare("takes.both", takes=_SOURCE, named=_SOURCE)
CALLED_WITH: Final = declare("called_with", count=_PUBLIC, names=_PUBLIC)
CALLED_WITH_NONE: Final = declare("called_with.none")
PARAMETERS: Final = declare("parameters", name=_PUBLIC, takes=_SOURCE, called_with=_PUBLIC)
SHOULD_BEGIN: Final = declare("should_begin", name=_PUBLIC, parameters=_PUBLIC)
WRONG_ARGUMENTS: Final = declare("wrong_arguments", name=_PUBLIC)
OTHER_MISFIT: Final = declare("wrong_arguments.other")
