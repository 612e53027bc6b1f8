"""An exercise's file: what is read from it, and what is said where it is wrong."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course.document import read
from grader.course.model import (
    AssignmentSpec,
    CompareSpec,
    CourseSpec,
    ExerciseSpec,
    LimitsSpec,
    MisconceptionSpec,
    TestSpec,
)
from grader.course.signature import parse
from grader.course.specification import course_spec, exercise_spec, remarks
from grader.errors import SpecificationError


def problems(load, text, **options):
    """The first line of each problem, without the file's name."""
    with pytest.raises(SpecificationError) as caught:
        load(text, **options)
    return [problem.split("\n")[0].removeprefix("exercises/f.yaml:") for problem in caught.value.problems]


def said_by_python(text):
    """What this version of Python says of text that it cannot read."""
    with pytest.raises(SyntaxError) as caught:
        compile(text, "", "eval")
    return caught.value.msg


def refusal(load, document):
    """Why a document is refused; None where it is not."""
    try:
        load(document)
    except SpecificationError as error:
        return error
    return None


def course(text, **options):
    return course_spec(read(text.encode(), "course.yaml"), title="folder", **options)


def course_problems(text, **options):
    with pytest.raises(SpecificationError) as caught:
        course(text, **options)
    return [problem.split("\n")[0].removeprefix("course.yaml:") for problem in caught.value.problems]


FULL = """
title: Softmax of each row
function: softmax
args:
  x: float (m,n)
  parts: {tuple: [int, {list: "float (n,)"}]}
  axis: {type: int, about: Along which axis., default: 0}
returns: {type: "float (m, n)", about: Rows sum to 1.}
task: |
  Turn each row of `x` into probabilities.
points: 12.5
examples:
  - args: {x: [[9, 2], [7, 5]]}
  - {name: shown, sizes: {m: 1}, hint: Look.}
tests:
  - name: any matrix
    repeat: 5
    holds: result.sum() > 0
  - args: {x: "=1000 * rng.normal(size=(m, n))", axis: 1}
    points: 0
    hint: Subtract the maximum.
    compare: {rtol: 1e-3}
    call: |
      y = softmax(x)
      y[0]
misconceptions:
  - {id: columns, edit: {axis=1: axis=0}, says: Which axis?}
  - {id: none, code: "def softmax(x, parts, axis=0): return None", says: Return it.}
hints: [One., Two.]
call: softmax(x)
compare: {rtol: 1e-4, dtype: exact}
holds: "True"
changes: [x]
practice: 7
limits: {call: 1, load: 2.5, memory: 64 MiB}
"""


def test_every_key(load):
    spec = load(FULL)
    assert (spec.title, spec.function, spec.points, spec.practice) == (
        "Softmax of each row",
        "softmax",
        Fraction(25, 2),
        7,
    )
    assert list(spec.args) == ["x", "parts", "axis"]
    assert (spec.args["x"].signature, spec.args["x"].text) == (parse("float (m, n)"), "float (m,n)")
    assert spec.args["parts"].text == "tuple: [int, list: float (n,)]"
    assert not spec.args["x"].has_default
    axis = spec.args["axis"]
    assert (axis.about, axis.has_default, axis.default) == ("Along which axis.", True, 0)
    assert (spec.returns, spec.returns_text, spec.returns_about) == (
        parse("float (m, n)"),
        "float (m, n)",
        "Rows sum to 1.",
    )
    assert spec.task == "Turn each row of `x` into probabilities.\n"
    assert [test.name for test in spec.examples] == ["example 1", "shown"]
    assert (spec.examples[0].args, spec.examples[1].sizes, spec.examples[1].hint) == (
        {"x": [[9, 2], [7, 5]]},
        {"m": 1},
        "Look.",
    )
    assert (spec.examples[0].points, spec.examples[0].repeat) == (None, 1)
    first, second = spec.tests
    assert (first.name, first.repeat, first.points, first.holds) == ("any matrix", 5, None, "result.sum() > 0")
    assert (second.name, second.points, second.hint) == ("test 2", Fraction(0), "Subtract the maximum.")
    assert second.args == {"x": "=1000 * rng.normal(size=(m, n))", "axis": 1}
    assert (second.call, second.compare) == ("y = softmax(x)\ny[0]", CompareSpec(rtol=1e-3))
    assert [item.id for item in spec.misconceptions] == ["columns", "none"]
    assert (spec.misconceptions[0].edit, spec.misconceptions[0].code) == ({"axis=1": "axis=0"}, None)
    assert spec.misconceptions[1].edit is None
    assert (spec.hints, spec.call, spec.holds, spec.changes) == (("One.", "Two."), "softmax(x)", "True", ("x",))
    assert spec.compare == CompareSpec(rtol=1e-4, dtype="exact")
    assert spec.limits == LimitsSpec(call=1.0, load=2.5, memory=64 << 20)


def test_defaults(load):
    spec = load("", name="softmax")
    assert (spec.function, spec.points, spec.practice) == ("softmax", Fraction(10), None)
    assert (spec.examples, spec.tests, spec.misconceptions, spec.hints, spec.changes) == ((), None, (), (), ())
    assert (spec.call, spec.holds) == (None, None)
    assert (spec.compare, spec.limits) == (CompareSpec(), LimitsSpec())
    assert load("", points=Fraction(5, 3)).points == Fraction(5, 3)
    assert load("points: 1/3", points=Fraction(5)).points == Fraction(1, 3)


def test_the_same_file_gives_the_same_text(load):
    assert repr(load(FULL)) == repr(load(FULL))
    assert load(FULL) == load(FULL)


def test_a_default_of_null_is_a_default(load):
    argument = load("args: {x: {type: float, default: null}}").args["x"]
    assert argument.has_default
    assert argument.default is None


def test_all_problems_at_once(load):
    found = problems(
        load,
        """
        title: 5
        functon: softmax
        args:
          x: flot (m, n)
          y: {type: float, abuot: bla}
          lambda: int
        points: "-3"
        tests:
          - nmae: foo
            args: {X: 1, y: "=np.ones((m n))"}
            sizes: {m: -1}
            repeat: "5"
          - hello
          - {name: a, holds: result >}
          - {name: a}
        misconceptions:
          - {id: a b, edit: {}, says: 1e-8}
        changes: [u]
        title: again
        """,
    )
    assert [problem.split(": ", 1)[1].split(";")[0] for problem in found] == [
        "'title' must be text, not the number 5",
        "unknown key 'functon'",
        "'flot' is not a kind",
        "unknown key 'abuot'",
        "'lambda' is a word of Python itself, so no argument can be called so",
        "points cannot be negative",
        "unknown key 'nmae'",
        "no argument is called 'X'",
        f"Python does not understand this: {said_by_python('np.ones((m n))')}",
        "'m' must be at least 0, not -1",
        "'repeat' must be a whole number, not the text '5'",
        "item 2 of 'tests' must be a mapping of `key: value`, not the text 'hello'",
        "Python does not understand this: something is missing at its end",
        "another test is called 'a' too",
        "'id' cannot be 'a b'",
        "the edit changes nothing",
        "'says' must be text, not the number 1e-08",
        "no argument is called 'u'",
        "the key 'title' stands twice, on line 1 and on line 19",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("tolerance: 1", "1:1: unknown key 'tolerance'; did you mean 'compare'?"),
        ("Title: x", "1:1: unknown key 'Title'; did you mean 'title'?"),
        ("rtol: 1", "1:1: unknown key 'rtol' here"),
        ("xyz: 1", "1:1: unknown key 'xyz'"),
        ("3: 1", "1:1: a key must be text, not the number 3"),
        ("task:", "1:1: 'task' has no value"),
        ("task: #3 of them", "1:1: 'task' has no value: ` #` begins a comment"),
        ("task: ''", "1:7: the text is empty"),
        ("title: [a]", "1:8: 'title' must be text, not a list"),
        ("title: true", "1:8: 'title' must be text, not the truth value true"),
        ("args: [x]", "1:7: 'args' must be a mapping of `key: value`, not a list"),
        ("args: {x: }", "1:8: the signature is empty"),
        ("args: {x: {about: x}}", "1:8: 'type' is missing"),
        ("args: {x: {tuple: [float, {dict: {a: floot}}]}}", "1:38: 'floot' is not a kind"),
        ("args: {1: float}", "1:8: a key must be text, not the number 1"),
        ("args: {x: float, null: float}", "1:18: a key must be text, not nothing"),
        ("args: {True: float}", "1:8: a key must be text, not the truth value true"),
        ("args: {1.50: float}", "1:8: a key must be text, not the number 1.5"),
        ("args: {a b: float}", "1:8: 'a b' is no name in Python"),
        ("args: {np: float}", "1:8: no argument can be called 'np'"),
        ("args: {result: float}\nholds: result > 0", "1:8: no argument can be called 'result'"),
        ("args: {a: {type: int, default: 1}, b: int}", "1:36: 'b' has no default, but comes after 'a'"),
        ("args: {a: {type: int, default: x}}", "1:32: "),
        ('args: {m: float, x: "float (m, n)"}', "1:8: 'm' is an argument and also a size in a shape"),
        ("returns: float (m n)", "1:19: a comma is missing between 'm' and 'n'"),
        ("function: a-b", "1:11: 'a-b' is no name in Python"),
        ("function: class", "1:11: 'class' is a word of Python itself"),
        ("function: null", "1:11: without a function nothing is called"),
        ("points: many", "1:9: 'many' is no number of points"),
        ("points: -1", "1:9: points cannot be negative"),
        ("examples: [{points: 1}]", "1:21: an example has no 'points'"),
        ("examples: [{repeat: 2}]", "1:21: an example has no 'repeat'"),
        ("tests: []", "1:8: the list of tests is empty"),
        ("tests: {name: x}", "1:8: 'tests' must be a list, not a mapping"),
        ("tests: [{repeat: 0}]", "1:18: 'repeat' must be at least 1, not 0"),
        ("tests: [{repeat: 1001}]", "1:18: 'repeat' must be at most 1,000, not 1001"),
        ("tests: [{repeat: 1.5}]", "1:18: 'repeat' must be a whole number, not the number 1.5"),
        ("tests: [{sizes: {k: 1}}]", "1:18: no size is called 'k'; the sizes are m, n"),
        ("tests: [{sizes: {M: 1}}]", "1:18: no size is called 'M'; did you mean 'm'?"),
        ("tests: [{args: {y: 1}}]", "1:17: no argument is called 'y'; the arguments are x"),
        ("tests: [{args: {x: [[1], [2, 3]]}}]", "1:26: 'x': "),
        ("tests: [{args: {x: 5}}]", "1:20: 'x': "),
        ("tests: [{args: {x: '=1 +'}}]", "1:25: Python does not understand this"),
        ("tests: [{args: {x: '='}}]", "1:22: the Python is missing"),
        ("tests: [{points: 11}]", "1:18: the tests' points add up to 11, more than the exercise's 10"),
        ("tests: [{points: 6}, {points: 4.5}]", "1:31: the tests' points add up to 10.5, more than the exercise's 10"),
        ("tests: [{points: 6}, {points: 1/3}]",
         "1:1: every test has points of its own, and they add up to 19/3 of the exercise's 10"),
        ("tests: [{points: 0}]", "1:1: every test has points of its own, and they add up to 0 of the exercise's 10"),
        ("tests: [{name: a}, {name: a}]", "1:27: another test is called 'a' too"),
        ("examples: [{name: test 1}]\ntests: [{}]", "2:9: another test is called 'test 1' too"),
        ("misconceptions: [{id: a, says: b}]", "1:18: neither 'edit' nor 'code'"),
        ("misconceptions: [{id: a, says: b, edit: {c: d}, code: e}]", "1:18: both 'edit' and 'code'"),
        ("misconceptions: [{id: a, says: b, edit: {'': d}}]", "1:41: an edit begins with the text that it replaces"),
        ("misconceptions: [{id: a, says: b, edit: {c: c}}]", "1:45: the edit replaces 'c' by itself"),
        ("misconceptions: [{id: a, says: b, edit: {c: 1}}]", "1:45: 'c' must be text, not the number 1"),
        ("misconceptions: [{id: a, says: b, code: 'def f(:'}]", "1:48: Python does not understand this"),
        ("misconceptions: [{id: a, says: b, code: 'g = 1'}]", "1:41: the code does not define 'f'"),
        ("misconceptions: [{id: -a, says: b, edit: {c: d}}]", "1:23: 'id' cannot be '-a'"),
        ("args: {x: none}\nreturns: float", "1:11: only a result can be 'none'"),
        ("args: {x: float}\nreturns: none", "2:10: the function returns nothing and changes nothing"),
        ("hints: one", "1:8: 'hints' must be a list, not the text 'one'"),
        ("hints: [1]", "1:9: item 1 of 'hints' must be text, not the number 1"),
        ("call: f(", "1:8: Python does not understand this"),
        ("call: a = 1", "1:7: the last line must be an expression"),
        ("call: '=f(x)'", "1:7: this is always Python, so it begins without `=`"),
        ("holds: a = 1", "1:10: Python does not understand this"),
        ("compare: {dtype: kinds}",
         "1:18: 'dtype' must be 'kind', 'exact' or 'any', not the text 'kinds'; did you mean 'kind'?"),
        ("compare: {rtol: -1}", "1:17: 'rtol' must be at least 0, not -1"),
        ("compare: {rtol: .inf}", "1:17: 'rtol' must be a finite number"),
        ("compare: {rtol: '1e-6'}", "1:17: 'rtol' must be a number, not the text '1e-6'"),
        ("compare: {rtol: true}", "1:17: 'rtol' must be a number, not the truth value true"),
        ("compare: [1]", "1:10: 'compare' must be a mapping of `key: value`, not a list"),
        ("changes: [y]", "1:11: no argument is called 'y'; the arguments are x"),
        ("changes: [x, x]", "1:14: another argument is called 'x' too"),
        ("practice: -1", "1:11: 'practice' must be at least 0, not -1"),
        ("limits: {call: 0}", "1:16: 'call' must be more than 0, not 0"),
        ("limits: {memory: 512}", "1:18: 512 bytes are too little for any submission"),
        ("limits: {memory: 5 Foo}", "1:18: '5 Foo' is no amount of memory"),
    ],
)  # fmt: skip
def test_one_problem(load, text, problem):
    (found,) = problems(load, text)
    assert found.startswith(problem)


def test_what_is_missing_is_told_with_its_meaning():
    with pytest.raises(SpecificationError) as caught:
        exercise_spec(read(b"points: 3\n", "f.yaml"), name="f")
    assert [text.split("\n")[0] for text in caught.value.problems] == [
        "f.yaml:1:1: 'title' is missing",
        "f.yaml:1:1: 'returns' is missing",
        "f.yaml:1:1: 'task' is missing",
    ]
    assert "Add a line `title: …`. The exercise's heading." in caught.value.problems[0]


def test_an_empty_file():
    with pytest.raises(SpecificationError, match=r"f\.yaml:1:1: the file is empty"):
        exercise_spec(read(b"# nothing yet\n", "f.yaml"), name="f")


def test_a_file_that_is_no_name_of_a_function(load):
    (found,) = problems(load, "", name="my-exercise")
    assert "'my-exercise' is no name in Python" in found
    assert load("function: mine", name="my-exercise").function == "mine"


def test_advice_about_quotes(load):
    with pytest.raises(SpecificationError, match='Put it in quotes: "1e-8"'):
        load("title: 1e-8")
    with pytest.raises(SpecificationError, match=r"Write it without quotes: 1e-6"):
        load("compare: {rtol: '1e-6'}")
    with pytest.raises(SpecificationError, match=r"Write 1000$"):
        load("practice: 1_000")


def test_without_a_function(load):
    assert load("function: null\ncall: Layer(x)").function is None
    assert load("function: null\ntests: [{call: Layer(x)}]").function is None
    assert problems(load, "function: null\ntests: [{call: Layer(x)}, {}]")


def test_sizes_that_can_be_given(load):
    load("args: {n: int}\nreturns: float (n, n)\ntests: [{sizes: {n: 3}}]")
    load("args: {x: float (...)}\ntests: [{sizes: {'...': 2, '...0': 3}}]")
    load("args: {x: {list: float}}\ntests: [{sizes: {'[]': 2}}]")
    assert problems(load, "returns: float (k,)\ntests: [{sizes: {k: 3}}]")


def test_points_that_are_shared(load):
    spec = load("tests: [{points: 1/3}, {points: 2/3}, {}, {points: 0}]")
    assert [test.points for test in spec.tests] == [Fraction(1, 3), Fraction(2, 3), None, Fraction(0)]
    load("tests: [{points: 9.9}, {points: 0.1}]")
    load("points: 0\ntests: [{points: 0}]")


def test_points_that_leave_nothing_are_doubted():
    text = "title: T\ntask: T\nreturns: float\ntests:\n  - points: 10\n  - name: rest\n"
    document = read(text.encode(), "f.yaml")
    (doubt,) = remarks(document, exercise_spec(document, name="f"))
    assert doubt.message == "the tests' own points take all 10, and nothing is left for 'rest'"
    assert document.mark(("tests",), at_key=True) == doubt.mark


def test_nothing_is_concluded_from_what_is_broken(load):
    assert len(problems(load, "args: {x: 'flot (m, n)'}\ntests: [{sizes: {m: 1}, args: {x: [[1]]}}]")) == 1
    assert len(problems(load, "points: many\ntests: [{points: 11}]")) == 1
    assert len(problems(load, "args: [x]\nchanges: [x]\ntests: [{args: {x: 1}}]")) == 1


def test_anchors_may_repeat_a_value(load):
    spec = load("tests:\n  - {name: a, compare: &loose {rtol: 0.1}}\n  - {name: b, compare: *loose}")
    assert spec.tests[1].compare == CompareSpec(rtol=0.1)


# course.yaml


def test_an_empty_course():
    spec = course("")
    assert (spec.title, spec.language, spec.seed, spec.assignments) == ("folder", None, None, ())
    assert spec.defaults == CourseSpec().defaults
    assert (spec.defaults.points, spec.defaults.practice) == (Fraction(10), 20)
    assert spec.defaults.compare == CompareSpec(rtol=1e-6, atol=1e-9, dtype="kind")
    assert spec.defaults.limits == LimitsSpec(call=2.0, load=10.0, memory=1 << 30)


def test_a_full_course():
    spec = course(
        "title: C\nlanguage: pt-BR\nseed: '7'\n"
        "assignments:\n  - {name: a, exercises: [f, g], due: 2026-12-01 22:59 UTC}\n"
        "  - {name: b, title: B, exercises: [f]}\n"
        "defaults: {points: 1/3, practice: 0, compare: {rtol: 1e-2}, limits: {call: 5}}\n"
    )
    assert (spec.title, spec.language, spec.seed) == ("C", "pt-BR", "7")
    first, second = spec.assignments
    assert (first.name, first.title, first.exercises) == ("a", "a", ("f", "g"))
    assert first.due == datetime(2026, 12, 1, 22, 59, tzinfo=UTC)
    assert (second.title, second.due) == ("B", None)
    assert (spec.defaults.points, spec.defaults.practice) == (Fraction(1, 3), 0)
    assert spec.defaults.compare == CompareSpec(rtol=1e-2, atol=1e-9, dtype="kind")
    assert spec.defaults.limits == LimitsSpec(call=5.0, load=10.0, memory=1 << 30)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("seed: 7", "1:7: 'seed' must be text, not the number 7"),
        ("language: German", "1:11: 'German' is no language tag"),
        ("assignments: [{name: a, exercises: []}]", "1:36: 'exercises' is an empty list"),
        ("assignments: [{name: a b, exercises: [f]}]", "1:22: 'name' cannot be 'a b'"),
        ("assignments: [{exercises: [f]}]", "1:15: 'name' is missing"),
        ("assignments: [{name: a, exercises: [f], due: 2026-12-01}]", "1:46: '2026-12-01' has no time zone"),
        ("assignments: [{name: a, exercises: [f]}, {name: a, exercises: [f]}]",
         "1:49: another assignment is called 'a' too"),
        ("assignments: [{name: a, exercises: [f, f]}]", "1:40: another exercise is called 'f' too"),
        ("assignments: [{name: a, exercises: [f], extensions: {x: 2 days}}]",
         "1:41: 'a' has extensions and no due date"),
        ("assignments: [{name: a, exercises: [e]}]\nserve: {hidden: after_due}\n",
         "2:17: there is no due date of 'a', so results of hidden tests would never be shown"),
        ("serve: {hidden: after_due}\n", "1:17: there is no due date, so results of hidden tests would never be shown"),
        ("serve: {hidden: later}\n", "1:17:"),
        ("assignments: [{name: a, exercises: [f], due: 2026-12-01T12:00Z, extensions: {x: 2026-12-01T12:00Z}}]",
         "1:81: this is no later than the due date"),
        ("late: {per_day: 110 %}", "1:17: '110 %' is more than the whole"),
        ("late: {grace: soon}", "1:15: 'soon' is no span of time"),
        ("defaults: {compare: {dtypes: any}}", "1:22: unknown key 'dtypes'; did you mean 'dtype'?"),
        ("defaults: {practice: 1001}", "1:22: 'practice' must be at most 1,000, not 1001"),
        ("default: {}", "1:1: unknown key 'default'; did you mean 'defaults'?"),
    ],
)  # fmt: skip
def test_one_problem_of_a_course(text, problem):
    (found,) = course_problems(text)
    assert found.startswith(problem)


KEYS = [
    *ExerciseSpec.model_fields,
    *TestSpec.model_fields,
    *MisconceptionSpec.model_fields,
    *AssignmentSpec.model_fields,
]
KEYS += [
    "returns",
    "type",
    "about",
    "default",
    "rtol",
    "x",
    "tuple",
    "dict",
    "list",
    "assignments",
    "defaults",
    "memory",
]
SCALARS = [
    None, True, -1, 0, 3, 1.5, float("nan"), "", "x", "float (m, n)", "=x +", "=x", "def f(): pass", "1/3", "10 MiB",
    10**400,
]  # fmt: skip
VALUES = st.recursive(
    st.sampled_from(SCALARS) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=20,
)


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8))
def test_any_data_is_a_specification_or_is_refused(data):
    import yaml

    text = yaml.safe_dump({"title": "T", "task": "T", "returns": "float"} | data)
    for load in (lambda document: exercise_spec(document, name="f"), lambda document: course_spec(document, title="T")):
        told = refusal(load, read(text.encode(), "f.yaml"))
        assert told is None or told.problems
        assert told is None or all(problem.startswith("f.yaml:") for problem in told.problems)
