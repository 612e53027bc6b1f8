"""Classes to be judged: right ones, no two alike; two in five of them wrong; and one as classes are in life."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final, TypeAlias

from bench.classroom.functions import RIGHT, WRONG
from bench.looks import other_looks
from bench.peers.submissions import choices, works

__all__ = ["Class", "as_in_life", "no_two_alike", "right_ones", "unlike", "written"]

Class: TypeAlias = list[tuple[str, str]]  # of each student a file: its name, and what is in it

_SEED: Final = 11
_WRONG: Final = 0.08  # of all functions: of six, two submissions in five have one
_AS_IT_IS: Final = 0.15  # of all submissions
_NAMES: Final = ("work.py", "assignment1.py", "homework.py", "week_1.py", "numpy_basics.py")


def right_ones(count: int) -> Class:
    """Every function right, and none the same as that of another submission, whatever its variables are called."""
    texts = (text for _ in iter(int, 1) for text in choices())
    return [("work.py", unlike(text, number)) for number, text in enumerate(islice(texts, count))]


def no_two_alike(count: int) -> Class:
    """Two in five have a mistake or two. No function is the same as that of another submission."""
    several = works(min(count, 100))
    return [("work.py", unlike(several[number % len(several)].text, number)) for number in range(count)]


def as_in_life(count: int) -> Class:
    """Each function the popular answer, or one less popular, or a mistake, under looks and a file's name of its own."""
    chance = random.Random(_SEED)
    return [(_NAMES[number % len(_NAMES)], _submission(chance, number)) for number in range(count)]


def _submission(chance: random.Random, number: int) -> str:
    functions = [_function(chance, name) for name in RIGHT]
    text = "import numpy as np\n\n\n" + "\n\n".join(functions)
    if chance.random() < _AS_IT_IS:
        return text
    try:
        return other_looks(text, number)
    except SyntaxError:
        return f"{text}\n# {number}\n"


def _function(chance: random.Random, name: str) -> str:
    answers = WRONG[name] if chance.random() < _WRONG else RIGHT[name]
    (answer,) = chance.choices(answers, [1 / rank**2 for rank in range(1, len(answers) + 1)])
    return answer


def unlike(text: str, number: int) -> str:
    """The same program, whose functions keep what they return beside a number that no other program has.

    Of text that is no program, the bytes alone are made unlike.
    """
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return f"{text}\n# {number}\n"
    for node in ast.walk(tree):
        for field in ("body", "orelse"):
            body = getattr(node, field, None)
            if isinstance(body, list):
                setattr(node, field, list(_kept_beside(body, number)))
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def _kept_beside(body: list[ast.stmt], number: int) -> Iterator[ast.stmt]:
    for statement in body:
        if isinstance(statement, ast.Return) and statement.value is not None:
            pair = ast.Tuple([statement.value, ast.Constant(number)], ast.Load())
            first = ast.Subscript(ast.Name("result", ast.Load()), ast.Constant(0), ast.Load())
            yield ast.Assign([ast.Name("result", ast.Store())], pair)
            yield ast.Return(first)
        else:
            yield statement


def written(class_: Class, folder: Path) -> Path:
    """A folder for each student, as `grader run` reads a class."""
    for number, (name, text) in enumerate(class_):
        home = folder / f"student{number:06}"
        home.mkdir(parents=True)
        (home / name).write_text(text, encoding="utf-8")
    return folder
