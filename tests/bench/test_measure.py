"""Candidates are proved before they are timed, and one that fails is named with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bench.measure import Measured, measured, wrongly_scored
from bench.peers.submissions import Work, works
from bench.peers.venvs import Unavailable


class Told:
    """A candidate that takes the times it is told to, and gives full marks as it is told to."""

    about = "made up"

    def __init__(
        self, name: str, times: Sequence[float], full: Callable[[Work], bool] | None, log: list[str] | None = None
    ) -> None:
        self.name = name
        self._times = iter(times)
        self._full = full
        self._log = [] if log is None else log

    def install(self) -> str:
        return "made-up 1.0"

    def prepare(self, folder: Path, works: Sequence[Work]) -> None:
        assert not list(folder.iterdir())

    def seconds(self, folder: Path, works: Sequence[Work]) -> float:
        self._log.append(self.name)
        return next(self._times)

    def full(self, folder: Path, works: Sequence[Work]) -> list[bool] | None:
        return None if self._full is None else [self._full(work) for work in works]


class Absent(Told):
    def install(self) -> str:
        raise Unavailable("cannot be installed: no such package")


def _measured(*candidates: Told, rounds: int = 3) -> list[Measured]:
    return measured(candidates, lambda name: works(10), rounds, lambda text: None)


def test_the_median_leaves_the_proof_out() -> None:
    (row,) = _measured(Told("a", [99.0, 1.0, 5.0, 2.0], lambda work: work.right))
    assert row.seconds == (1.0, 5.0, 2.0)
    assert row.median == 0.2
    assert (row.versions, row.submissions, row.reason) == ("made-up 1.0", 10, "")


def test_candidates_take_turns() -> None:
    log: list[str] = []
    _measured(*(Told(name, [1.0] * 3, None, log) for name in "ab"), rounds=2)
    assert log == ["a", "b", "a", "b", "a", "b"]


def test_one_with_wrong_scores_is_not_timed() -> None:
    generous, other = _measured(Told("generous", [1.0], lambda work: True), Told("b", [1.0] * 4, None))
    assert generous.seconds == ()
    assert generous.reason == "wrong scores for student001, student003, student006, student008"
    assert len(other.seconds) == 3


def test_one_that_cannot_be_installed_says_why() -> None:
    (row,) = _measured(Absent("absent", [], None))
    assert (row.reason, row.seconds) == ("cannot be installed: no such package", ())


def test_one_that_breaks_says_how() -> None:
    def broken(work: Work) -> bool:
        raise FileNotFoundError("report.json")

    (row,) = _measured(Told("broken", [1.0], broken))
    assert row.reason == "FileNotFoundError: report.json"


@pytest.mark.parametrize("marks", [True, False])
def test_both_kinds_of_wrong_score_are_found(marks: bool) -> None:
    several = works(5)
    assert wrongly_scored(several, [marks] * 5) == [work.name for work in several if work.right is not marks]
