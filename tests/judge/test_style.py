"""What is said of style, word for word. What breaks a rule is tested with grading."""

from __future__ import annotations

import pytest

from grader.course.key import Manner, StyleRule
from grader.judge.messages import style
from grader.judge.style import rule_said
from grader.message import Message
from grader.words.text import text

FORBID = StyleRule(Manner.FORBID, ("np.linalg.norm", "for"))
CALLS = StyleRule(Manner.CALLS, ("np.exp",))
LOOPS = StyleRule(Manner.VECTORISED, ("m", "n"))


@pytest.mark.parametrize(
    ("rule", "name", "said"),
    [
        (FORBID, "without np.linalg.norm, for", "Do without `np.linalg.norm` and `for`."),
        (CALLS, "with np.exp", "Use `np.exp`."),
        (LOOPS, "without loops", "Write no loop over `m` and `n`: let numpy work on whole arrays."),
    ],
)
def test_a_rule_is_the_name_of_a_test_and_is_told(rule: StyleRule, name: str, said: str) -> None:
    assert rule.test == name
    assert text(rule_said(rule)) == said


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (
            style.USED_FORBIDDEN(
                uses=(style.USED_ON_LINE(name="for", line=5), style.USED_IN_CELL(name="np.sum", cell=3, line=2))
            ),
            "This exercise asks to do without what is used here: `for` (line 5) and `np.sum` (cell 3, line 2).",
        ),
        (
            style.CALLED_TOO_FEW(names=("np.exp",)),
            "This exercise asks to use `np.exp`, and nothing here does.",
        ),
        (
            style.LOOPED(sizes=("m",)),
            "The larger `m`, the more steps Python takes, one at a time. What does the same for a whole array at once?",
        ),
        (
            style.EARNED_IN_PART(),
            (
                "This rule is kept. Its points count in the share of the tests' points that is earned: "
                "all of them where all is right."
            ),
        ),
        (
            style.GATE_SHUT(percent="100"),
            "This rule is kept; it counts where 100 % of the tests' points are earned.",
        ),
        (style.NOT_EARNED(), "This rule is kept; it counts as soon as one test is right."),
    ],
)
def test_what_breaks_a_rule_is_told(message: Message, said: str) -> None:
    assert text(message) == said
