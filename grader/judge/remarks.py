"""Remarks on what was judged: they are no findings, and cost nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from grader.judge.wording import and_list, clean, quantity

__all__ = ["NP_SUPPLIED", "followed", "of_file", "taken_from", "will_follow"]

NP_SUPPLIED: Final = (
    "`np` was not imported in this file; it was supplied here. Add `import numpy as np`, or the file fails on its own."
)
_MOST_OTHERS: Final = 3
_MANY_OTHERS: Final = 3  # versions of one file are fewer
_A_CLASS: Final = "Are these files of several students? `grader run FOLDER` grades a class."


def of_file(name: str, remark: str) -> str:
    """A remark on one of several files that belongs to no exercise."""
    return f"{clean(name, 80)}: {remark}"


def taken_from(file: str, others: Sequence[str], *, has_its_name: bool) -> list[str]:
    """Several files define it; which one was judged. Many are hardly one student's."""
    why = "which has its name" if has_its_name else "the newest"
    names = [f"another {clean(name, 80)}" if name == file else clean(name, 80) for name in others[:_MOST_OTHERS]]
    if len(others) > _MOST_OTHERS:
        names.append(quantity(len(others) - _MOST_OTHERS, "other"))
    do = "defines" if len(others) == 1 else "define"
    taken = f"Taken from {clean(file, 80)}, {why}; {and_list(names)} {do} it too."
    return [taken, _A_CLASS] if len(others) >= _MANY_OTHERS else [taken]


def followed(functions: Sequence[str], *, missing: bool, files: int) -> str:
    """An exercise was judged with right functions in place of the student's own, `missing` where there are none."""
    here = "in this file" if files == 1 else "in these files"
    right, them, are, cost = _each(functions)
    why = f"there is none {here}" if missing else f"the {them} {here} {are} wrong"
    return f"Judged with {right}, for {why}: that costs points once, in {cost}."


def _each(functions: Sequence[str]) -> tuple[str, str, str, str]:
    named = and_list([f"a right `{clean(name, 80)}`" for name in functions])
    return (
        (named, "one", "is", "its own exercise")
        if len(functions) == 1
        else (named, "ones", "are", "their own exercises")
    )


def will_follow(functions: Sequence[str]) -> str:
    """On a handout: what these are not right for is judged with the student's own."""
    named = and_list([f"`{clean(name, 80)}`" for name in functions])
    are, own = ("is", "its own exercise") if len(functions) == 1 else ("are", "their own exercises")
    return f"This uses {named}, which {are} not right yet. Grading the class charges that once, in {own}."
