"""Exercises to choose from, with what each teaches: as a table for people, as lines for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

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
    """A heading and a table for each assignment."""
    page = Page(console)
    width = 4 + max((len(one.name) for shelf in shelves for one in shelf.exercises), default=0)
    for number, shelf in enumerate(shelves):
        if number:
            page.blank()
        page.line(page.text(shelf.title, "bold"))
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column("", min_width=min(width, page.width // 2), overflow="fold")
        table.add_column("", ratio=1, overflow="fold")
        for one in shelf.exercises:
            table.add_row(page.text(f"  {one.name}"), page.text(_about(one)))
        console.print(table)


def lines(shelves: Sequence[Shelf]) -> Iterator[str]:
    """A line for each exercise: assignment, name, title, what it teaches, what it uses; tabs between them."""
    for shelf in shelves:
        for one in shelf.exercises:
            cells = (shelf.name, one.name, one.title, one.teaches, " ".join(one.uses))
            yield "\t".join(" ".join(cleaned(cell).split()) for cell in cells)


def _about(one: Listed) -> str:
    words = one.teaches or one.title
    return f"{words} Uses {', '.join(one.uses)}." if one.uses else words
