"""The level of a specification that says what is looked at of a result without a plain form."""

from __future__ import annotations

from pydantic import Field

from grader.course.fields import Expression, Type
from grader.course.signature import Signature
from grader.course.spec_base import Spec
from grader.course.wordings import Words

__all__ = ["ViewSpec"]


class ViewSpec(Spec):
    """What is judged of a result, in its place."""

    as_: Expression = Field(
        alias="as", description="An expression over `result` and the arguments: what is judged in place of the result."
    )
    typed: Type = Field(alias="type", description="The signature of what that gives.")
    otherwise: Words | None = Field(
        default=None, description="What a student is told whose result it cannot be evaluated on."
    )

    @property
    def signature(self) -> Signature:
        return self.typed.signature

    @property
    def text(self) -> str:
        """The type as it was written."""
        return self.typed.text
