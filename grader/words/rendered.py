"""Templates, filled in: what they say of their own is looked up in the language that is spoken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from grader.course.templates import render
from grader.words.language import spoken
from grader.words.text import ended, said

__all__ = ["rendered"]


def rendered(template: str, *, course: Path | None = None, **context: Any) -> str:
    """What `template` makes of `context`, of `said` and `ended`, and of the tag of the `language` that is spoken.

    Raises `CourseError` as `grader.course.templates.render` does.
    """
    return render(template, course=course, **{"said": said, "ended": ended, "language": spoken().tag, **context})
