"""The levels of a specification that an exercise inherits from its course: how numbers are compared, and budgets."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, ClassVar, Final, Literal

from pydantic import AfterValidator, Field

from grader.course.fields import Memory, Points, Practice, Seconds, Tolerance
from grader.course.spec_base import Spec

__all__ = ["BASE_COMPARE", "BASE_LIMITS", "CompareSpec", "DefaultsSpec", "LimitsSpec"]


class CompareSpec(Spec):
    """When two numbers are the same. What is left out is inherited: from the exercise, from the course."""

    rtol: Tolerance | None = Field(default=None, description="Relative tolerance: scaled by the expected number.")
    atol: Tolerance | None = Field(default=None, description="Absolute tolerance: for numbers near zero.")
    dtype: Literal["kind", "exact", "any"] | None = Field(
        default=None,
        description="`kind`: the signature's kind of number or a narrower one; `exact`: the reference's dtype; `any`.",
    )
    spaces: Literal["exact", "trailing", "any"] | None = Field(
        default=None,
        description="Of what is printed: `exact`: every space counts; `trailing`: all but those at ends of lines; "
        "`any`: none.",
    )

    younger: ClassVar[frozenset[str]] = frozenset({"spaces"})

    def over(self, base: CompareSpec) -> CompareSpec:
        """The comparison with what it leaves open taken from `base`."""
        return CompareSpec(**{**base.model_dump(), **self.model_dump(exclude_none=True)})


class LimitsSpec(Spec):
    """Budgets of an exercise. What is left out is inherited from the course."""

    call: Seconds | None = Field(default=None, description="Seconds for one call.")
    exercise: Seconds | None = Field(
        default=None, description="Seconds for all calls of the exercise together; at least twice those for one."
    )
    load: Seconds | None = Field(
        default=None,
        description="Seconds for running the submission's file or notebook, as often as that is needed; half for once.",
    )
    memory: Memory | None = Field(
        default=None, description="Memory on top of what Python and NumPy take: `512 MiB`, or bytes."
    )

    def over(self, base: LimitsSpec) -> LimitsSpec:
        """The limits with what they leave open taken from `base`."""
        return LimitsSpec(**{**base.model_dump(), **self.model_dump(exclude_none=True)})


BASE_COMPARE: Final = CompareSpec(rtol=1e-6, atol=1e-9, dtype="kind")
BASE_LIMITS: Final = LimitsSpec(call=2.0, load=10.0, memory=1 << 30)


class DefaultsSpec(Spec):
    """What holds for every exercise that does not say otherwise."""

    compare: Annotated[CompareSpec, AfterValidator(lambda compare: compare.over(BASE_COMPARE))] = Field(
        default=BASE_COMPARE, description="When two numbers are the same."
    )
    points: Points = Field(default=Fraction(10), description="Points of an exercise.")
    practice: Practice = Field(default=20, description="How many practice cases a handout carries for each exercise.")
    limits: Annotated[LimitsSpec, AfterValidator(lambda limits: limits.over(BASE_LIMITS))] = Field(
        default=BASE_LIMITS, description="Budgets of time and memory."
    )
