"""What the controller decides about walls, and a zygote carries out."""

from __future__ import annotations

import os

import msgspec

from grader.observe.walls import landlock, seccomp
from grader.observe.walls.identity import is_root, unused_user
from grader.observe.walls.levels import Level
from grader.observe.walls.limits import THREADS, threads_of_user
from grader.observe.walls.readable import Readable, first_shut, readable

__all__ = ["Plan", "encoded", "plan_for"]


class Plan(msgspec.Struct, frozen=True):
    """`user` is the user to change to (None: this process is not root); the filters are seccomp programs."""

    level: Level
    home: str = ""
    landlock: int = 0
    readable: Readable = Readable((), (), ())
    user: int | None = None
    reads_anything: bool = False
    threads: int = 0
    modules: tuple[str, ...] = ()  # to be imported beside numpy
    zygote_filter: bytes = b""
    child_filter: bytes = b""


def plan_for(level: Level, home: str, modules: tuple[str, ...] = ()) -> Plan:
    """The plan for a zygote at `level`, whose children share the empty folder `home`."""
    if level is Level.NONE:
        return Plan(level, modules=modules)
    open_to_children = readable(modules=modules)
    user = unused_user(os.getpid()) if is_root() else None
    return Plan(
        level=level,
        home=home,
        landlock=landlock.version(),
        readable=open_to_children,
        user=user,
        reads_anything=user is not None and level is Level.STANDARD and first_shut(open_to_children.trees) is not None,
        threads=_threads(level, user),
        modules=modules,
        zygote_filter=seccomp.for_zygote(),
        child_filter=seccomp.for_child(),
    )


def _threads(level: Level, user: int | None) -> int:
    """How many threads a child's user may have: where that user is not its alone, its other threads count too."""
    if level is Level.STRICT or user is not None:
        return THREADS
    return THREADS * 8 + threads_of_user(os.getuid())


def encoded(level: Level, home: str, modules: tuple[str, ...] = ()) -> bytes:
    return msgspec.msgpack.encode(plan_for(level, home, modules))
