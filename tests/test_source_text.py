"""The six functions as the text writes them that the exercises come from; the references; the stubs; what stays secret.

All of it goes the whole way: the command `grade`, on files, by compiled or handed-out keys.
"""

from __future__ import annotations

import json
import re
import struct
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pytest

from bench.basics import basics
from grader.course.folder import Course
from grader.course.key import Role
from grader.grading.keys import CourseKeys

pytestmark = pytest.mark.slow

COURSE = basics()

# Word for word: the spaces, the missing spaces and the names are the text's own.
FUNCTIONS = {
    "sigmoid_derivative": """
def sigmoid_derivative(x):
    s = 1 / (1+np.exp(-x))
    ds = s*(1-s)
    return ds
""",
    "image2vector": """
def image2vector(image):
    v = image.reshape(image.shape[0]*image.shape[1]*image.shape[2], 1)
    return v
""",
    "normalizeRows": """
def normalizeRows(x):
    x_norm = np.linalg.norm(x, axis=1, keepdims=True)
    x = x/x_norm
    return x
x = np.array([[0,3,4],[1,6,4]])
print("normalizeRows(x) = " + str(normalizeRows(x)))
""",
    "softmax": """
def softmax(x):
    x_exp = np.exp(x)
    x_sum = np.sum(x_exp, axis=1, keepdims = True)
    s = x_exp / x_sum
    
    return s
""",  # noqa: W293
    "L1": """
def L1(yhat, y):
    
    loss = sum(abs(y-yhat))
    
    return loss
""",  # noqa: W293
    "L2": """
def L2(yhat, y):
    
    loss = np.dot(y-yhat, y-yhat)
    
    return loss
yhat = np.array([0.9, 0.2 ,0.1, 0.4, .9])
y = np.array([1, 0, 0, 1, 1])
print("L2 = " + str(L2(yhat, y)))
""",  # noqa: W293
}
IMPORT = "\nimport numpy as np"

Command: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]
every_function = pytest.mark.parametrize("name", FUNCTIONS)


def graded(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """The exercises of a JSON result, by name; nothing but the result was written."""
    assert done.stderr == ""
    return {exercise["name"]: exercise for exercise in json.loads(done.stdout)["exercises"]}


def marks(exercise: dict[str, Any]) -> tuple[str, int, int]:
    return exercise["outcome"], exercise["points"], exercise["max_points"]


def wrong(exercise: dict[str, Any]) -> list[str]:
    """Tests that fail, advice aside."""
    return [test["name"] for test in exercise["tests"] if test["outcome"] != "passed" and not test["advice"]]


@every_function
def test_each_alone_gets_full_marks(name: str, in_process: Command, tmp_path: Path) -> None:
    file = tmp_path / "work.py"
    file.write_text(IMPORT + FUNCTIONS[name], encoding="utf-8")

    done = in_process("grade", file, "--format", "json", cwd=COURSE)

    (exercise,) = graded(done).values()
    assert (exercise["name"], *marks(exercise)) == (name, "passed", 10, 10)
    assert wrong(exercise) == []
    assert done.returncode == 0


def test_all_in_one_file_get_full_marks(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "work.py"
    file.write_text(IMPORT + "".join(FUNCTIONS.values()), encoding="utf-8")

    done = command("grade", file, "--format", "json", "--course", COURSE, cwd=tmp_path)

    exercises = graded(done)
    assert {name: marks(exercise) for name, exercise in exercises.items()} == dict.fromkeys(
        FUNCTIONS, ("passed", 10, 10)
    )
    assert done.returncode == 0


def test_what_they_cannot_do_is_advice(in_process: Command, tmp_path: Path) -> None:
    """Overflow of large scores, and rows of zeros: told, and free."""
    file = tmp_path / "work.py"
    file.write_text(IMPORT + FUNCTIONS["softmax"] + FUNCTIONS["normalizeRows"], encoding="utf-8")

    exercises = graded(in_process("grade", file, "--format", "json", cwd=COURSE))

    for exercise in exercises.values():
        advice = [test for test in exercise["tests"] if test["advice"]]
        assert [test["outcome"] for test in advice] == ["failed"]
        assert advice[0]["finding"]["hint"]


def test_the_references_get_full_marks(in_process: Command) -> None:
    exercises = graded(in_process("grade", "solutions", "--format", "json", cwd=COURSE))

    assert {name: marks(exercise) for name, exercise in exercises.items()} == dict.fromkeys(
        FUNCTIONS, ("passed", 10, 10)
    )
    assert not any(test["finding"] for exercise in exercises.values() for test in exercise["tests"])


@pytest.fixture(scope="module")
def handout(in_process: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handout") / "week1"
    done = in_process("grader", "build", "--to", folder, cwd=COURSE)
    assert done.returncode == 0, done.stderr
    return folder


def test_untouched_stubs_are_not_attempted(handout: Path, in_process: Command) -> None:
    for course in ([], ["--course", COURSE]):
        done = in_process("grade", handout, "--format", "json", *course, cwd=handout)

        assert {exercise["outcome"] for exercise in graded(done).values()} == {"not_attempted"}
        assert list(graded(done)) == list(FUNCTIONS)
        assert done.returncode == 1


def test_at_home_the_text_is_right_so_far(handout: Path, in_process: Command, tmp_path: Path) -> None:
    file = tmp_path / "work.py"
    file.write_text(IMPORT + "".join(FUNCTIONS.values()), encoding="utf-8")

    done = in_process("grade", file, "--course", handout, "--format", "json", cwd=tmp_path)

    result = json.loads(done.stdout)
    assert {exercise["outcome"] for exercise in graded(done).values()} == {"undecided"}
    assert (result["points"], result["max_points"], result["undecided_points"]) == (0, 0, 60)
    assert done.returncode == 0


# Markers: values with digits that occur nowhere else, wherever an author can write something that is not for students.

SEED = "planted-seed-49027"
SECRET_WORDS = (
    SEED,
    "planted_name_71",
    "planted comment 72",
    "planted text 73",
    "planted misconception 74",
    "planted hint",
    "planted expression",
)
SECRET_FLOAT = 0.7318402956
SECRET_INT = 918273645
SECRET_FACTOR = 1.0073194628
PLANTED = f"""
title: Planted
args: {{x: "float (n,)", k: int}}
returns: float (n,)
task: Any task.
practice: 12
examples:
  - args: {{x: [1.0, 2.0], k: 3}}
tests:
  - name: any
    repeat: 3
  - name: written out
    args: {{x: [{SECRET_FLOAT}, 2.5, -1.0], k: {SECRET_INT}}}
    hint: This is a planted hint.
  - name: an expression
    args: {{x: "=rng.normal(size=(n,)) * len('planted expression')"}}
  - name: advice
    args: {{x: [{SECRET_FLOAT}, 1e6], k: -1}}
    points: 0
misconceptions:
  - id: other
    code: |
      def planted(x, k):
          "planted misconception 74"
          return x - k
    says: Was it minus?
"""
SOLUTION = f"""
import numpy as np


def planted(x, k):
    # BEGIN SOLUTION
    # planted comment 72
    planted_name_71 = "planted text 73"
    return {SECRET_FACTOR} * x + k
    # END SOLUTION
"""


@pytest.fixture(scope="module")
def planted(in_process: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with markers, and its handout in the folder `out`."""
    course = tmp_path_factory.mktemp("planted")
    (course / "exercises").mkdir()
    (course / "solutions").mkdir()
    (course / "course.yaml").write_text(f"title: Course\nseed: {SEED}\n", encoding="utf-8")
    (course / "exercises" / "planted.yaml").write_text(PLANTED, encoding="utf-8")
    (course / "solutions" / "planted.py").write_text(SOLUTION, encoding="utf-8")
    done = in_process("grader", "build", "--to", course / "out", cwd=course)
    assert done.returncode == 0, done.stderr
    return course


def forms(value: float) -> set[bytes]:
    """How a number may stand in a file: as text, or as bytes in any width and order."""
    texts = {repr(value), f"{value:.6f}", f"{value:.8g}", f"{value:.4g}", f"{value:e}", float(value).hex()}
    packed = {struct.pack(order + kind, value) for order in "<>" for kind in "df"}
    if isinstance(value, int):
        texts = {repr(value), f"{value:,}", f"{value:x}"}
        packed |= {struct.pack(order + kind, value) for order in "<>" for kind in "qiQI"}
    return {text.encode() for text in texts} | packed


def test_no_marker_is_in_a_handout(planted: Path) -> None:
    files = {path.name: path.read_bytes() for path in (planted / "out").rglob("*") if path.is_file()}
    expected = [SECRET_FACTOR * number + SECRET_INT for number in (SECRET_FLOAT, 2.5, -1.0)]
    markers = {word.encode() for word in SECRET_WORDS} | {SEED.encode().hex().encode()}
    for value in (SECRET_FLOAT, SECRET_INT, SECRET_FACTOR, *expected):
        markers |= forms(value)

    assert {"planted.py", "handout.html", "handout.key"} < set(files)
    assert [(name, marker) for name, data in files.items() for marker in markers if marker in data] == []


def test_the_markers_are_in_the_course(planted: Path, cache: Path) -> None:
    """Else the search above would prove nothing."""
    (key,) = [file.read_bytes() for file in cache.glob("planted-*.key")]
    both = PLANTED + SOLUTION + (planted / "course.yaml").read_text(encoding="utf-8")

    assert all(word in both for word in SECRET_WORDS)
    assert all(forms(value) & {part for part in forms(value) if part in key} for value in (SECRET_FLOAT, SECRET_INT))


def test_no_hidden_input_or_answer_is_in_a_handout(planted: Path, cache: Path) -> None:
    """Those that were drawn too; single numbers may occur by chance, arrays may not."""
    key = CourseKeys(Course(planted), cache=cache).key("planted")
    files = [path.read_bytes() for path in (planted / "out").rglob("*") if path.is_file()]
    public = [case for case in key.cases if case.role is not Role.HIDDEN]
    hidden = [case for case in key.cases if case.role is Role.HIDDEN]
    arrays = [np.asarray(value) for case in hidden for value in (case.arguments.value["x"], case.expected.value.value)]
    long = [array.tobytes() for array in arrays if array.size > 2]

    assert len(hidden) == 6
    assert len(public) > 5
    assert len(long) > 7
    assert not [data for data in long if any(data in file for file in files)]


def test_what_the_handout_leaves_open_is_all_its_points(planted: Path, in_process: Command) -> None:
    work = planted / "out" / "planted.py"
    work.write_text(re.sub(r"(?s)# YOUR CODE.*", f"return {SECRET_FACTOR} * x + k\n", work.read_text(encoding="utf-8")))

    done = in_process("grade", work, "--format", "json", cwd=planted / "out")

    result = json.loads(done.stdout)
    assert Fraction(result["undecided_points"]) == 10
    assert result["exercises"][0]["outcome"] == "undecided"
