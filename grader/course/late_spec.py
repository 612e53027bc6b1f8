"""The level of a specification that says what lateness costs."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from pydantic import Field

from grader.course.fields import Duration, LateDays, Share
from grader.course.spec_base import Spec

__all__ = ["LateSpec"]


class LateSpec(Spec):
    """What lateness costs. Without a due date, and without a known time of handing in, it costs nothing."""

    grace: Duration = Field(default=timedelta(), description="How long after the due date is not late yet: `15 min`.")
    per_day: Share = Field(
        default=Fraction(), description="The share of the earned points that each day begun costs: `10 %`."
    )
    floor: Share = Field(default=Fraction(), description="The share of the earned points that is always kept.")
    days: LateDays = Field(
        default=0,
        description="Days that each student may be late for nothing, in the whole course; spent by themselves.",
    )
