"""From the levels that are wished to one that is proved: by a canary that tried to get out, and could not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from grader.errors import GraderError, NotJudged
from grader.observe.child import Child
from grader.observe.walls.abilities import Abilities, Lack, abilities, lacks
from grader.observe.walls.canary import is_proved, trials_of
from grader.observe.walls.evidence import Evidence, Trial
from grader.observe.walls.levels import Level

__all__ = ["Unproved", "proved"]

_SEE = "; run `grader doctor`"
_REPORT = "this should not be; please report it, with what `grader doctor` prints"


class Unproved(GraderError):
    """The level that was asked for cannot be had on this machine."""

    def __init__(self, wished: Level, missing: tuple[Lack, ...]) -> None:
        why = "\n".join(f"- {lack.what}: {lack.remedy}" for lack in missing)
        super().__init__(f"isolation `{wished.value}` cannot be had on this machine\n{why}\n`grader doctor` says more.")
        self.lacks = missing


class Zygote(Protocol):
    def start_child(self) -> Child: ...

    def retire(self) -> None: ...


Z = TypeVar("Z", bound=Zygote)


def proved(wished: tuple[Level, ...], begin: Callable[[Level], Z]) -> tuple[Z, Evidence]:
    """The first of these levels that proves itself. Raises `Unproved` where none does."""
    found, missing = abilities(), dict[Lack, None]()
    for level in wished:
        short = lacks(found, level)
        if not short:
            zygote = begin(level)
            try:
                trials, short = _tried(zygote, level, found)
            except BaseException:
                zygote.retire()
                raise
            if not short:
                return zygote, Evidence(level, found, trials, tuple(missing))
            zygote.retire()
        missing.update(dict.fromkeys(short))
    raise Unproved(wished[-1], tuple(missing))


def _tried(zygote: Zygote, level: Level, found: Abilities) -> tuple[tuple[Trial, ...], tuple[Lack, ...]]:
    """The canary's trials, and what speaks against the level after them."""
    if level is Level.NONE:
        return (), ()
    try:
        trials = trials_of(zygote.start_child, level)
    except NotJudged as error:
        return (), (Lack(level, str(error).removesuffix(_SEE), _remedy(level)),)
    if is_proved(trials):
        return trials, ()
    return trials, (_failed(trials, level, found),)


def _failed(trials: tuple[Trial, ...], level: Level, found: Abilities) -> Lack:
    failed = [trial for trial in trials if not trial.is_well]
    deeds = [trial.act for trial in failed if trial.is_deed]
    acts = [trial.act for trial in failed if not trial.is_deed]
    if acts:
        return Lack(level, f"a trial submission could still {' and '.join(acts)}", _REPORT)
    shut = found.shut_python
    if deeds and shut and level is Level.STANDARD:
        remedy = f"`chmod o+rx {shut}`, or install Python where every user may read it, or do not grade as root"
        return Lack(level, f"submissions do not run as root, and {shut} is for root alone", remedy)
    return Lack(level, f"a trial submission could not {' or '.join(deeds)}" if deeds else "it crashed", _REPORT)


def _remedy(level: Level) -> str:
    if level is Level.STRICT:
        return "let users make namespaces; a container needs `--privileged` for that, and `standard` does without"
    return _REPORT
