"""What is said of a result that cannot be looked at."""

from __future__ import annotations

from grader.course.key import View
from grader.course.signature import parse
from grader.judge.result import Rule
from grader.judge.views import not_viewed
from grader.values import Opaque
from grader.words.text import lines, text

VIEW = View("list(result)", parse("any"), "any", "An iterator, please.")


def test_it_is_of_the_wrong_type_and_the_author_says_what_is_due() -> None:
    finding = not_viewed(VIEW, Opaque("Frame"), None)
    assert finding.rule is Rule.TYPE
    assert "Frame" in lines(finding.messages)
    assert "cannot be looked at" in lines(finding.messages)
    assert finding.hint is not None
    assert text(finding.hint) == "An iterator, please."


def test_without_words_of_the_author_there_is_no_hint() -> None:
    assert not_viewed(View("list(result)", parse("any"), "any"), 3, None).hint is None
