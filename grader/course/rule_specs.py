"""The levels of a specification that say how something is to be written, and what it must leave alone."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Final, TypeAlias

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from grader.course.fields import LONG_FORM, SHORT_FORM, Construct, Points, Share, Text, fault
from grader.course.spec_base import Spec
from grader.course.wordings import Words

__all__ = ["Forbid", "ForbidSpec", "Require", "RequireSpec", "UnchangedSpec"]


def _inside(name: str) -> str:
    parts = name.split(".")
    if len(parts) > 2 or not all(part.isidentifier() for part in parts):
        raise fault(
            f"'{name}' is no function's name", advice="Write a function as `normalise`, a method as `Layer.forward`."
        )
    return name


Gate: TypeAlias = Annotated[
    Share | None,
    Field(
        description="The share of the tests' points from which on these count, and count in full: `100 %`. "
        "Without it they count in the share that is earned."
    ),
]


FunctionName: TypeAlias = Annotated[str, AfterValidator(_inside)]
_INSIDE: Final = "The function, or the method (`Layer.forward`), that it is for, with what that calls."


class ForbidSpec(Spec):
    """What a submission must do without. The short form is the list alone."""

    names: Annotated[tuple[Construct, ...], Field(min_length=1)] = Field(
        description="Functions (`np.linalg.norm`), methods (`.sum`), words (`for`, `while`, …), operators (`@`, `**`)."
    )
    points: Points = Field(default=Fraction(0), description="Points for keeping to it; `0` makes it advice.")
    gate: Gate = None
    hint: Words | None = Field(default=None, description="What a student is told who does not keep to it.")
    inside: FunctionName | None = Field(default=None, alias="in", description=_INSIDE)

    younger: ClassVar[frozenset[str]] = frozenset({"inside"})

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
    hint: Words | None = Field(default=None, description="What a student is told who does not keep to it.")
    inside: FunctionName | None = Field(default=None, alias="in", description=_INSIDE)

    younger: ClassVar[frozenset[str]] = frozenset({"inside"})


class UnchangedSpec(Spec):
    """What it costs to change an argument that should stay as it is, where the result is right."""

    points: Points = Field(
        default=Fraction(0), description="Points for leaving all arguments as they are; `0` makes it advice."
    )
    gate: Gate = None
    hint: Words | None = Field(default=None, description="What a student is told who changes an argument.")


def _form(raw: Any) -> str:
    """A list of mappings is one of rules; any other list names what is forbidden."""
    items = raw if isinstance(raw, list | tuple) else ()
    return LONG_FORM if any(isinstance(item, Mapping | Spec) for item in items) else SHORT_FORM


_Forbids: TypeAlias = Annotated[tuple[ForbidSpec, ...], Field(min_length=1)]
_Requires: TypeAlias = Annotated[tuple[RequireSpec, ...], Field(min_length=1)]
Forbid: TypeAlias = Annotated[
    Annotated[ForbidSpec, Tag(SHORT_FORM)] | Annotated[_Forbids, Tag(LONG_FORM)], Discriminator(_form)
]
Require: TypeAlias = Annotated[
    Annotated[RequireSpec, Tag(SHORT_FORM)] | Annotated[_Requires, Tag(LONG_FORM)], Discriminator(_form)
]
