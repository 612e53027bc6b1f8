"""What conditions take from a solution file that stubs do not hand out."""

from __future__ import annotations

from collections.abc import Iterable

from grader.course.expressions import defined_names, outer_names

__all__ = ["private_names"]


def private_names(condition: str, solution: str, scaffold: str, packages: Iterable[str]) -> tuple[str, ...]:
    """The names of the solution file that a condition needs, and that whoever has the `scaffold` alone has not.

    `packages`: the names of the course's modules, which every condition sees.
    """
    own = defined_names(solution) - defined_names(scaffold) - set(packages)
    return tuple(sorted(outer_names(condition) & own))
