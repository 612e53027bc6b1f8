"""What `check` says of the chance that right work loses a point."""

from __future__ import annotations

import math

from grader.grading.chance import Chance
from grader.grading.samples import ATTEMPTS

__all__ = ["chance_said"]


def chance_said(chance: Chance, alpha: float) -> str:
    """What was counted, and whether it shows what is asked for."""
    cases, runs = len(chance.counts), chance.runs
    counted = f"the reference failed {chance.failed} of {runs * cases} runs ({runs} of each of {cases} cases)"
    if chance.bound <= alpha:
        return (
            f"right work loses a point by chance in at most one of {_odds(chance.bound)} (95 %), as {counted}, and a "
            f"case is lost only if {ATTEMPTS} attempts fail"
        )
    worst = max(chance.counts, key=lambda one: one.failed / one.runs)
    return (
        f"not shown that right work loses a point in at most one of {_odds(alpha)}: {counted}, most in '{worst.test}'; "
        "let `samples:` be more, or conditions wider"
    )


def _odds(probability: float) -> str:
    return f"{math.floor(1 / probability):,}" if probability > 0 else "all"
