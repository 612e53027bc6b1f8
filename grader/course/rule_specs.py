"""The levels of a specification that say how something is to be written, and what it must leave alone."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, TypeAlias

from pydantic import Field, model_validator

from grader.course.fields import Construct, Points, Share, Text
from grader.course.spec_base import Spec

__all__ = ["ForbidSpec", "RequireSpec", "UnchangedSpec"]

Gate: TypeAlias = Annotated[
    Share | None,
    Field(
        description="The share of the tests' points from which on these count, and count in full: `100 %`. "
        "Without it they count in the share that is earned."
    ),
]


class ForbidSpec(Spec):
    """What a submission must do without. The short form is the list alone."""

    names: Annotated[tuple[Construct, ...], Field(min_length=1)] = Field(
        description="Functions (`np.linalg.norm`), methods (`.sum`), words (`for`, `while`, …), operators (`@`, `**`)."
    )
    points: Points = Field(default=Fraction(0), description="Points for keeping to it; `0` makes it advice.")
    gate: Gate = None
    hint: Text | None = Field(default=None, description="What a student is told who does not keep to it.")

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, raw: Any) -> Any:
        return raw if isinstance(raw, Mapping) else {"names": raw}


class RequireSpec(Spec):
    """How a submission must be written."""

    calls: tuple[Construct, ...] = Field(default=(), description="Functions that must be called, each of them.")
    points: Points = Field(default=Fraction(0), description="Points for calling them; `0` makes it advice.")
    gate: Gate = None
    vectorised: tuple[Text, ...] = Field(
        default=(), description="Sizes over which there must be no loop in Python. Always advice."
    )
    hint: Text | None = Field(default=None, description="What a student is told who does not keep to it.")


class UnchangedSpec(Spec):
    """What it costs to change an argument that should stay as it is, where the result is right."""

    points: Points = Field(
        default=Fraction(0), description="Points for leaving all arguments as they are; `0` makes it advice."
    )
    gate: Gate = None
    hint: Text | None = Field(default=None, description="What a student is told who changes an argument.")
