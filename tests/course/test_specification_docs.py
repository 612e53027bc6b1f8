"""docs/specification.md is true: its table is the model's, its examples load, its traps are traps."""

import re
from pathlib import Path

import pytest

from grader.course.document import read
from grader.course.model import LEVELS
from grader.course.schema import key_table
from grader.course.specification import course_spec, exercise_spec, remarks
from grader.errors import SpecificationError

GUIDE = (Path(__file__).parents[2] / "docs" / "specification.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
TRAPS = re.findall(r"^\| `+ ?(.*?) ?`+ \| .* \| `+ ?([^|]*?) ?`+ \|$", GUIDE.split("## Traps of YAML")[1], re.MULTILINE)
LACKING = {
    "title": "title: T",
    "task": "task: Do it.",
    "args": 'args: {x: "float (m, n)"}',
    "returns": "returns: float",
}


def loaded(text):
    """The specification of an example, completed where it is a part of one, and what there is to remark on it."""
    document = read(text.encode(), "example.yaml")
    if "assignments" in document.value:
        return course_spec(document, title="T"), ()
    lines = [line for key, line in LACKING.items() if key not in document.value]
    if "misconceptions" in document.value and "title" not in document.value:
        lines.append("function: softmax")
    whole = read((text + "\n" + "\n".join(lines)).encode(), "example.yaml")
    spec = exercise_spec(whole, name="f")
    return spec, remarks(whole, spec)


def test_the_table_is_the_model():
    assert GUIDE.endswith("\n" + key_table())


def test_the_table_has_every_key_of_every_level():
    rows = {tuple(cell.strip(" `") for cell in line.split("|")[1:3]) for line in key_table().splitlines()[2:]}
    keys = {
        (level, field.alias or name) for level, model in LEVELS.items() for name, field in model.model_fields.items()
    }
    assert keys - rows == {("example", "points"), ("example", "repeat")}
    assert rows <= keys


def test_every_key_is_explained():
    for level, model in LEVELS.items():
        for name, field in model.model_fields.items():
            assert field.description, f"{level}: {name}"


def test_there_are_examples_and_traps():
    assert len(EXAMPLES) > 10
    assert len(TRAPS) > 8


@pytest.mark.parametrize("text", EXAMPLES)
def test_examples_load_without_a_doubt(text):
    assert loaded(text)[1] == ()


@pytest.mark.parametrize(("written", "right"), TRAPS)
def test_traps_are_caught_and_their_cures_work(written, right):
    try:
        caught = loaded(written)[1]
    except SpecificationError as error:
        caught = error.problems
    assert caught
    assert loaded(right)[1] == ()


def test_the_error_shown_is_the_one_given():
    shown = re.search(r"```text\n(exercises/softmax.yaml.*?)```", GUIDE, re.DOTALL)
    text = (
        'title: T\nfunction: softmax\nargs:\n  x: "float (m, n)"\nreturns: float (m, n)\n'
        "task: |\n  Do\n  it.\n\npionts: 10\ntests:\n  - name: one row\n    sizes: {k: 1}\n"
    )
    with pytest.raises(SpecificationError) as caught:
        exercise_spec(read(text.encode(), "exercises/softmax.yaml"), name="softmax")
    assert shown is not None
    assert str(caught.value) == shown[1].strip()
