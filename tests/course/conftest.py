import textwrap

import pytest

from grader.course.document import read
from grader.course.specification import exercise_spec

BASE = {"title": "title: T", "task": "task: Do it.", "args": 'args: {x: "float (m, n)"}', "returns": "returns: float"}


def complete(text):
    """A whole exercise: `text`, and what it lacks of title, task, args and returns below it."""
    text = textwrap.dedent(text).strip("\n") + "\n"
    lacking = [line for key, line in BASE.items() if not any(part.startswith(f"{key}:") for part in text.split("\n"))]
    return text + "".join(line + "\n" for line in lacking)


@pytest.fixture
def load():
    """Reads an exercise, completed where it lacks what every exercise has."""

    def load(text, name="f", **options):
        return exercise_spec(read(complete(text).encode(), "exercises/f.yaml"), name=name, **options)

    return load
