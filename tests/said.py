"""Findings and remarks by their English texts."""

from __future__ import annotations

from typing import Any, Protocol

import msgspec

from grader.judge.result import Finding, Rule
from grader.message import Message, verbatim
from grader.words.text import lines, text

__all__ = ["finding_of", "hint_of", "remarks_of", "said", "worded"]


class Remarked(Protocol):
    """A result of an exercise, or of all."""

    @property
    def remarks(self) -> tuple[Message, ...]: ...


def finding_of(rule: Rule, message: str, *, hint: str | None = None, **fields: Any) -> Finding:
    """A finding that says just this."""
    return Finding(rule, (verbatim(message),), hint=None if hint is None else verbatim(hint), **fields)


def said(found: Finding) -> str:
    return lines(found.messages)


def hint_of(found: Finding) -> str | None:
    return None if found.hint is None else text(found.hint)


def remarks_of(result: Remarked) -> tuple[str, ...]:
    return tuple(map(text, result.remarks))


def worded(found: Finding | None) -> Finding | None:
    """The finding with its English texts in place of its messages."""
    if found is None:
        return None
    hint = None if found.hint is None else verbatim(text(found.hint))
    return msgspec.structs.replace(found, messages=(verbatim(said(found)),), hint=hint)
