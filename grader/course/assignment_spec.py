"""What course.yaml says of an assignment, and of the page on which it is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Final, Literal

from pydantic import Field, model_validator

from grader.course.fields import Due, Extension, Slug, Text
from grader.course.spec_base import Spec
from grader.course.wordings import About, Words

__all__ = ["AssignmentSpec", "ServeSpec"]


MAX_VARIANTS: Final = 100


class AssignmentSpec(Spec):
    """A named list of exercises, in the order in which students meet them."""

    name: Slug = Field(description="A short name: letters, digits, `_` and `-`.")
    title: About = Field(default="", description="The heading of the handout.")
    exercises: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(description="The exercises' names, in order.")
    due: Due | None = Field(default=None, description="`2026-12-01 23:59 Europe/Berlin`, or ISO 8601 with an offset.")
    form: Literal["scripts", "notebook", "both"] = Field(
        default="both", description="What students fill in: a Python file each, one notebook, or whichever they like."
    )
    hand_in: Words | None = Field(default=None, description="How and where to hand in; without it as the course says.")
    variants: Annotated[int, Field(ge=1, le=MAX_VARIANTS)] = Field(
        default=1,
        description="How many variants there are, of other hidden and practice inputs; each student has one of them.",
    )
    extensions: dict[str, Extension] = Field(
        default={}, description="By student (the id in the gradebook): a later due date, or how much later: `3 days`."
    )

    @property
    def extended(self) -> dict[str, datetime]:
        """The due date of each student who has one of their own."""
        given = self.extensions.items()
        return (
            {student: self.due + later if isinstance(later, timedelta) else later for student, later in given}
            if self.due
            else {}
        )

    @model_validator(mode="before")
    @classmethod
    def _titled(cls, raw: Any) -> Any:
        return {"title": raw.get("name", ""), **raw} if isinstance(raw, Mapping) else raw


class ServeSpec(Spec):
    """How often students may hand in on the page of `grader serve`, and when they see results of hidden tests."""

    attempts: Annotated[int, Field(ge=1)] = Field(default=10, description="Attempts of a student at an exercise.")
    per_minute: Annotated[float, Field(gt=0)] = Field(
        default=6.0, description="Attempts of a student in a minute, once the first five are spent."
    )
    hidden: Literal["at_once", "after_due"] = Field(
        default="at_once",
        description="When students see the results of hidden tests: as soon as they are there, or when work is due.",
    )
