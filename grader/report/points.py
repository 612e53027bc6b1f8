"""Points of several submissions, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from grader.judge.result import ExerciseResult, Outcome, Result
from grader.report.page import Page
from grader.report.words import points_text
from grader.words.text import said

__all__ = ["render_points", "render_rows"]


def render_points(rows: Sequence[tuple[str, Result]], console: Console) -> None:
    """One row a submission, one numbered column an exercise (all results have the same ones), their names below."""
    names = [exercise.name for exercise in rows[0][1].exercises] if rows else []
    render_rows(
        names, [(name, [_points(each) for each in result.exercises], _total(result)) for name, result in rows], console
    )


def render_rows(exercises: Sequence[str], rows: Sequence[tuple[str, Sequence[str], str]], console: Console) -> None:
    """The same from finished texts: a name, its points in each exercise, and the total."""
    page = Page(console)
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_header=True, header_style="bold")
    table.add_column("", overflow="fold")
    for number, _ in enumerate(exercises, 1):
        table.add_column(str(number), justify="right", no_wrap=True)
    table.add_column(said("run.points"), justify="right", no_wrap=True)
    for name, points, total in rows:
        table.add_row(page.text(name), *map(page.text, points), page.text(total, "bold"))
    console.print(table)
    page.blank()
    page.paragraph(page.text("  ".join(f"{number} {name}" for number, name in enumerate(exercises, 1))))


def _points(exercise: ExerciseResult) -> str:
    return "?" if exercise.outcome is Outcome.NOT_JUDGED else points_text(exercise.points)


def _total(result: Result) -> str:
    return f"{points_text(result.points)}/{points_text(result.max_points)}"
