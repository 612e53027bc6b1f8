"""Every text about style, word for word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.course.key import Manner, StyleRule
from grader.judge import style_texts as texts

FORBID = StyleRule(Manner.FORBID, ("np.linalg.norm", "for"))
CALLS = StyleRule(Manner.CALLS, ("np.exp",))
LOOPS = StyleRule(Manner.VECTORISED, ("m", "n"))

TEXTS: list[tuple[Callable[..., str], tuple[Any, ...], str]] = [
    (texts.rule_name, (FORBID,), "without np.linalg.norm, for"),
    (texts.rule_name, (CALLS,), "with np.exp"),
    (texts.rule_name, (LOOPS,), "without loops"),
    (texts.rule_text, (FORBID,), "Do without `np.linalg.norm` and `for`."),
    (texts.rule_text, (CALLS,), "Use `np.exp`."),
    (texts.rule_text, (LOOPS,), "Write no loop over `m` and `n`: let numpy work on whole arrays."),
    (
        texts.used_forbidden,
        ([("for", 5, None), ("np.sum", 2, 3)],),
        "This exercise asks to do without what is used here: `for` (line 5) and `np.sum` (cell 3, line 2).",
    ),
    (texts.called_too_few, (["np.exp"],), "This exercise asks to use `np.exp`, and nothing here does."),
    (
        texts.looped,
        (["m"],),
        "The larger `m`, the more steps Python takes, one at a time. What does the same for a whole array at once?",
    ),
    (texts.not_earned, (), "This rule is kept; it counts as soon as one test is right."),
]


@pytest.mark.parametrize(("say", "given", "expected"), TEXTS)
def test_texts(say: Callable[..., str], given: tuple[Any, ...], expected: str) -> None:
    assert say(*given) == expected


def test_no_text_is_left_out() -> None:
    assert {say for say, _, _ in TEXTS} == {getattr(texts, name) for name in texts.__all__}
