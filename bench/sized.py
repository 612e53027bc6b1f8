"""Courses of one exercise, whose inputs and expected values are nearly 16 MiB in their answer key."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

__all__ = ["SHAPES", "Shape", "write"]

_COURSE: Final = """\
title: Large data
seed: 0123456789abcdef0123456789abcdef
assignments:
  - {name: week, title: Week, exercises: [large]}
"""
_EXERCISE: Final = """\
title: Large data
args:
  x: {signature}
returns: {signature}
task: Add one.
points: 10
limits: {{call: 20}}
tests:
  - name: large
    {test}
"""
_SOLUTION: Final = """\
def large(x):
    return {body}
"""


class Shape(NamedTuple):
    """What the data are: their signature, one test of them, the right answer, and the largest that is let in."""

    signature: str
    test: str
    body: str
    largest: str


SHAPES: Final = {
    "one array": Shape(
        "float (n,)",
        'args: {x: "=np.arange(1_000_000.0)"}',
        "x + 1.0",
        "return np.zeros(4 * len(x))",
    ),
    "many arrays": Shape(
        "float (n,)",
        "sizes: {n: 28000}\n    repeat: 16",
        "x + 1.0",
        "return [np.zeros(4 * len(x))] + [np.zeros(1)] * 700",
    ),
    "numbers in lists": Shape(
        "any",
        'args: {x: "=np.random.default_rng(1).normal(size=(40, 7_500)).tolist()"}',
        "[[number + 1.0 for number in row] for row in x]",
        "return [np.zeros(1) for _ in range(100_000)] + [[0.5 * n for n in range(7_500)] for row in range(80)]",
    ),
    "texts": Shape(
        "{list: str}",
        "args: {x: \"=[f'{number:0>500}' for number in range(16_000)]\"}",
        "[text + '!' for text in x]",
        "return [text + text for text in x]",
    ),
}


def write(shape: Shape, folder: Path) -> Path:
    """The course, in that folder."""
    files = {
        "course.yaml": _COURSE,
        "exercises/large.yaml": _EXERCISE.format(signature=shape.signature, test=shape.test),
        "solutions/large.py": _SOLUTION.format(body=shape.body),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
