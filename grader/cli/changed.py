"""What commands say of exercises that have changed since grades were judged, or are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.classroom.gradebook import Gradebook
    from grader.classroom.queries import Change

__all__ = ["changed_words", "drawn_words", "taken_out_lines"]


def changed_words(change: Change, title: str = "") -> str:
    """The exercise, by its title where there is one, how many grades, and what numgrade itself has changed since."""
    from grader.words.text import ended, said, sentences

    told = said("run.changed", exercise=title or change.exercise, count=change.grades)
    words = drawn_words(change)
    return sentences([ended(told), words]) if words else told


def drawn_words(change: Change) -> str:
    """Why inputs are others that no author has changed; nothing where that is not so."""
    from grader.course.key_versions import forms_since
    from grader.words.text import further, said

    if change.form is None:
        return ""
    return said("drawn_anew", changes=further(said(f"drawn_anew.{form}") for form in forms_since(change.form)))


def taken_out_lines(book: Gradebook, assignment: str) -> Iterator[str]:
    """A line for each exercise that is no longer in the assignment, below a heading that says it."""
    from grader.classroom.taken_out import taken_out
    from grader.words.text import said

    return (said("run.changed", exercise=each.exercise, count=each.grades) for each in taken_out(book, assignment))
