"""What must agree among the rules of how a solution is to be written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from grader.course.problems import Violation, clip, did_you_mean, listed
from grader.course.quantities import points_text
from grader.course.signature import Kind, Leaf, symbols

if TYPE_CHECKING:
    from grader.course.model import ExerciseSpec

__all__ = ["style_violations"]


def style_violations(spec: ExerciseSpec) -> Iterator[Violation]:
    """Points that there are not, sizes that there are not, and rules that say one thing twice."""
    yield from _points(spec)
    yield from _twice(spec)
    sizes = {symbol for argument in spec.args.values() for symbol in symbols(argument.signature)}
    sizes |= {name for name, argument in spec.args.items() if argument.signature == Leaf(Kind.INT)}
    for place, rule in spec.required:
        if rule.vectorised and rule.inside is not None:
            message = "steps are counted for the whole call, and not for one function"
            yield Violation((*place, "vectorised"), message, "Give it a rule without `in:`.", at_key=True)
        for number, name in enumerate(rule.vectorised):
            if name not in sizes:
                there_are = (
                    f"; the sizes are {listed(sorted(sizes))}" if sizes else "; no shape in `args:` has a symbol"
                )
                message = f"no size is called '{clip(name)}'{did_you_mean(name, sizes) or there_are}"
                yield Violation((*place, "vectorised", number), message)


def _points(spec: ExerciseSpec) -> Iterator[Violation]:
    unchanged = () if spec.unchanged is None else ((("unchanged",), spec.unchanged),)
    rules = (*spec.required, *spec.forbidden, *unchanged)
    if spec.tested_points < 0:
        place = next(place for place, rule in rules if rule.points)
        yield Violation((*place, "points"), f"this is more than the exercise's {points_text(spec.points)} points")
    for place, rule in spec.required:
        if rule.points and not rule.calls:
            message = "these points are for calling functions, and there is no `calls:`"
            yield Violation((*place, "points"), message, "`vectorised:` is advice and carries no points.")
    for place, rule in rules:
        if rule.gate is not None and not rule.points:
            message = "this says when points count, and the rule has none"
            yield Violation((*place, "gate"), message, "Give the rule `points:`, or leave `gate:` out.")


def _twice(spec: ExerciseSpec) -> Iterator[Violation]:
    """Rules are told apart by what they are about."""
    for rules in (
        [(place, (rule.names, rule.inside)) for place, rule in spec.forbidden],
        [(place, (rule.calls, rule.inside)) for place, rule in spec.required if rule.calls],
        [(place, (rule.vectorised, None)) for place, rule in spec.required if rule.vectorised],
    ):
        for number, (place, about) in enumerate(rules):
            if about in (other for _, other in rules[:number]):
                yield Violation(place, "another rule is about the same", "Put both into one.")
