"""The variants of an assignment in a gradebook: which work has which, and what each is judged by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from grader.classroom.tables import Tables
from grader.course.variant import Variant

if TYPE_CHECKING:
    from grader.course.key import AnswerKey, Assignment

__all__ = ["keep_keys", "kept_number", "variant_at"]


def keep_keys(
    book: Tables, assignment: Assignment, first: Mapping[str, AnswerKey], others: Sequence[Mapping[str, AnswerKey]]
) -> None:
    """Note, within `writing`, what each variant is judged by from now on, beside the first.

    Work of a variant that there is no more is judged as that of the first.
    """
    book.write("DELETE FROM variants WHERE assignment = ?", (assignment.name,))
    keys = dict(enumerate(others, 1))
    used = book.rows("SELECT DISTINCT variant FROM submissions WHERE assignment = ?", (assignment.name,))
    for number in {*keys, *(number for (number,) in used if number)}:
        for name in assignment.exercises:
            row = (assignment.name, number, name, keys.get(number, first)[name].id)
            book.write("INSERT INTO variants (assignment, number, exercise, key) VALUES (?, ?, ?, ?)", row)


def kept_number(book: Tables, assignment: str, student: str, number: int) -> int:
    """The variant that a student's work was judged by before, else that number."""
    query = "SELECT variant FROM submissions WHERE assignment = ? AND submitter = ? ORDER BY id LIMIT 1"
    return next((int(kept) for (kept,) in book.rows(query, (assignment, student))), number)


def variant_at(book: Tables, assignment: str, number: int) -> Variant:
    """The variant that work of that number is judged by."""
    (count,) = next(book.rows("SELECT variants FROM assignments WHERE name = ?", (assignment,)))
    return Variant(number if number < count else 0, count)
