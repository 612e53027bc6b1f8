"""Rules of style in words: what is asked for, and what is said of who does not keep to it."""

from __future__ import annotations

from collections.abc import Sequence

from grader.course.key import Manner, StyleRule
from grader.judge.wording import and_list

__all__ = ["called_too_few", "looped", "not_earned", "rule_name", "rule_text", "used_forbidden"]


def rule_name(rule: StyleRule) -> str:
    """What the test of a rule is called: short, and the same for everybody."""
    match rule.manner:
        case Manner.FORBID:
            return f"without {_named(rule.names)}"
        case Manner.CALLS:
            return f"with {_named(rule.names)}"
    return "without loops"


def rule_text(rule: StyleRule) -> str:
    """The rule, as a student is told it before any work."""
    match rule.manner:
        case Manner.FORBID:
            return f"Do without {_quoted(rule.names)}."
        case Manner.CALLS:
            return f"Use {_quoted(rule.names)}."
    return f"Write no loop over {_quoted(rule.names)}: let numpy work on whole arrays."


def used_forbidden(found: Sequence[tuple[str, int, int | None]]) -> str:
    """`found`: what is used that should not be, with its line and cell."""
    places = [f"`{name}` ({f'cell {cell}, ' if cell is not None else ''}line {line})" for name, line, cell in found]
    return f"This exercise asks to do without what is used here: {and_list(places)}."


def called_too_few(names: Sequence[str]) -> str:
    """`names`: the functions that are not called."""
    return f"This exercise asks to use {_quoted(names)}, and nothing here does."


def looped(symbols: Sequence[str]) -> str:
    """`symbols`: the sizes with which the number of steps grows."""
    return (
        f"The larger {_quoted(symbols)}, the more steps Python takes, one at a time. "
        "What does the same for a whole array at once?"
    )


def not_earned() -> str:
    """The rule is kept by code that does not do the task."""
    return "This rule is kept; it counts as soon as one test is right."


def _named(names: Sequence[str]) -> str:
    return ", ".join(names)


def _quoted(names: Sequence[str]) -> str:
    return and_list([f"`{name}`" for name in names])
