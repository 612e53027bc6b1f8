"""Which observer serves a level of isolation. Imports nothing heavy."""

from __future__ import annotations

import platform
import sys

from grader.observe.observer import Observer
from grader.observe.resources import check_resources
from grader.observe.walls.levels import Level, wished

__all__ = ["open_lasting", "open_observer"]


def open_observer(isolation: str) -> Observer:
    """An observer for one submission or a few.

    Parameters
    ----------
    isolation
        The level to ask for, one of `levels.CHOICES`. Isolated children are forked from a zygote; without isolation, a
        fresh interpreter starts sooner, unless there is a process to fork a zygote from.

    Returns
    -------
    Observer
        A context manager.

    Raises
    ------
    Unproved
        Where this machine does not offer the level; at the latest when a session is opened.
    """
    check_resources()
    return _fresh() if isolation == Level.NONE.value and not _is_forking_quick() else open_lasting(isolation)


def open_lasting(isolation: str) -> Observer:
    """An observer for many submissions, with a zygote where the platform can fork. Raises what `open_observer` does."""
    check_resources()
    if platform.system() == "Linux":  # not sys.platform, by which a type checker leaves out the rest
        from grader.observe.zygote import warm_observer

        return warm_observer(isolation)
    if Level.NONE in wished(isolation):
        return _fresh()
    from grader.observe.walls.abilities import abilities, missing_features
    from grader.observe.walls.proof import Unproved

    (level,) = wished(isolation)
    raise Unproved(level, missing_features(abilities(), level))


def _is_forking_quick() -> bool:
    ancestor = sys.modules.get("grader.observe.ancestor")  # if it was never imported, this process has none
    return ancestor is not None and ancestor.is_at_hand()


def _fresh() -> Observer:
    from grader.observe.fresh import fresh_observer

    return fresh_observer()
