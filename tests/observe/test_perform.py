from __future__ import annotations

import random
import sys
from collections.abc import Callable
from textwrap import dedent
from typing import Any

import numpy as np
import pytest

from grader.observation import Observation, Status, Warned
from grader.observe.kept import Kept
from grader.observe.perform import Steps, perform, sendable
from grader.observe.program import compile_source
from grader.observe.source_map import SourceLines
from grader.observe.wire import Block, Call, Source
from grader.size_limit import SizeLimit
from grader.values import Opaque, Plain, Value

SEED = 2**80 + 5


def run(text: str, call: Call) -> Observation:
    program = compile_source(Source("work.py", (Block(dedent(text)),)), "work.py")
    namespace: dict[str, Any] = {"np": np}
    for statement in program.statements:
        exec(statement.code, namespace)
    return perform(call, namespace, program.source_map, Kept({}))


def f(keywords: tuple[str, ...] = (), **arguments: Value) -> Call:
    return Call("f", Plain(arguments), seed=SEED, keywords=keywords)


def code(lines: str, **arguments: Value) -> Call:
    return Call(None, Plain(arguments), seed=SEED, code=lines)


@pytest.mark.parametrize(
    ("raising", "named", "is_a", "is_no"),
    [
        ("np.linalg.inv(np.zeros((2, 2)))", "numpy.LinAlgError", "ValueError", "TypeError"),
        ("np.sum(np.zeros(2), axis=3)", "numpy.AxisError", "IndexError", "KeyError"),
        ("{}['a']", "KeyError", "LookupError", "ValueError"),
        ("raise_own()", "Own", "ArithmeticError", "Own2"),
    ],
)
def test_an_exception_says_of_which_kinds_it_is(raising: str, named: str, is_a: str, is_no: str) -> None:
    text = f"""
    class Mixin: ...
    class Own2(Mixin, ArithmeticError): ...
    class Own(Own2): ...
    def raise_own(): raise Own
    def f(): return {raising}
    """
    error = run(text, f()).error
    assert error is not None
    assert error.type == named
    assert error.is_a(named)
    assert error.is_a(is_a)
    assert not error.is_a(is_no)


def test_arguments_are_given_in_order_and_by_name_where_asked() -> None:
    text = "def f(a, b, *, c=0): return a, b, c"
    assert run(text, f(x=1, y=2)).value.value == (1, 2, 0)
    assert run(text, f(("c", "b"), a=1, c=3, b=2)).value.value == (1, 2, 3)


def test_arguments_are_copies_that_own_their_memory() -> None:
    sent = {"x": np.zeros(3), "deep": [{"y": (np.zeros(2),)}]}
    seen = run(
        "def f(x, deep):\n    x += 1\n    deep[0]['y'][0][1] = 5\n    return x.flags.owndata, x.flags.writeable",
        f(**sent),
    )
    assert seen.value.value == (True, True)
    assert not sent["x"].any()
    assert not sent["deep"][0]["y"][0].any()
    assert set(seen.changed.value) == {"x", "deep"}
    assert np.array_equal(seen.changed.value["x"], np.ones(3))


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        ("x = x + 1", False),
        ("x += 0", False),
        ("x.shape = (2, 1)", True),
        ("x[0] = np.nan", True),
        ("x[0] = -0.0", True),
        ("x.sort()", False),
        ("x[::-1].sort()", True),
    ],
)
def test_only_what_is_different_after_the_call_has_changed(body: str, changed: bool) -> None:
    seen = run(f"def f(x):\n    {body}", f(x=np.array([0.0, 1.0])))
    assert (seen.changed.value != {}) is changed


def test_lines_of_code_are_evaluated_beside_the_submissions_names() -> None:
    text = "def double(x): return 2 * x\ny = 3"
    assert run(text, code("z = double(x)\nz + y", x=1)).value.value == 5
    assert run(text, code("(\ny\n)")).value.value == 3
    assert run(text, code("y = 10\ny", y=4)).value.value == 10
    assert run(text, code("y = 10")).value.value is None
    assert run(text, code("[double(v) for v in x]", x=[1, 2])).value.value == [2, 4]
    assert run(text, code("(")).error.type == "SyntaxError"  # type: ignore[union-attr]
    assert run(text, f()).error.message == "name 'f' is not defined"  # type: ignore[union-attr]


def test_lines_of_code_leave_the_submissions_names_alone() -> None:
    namespace: dict[str, Any] = {"y": 3}
    perform(code("y = 10\nnew = 1"), namespace, {}, Kept({}))
    assert {name for name in namespace if name != "__builtins__"} == {"y"}
    assert namespace["y"] == 3


def test_both_random_generators_are_seeded_before_every_call() -> None:
    text = "import random\ndef f(): return random.random(), np.random.rand()"
    first, second = (run(text, f()).value.value for _ in range(2))
    other = run(text, Call("f", Plain({}), seed=SEED + 1)).value.value
    assert first == second
    assert first[0] != other[0]
    assert first[1] != other[1]
    random.seed(SEED)
    np.random.seed(SEED % 2**32)  # noqa: NPY002
    assert first == (random.random(), np.random.rand())  # noqa: NPY002


def test_where_an_exception_came_from() -> None:
    error = run(
        """
        def inner(x):
            y = 'é'; return np.dot(x, np.ones(99))
        def f(x):
            return inner(x)
        """,
        f(x=np.ones(2)),
    ).error
    assert error is not None
    assert (error.type, error.line, error.function) == ("ValueError", 3, "inner")
    assert error.bases == ("Exception", "BaseException")
    assert error.source_line == "    y = 'é'; return np.dot(x, np.ones(99))"
    assert error.source_line[error.column - 1 :].startswith("np.dot")  # type: ignore[operator]


@pytest.mark.parametrize(
    ("body", "near"),
    [
        ("x_norm = x\n    return xnorm", ("x_norm",)),
        ("return Xx", ("xx",)),
        ("if x:\n        total = 1\n    totals = 2\n    return total", ("totals",)),
        ("return undefined", ()),
        ("raise NameError('no name')", ()),
        ("raise ValueError(\"'xnorm'\")", ()),
    ],
)
def test_names_that_look_like_one_that_is_not_known(body: str, near: tuple[str, ...]) -> None:
    error = run(f"xx = 1\ndef f(x):\n    {body}", f(x=0)).error
    assert error is not None
    assert error.near == near


def test_an_exception_of_no_line_of_the_submissions() -> None:
    error = run("def f(a): return a", f()).error
    assert error is not None
    assert (error.type, error.line, error.source_line) == ("TypeError", None, "")


@pytest.mark.parametrize("text", ["1 / 0", "'x' * 10**6", "object()", "'\\ud800'"])
def test_messages_of_any_kind_are_told_safely(text: str) -> None:
    seen = run(
        f"""
        class Odd(Exception):
            def __str__(self): return {text}
            __traceback__ = property(lambda self: 1 / 0)
        def f():
            raise Odd
        """,
        f(),
    )
    assert seen.status is Status.RAISED
    assert seen.error is not None
    assert seen.error.type == "Odd"
    assert len(seen.error.message) <= 2000
    seen.error.message.encode()


def test_how_each_exception_counts() -> None:
    for name, status in {
        "MemoryError": Status.OUT_OF_MEMORY,
        "type('Subclass', (MemoryError,), {})": Status.OUT_OF_MEMORY,
        "SystemExit": Status.RAISED,
        "KeyboardInterrupt": Status.RAISED,
        "GeneratorExit": Status.RAISED,
        "BaseException": Status.RAISED,
    }.items():
        assert run(f"def f(): raise {name}", f()).status is status
    recursion = run("def f(): return f()", f())
    assert recursion.error is not None
    assert (recursion.status, recursion.error.type, recursion.error.line) == (Status.RAISED, "RecursionError", 1)


def test_warnings_are_noted_and_not_printed(capfd: pytest.CaptureFixture[str]) -> None:
    seen = run(
        """
        import warnings
        def inner():
            warnings.warn("mind", DeprecationWarning, stacklevel=5)
            np.ones(0).mean()
        def f():
            warnings.warn("mind")
            for _ in range(50): warnings.warn("again")
            inner()
            return np.ones(1) / 0
        """,
        f(),
    )
    assert capfd.readouterr() == ("", "")
    told = [(each.category, each.message.split(" enc")[0].rstrip("."), each.line) for each in seen.warnings]
    assert told[:3] == [("UserWarning", "mind", 7), ("UserWarning", "again", 8), ("DeprecationWarning", "mind", 4)]
    assert ("RuntimeWarning", "Mean of empty slice", 5) in told
    assert told[-1] == ("RuntimeWarning", "divide by zero", 10)


def test_warnings_are_capped() -> None:
    seen = run("import warnings\ndef f():\n    for n in range(99): warnings.warn(str(n))", f())
    assert len(seen.warnings) == 20
    assert seen.warnings[0] == Warned("UserWarning", "0", 3)


def test_what_cannot_be_sent_is_told_by_its_type_and_shape() -> None:
    changed = {"x": np.ones((2, 3)), "n": 1}
    heavy = Observation(Status.RETURNED, value=Plain([0.0] * 500), changed=Plain(changed), threads=1, steps=3)
    light = sendable(heavy, SizeLimit(bytes=40, parts=40))
    assert light.value == Plain(Opaque("list", "too large to send", (500,)))
    large = Opaque("numpy.ndarray", "of dtype float64 and shape (2, 3), too large to send", (2, 3))
    assert light.changed == Plain({"x": large, "n": 1})
    assert (light.threads, light.steps) == (1, 3)


def test_a_listing_knows_its_lines() -> None:
    source_lines = SourceLines(None, ("a", "b"))
    assert [source_lines.line(number) for number in (None, 0, 1, 2, 3)] == ["", "", "a", "b", ""]


def taken(run: Callable[[], object]) -> int:
    steps = Steps()
    steps.counting(run)()
    return steps.taken


@pytest.mark.parametrize(
    "run",
    [
        lambda n: [v * v for v in range(n)],
        lambda n: sum(v * v for v in range(n)),
        lambda n: np.vectorize(lambda v: v * v)(np.arange(n)),
        lambda n: np.apply_along_axis(np.sum, 1, np.ones((n, 2))),
        lambda n: list(map(lambda v: v * v, range(n))),  # noqa: C417 — this is the way that is looked at
    ],
)
def test_each_turn_is_a_step(run: Callable[[int], object]) -> None:
    assert taken(lambda: run(60)) - taken(lambda: run(10)) >= 50


def test_work_on_whole_arrays_takes_no_more_steps() -> None:
    small, large = np.ones((8, 3)), np.ones((640, 3))
    assert taken(lambda: np.exp(small).sum(axis=1)) == taken(lambda: np.exp(large).sum(axis=1))


def test_nothing_is_left_behind() -> None:
    def fails() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        Steps().counting(fails)()
    assert sys.gettrace() is None or "Steps" not in repr(sys.gettrace())


@pytest.mark.parametrize(
    ("attributes", "wanted", "near"),
    [
        ("self.totl = 1", "total", ("totl",)),
        ("self.t = 1", "total", ("t",)),
        ("self.a = self.b = self.c = self.d = 1", "total", ()),
        ("self.a = 1", "ad", ("add",)),
        ("self.__dict__ = {1: 2}", "total", ()),
    ],
)
def test_what_an_object_has_in_place_of_what_the_exercise_looks_for(
    attributes: str, wanted: str, near: tuple[str, ...]
) -> None:
    text = f"class C:\n    def __init__(self): {attributes}\n    def add(self): pass"
    error = run(text, Call(None, Plain({}), seed=SEED, code=f"C().{wanted}")).error
    assert error is not None
    assert error.near == near


@pytest.mark.parametrize(
    "made",
    [
        "x = [1]\n    x.append(x)",
        "x = type('S', (set,), {'__init__': lambda self, a, b: None})(1, 2)",
        "x = [0]\n    for _ in range(5000): x = [x]",
    ],
)
def test_a_sample_that_cannot_be_copied_is_judged_like_any_other(made: str) -> None:
    call = Call("f", Plain({}), seed=SEED, samples=(1, 2))
    seen = run(f"def f():\n    {made}\n    return x", call)
    assert seen.status is Status.RETURNED
    assert len(seen.value.value) == 2
