"""Exercises to choose from, with what each teaches: as a table for people, as lines for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console

from grader.report.page import Page
from grader.report.safe_text import cleaned

__all__ = ["Listed", "Shelf", "lines", "render"]


@dataclass(frozen=True, slots=True)
class Listed:
    """An exercise, as far as somebody who chooses wants to know."""

    name: str
    title: str
    teaches: str
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shelf:
    """The exercises of an assignment."""

    name: str
    title: str
    exercises: tuple[Listed, ...]


def render(shelves: Sequence[Shelf], console: Console) -> None:
    """A heading for each assignment, and below it two columns."""
    page = Page(console)
    width = max((len(one.name) for shelf in shelves for one in shelf.exercises), default=0)
    width = min(width, page.width // 2)
    for number, shelf in enumerate(shelves):
        if number:
            page.blank()
        page.line(page.text(shelf.title, "bold"))
        for one in shelf.exercises:
            page.paragraph(page.text(f"{one.name:{width}}  {_about(one)}"), indent=2, hanging=width + 2)


def lines(shelves: Sequence[Shelf]) -> Iterator[str]:
    """A line for each exercise: assignment, name, title, what it teaches, what it uses; tabs between them."""
    for shelf in shelves:
        for one in shelf.exercises:
            cells = (shelf.name, one.name, one.title, one.teaches, " ".join(one.uses))
            yield "\t".join(" ".join(cleaned(cell).split()) for cell in cells)


def _about(one: Listed) -> str:
    words = one.teaches or one.title
    return f"{words} Uses {', '.join(one.uses)}." if one.uses else words
