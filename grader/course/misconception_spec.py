"""The level of a specification that describes a misconception: a wrong solution that can be run."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from grader.course.fields import Module, Slug, fault
from grader.course.problems import clip
from grader.course.spec_base import Spec
from grader.course.stub import apply_edit
from grader.course.wordings import Words

__all__ = ["MisconceptionSpec"]


def _edits(edit: dict[str, str]) -> dict[str, str]:
    if not edit:
        raise fault(
            "the edit changes nothing", advice='Write {"axis=1": "axis=0"}: what stands there, and what instead.'
        )
    for old, new in edit.items():
        if not old.strip():
            raise fault("an edit begins with the text that it replaces, and this one is empty")
        if old == new:
            raise fault(f"the edit replaces '{clip(old)}' by itself", path=(old,))
    return edit


class MisconceptionSpec(Spec):
    """A wrong solution that students really write. Exactly one of `edit` and `code` makes it."""

    id: Slug = Field(description="A short name: letters, digits, `_` and `-`.")
    edit: Annotated[dict[str, str], AfterValidator(_edits)] | None = Field(
        default=None, description="Texts of the reference and what stands there instead; every occurrence is replaced."
    )
    code: Module | None = Field(default=None, description="A whole wrong solution, in place of `edit`.")
    says: Words = Field(description="What a student is told who made this mistake.")

    @model_validator(mode="after")
    def _one_of_edit_and_code(self) -> MisconceptionSpec:
        if self.edit is not None and self.code is not None:
            raise fault("both 'edit' and 'code'", advice="Keep one: the edit of the reference, or the whole code.")
        if self.edit is None and self.code is None:
            advice = 'Write `edit: {"axis=1": "axis=0"}`, or `code: |` and a whole wrong solution below it.'
            raise fault("neither 'edit' nor 'code', so nothing says what the mistake is", advice=advice)
        return self

    def text(self, solution: str) -> str:
        """The whole file of who makes this mistake, where `solution` is the reference. Raises `AuthorError`."""
        return self.code if self.code is not None else apply_edit(solution, self.edit or {})
