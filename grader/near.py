"""Names that somebody may have meant: near misses are reported, never taken for the real thing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from itertools import islice
from typing import Final

__all__ = ["nearest"]

_CLOSE_ENOUGH: Final = 0.75
_MOST_CANDIDATES: Final = 1000
_MOST_ANSWERS: Final = 3


def nearest(name: str, candidates: Iterable[str], *, closeness: float = _CLOSE_ENOUGH) -> tuple[str, ...]:
    """Those of `candidates` that look like `name`, best first: other capitals or underscores, a letter more or less.

    `closeness`, from 0 to 1, is how alike they have to be.
    """
    folded: dict[str, str] = {}
    for candidate in islice(candidates, _MOST_CANDIDATES):
        # A name several times as long is never near, and comparing long names takes long.
        if candidate != name and len(candidate) <= 2 * len(name) + 8:
            folded.setdefault(_fold(candidate), candidate)
    close = difflib.get_close_matches(_fold(name), folded, n=_MOST_ANSWERS, cutoff=closeness)
    return tuple(folded[match] for match in close)


def _fold(name: str) -> str:
    return name.casefold().replace("_", "")
