"""What is told no longer: sentences of before messages were data, and messages that others took the place of."""

from __future__ import annotations

from typing import Final

from grader.message import Origin, declare

__all__ = ["ALIAS_GONE", "LEFT_OUT", "SHOULD_CHANGE", "STATEMENT_FAILED", "UNRUN"]

ALIAS_GONE: Final = declare("error.name.alias_gone", name=Origin.CASE)
LEFT_OUT: Final = declare("text.left_out", text=Origin.CASE)
STATEMENT_FAILED: Final = declare("text.statement_failed", text=Origin.CASE)
UNRUN: Final = declare("text.unrun", text=Origin.PUBLIC)
SHOULD_CHANGE: Final = declare("text.should_change", text=Origin.CASE)
