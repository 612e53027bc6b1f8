"""Remarks on what was judged: they are no findings, and cost nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from grader.judge.wording import and_list, clean, quantity

__all__ = ["taken_from"]

_MOST_OTHERS: Final = 3
_MANY_OTHERS: Final = 3  # versions of one file are fewer
_A_CLASS: Final = "Are these files of several students? `grader run FOLDER` grades a class."


def taken_from(file: str, others: Sequence[str], *, has_its_name: bool) -> list[str]:
    """Several files define it; which one was judged. Many are hardly one student's."""
    why = "which has its name" if has_its_name else "the newest"
    names = [f"another {clean(name, 80)}" if name == file else clean(name, 80) for name in others[:_MOST_OTHERS]]
    if len(others) > _MOST_OTHERS:
        names.append(quantity(len(others) - _MOST_OTHERS, "other"))
    do = "defines" if len(others) == 1 else "define"
    taken = f"Taken from {clean(file, 80)}, {why}; {and_list(names)} {do} it too."
    return [taken, _A_CLASS] if len(others) >= _MANY_OTHERS else [taken]
