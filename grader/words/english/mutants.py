"""Of a submission that does what the reference does with one mistake in it: the kind of mistake, no code."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Texts

__all__ = ["MUTANTS"]

MUTANTS: Final[Texts] = {
    "mutant.axis": (
        "This is what comes back when one of the steps runs along another axis. "
        "Along which axis should each of them run?"
    ),
    "mutant.keepdims": (
        "This is what comes back when a summed axis is kept, or dropped, where it should not be. "
        "Which shapes do your sums have?"
    ),
    "mutant.function_left_out": (
        "This is what comes back when one function of the formula is left out. Is every step of it there?"
    ),
    "mutant.norm": "This is what comes back with another norm. Which length does the formula ask for?",
    "mutant.operator": (
        "This is what comes back when one sign of the formula (+, -, *, /, **) is another. Compare them one by one."
    ),
    "mutant.operands": (
        "This is what comes back when the two sides of a minus or a division, or two arguments of a call, "
        "have changed places."
    ),
    "mutant.brackets": (
        "This is what comes back when brackets of the formula are left out. What is multiplied or divided first?"
    ),
    "mutant.term": "This is what comes back when one term of a sum or difference is left out. Are all of them there?",
    "mutant.factor": "This is what comes back with one factor, or divisor, too many or too few. Count them.",
    "mutant.power": "This is what comes back when a power is forgotten, or another one taken.",
    "mutant.sign": "This is what comes back when one sign is turned. Which minus is missing, or one too many?",
    "mutant.minus": (
        "This is what comes back when one sign is turned: a minus too many, or its two sides in the wrong order. "
        "Look at each minus."
    ),
    "mutant.constant": "This is what comes back when one number of the formula is off by one. Compare them one by one.",
    "mutant.comparison": (
        "This is what comes back when one comparison is another (<, <=, >, >=). "
        "Which way round is it, and what holds at the border?"
    ),
    "mutant.condition": "This is what comes back when the two cases of a condition are mixed up, or one is forgotten.",
    "mutant.transpose": "This is what comes back with one transpose too many, or too few.",
    "mutant.order": "This is what comes back when something is in another order. Which one is asked for?",
    "mutant.shape": "This is what comes back when one shape is another. Which shape has each of your arrays?",
    "mutant.index": "This is what comes back with other indices, or another slice. Which elements are meant?",
    "mutant.range": "This is what comes back when a loop begins one too late, or ends one too early.",
    "mutant.dtype": (
        "This is what comes back with another kind of numbers (dtype). What is lost in it, or does not fit into it?"
    ),
    "mutant.copy": "This is what comes back without a copy being made. What shares its memory with what?",
    "mutant.in_place": "This is what comes back when an argument is overwritten. What stands in it afterwards?",
    "mutant.statement": "This is what comes back when one step is left out. Is every step of the task there?",
    "mutant.early": (
        "This is what comes back when the function ends too early. "
        "Is there a `return` inside a loop, or before the last step?"
    ),
    "mutant.result": "This is what comes back when something else is returned than the last step gives.",
    "mutant.argument": "This is what comes back when an argument is returned in place of the result.",
    "mutant.first_row": (
        "This is what comes back when only the first row, or element, is used. Is there a `return` inside a loop?"
    ),
    "mutant.last_row": (
        "This is what comes back when only the last row, or element, is used. "
        "Does a loop write over what it has so far?"
    ),
    "mutant.without_last": (
        "This is what comes back without the last row, or element. Does a loop, or a slice, end one too early?"
    ),
    "mutant.without_first": (
        "This is what comes back without the first row, or element. Does a loop, or a slice, begin one too late?"
    ),
    "mutant.parameters": "This is what comes back when two arguments have changed places. Which one is which?",
    "mutant.degrees_of_freedom": (
        "This is what comes back when a variance is divided by n - 1 in place of n, or the other way round (`ddof`)."
    ),
    "mutant.rounded": "This is what comes back when the numbers are rounded. Does the task ask for that?",
    "mutant.size": (
        "This is what comes back when a size is written in as a number. Where can it be read from the arguments?"
    ),
    "mutant.answer": "This is what comes back when the example's answer is written in.",
    "mutant.function": (
        "This is what comes back where `{name}` stands in one place. Which function does the formula ask for there?"
    ),
    "mutant.function.another": (
        "This is what comes back where another function stands in one place. "
        "Which function does the formula ask for there?"
    ),
}
