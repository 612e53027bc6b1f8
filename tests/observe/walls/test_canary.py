"""The canary against the walls, and against their absence: an attempt that never succeeds would prove nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.observe.observer import Observer
from grader.observe.walls import canary
from grader.observe.walls.canary import canary_checks, is_proved
from grader.observe.walls.evidence import CanaryCheck
from grader.observe.walls.levels import Level
from grader.observe.zygote import _Zygote

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_zygotes")]

UNSEEN = {"see another's file", "see another process", "see the host's name", "be one process of many"}
# Two attempts have no success, only another refusal than a wall's: there is no such program, and none is traced.
HARMLESS = {"run a program": "ENOENT", "trace another process": "ESRCH"}


def checks(level: Level) -> dict[str, CanaryCheck]:
    zygote = _Zygote(level)
    try:
        return {check.action: check for check in canary_checks(zygote.start_child, level)}
    finally:
        zygote.retire()


def test_without_walls_the_forbidden_can_be_done() -> None:
    seen = checks(Level.NONE)
    done = {action: check.refusal for action, check in seen.items() if action not in HARMLESS}
    if os.geteuid() != 0:  # these may be refused to users for other reasons
        for action in ("read another process's memory", "make a namespace", "read another process's environment"):
            done.pop(action)

    assert set(done.values()) == {""}
    assert {action: seen[action].refusal for action in HARMLESS} == HARMLESS


def test_behind_walls_none_of_it_can(observer_at: Callable[[Level], Observer], walled: Level) -> None:
    seen = {check.action: check for check in observer_at(walled).evidence.checks}
    forbidden = {action: check for action, check in seen.items() if not check.is_needed}

    assert all(check.is_as_required for check in seen.values())
    assert {action for action, check in forbidden.items() if not check.refusal} == (
        set() if walled is Level.STRICT else UNSEEN
    )
    assert len(forbidden) == 21
    assert {check.refusal for check in seen.values() if check.is_needed} == {""}


def test_what_a_level_does_not_hold_is_not_well_at_it() -> None:
    assert not is_proved(tuple(trials_without_walls(Level.STANDARD)))
    assert not is_proved(tuple(trials_without_walls(Level.STRICT)))


def trials_without_walls(level: Level) -> list[CanaryCheck]:
    """As if the walls had silently not been put up."""
    zygote = _Zygote(Level.NONE)
    try:
        return list(canary_checks(zygote.start_child, level))
    finally:
        zygote.retire()


@pytest.mark.parametrize(
    ("refusal", "standard", "strict"),
    [("EPERM", True, True), ("ENOSYS", True, True), ("ENOENT", False, True), ("", False, False), ("EIO", False, False)],
)
def test_only_a_walls_own_refusal_counts(refusal: str, standard: bool, strict: bool) -> None:
    assert canary._is_held("connect", refusal, Level.STANDARD) is standard
    assert canary._is_held("connect", refusal, Level.STRICT) is strict
    assert canary._is_held("connect", refusal, Level.NONE)


def test_a_canary_that_does_not_sing_proves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for text in (
        "import os\nos._exit(0)\n",
        "def forbidden_actions(**planted):\n    raise SystemExit\n",
        "def needed_actions(): return {}\n",
    ):
        (tmp_path / "attempts.py").write_text(text)
        monkeypatch.setattr(canary, "_TEXT", tmp_path / "attempts.py")
        assert not is_proved(tuple(checks(Level.NONE).values()))


def test_what_was_planted_is_taken_away_again() -> None:
    with canary._planted() as planted:
        file = Path(str(planted["file"]))
        assert file.read_text() == "planted"
    assert not file.parent.exists()
