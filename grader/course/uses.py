"""Exercises that use other exercises' functions: checks between their files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from grader.course.problems import Violation, clip, did_you_mean, listed

if TYPE_CHECKING:
    from grader.course.model import ExerciseSpec

__all__ = ["Read", "check_uses"]

_NOT_PLAIN: Final = ("build", "view", "random")

Read: TypeAlias = Callable[[str], Mapping[Any, Any]]
"""What another exercise's file says, as it stands there; it may be wrong, and is told when that exercise is read."""


def check_uses(name: str, spec: ExerciseSpec, known: Sequence[str], read: Read) -> list[Violation]:
    """What is wrong with the `uses:` of exercise `name`, where the course has the exercises `known`."""
    found = []
    for number, used in enumerate(spec.uses):
        if fault := _fault(name, used, spec, known, read):
            found.append(Violation(("uses", number), *fault))
    return found


def _fault(name: str, used: str, spec: ExerciseSpec, known: Sequence[str], read: Read) -> tuple[str, str] | tuple[()]:
    if used == name:
        return "an exercise cannot use itself", "Name those whose functions it may call."
    if used not in known:
        near = did_you_mean(used, known) or f"; there are {listed(known)}"
        return f"no exercise is called '{clip(used)}'{near}", ""
    if way := _way(used, name, read, ()):
        chain = " uses ".join([name, *way])
        return f"exercises use each other in a circle: {chain}", "Take one of them out of `uses:`."
    return _unfit(used, spec, read(used))


def _unfit(used: str, spec: ExerciseSpec, other: Mapping[Any, Any]) -> tuple[str, str] | tuple[()]:
    """Why the function of an exercise cannot be asked for by itself."""
    function = other.get("function", used)
    if function is None:
        return f"'{used}' asks for no function, so there is none to use", ""
    if function == spec.function:
        return f"the function of '{used}' is called '{clip(function)}' too", "Each needs a name of its own."
    if without := _not_plain(other):
        return f"'{used}' has `{without}:`, so its function cannot be stood in for", "Leave it out of `uses:`."
    if any(one.get("changes") for one in _levels(other)):
        return f"the function of '{used}' changes its arguments, and cannot be stood in for", "Leave it out of `uses:`."
    if any(map(_prints, _levels(other))):
        return f"the function of '{used}' prints, and cannot be stood in for", "Leave it out of `uses:`."
    return ()


def _not_plain(other: Mapping[Any, Any]) -> str:
    """A key by which calls of the function are more than plain values in and out; empty where there is none."""
    return next((key for key in _NOT_PLAIN if any(level.get(key) for level in _levels(other))), "")


def _prints(level: Mapping[Any, Any]) -> bool:
    """Whether what a call prints is what counts."""
    returns = level.get("returns")
    return (returns.get("type") if isinstance(returns, Mapping) else returns) == "printed"


def _levels(other: Mapping[Any, Any]) -> Iterator[Mapping[Any, Any]]:
    """An exercise, its examples and its tests, as far as they are what they should be."""
    yield other
    for key in ("examples", "tests"):
        found = other.get(key)
        yield from (one for one in found if isinstance(one, Mapping)) if isinstance(found, list) else ()


def _way(start: str, end: str, read: Read, passed: tuple[str, ...]) -> tuple[str, ...]:
    """The exercises from `start` to `end`, each of which uses the next; none where there is no such way."""
    if start == end:
        return (*passed, start)
    if start in passed:
        return ()
    ways = (_way(used, end, read, (*passed, start)) for used in _used(read(start)))
    return next((way for way in ways if way), ())


def _used(other: Mapping[Any, Any]) -> Iterator[str]:
    uses = other.get("uses")
    return (used for used in uses if isinstance(used, str)) if isinstance(uses, list) else iter(())
