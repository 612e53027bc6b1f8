"""The level of a specification that says how often a random function is called, and how sure a verdict has to be."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from grader.course.spec_base import Spec

__all__ = ["RandomSpec"]

_MOST_SAMPLES: Final = 1_000
_LARGEST_ALPHA: Final = 0.05


class RandomSpec(Spec):
    """A function that draws random numbers: it is called many times, and conditions see all of its results."""

    samples: Annotated[int, Field(strict=True, ge=1, le=_MOST_SAMPLES)] = Field(
        description="How often it is called for each case, each time under another seed."
    )
    alpha: Annotated[float, Field(strict=True, gt=0, le=_LARGEST_ALPHA)] = Field(
        default=0.001, description="How likely it may be at most that right work loses a point in the whole exercise."
    )
