"""What is said where a submission does what the reference does with one mistake in it: the kind of mistake, no code."""

from __future__ import annotations

from typing import Final

__all__ = ["KINDS", "mutant_text"]

KINDS: Final = {
    "axis": "when one of the steps runs along another axis. Along which axis should each of them run?",
    "keepdims": "when a summed axis is kept, or dropped, where it should not be. Which shapes do your sums have?",
    "function_left_out": "when one function of the formula is left out. Is every step of it there?",
    "norm": "with another norm. Which length does the formula ask for?",
    "operator": "when one sign of the formula (+, -, *, /, **) is another. Compare them one by one.",
    "operands": "when the two sides of a minus or a division, or two arguments of a call, have changed places.",
    "brackets": "when brackets of the formula are left out. What is multiplied or divided first?",
    "term": "when one term of a sum or difference is left out. Are all of them there?",
    "factor": "with one factor, or divisor, too many or too few. Count them.",
    "power": "when a power is forgotten, or another one taken.",
    "sign": "when one sign is turned. Which minus is missing, or one too many?",
    "minus": "when one sign is turned: a minus too many, or its two sides in the wrong order. Look at each minus.",
    "constant": "when one number of the formula is off by one. Compare them one by one.",
    "comparison": "when one comparison is another (<, <=, >, >=). Which way round is it, and what holds at the border?",
    "condition": "when the two cases of a condition are mixed up, or one is forgotten.",
    "transpose": "with one transpose too many, or too few.",
    "order": "when something is in another order. Which one is asked for?",
    "shape": "when one shape is another. Which shape has each of your arrays?",
    "index": "with other indices, or another slice. Which elements are meant?",
    "range": "when a loop begins one too late, or ends one too early.",
    "dtype": "when numbers are turned into another kind. Where do the decimals go?",
    "copy": "without a copy being made. What shares its memory with what?",
    "in_place": "when an argument is overwritten. What stands in it afterwards?",
    "statement": "when one step is left out. Is every step of the task there?",
    "early": "when the function ends too early. Is there a `return` inside a loop, or before the last step?",
    "result": "when something else is returned than the last step gives.",
    "argument": "when an argument is returned in place of the result.",
    "first_row": "when only the first row, or element, is used. Is there a `return` inside a loop?",
    "last_row": "when only the last row, or element, is used. Does a loop write over what it has so far?",
    "without_last": "without the last row, or element. Does a loop, or a slice, end one too early?",
    "without_first": "without the first row, or element. Does a loop, or a slice, begin one too late?",
    "parameters": "when two arguments have changed places. Which one is which?",
    "degrees_of_freedom": "when a variance is divided by n - 1 in place of n, or the other way round (`ddof`).",
    "rounded": "when the numbers are rounded. Does the task ask for that?",
    "size": "when a size is written in as a number. Where can it be read from the arguments?",
    "answer": "when the example's answer is written in.",
}


def mutant_text(edit: str, detail: str = "") -> str | None:
    """`detail`: the name of the function that the mistake takes; None where there are no words for the kind."""
    if edit == "function":
        taken = f"`{detail}` stands" if detail else "another function stands"
        return f"This is what comes back where {taken} in one place. Which function does the formula ask for there?"
    words = KINDS.get(edit)
    return None if words is None else f"This is what comes back {words}"
