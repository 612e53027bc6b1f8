"""What commands say of exercises that have changed since grades were judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.classroom.queries import Change

__all__ = ["changed_words", "drawn_words"]


def changed_words(change: Change, title: str = "") -> str:
    """The exercise, by its title where there is one, how many grades, and what numgrade itself has changed since."""
    from grader.words.text import ended, said, sentences

    told = said("run.changed", exercise=title or change.exercise, count=change.grades)
    words = drawn_words(change)
    return sentences([ended(told), words]) if words else told


def drawn_words(change: Change) -> str:
    """Why inputs are others that no author has changed; nothing where that is not so."""
    from grader.course.key_versions import changes_since

    if change.form is None:
        return ""
    return f"Inputs changed with numgrade itself, whose keys have a newer form: {changes_since(change.form)}"
