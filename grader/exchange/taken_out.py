"""What commands and the teacher's page say of exercises that are no longer in their assignment."""

from __future__ import annotations

from collections.abc import Iterator

from grader.classroom.tables import Tables
from grader.classroom.taken_out import taken_out
from grader.words.text import said

__all__ = ["taken_out_words"]


def taken_out_words(book: Tables, assignment: str, title: str = "") -> Iterator[str]:
    """A sentence for each such exercise, while there are grades of it; of the assignment by its title where one is."""
    for each in taken_out(book, assignment):
        yield said("taken_out", exercise=each.exercise, assignment=title or assignment, count=each.grades)
