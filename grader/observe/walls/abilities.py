"""What this machine has to build walls from, and what it lacks for each level."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.observe.walls import bubblewrap, landlock, seccomp
from grader.observe.walls.identity import is_root
from grader.observe.walls.levels import Level
from grader.observe.walls.readable import first_shut, readable

__all__ = ["Abilities", "MissingFeature", "abilities", "missing_features"]

_OTHER_PLATFORM: Final = (
    "`grader package docker` makes a container that grades a class; or grade on Linux, in WSL 2 or a virtual machine. "
    "A student's own run needs no walls"
)
_CONTAINER: Final = "in a container, allow its calls (Docker from 23 on does; else `--security-opt seccomp=unconfined`)"


@dataclass(frozen=True, slots=True)
class Abilities:
    """Empty or 0 is: not there. `no_filters` and `no_namespaces` say why not.

    `shut_python`: what keeps all users but root from the Python that runs submissions, where root grades.
    """

    system: str
    processor: str
    landlock: int
    libseccomp: str
    no_filters: str
    bubblewrap: str
    no_namespaces: str
    is_root: bool
    shut_python: str


@dataclass(frozen=True, slots=True)
class MissingFeature:
    """A feature of the machine that `level` needs and does not find, and what to do about it."""

    level: Level
    what: str
    remedy: str


def abilities() -> Abilities:
    """Found out by asking, not by trying; what it comes to is for the canary to prove."""
    if sys.platform != "linux":
        why = "only Linux has them"
        return Abilities(_system(), platform.machine(), 0, "", why, "", why, is_root(), "")
    no_filters = seccomp.fault() or ""
    return Abilities(
        system=_system(),
        processor=platform.machine(),
        landlock=landlock.version(),
        libseccomp="" if no_filters else seccomp.release(),
        no_filters=no_filters,
        bubblewrap=bubblewrap.program() or "",
        no_namespaces=_namespaces_fault() or "",
        is_root=is_root(),
        shut_python=(first_shut(readable().trees) or "") if is_root() else "",
    )


def missing_features(found: Abilities, level: Level) -> tuple[MissingFeature, ...]:
    """What is missing for `level`; empty where it is worth trying."""
    if level is Level.NONE:
        return ()
    standard = tuple(_for_standard(found))
    return standard if level is Level.STANDARD else (*standard, *_for_strict(found))


def _for_standard(found: Abilities) -> Iterator[MissingFeature]:
    if not found.system.startswith("Linux"):
        yield MissingFeature(Level.STANDARD, f"{found.system} has neither Landlock nor seccomp", _OTHER_PLATFORM)
        return
    if not found.landlock:
        remedy = f"use Linux 5.13 or newer with `landlock` among `CONFIG_LSM` or `lsm=`; {_CONTAINER}"
        yield MissingFeature(Level.STANDARD, "the kernel does not offer Landlock", remedy)
    if found.no_filters:
        remedy = "`apt install libseccomp2` (Fedora: `dnf install libseccomp`); `pip install pyseccomp`"
        if found.processor not in seccomp.PROCESSORS:
            remedy = "use a machine with one of those"
        yield MissingFeature(Level.STANDARD, found.no_filters, remedy)


def _for_strict(found: Abilities) -> Iterator[MissingFeature]:
    if not found.system.startswith("Linux"):
        return
    if not found.bubblewrap:
        remedy = "`apt install bubblewrap` (Fedora: `dnf install bubblewrap`)"
        yield MissingFeature(Level.STRICT, "bubblewrap is not installed", remedy)
    if found.no_namespaces:
        yield MissingFeature(Level.STRICT, "users may not make namespaces", found.no_namespaces)


def _namespaces_fault(settings: Path = Path("/proc/sys")) -> str | None:
    """What to do where users are kept from making namespaces."""
    for setting, bad, good in (
        ("kernel/unprivileged_userns_clone", "0", "1"),
        ("kernel/apparmor_restrict_unprivileged_userns", "1", "0"),
        ("user/max_user_namespaces", "0", "10000"),
    ):
        file = settings / setting
        if file.exists() and file.read_text(encoding="ascii").strip() == bad:
            other = ", or an AppArmor profile for bwrap" if "apparmor" in setting else ""
            return f"`sysctl -w {setting.replace('/', '.')}={good}`{other}"
    return None


def _system() -> str:
    return f"{platform.system() or os.name} {platform.release()}".strip()
