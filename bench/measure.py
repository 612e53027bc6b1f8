"""Candidates in turns, round after round; each is first proved to give the right scores."""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bench.peers.candidate import Candidate
from bench.peers.submissions import Work
from bench.peers.venvs import Unavailable
from bench.tree import peak_below

__all__ = ["Measured", "Say", "measured", "wrongly_scored"]

_MOST_NAMED: Final = 5

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was seen of one candidate; with a `reason`, nothing was."""

    name: str
    about: str
    versions: str = ""
    submissions: int = 0
    seconds: tuple[float, ...] = ()
    peak: int = 0  # bytes
    reason: str = ""

    @property
    def median(self) -> float:
        """Seconds for each submission, two at once."""
        return statistics.median(self.seconds) / self.submissions


def measured(
    candidates: Sequence[Candidate], works: Callable[[str], Sequence[Work]], rounds: int, say: Say
) -> list[Measured]:
    """All of them. `works` gives a candidate's submissions by its name; `say` tells how far it is."""
    found = [_proved(candidate, works(candidate.name), say) for candidate in candidates]
    for number in range(rounds):
        for index, candidate in enumerate(candidates):
            if not found[index].reason:
                seconds = _graded(candidate, works(candidate.name))
                found[index] = replace(found[index], seconds=(*found[index].seconds, seconds))
                say(f"round {number + 1} of {rounds}: {candidate.name} {seconds:.2f} s")
    return found


def wrongly_scored(works: Sequence[Work], full: Sequence[bool]) -> list[str]:
    """The right ones without full marks, and the wrong ones with them."""
    return [work.name for work, is_full in zip(works, full, strict=True) if work.right is not is_full]


def _proved(candidate: Candidate, works: Sequence[Work], say: Say) -> Measured:
    """Run once, with an eye on its memory, and its scores compared. A failure of any kind is the reason."""
    row = Measured(candidate.name, candidate.about, submissions=len(works))
    try:
        row = replace(row, versions=candidate.install())
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            folder = Path(name)
            candidate.prepare(folder, works)
            with peak_below(os.getpid()) as peak:
                candidate.seconds(folder, works)
            full = candidate.full(folder, works)
        wrong = [] if full is None else wrongly_scored(works, full)
        reason = f"wrong scores for {', '.join(wrong[:_MOST_NAMED])}" if wrong else ""
        row = replace(row, peak=peak.bytes, reason=reason)
    except Unavailable as error:
        row = replace(row, reason=str(error))
    except Exception as error:  # noqa: BLE001 — a boundary: a candidate may fail in any way of its own
        row = replace(row, reason=f"{type(error).__name__}: {error}")
    say(f"{row.name}: {row.reason or 'proved'}")
    return row


def _graded(candidate: Candidate, works: Sequence[Work]) -> float:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        candidate.prepare(Path(name), works)
        return candidate.seconds(Path(name), works)
