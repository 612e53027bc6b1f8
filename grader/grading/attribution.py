"""Attribution: which exercise of a file is told of a fault that lies outside its functions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from grader.course.key import AnswerKey
from grader.grading.find import Found
from grader.observation import Raised
from grader.observe.loads import Stop
from grader.observe.wire import Source, SyntaxFault

__all__ = ["Candidates", "attributed_to"]

Candidates: TypeAlias = Sequence[tuple[AnswerKey, Found]]  # the exercises that are judged by one file


def attributed_to(one: Stop | Raised | SyntaxFault, source: Source, candidates: Candidates) -> AnswerKey | None:
    """The only exercise of the file, else the one that the line names, else the one of that cell; None if unsure."""
    if len(candidates) == 1:
        return candidates[0][0]
    words = set(re.findall(r"\w+", _line(source, one.line, one.cell)))
    if isinstance(one, Raised):
        words.add(one.function)
    named = [key for key, _ in candidates if words.intersection(key.needs)]
    beside = [key for key, found in candidates if one.cell is not None and found.definition.cell == one.cell]
    return next((keys[0] for keys in (named, beside) if len(keys) == 1), None)


def _line(source: Source, line: int | None, cell: int | None) -> str:
    text = next((block.text for block in source.blocks if block.cell == cell), "")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[line - 1] if line is not None and 0 < line <= len(lines) else ""
