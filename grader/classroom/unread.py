"""Files of a class that are not read, with the reason as a message."""

from __future__ import annotations

from typing import final

from grader.message import Message, Wording
from grader.observe.compressed import OverLimit, Unread
from grader.words.text import text

__all__ = ["NotRead", "OverBudget", "reason_of"]


@final
class NotRead(Unread):
    """A file cannot be read, for a reason of ours."""

    def __init__(self, reason: Message) -> None:
        super().__init__(text(reason))
        self.reason = reason


@final
class OverBudget(OverLimit):
    """A file is not read because it would be too much for one hand-in."""

    def __init__(self, reason: Message) -> None:
        super().__init__(text(reason))
        self.reason = reason


def reason_of(error: Unread) -> Wording:
    """Why a file is not read; where an archive's reader says it, as a sentence."""
    return error.reason if isinstance(error, NotRead | OverBudget) else str(error)
