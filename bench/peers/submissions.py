"""A hundred submissions, the same in every run: sixty right, forty wrong in telling ways, no two alike."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Final

from bench.classroom.functions import RIGHT, WRONG

__all__ = ["MOST", "Work", "choices", "works"]

MOST: Final = 100
_SEED: Final = 7
_OF_FIVE: Final = (True, False, True, False, True)  # three right ones and two wrong ones, in any first part of them


@dataclass(frozen=True, slots=True)
class Work:
    """What one student hands in: all six functions, in one file."""

    name: str
    text: str
    right: bool


def works(count: int) -> tuple[Work, ...]:
    """The first `count` of them; three in five are right."""
    right, wrong = _right(), _wrong()
    coming = ((is_right, next(right if is_right else wrong)) for is_right in _endlessly(_OF_FIVE))
    return tuple(
        Work(f"student{number:03}", text, is_right) for number, (is_right, text) in enumerate(islice(coming, count))
    )


def _endlessly(pattern: tuple[bool, ...]) -> Iterator[bool]:
    while True:
        yield from pattern


def _text(functions: dict[str, str]) -> str:
    return "import numpy as np\n\n\n" + "\n\n".join(functions.values())


def choices() -> list[str]:
    """Submissions that are right, each put together in another way."""
    return list(map(_text, _choices()))


def _choices() -> list[dict[str, str]]:
    """Each way of putting right functions together, in a shuffled order."""
    every = [dict(zip(RIGHT, functions, strict=True)) for functions in product(*RIGHT.values())]
    random.Random(_SEED).shuffle(every)
    return every


def _right() -> Iterator[str]:
    return iter(choices())


def _wrong() -> Iterator[str]:
    """Each mistake alone, and then in the company of another one."""
    mistakes = [(name, text) for name, texts in WRONG.items() for text in texts]
    random.Random(_SEED).shuffle(mistakes)
    first, second = mistakes, mistakes[1:] + mistakes[:1]
    around = iter(_choices())
    for name, text in first:
        yield _text({**next(around), name: text})
    for (name, text), (other, other_text) in zip(first, second, strict=True):
        yield _text({**next(around), name: text, other: other_text})
