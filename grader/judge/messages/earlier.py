"""Sentences of versions before messages were data, of which one thing is known that matters."""

from __future__ import annotations

from typing import Final

from grader.message import Origin, declare

__all__ = ["LEFT_OUT", "SHOULD_CHANGE", "STATEMENT_FAILED", "UNRUN"]

LEFT_OUT: Final = declare("text.left_out", text=Origin.CASE)
STATEMENT_FAILED: Final = declare("text.statement_failed", text=Origin.CASE)
UNRUN: Final = declare("text.unrun", text=Origin.PUBLIC)
SHOULD_CHANGE: Final = declare("text.should_change", text=Origin.CASE)
