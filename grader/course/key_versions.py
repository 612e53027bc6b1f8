"""The versions of the format of answer keys, and what each changed of the inputs that are drawn.

By it a grade can be of another key although nobody has changed its exercise, its reference or its seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from grader.course.key import SCHEMA

__all__ = ["changes_since"]

_CHANGES: Final[Mapping[int, str]] = {
    2: (
        "examples and practice cases are drawn without the course's seed, so that nothing students get depends on it, "
        "and are others now; hidden inputs are the same"
    ),
    3: (
        "sizes are no longer primes alone but even, odd, composite, powers of two, equal and long as well, integers "
        "and texts occur more than once, and tests drawn from the signature have values in order and repeated ones, "
        "and examples that are drawn have fewer numbers"
    ),
}


def changes_since(form: int) -> str:
    """What is drawn otherwise by keys of today than by those of that earlier form; a clause for people."""
    return "; ".join(_CHANGES[each] for each in range(form + 1, SCHEMA + 1))
