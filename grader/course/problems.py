"""What is wrong with a file, and how it is told: where, what, the source line with a caret, and advice."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from grader.errors import SpecificationError
from grader.near import nearest

if TYPE_CHECKING:
    from grader.course.node import Mark, Path

__all__ = ["Problem", "Violation", "clip", "did_you_mean", "error", "listed", "near", "render"]

MAX_PROBLEMS: Final = 50
_WINDOW: Final = 100
_CLIP: Final = 60
_MAX_LISTED: Final = 20
_CLOSENESS: Final = 0.6


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a place in a text."""

    mark: Mark
    message: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Violation:
    """A violation of a rule by the value at a path (or by its key).

    `inside` is the line and column, from 0, in the text of the value where it goes wrong.
    """

    path: Path
    message: str
    advice: str = ""
    at_key: bool = False
    inside: tuple[int, int] | None = None


def render(problem: Problem, name: str, lines: Sequence[str]) -> str:
    """The text of a problem: `file:line:column: message`, the source line, a caret, advice."""
    line, column = problem.mark.line, problem.mark.column
    text = [f"{name}:{line + 1}:{column + 1}: {problem.message}"]
    source = lines[line] if line < len(lines) else ""
    if source.strip():
        text += _pointed(source, column)
    if problem.advice:
        text += [f"  {advice}" for advice in problem.advice.splitlines()]
    return "\n".join(text)


def _pointed(source: str, column: int) -> list[str]:
    start = max(0, column - _WINDOW * 2 // 3) if len(source) > _WINDOW else 0
    shown = source[start : start + _WINDOW]
    before, after = "…" if start else "", "…" if start + _WINDOW < len(source) else ""
    visible = "".join(c if c == "\t" or c.isprintable() else "�" for c in shown)
    padding = "".join(_blank(c) for c in before + visible[: column - start])
    return [f"    {before}{visible}{after}", f"    {padding}^"]


def _blank(character: str) -> str:
    """White space as wide as `character`, so that the caret stands below its place."""
    if character == "\t":
        return "\t"
    if unicodedata.combining(character):
        return ""
    return "  " if unicodedata.east_asian_width(character) in "WF" else " "


def error(problems: Iterable[Problem], name: str, lines: Sequence[str]) -> SpecificationError:
    """The exception that tells every problem of a file, in the order of the file."""
    ordered = sorted(dict.fromkeys(problems), key=lambda problem: (problem.mark.line, problem.mark.column))
    texts = [render(problem, name, lines) for problem in ordered[:MAX_PROBLEMS]]
    if len(ordered) > MAX_PROBLEMS:
        texts.append(f"{name}: … and {len(ordered) - MAX_PROBLEMS:,} more")
    return SpecificationError(tuple(texts))


def did_you_mean(word: Any, known: Iterable[str]) -> str:
    """The end of a message about an unknown word: `; did you mean 'softmax'?`, or nothing."""
    close = near(word, known)
    return f"; did you mean '{close}'?" if close else ""


def near(word: Any, known: Iterable[str]) -> str | None:
    """The one of `known` that `word` was probably meant to be."""
    if not isinstance(word, str) or not 0 < len(word) <= _CLIP:
        return None
    return next(iter(nearest(word, known, closeness=_CLOSENESS)), None)


def listed(names: Iterable[str]) -> str:
    """Names with commas between them, and dots after very many."""
    first = [clip(name) for name in itertools.islice(names, _MAX_LISTED + 1)]
    return ", ".join(first[:_MAX_LISTED]) + (", …" if len(first) > _MAX_LISTED else "")


def clip(text: object) -> str:
    """`text` on one line, shortened where it is long."""
    flat = " ".join(str(text).split())
    return flat if len(flat) <= _CLIP else flat[: _CLIP - 1] + "…"
