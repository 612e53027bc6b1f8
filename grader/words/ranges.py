"""What students read of the values that an argument or a size may have."""

from __future__ import annotations

from grader.course.element_kinds import Kind
from grader.course.ranges import Range
from grader.course.tree import Leaf, Signature
from grader.words.text import said

__all__ = ["in_words"]


def in_words(within: Range, signature: Signature) -> str:
    """What students read of it: "Whole numbers from 1 to 9."; empty where there is nothing to say."""
    if within.choices is not None:
        *most, last = [repr(value) for value in within.choices.value]
        if most:
            return said("sheet.either", most=said("list.between").join(most), last=last)
        return said("sheet.always", value=last)
    if not within.is_bounded:
        return ""
    is_int = isinstance(signature, Leaf) and signature.kind is Kind.INT
    if not isinstance(signature, Leaf) or signature.shape is None:
        return said("sheet.whole_number" if is_int else "sheet.number", extent=_extent(within))
    return said("sheet.whole_numbers" if is_int else "sheet.numbers", extent=_extent(within))


def _extent(within: Range) -> str:
    if within.minimum is None:
        return said("extent.at_most", most=within.maximum)
    if within.maximum is None:
        return said("extent.at_least", least=within.minimum)
    return said("extent.between", least=within.minimum, most=within.maximum)
