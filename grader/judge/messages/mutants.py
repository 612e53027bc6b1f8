"""What can be said where a submission does what the reference does with one mistake in it."""

from __future__ import annotations

from typing import Final

from grader.message import Origin, declare

__all__ = ["ANOTHER_FUNCTION", "FUNCTION", "KINDS", "MUTANT"]

MUTANT: Final = "mutant"  # a diagnosis is this and the kind of mistake

KINDS: Final = {
    edit: declare(f"mutant.{edit}")
    for edit in (
        "axis",
        "keepdims",
        "function_left_out",
        "norm",
        "operator",
        "operands",
        "brackets",
        "term",
        "factor",
        "power",
        "sign",
        "minus",
        "constant",
        "comparison",
        "condition",
        "transpose",
        "order",
        "shape",
        "index",
        "range",
        "dtype",
        "copy",
        "in_place",
        "statement",
        "early",
        "result",
        "argument",
        "first_row",
        "last_row",
        "without_last",
        "without_first",
        "parameters",
        "degrees_of_freedom",
        "rounded",
        "size",
        "answer",
    )
}
FUNCTION: Final = declare("mutant.function", name=Origin.PUBLIC)  # of a table of ours
ANOTHER_FUNCTION: Final = declare("mutant.function.another")
