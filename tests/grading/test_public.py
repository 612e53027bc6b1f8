"""What a handout tells: nothing that students could not know of the reference, the misconceptions or the seed.

What counts as a line of a solution: at least three of Python's tokens (so not `return x` or `else:`), as it is written
and as `ast.unparse` writes it, wherever it stands, whatever white space is in it. Lines that a stub gives, or that the
author's own words to students have, are theirs already; so are docstrings, for the specification makes their own.
"""

from __future__ import annotations

import ast
import html
import io
import itertools
import json
import sys
import tokenize
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from bench.basics import basics
from grader import codec
from grader.authoring.build import handout_files
from grader.authoring.platforms import github_files
from grader.authoring.wordings import texts as wordings
from grader.cli.build import handout_of
from grader.course.folder import Course
from grader.course.key import AnswerKey, Assignment, Case, Growth, Handout, Misconception, Role, StyleRule, View
from grader.course.stub import apply_edit, stub_code
from grader.grading.keys import HANDOUT_FILE, CourseKeys, HandoutKeys, cache_folder
from grader.grading.pack import pack
from grader.grading.public import public_mutants, public_part
from grader.judge.mutants import MistakeKind
from grader.judge.mutants import packed as mutant_answers
from grader.observation import Observation, Raised, Status
from grader.values import Plain

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a warm observer needs Linux")

ROOT = basics()
Compile = Callable[..., AnswerKey]

SPECIFICATION = """
title: Planted
args: {x: "float (n,)", k: {type: int, default: 1}}
returns: float (n,)
task: Any task.
examples:
  - name: plain
    args: {x: [1.0, 2.0, -3.0]}
  - name: refused
    args: {x: [], k: 3}
tests:
  - name: any
    repeat: 3
require: {vectorised: [n]}
misconceptions:
  - id: other
    says: Was it minus?
    code: |
      import warnings
      import numpy as np
      def planted(x, k=1):
          "zanzibar docstring of a misconception"
          if x.size == 0:
              raise TypeError("zanzibar message of a misconception", x.mean(), k)
          print("zanzibar print of a misconception", x.sum() * 31)
          warnings.warn("zanzibar warning of a misconception")
          return np.sort(x)[::-1] - k * x.size  # zanzibar comment of a misconception
  - id: printed
    says: Is it returned?
    code: |
      import numpy as np
      def planted(x, k=1):
          zanzibar_of_a_printing_misconception = np.abs(x - np.sort(x)[:1]).clip(0, 5).cumsum() * k + 0
          print("zanzibar", zanzibar_of_a_printing_misconception)
"""
SOLUTION = '''"""zanzibar docstring of the file"""
import math
import warnings

import numpy as np

ZANZIBAR_OF_THE_FILE = 0.5 * math.sqrt(4)


def zanzibar_helper(values):
    "zanzibar docstring of a helper"
    return values.clip(0, 5).cumsum() * ZANZIBAR_OF_THE_FILE


def planted(x, k=1):
    """zanzibar docstring of the function"""
    # zanzibar comment above the first line
    if x.size == 0:
        raise ValueError(f"zanzibar message of the reference, {k} times {x.shape[0]}")  # zanzibar comment behind it
    print("zanzibar print of the reference", x.sum())
    warnings.warn("zanzibar warning of the reference", stacklevel=1)
    zanzibar_of_a_chain = np.abs(x - np.sort(x)[:1]).copy()
    return zanzibar_helper(zanzibar_of_a_chain).astype(float) * k  # zanzibar comment behind the last line
'''


def tokens(line: str) -> list[str]:
    try:
        found = list(tokenize.generate_tokens(io.StringIO(line).readline))
    except (tokenize.TokenError, SyntaxError):
        return line.split()
    return [token.string for token in found if token.string.strip()]


def packed(text: str) -> str:
    return "".join(text.split())


def telling_lines(source: str, given: str) -> set[str]:
    """The lines of `source` that tell of it, without white space."""
    tree = ast.parse(source)
    documented = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)]
    known = [given, *(ast.get_docstring(node, clean=False) or "" for node in documented)]
    comments = "\n".join(line.partition("#")[2] for line in source.splitlines())
    lines = "\n".join([source, ast.unparse(tree), comments]).splitlines()
    every = {packed(line).strip("\"'") for line in lines if len(tokens(line.strip())) >= 3}
    return every - {packed(line) for text in known for line in text.splitlines()}


def texts(tree: object) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(tree, dict):
        yield from itertools.chain.from_iterable(texts(part) for pair in tree.items() for part in pair)
    elif isinstance(tree, list | tuple):
        yield from itertools.chain.from_iterable(map(texts, tree))
    elif isinstance(tree, bytes):
        yield tree.decode("latin-1")
    else:
        yield str(tree)


def plain(value: object) -> object:
    return value.value if isinstance(value, Plain) else value.tolist() if isinstance(value, np.ndarray) else str(value)


def readable(name: str, data: bytes) -> str:
    """What a file says to somebody who looks for it: bytes as they are, and what is packed in them."""
    raw = data.decode("latin-1")
    if name.endswith(".key"):
        return raw + "\n".join(texts(msgspec.to_builtins(codec.decode(data, Handout), enc_hook=plain)))
    if name.endswith(".ipynb"):
        return data.decode() + "\n".join(texts(json.loads(data)))
    if name.endswith(".whl"):
        with zipfile.ZipFile(io.BytesIO(data)) as wheel:
            return "\n".join(wheel.read(entry).decode("utf-8", "replace") for entry in wheel.namelist())
    return data.decode() + html.unescape(data.decode())


def public_files(course: Course, keys: CourseKeys, assignment: Assignment) -> dict[str, bytes]:
    """A handout's files, and those of the workflow for GitHub."""
    handout = handout_of(keys, assignment)
    hosted = github_files(handout).values()
    made = handout_files([course.exercise(name) for name in assignment.exercises], handout, course=course.path)
    return made | {f"github/{name}": data for files in hosted for name, data in files.items()}


def leaks(course: Course, keys: CourseKeys, assignment: Assignment) -> list[tuple[str, str]]:
    found = {name: packed(readable(name, data)) for name, data in public_files(course, keys, assignment).items()}
    assert {HANDOUT_FILE, f"github/{HANDOUT_FILE}", "handout.html", "README.txt"} < set(found)
    return [
        (file, line)
        for name in assignment.exercises
        for line in lines_of(course, name)
        for file, text in found.items()
        if line in text
    ]


def lines_of(course: Course, name: str) -> set[str]:
    """The telling lines of an exercise's reference and of its misconceptions."""
    exercise = course.exercise(name)
    told = [text for _, text in wordings(exercise.spec)]
    given = "\n".join([stub_code(exercise.solution, exercise.spec.function), *told, "import numpy as np"])
    wrong = [known.code or apply_edit(exercise.solution, known.edit or {}) for known in exercise.spec.misconceptions]
    sources = [exercise.solution, *wrong]
    return set().union(*(telling_lines(source, given) for source in sources))


@pytest.mark.slow
def test_no_line_of_the_example_courses_solutions_is_told() -> None:
    course = Course(ROOT)
    keys = CourseKeys(course, cache=cache_folder())
    (assignment,) = keys.assignments

    assert all(lines_of(course, name) for name in assignment.exercises)
    assert leaks(course, keys, assignment) == []


@pytest.fixture
def planted(make_course: Callable[..., Course], tmp_path: Path) -> tuple[Course, CourseKeys, AnswerKey]:
    course = make_course(SPECIFICATION, SOLUTION, name="planted")
    keys = CourseKeys(course, cache=tmp_path / "cache")
    return course, keys, keys.key("planted")


def test_no_line_of_a_reference_or_a_misconception_is_told(planted: tuple[Course, CourseKeys, AnswerKey]) -> None:
    course, keys, _ = planted

    assert len(lines_of(course, "planted")) > 20
    assert leaks(course, keys, Assignment("all", "All", ("planted",))) == []
    for name, data in public_files(course, keys, Assignment("all", "All", ("planted",))).items():
        assert "zanzibar" not in readable(name, data).lower(), name


def test_no_key_holds_a_line_that_nobody_reads(
    planted: tuple[Course, CourseKeys, AnswerKey], compiled: Compile, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither the whole key, nor what mutants answer, nor a package for another host."""
    _, keys, key = planted
    package = pack(keys, Assignment("all", "All", ("planted",)), "all")
    assert keys.mutants(key).all().kinds
    assert [file for file in (tmp_path / "cache").iterdir() if b"zanzibar" in file.read_bytes()] == []
    assert b"zanzibar" not in package

    monkeypatch.setattr("grader.grading.compile.right_answer", lambda seen, changes: seen)
    monkeypatch.setattr("grader.grading.compile.wrong_answer", lambda seen, case: seen)
    anew = f"{SPECIFICATION}\n"  # no key that another test has compiled
    whole = codec.to_bytes(compiled(anew, SOLUTION, name="planted"))
    assert whole.count(b"zanzibar print") > 10  # they would be there: else this would prove nothing
    assert whole.count(b"zanzibar message of the reference") > 0
    assert whole.count(b"zanzibar comment behind it") > 0


def test_of_a_call_only_its_answer_is_kept(planted: tuple[Course, CourseKeys, AnswerKey]) -> None:
    key = planted[2]
    public = public_part(key)

    for case in (*public.cases, *key.cases):
        answer = case.expected
        assert answer == Observation(answer.status, answer.value, answer.changed, answer.error)
    refused = next(case.expected for case in public.cases if case.test == "refused")
    assert (refused.status, refused.error) == (Status.RAISED, Raised("ValueError", ""))
    other, printed = public.misconceptions
    assert all(answer.warnings == () and answer.printed == "" for answer in other.answers)
    assert other.answers[1].error == Raised("TypeError", "")
    assert printed.answers[0].printed == "4 9 9"  # the right answer, which is in the handout anyway
    assert printed.answers[0].value.value is None


FIELDS = {
    AnswerKey: "schema id name title needs function parameters returns returns_text points undecided public cases"
    " misconceptions hints changes budget stub_digest versions style uses scaffold packages accept",
    Case: "test index role points advice arguments seed expected compare code holds hint call size build view"
    " returns changes is_printed samples",
    Misconception: "id says answers",
    View: "code signature text otherwise",
    StyleRule: "manner names points hint growths inside",
    Growth: "symbol difference small large",
    Handout: "schema title language assignment keys mutants",
    Observation: "status value changed error printed",
    Raised: "type message",
}
WITHHELD = {
    AnswerKey: "helpers",
    Case: "domain",
    Observation: "warnings threads exit_status steps",
    Raised: "line column cell source_line function bases near called_line called_cell",
    StyleRule: "gate",
}


@pytest.mark.parametrize("kind", FIELDS, ids=lambda kind: kind.__name__)
def test_somebody_has_decided_of_every_field_whether_it_is_told(kind: type[msgspec.Struct]) -> None:
    """A new field has to be put into `grader.grading.public` and above, or into the list of those that are withheld."""
    decided = FIELDS[kind].split() + WITHHELD.get(kind, "").split()

    assert sorted(kind.__struct_fields__) == sorted(decided)


def every_case(key: AnswerKey) -> list[Case]:
    growths = [growth for rule in key.style for growth in rule.growths]
    return [*key.cases, *(case for growth in growths for case in (growth.small, growth.large))]


def test_a_handout_is_the_same_whatever_the_seed(compiled: Compile) -> None:
    """So nothing in it can tell a right guess of the seed from a wrong one: no seed, no input, no digest."""
    keys = [compiled(SPECIFICATION, SOLUTION, name="planted", course=f"{text}\n") for text in COURSES]
    public = [codec.to_bytes(public_part(key)) for key in keys]
    hidden = [[case.seed for case in key.cases if case.role is Role.HIDDEN] for key in keys]

    assert len(set(map(str, hidden))) == len(COURSES)
    assert len({key.id for key in keys}) == len(COURSES)
    assert len(set(public)) == 1
    assert {case.role for case in every_case(codec.decode(public[0], AnswerKey))} == set(Role) - {Role.HIDDEN}


COURSES = ("title: A course", "title: A course\nseed: '2026'", "title: A course\nseed: planted, but long")


def test_what_is_practised_still_differs_from_what_is_tested(compiled: Compile) -> None:
    key = compiled(SPECIFICATION, SOLUTION, name="planted")
    arrays: dict[Role, set[bytes]] = {}
    for case in key.cases:
        arrays.setdefault(case.role, set()).add(np.asarray(case.arguments.value["x"]).tobytes())

    assert arrays[Role.PRACTICE]
    assert arrays[Role.PRACTICE].isdisjoint(arrays[Role.HIDDEN])


def test_misconceptions_are_recognised_by_a_handout_too(
    planted: tuple[Course, CourseKeys, AnswerKey], graded: Callable[..., Any]
) -> None:
    public = public_part(planted[2])
    printing = (
        "import numpy as np\ndef planted(x, k=1):\n    print(np.abs(x - np.sort(x)[:1]).clip(0, 5).cumsum() * k)\n"
    )
    silent = "def planted(x, k=1):\n    x.sum()\n"

    said = [
        {test.finding.diagnosis for test in graded(public, text).tests if test.finding is not None}
        for text in (printing, silent)
    ]
    assert "printed" in said[0]
    assert "printed" not in said[1]


def test_mutants_are_known_on_a_handout_by_what_is_shown(
    compiled: Compile, make_course: Callable[..., Course], tmp_path: Path
) -> None:
    """And they are the same whatever is hidden: neither which they are nor what they answer hangs on it."""
    payloads = []
    for text in COURSES:
        course = make_course(SPECIFICATION, SOLUTION, name="planted", course=f"{text}\n")
        keys = CourseKeys(course, cache=tmp_path / "cache")
        handout = handout_of(keys, Assignment("all", "All", ("planted",)))
        payloads.append(codec.to_bytes(handout))

    assert len({payload.partition(b"planted")[2] for payload in payloads}) == 1
    (public,) = handout.keys
    found = HandoutKeys(handout, tmp_path).mutants(public)
    assert found is not None
    assert found.kinds
    assert len(found.columns) == len(public.cases) < len(keys.key("planted").cases)
    assert b"zanzibar" not in payloads[0]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (np.array([1.5, 2.0]), True),
        (2.0, True),
        (None, True),
        (np.array([1.5, 0.7318402956]), False),
        (np.array([1.5, -0.7318402956]), False),
        (918273645, False),
        ("a text", False),
        ("planted", False),
        ((1.5, ["planted"]), False),
        ((None, ["planted"]), False),
        (np.array(["planted"]), False),
        (np.array(1.5), True),
        (np.array([1.5, None], dtype=object), True),
        (np.array([1.5, "planted"], dtype=object), False),
        ({"planted"}, False),
        (np.array(["2026-01-02"], dtype="M8[D]"), False),
    ],
)
def test_a_mutant_that_answers_with_a_literal_of_the_reference_is_not_told(
    compiled: Compile, answer: Any, told: bool
) -> None:
    key = public_part(compiled(SPECIFICATION, SOLUTION, name="planted"))
    seen = Observation(Status.RETURNED, Plain(answer))
    found = mutant_answers([MistakeKind("factor")], [[seen] * len(key.cases)])
    solution = "def f(x):\n    s = 'planted'\n    return x * 0.7318402956 + 918273645 + 2 * 0.5 + 1.5\n"
    assert bool(public_mutants(found, key, solution).kinds) is told


def test_a_mutant_that_changes_an_argument_is_told_of_by_the_argument_s_name(compiled: Compile) -> None:
    key = public_part(compiled(SPECIFICATION, SOLUTION, name="planted"))
    seen = Observation(Status.RETURNED, Plain(np.array([1.5])), changed=Plain({"x": np.array([2.0])}))
    found = mutant_answers([MistakeKind("in_place")], [[seen] * len(key.cases)])

    told = public_mutants(found, key, "def f(x):\n    return x\n")
    assert told.kinds == found.kinds
    assert told.rows() == found.rows()
