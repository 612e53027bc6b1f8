"""The level of a specification that describes another form of a right result, and how it is read."""

from __future__ import annotations

from pydantic import Field

from grader.course.fields import Expression
from grader.course.spec_base import Spec

__all__ = ["AcceptSpec"]


class AcceptSpec(Spec):
    """Another form of a right result."""

    when: Expression = Field(description="An expression over `result` and the arguments: whether it has this form.")
    form: Expression = Field(alias="as", description="The same in the form of `returns`, which is then compared.")
