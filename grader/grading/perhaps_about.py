"""Which exercises a submission can be about, by its text alone: the keys of the others need not be had.

A course may have a hundred exercises, each of which takes a quarter of a second to compile, and a file is about one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Final, final

from grader.grading.absent import Submission
from grader.near import nearest
from grader.observe.wire import Source

__all__ = ["NamesIn", "may_need"]

_WORD: Final = re.compile(r"\w+")
_UNSEEN: Final = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_DEFINED: Final = re.compile(r"\b(?:def|class)[\s\\]+(\w+)")
_ASSIGNED: Final = re.compile(r"\b(\w+)[\s)\\]*[:=]")  # also `(f) = …`, `f: Rule = …`, `f = g = …`
_LAMBDA: Final = "lambda"
_BOUND: Final = re.compile(
    r"^(?:(?:async[ \t]+)?def|class)[ \t]+(\w+)|^(?!def |class |import |from |[\s#@])(.+)=", re.M
)


@final
class NamesIn:
    """The names in the texts of a submission, and those of its files."""

    def __init__(self, submission: Submission) -> None:
        files = [source.name for source in submission.sources] + [file.name for file in submission.unreadable]
        texts = [_UNSEEN.sub("", _as_python_has_it(text)) for text in _texts(submission.sources)]
        self._stems = {PurePath(file).stem for file in files}
        self._words = {word for text in texts for word in _WORD.findall(text)}
        # in the order of the texts, for not all of them are looked at
        self._defined = dict.fromkeys(name for text in texts for name in _perhaps_defined(text))

    def perhaps_about(self, needs: Mapping[str, Collection[str]]) -> list[str]:
        """The exercises that some file has the name of, or a word that it needs, or a definition with a name near one.

        `needs`: by exercise, the names that it needs, or more. No exercise is left out that `grading.find` would find
        anything of: every word of a text counts, also of comments and of cells that are no code.
        """
        return [
            name
            for name, needed in needs.items()
            if name in self._stems
            or not self._words.isdisjoint(needed)
            or any(nearest(each, self._defined) for each in needed)
        ]


def may_need(name: str, solution: str) -> frozenset[str]:
    """What an exercise can need, by its solution file: it has all of that, and perhaps more."""
    lines = _BOUND.findall(_as_python_has_it(solution))
    return frozenset([name, *(word for pair in lines for part in pair for word in _WORD.findall(part))])


def _perhaps_defined(text: str) -> Iterator[str]:
    """The names of functions and of classes. What is between a name and its `lambda` may be anything."""
    yield from _DEFINED.findall(text)
    if _LAMBDA in text:
        yield from _ASSIGNED.findall(text)


def _as_python_has_it(text: str) -> str:
    """With one spelling of each name, as the syntax tree has them."""
    return unicodedata.normalize("NFKC", text)


def _texts(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        yield from (block.text for block in source.blocks)
        yield from (aside.text for aside in source.asides)
