"""The versions of the format of answer keys that changed what inputs are drawn.

By it a grade can be of another key although nobody has changed its exercise, its reference or its seed. What each of
them changed stands among the texts (`drawn_anew.2`, …).
"""

from __future__ import annotations

from grader.course.key import SCHEMA

__all__ = ["forms_since"]


def forms_since(form: int) -> tuple[int, ...]:
    """Those after that earlier one, up to that of today's keys."""
    return tuple(range(form + 1, SCHEMA + 1))
