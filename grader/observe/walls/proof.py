"""Proving a level of isolation: a canary tries what is forbidden, and has to fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from grader.errors import GraderError, NotJudged
from grader.observe.child import Child
from grader.observe.walls.abilities import Abilities, MissingFeature, abilities, missing_features
from grader.observe.walls.canary import canary_checks, is_proved
from grader.observe.walls.evidence import CanaryCheck, Evidence
from grader.observe.walls.levels import Level

__all__ = ["Unproved", "proved"]

_SEE = "; run `grader doctor`"
_REPORT = "this should not be; please report it, with what `grader doctor` prints"


class Unproved(GraderError):
    """The level that was asked for cannot be had on this machine."""

    def __init__(self, wished: Level, missing: tuple[MissingFeature, ...]) -> None:
        why = "\n".join(f"- {feature.what}: {feature.remedy}" for feature in missing)
        super().__init__(f"isolation `{wished.value}` cannot be had on this machine\n{why}\n`grader doctor` says more.")
        self.missing_features = missing


class Zygote(Protocol):
    def start_child(self) -> Child: ...

    def retire(self) -> None: ...


Z = TypeVar("Z", bound=Zygote)


def proved(wished: tuple[Level, ...], begin: Callable[[Level], Z]) -> tuple[Z, Evidence]:
    """The first of these levels that proves itself. Raises `Unproved` where none does."""
    found, missing = abilities(), dict[MissingFeature, None]()
    for level in wished:
        short = missing_features(found, level)
        if not short:
            zygote = begin(level)
            try:
                checks, short = _tried(zygote, level, found)
            except BaseException:
                zygote.retire()
                raise
            if not short:
                return zygote, Evidence(level, found, checks, tuple(missing))
            zygote.retire()
        missing.update(dict.fromkeys(short))
    raise Unproved(wished[-1], tuple(missing))


def _tried(
    zygote: Zygote, level: Level, found: Abilities
) -> tuple[tuple[CanaryCheck, ...], tuple[MissingFeature, ...]]:
    """The canary's trials, and what speaks against the level after them."""
    if level is Level.NONE:
        return (), ()
    try:
        checks = canary_checks(zygote.start_child, level)
    except NotJudged as error:
        return (), (MissingFeature(level, str(error).removesuffix(_SEE), _remedy(level)),)
    if is_proved(checks):
        return checks, ()
    return checks, (_failed(checks, level, found),)


def _failed(checks: tuple[CanaryCheck, ...], level: Level, found: Abilities) -> MissingFeature:
    failed = [check for check in checks if not check.is_as_required]
    needed = [check.action for check in failed if check.is_needed]
    forbidden = [check.action for check in failed if not check.is_needed]
    if forbidden:
        return MissingFeature(level, f"a trial submission could still {' and '.join(forbidden)}", _REPORT)
    shut = found.shut_python
    if needed and shut and level is Level.STANDARD:
        remedy = f"`chmod o+rx {shut}`, or install Python where every user may read it, or do not grade as root"
        return MissingFeature(level, f"submissions do not run as root, and {shut} is for root alone", remedy)
    return MissingFeature(
        level, f"a trial submission could not {' or '.join(needed)}" if needed else "it crashed", _REPORT
    )


def _remedy(level: Level) -> str:
    if level is Level.STRICT:
        return "let users make namespaces; a container needs `--privileged` for that, and `standard` does without"
    return _REPORT
