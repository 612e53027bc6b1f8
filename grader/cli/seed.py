"""What commands say of a course's seed: a remark where something is judged, a refusal where something is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.cli.notes import tell_aside
from grader.errors import CourseError

if TYPE_CHECKING:
    from grader.course.seed import Secrecy

__all__ = ["refuse_short_seed", "tell_of_seed"]


def tell_of_seed(secrecy: Secrecy) -> None:
    """A line on standard error, where the hidden inputs can be drawn again."""
    from grader.words.seeds import remark
    from grader.words.text import said

    words = remark(secrecy)
    if words is not None:
        tell_aside(said("note", note=words))


def refuse_short_seed(secrecy: Secrecy) -> None:
    """An error before anything is made of a course that hides less than it says; having no seed is none."""
    from grader.course.seed import refusal

    if secrecy.is_found:
        raise CourseError(refusal(secrecy))
