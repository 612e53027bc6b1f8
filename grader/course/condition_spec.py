"""The level of a specification that describes one condition on a result, and what students are told of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, TypeAlias

from pydantic import Discriminator, Field, Tag

from grader.course.fields import LONG_FORM, SHORT_FORM, Expression
from grader.course.node import Path
from grader.course.spec_base import Spec
from grader.course.wordings import Words

__all__ = ["ConditionSpec", "Holds", "placed"]


class ConditionSpec(Spec):
    """A condition that has a text for students."""

    that: Expression = Field(description="An expression over `result` and the arguments that must be `True`.")
    says: Words = Field(description="What a student is told where it is not.")


_Conditions: TypeAlias = Annotated[tuple[ConditionSpec, ...], Field(min_length=1)]


def _form(raw: Any) -> str:
    return LONG_FORM if isinstance(raw, list | tuple) else SHORT_FORM


Holds: TypeAlias = Annotated[
    Annotated[Expression, Tag(SHORT_FORM)] | Annotated[_Conditions, Tag(LONG_FORM)], Discriminator(_form)
]


def placed(at: Path, holds: str | tuple[ConditionSpec, ...] | None) -> Iterator[tuple[Path, str]]:
    """The conditions of one level, each with its place."""
    if isinstance(holds, str):
        yield (*at, "holds"), holds
    for number, one in enumerate(holds if isinstance(holds, tuple) else ()):
        yield (*at, "holds", number), one.that
