"""Every attack at every level that this machine reaches."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hostile.attack import Attack, Gain
from hostile.catalogue import ATTACKS
from hostile.levels import LEVELS
from hostile.naive import Control
from hostile.planted import Planted
from hostile.runner import run

from grader.observe.observer import Observer

pytestmark = pytest.mark.slow

Note = Callable[[str, object], None]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
def test_attack(
    attack: Attack,
    level: str,
    target: Planted,
    at_level: Callable[[str], Observer | str],
    record_property: Note,
) -> None:
    record_property("level", level)
    record_property("attack", attack.id)
    observer = at_level(level)
    if isinstance(observer, str):
        _end(record_property, "unreached", observer)
        pytest.skip(observer)
    if level in attack.spares:
        _end(record_property, "spared", f"not run: {attack.spares[level]}")
        return

    done = run(attack, observer, target)

    meant = LEVELS.index(level) >= LEVELS.index(attack.stopped_from)
    conceded = _conceded_gains(attack) if not meant else frozenset()
    gains = {gain: what for gain, what in done.gains.items() if gain not in conceded}
    record_property("honest", int(Gain.BATCH not in done.gains))
    if not gains:
        _end(record_property, "stopped" if meant else "open", "" if meant else _conceded(attack, done.gains))
    assert not gains, f"{attack.goal}\n{_told(gains)} (outcome {done.outcome})"


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
def test_the_control_loses(attack: Attack, target: Planted, control: Control, record_property: Note) -> None:
    record_property("level", "control")
    record_property("attack", attack.id)
    if attack.unlike:
        _end(record_property, "spared", attack.unlike)
        return

    losses = control.lost_to(attack)

    if set(losses) & set(attack.aims):
        _end(record_property, "lost", "")
    assert set(losses) & set(attack.aims), f"it only lost {_told(losses) or 'nothing'}: the probe proves nothing"


def _conceded_gains(attack: Attack) -> frozenset[Gain]:
    """Who reads the specification has read the hidden tests, and can say them."""
    return frozenset(attack.aims) | ({Gain.HIDDEN} if Gain.SECRET in attack.aims else frozenset())


def _end(note: Note, end: str, why: str) -> None:
    note("end", end)
    note("note", why)


def _conceded(attack: Attack, gains: dict[Gain, str]) -> str:
    through = "" if set(gains) & set(attack.aims) else " (and yet it gained nothing here)"
    return f"not meant to be stopped: {attack.because}{through}"


def _told(gains: dict[Gain, str]) -> str:
    return "; ".join(f"{gain.value}: {what}" for gain, what in gains.items())
