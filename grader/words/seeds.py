"""What is said of a course's seed where something is judged by it."""

from __future__ import annotations

from grader.course.seed import Secrecy
from grader.words.text import said

__all__ = ["remark"]


def remark(secrecy: Secrecy) -> str | None:
    """What is to be said of a course on one line, where anything is."""
    return None if secrecy is Secrecy.KEPT else said(f"seed.{secrecy.value}")
