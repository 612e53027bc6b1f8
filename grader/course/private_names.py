"""What conditions take from a solution file that stubs do not hand out."""

from __future__ import annotations

from grader.course.expressions import defined_names, free_names

__all__ = ["private_names"]


def private_names(condition: str, solution: str, scaffold: str) -> tuple[str, ...]:
    """The names of the solution file that a condition needs, and that whoever has the `scaffold` alone has not."""
    return tuple(sorted(free_names(condition) & (defined_names(solution) - defined_names(scaffold))))
