"""The walls themselves: prepared once in a zygote, put up by each child around itself."""

from __future__ import annotations

import contextlib
import os
from typing import Final, final

from grader.observe.walls import identity, landlock, limits, namespaces, seccomp
from grader.observe.walls.kernel import drop_capabilities, prctl
from grader.observe.walls.levels import Level
from grader.observe.walls.plan import Plan

__all__ = ["Guard"]

_PR_SET_DUMPABLE: Final = 4
_PR_SET_NO_NEW_PRIVS: Final = 38


@final
class Guard:
    """Made in a zygote that has imported all it needs: afterwards it has an unused user's number and few rights."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._ruleset = _ruleset(plan)
        self._limits = limits.limits(plan.threads)
        self._namespaces: namespaces.Namespaces | None = None
        if plan.level is not Level.NONE:
            self._confine_zygote()

    @property
    def descriptors(self) -> tuple[int, ...]:
        """What a child must keep open until its walls are up."""
        return () if self._ruleset is None else (self._ruleset,)

    def fork(self) -> int:
        return os.fork() if self._namespaces is None else self._namespaces.fork()

    def close_in(self) -> None:
        """Put up every wall around this process, a child of one thread. It cannot be undone."""
        if self._ruleset is None:
            return
        plan = self._plan
        if plan.level is Level.STRICT:
            namespaces.enter_own_user()
            drop_capabilities()
        limits.apply(self._limits)
        landlock.apply(self._ruleset, plan.landlock)
        os.close(self._ruleset)
        self._ruleset = None
        seccomp.install(seccomp.of_process(plan.child_filter, os.getpid()))

    def _confine_zygote(self) -> None:
        plan = self._plan
        if plan.user is not None:
            with contextlib.suppress(OSError):  # nothing can be written there anyway; some libraries look who owns it
                os.chown(plan.home, plan.user, plan.user)
            identity.change_user(plan.user, reads_anything=plan.reads_anything)
        if plan.level is Level.STRICT:
            self._namespaces = namespaces.Namespaces()
        prctl(_PR_SET_DUMPABLE, 0)
        prctl(_PR_SET_NO_NEW_PRIVS, 1)
        seccomp.install(plan.zygote_filter)


def _ruleset(plan: Plan) -> int | None:
    if plan.level is Level.NONE:
        return None
    files = [(path, landlock.READ | landlock.LIST) for path in (*plan.readable.trees, plan.home)]
    names = [(path, landlock.LIST) for path in plan.readable.listed]
    devices = [(path, landlock.READ | landlock.WRITE) for path in plan.readable.devices]
    return landlock.ruleset((*files, *names, *devices), plan.landlock)
