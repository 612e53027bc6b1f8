"""The level of a specification that says which sizes are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator

from grader.course.fields import LONG_FORM, SHORT_FORM, Size, fault
from grader.course.spec_base import Spec

__all__ = ["SizeSpec", "Sizes"]


class SizeSpec(Spec):
    """Which lengths a size may have where it is drawn. The short form is one whole number."""

    minimum: Size | None = Field(default=None, description="The smallest size that is drawn; without it 1.")
    maximum: Size | None = Field(default=None, description="The largest size that is drawn.")
    choices: Annotated[tuple[Size, ...], Field(min_length=1)] | None = Field(
        default=None, description="The only sizes that are drawn, in place of the two others."
    )

    @model_validator(mode="after")
    def _agreed(self) -> SizeSpec:
        if self.choices is not None and (self.minimum is not None or self.maximum is not None):
            raise fault(
                "both 'choices' and bounds", advice="Keep one: the sizes themselves, or the least and the most."
            )
        if self.choices is None and self.minimum is None and self.maximum is None:
            raise fault("nothing says which sizes there may be", advice="Write {minimum: 2, maximum: 9}.")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise fault(f"the minimum {self.minimum} is more than the maximum {self.maximum}", path=("minimum",))
        return self


def _form(raw: Any) -> str:
    return LONG_FORM if isinstance(raw, Mapping | SizeSpec) else SHORT_FORM


Sizes: TypeAlias = dict[
    str, Annotated[Annotated[Size, Tag(SHORT_FORM)] | Annotated[SizeSpec, Tag(LONG_FORM)], Discriminator(_form)]
]
