"""Points of several submissions, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from grader.judge.result import ExerciseResult, Outcome, Result
from grader.report.page import Page
from grader.report.words import points_text

__all__ = ["render_points"]


def render_points(rows: Sequence[tuple[str, Result]], console: Console) -> None:
    """One row a submission, one numbered column an exercise (all results have the same ones), their names below."""
    page = Page(console)
    exercises = rows[0][1].exercises if rows else ()
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_header=True, header_style="bold")
    table.add_column("")
    for number, _ in enumerate(exercises, 1):
        table.add_column(str(number), justify="right")
    table.add_column("points", justify="right")
    for name, result in rows:
        cells = [page.text(_points(exercise)) for exercise in result.exercises]
        total = f"{points_text(result.points)}/{points_text(result.max_points)}"
        table.add_row(page.text(name), *cells, page.text(total, "bold"))
    console.print(table)
    page.blank()
    names = "  ".join(f"{number} {exercise.name}" for number, exercise in enumerate(exercises, 1))
    page.paragraph(page.text(names))


def _points(exercise: ExerciseResult) -> str:
    return "?" if exercise.outcome is Outcome.NOT_JUDGED else points_text(exercise.points)
