from __future__ import annotations

from grader.judge import unwritten
from grader.observe.wire import Definition, Replaced
from grader.words.text import text


def test_what_a_later_blank_has_replaced_is_told_with_both_places() -> None:
    definition = Definition("softmax", "function", 5, 2, blank=True, replaces=Replaced(1, 1))

    assert text(unwritten.replaced("softmax", definition)) == (
        "What you wrote for `softmax` (line 1 of cell 1) is replaced by an empty `softmax` below it "
        "(line 5 of cell 2): Python keeps the last. Delete the empty one."
    )
