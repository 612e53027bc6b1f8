"""The schemas on disk are those of the model, and agree with what the loader accepts."""

from pathlib import Path

import jsonschema
import pytest

from grader.course.document import read
from grader.course.schema import course_schema, exercise_schema, schema_text

ROOT = Path(__file__).parents[2]
EXERCISE = jsonschema.Draft202012Validator(exercise_schema())
COURSE = jsonschema.Draft202012Validator(course_schema())
WHOLE = {"title": "T", "task": "Do it.", "returns": "float"}


@pytest.mark.parametrize(("name", "schema"), [("exercise", exercise_schema), ("course", course_schema)])
def test_the_committed_schema_is_the_model_s(name, schema):
    committed = (ROOT / "docs" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(schema()), f"grader schema: docs/{name}.schema.json is out of date"


@pytest.mark.parametrize("schema", [exercise_schema(), course_schema()])
def test_schemas_are_schemas(schema):
    jsonschema.Draft202012Validator.check_schema(schema)


def test_the_course_of_the_repository_is_valid():
    COURSE.validate(read((ROOT / "course.yaml").read_bytes(), "course.yaml").value)
    for path in (ROOT / "exercises").glob("*.yaml"):
        EXERCISE.validate(read(path.read_bytes(), path.name).value)


@pytest.mark.parametrize(
    "part",
    [
        {"args": {"x": "float (m, n)"}},
        {"args": {"x": {"type": "float", "about": "a", "default": None}}},
        {"args": {"x": {"tuple": ["float", {"dict": {"a": "int (n,)"}}, {"list": "opaque"}]}}},
        {"args": {"x": "tuple: [float, int]"}},
        {"returns": {"type": {"list": "float (...)"}, "about": "a"}},
        {"function": None, "call": "f(1)"},
        {"points": 2.5},
        {"points": "1/3"},
        {"tests": [{"points": 0, "repeat": 3, "sizes": {"m": 1}, "args": {"x": [[1]]}}]},
        {"misconceptions": [{"id": "a", "says": "b", "edit": {"x": "y"}}]},
        {"limits": {"memory": "512 MiB", "call": 1}},
    ],
)
def test_what_editors_accept(part):
    EXERCISE.validate(WHOLE | part)


@pytest.mark.parametrize(
    "part",
    [
        {"unknown": 1},
        {"args": {"x": "flaot"}},
        {"args": {"x": {"about": "a"}}},
        {"args": {"x": {"tuple": []}}},
        {"args": {"x": {"type": "float", "extra": 1}}},
        {"examples": [{"points": 1}]},
        {"tests": [{"repeat": 0}]},
        {"misconceptions": [{"id": "a", "says": "b"}]},
        {"misconceptions": [{"id": "a", "says": "b", "edit": {"x": "y"}, "code": "x"}]},
        {"compare": {"dtype": "kinds"}},
        {"points": -1},
    ],
)
def test_what_editors_mark(part):
    assert not EXERCISE.is_valid(WHOLE | part)


def test_required_keys():
    for key in WHOLE:
        assert not EXERCISE.is_valid({name: value for name, value in WHOLE.items() if name != key})


def test_nothing_is_left_of_the_machinery():
    text = schema_text(exercise_schema()) + schema_text(course_schema())
    assert '"format"' not in text
    assert "anyOf" in text
    assert '"type": "null"' not in text
