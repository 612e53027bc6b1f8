"""Texts as they are: an author's own words, and sentences of versions before messages were data."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Texts

__all__ = ["EARLIER"]

EARLIER: Final[Texts] = {
    "text": "{text}",
    "texts": "{texts}{own}{languages}",  # one of them is said (`grader.words.text`)
    "error.name.alias_gone": "`np.{name}` is gone from numpy. Write `{name}`, without `np.`.",
    "text.left_out": "{text}",
    "text.statement_failed": "{text}",
    "text.should_change": "{text}",
    "text.unrun": "{text}",
}
