"""Whether what an equal function did is what this one does, and where it is not asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from grader.observation import Observation, Status
from grader.observe.observer import Observer
from grader.observe.shared_calls import SharedCalls
from grader.observe.sharing import Sharing
from grader.observe.time_budget import TimeBudget
from grader.observe.wire import Block, Call, Limits, Source, Tell
from grader.values import Plain

CALLS = [Call("f", Plain({"x": np.arange(float(n))}), seed=n) for n in (0, 1, 3)]
F = "import numpy as np\ndef f(x):\n    return 2 * x\n"

Observe = Callable[..., tuple[list[Observation], str | None]]


def script(text: str, name: str = "work.py") -> list[Source]:
    return [Source(name, (Block(text),))]


def notebook(*cells: str) -> list[Source]:
    return [Source("work.ipynb", tuple(Block(text, number) for number, text in enumerate(cells, 1)))]


@pytest.fixture
def observe(observer: Observer, patient: Limits) -> Observe:
    """What the calls do, and of which submission that is known, if it is."""

    def run(
        sources: Sequence[Source],
        shared: SharedCalls | None,
        submission: str = "",
        *,
        calls: Sequence[Call] = CALLS,
        limits: Limits = patient,
    ) -> tuple[list[Observation], str | None]:
        with observer.session(
            sources, tell=None if shared is None else (Tell.DEFINITIONS, Tell.REACH), limits=limits
        ) as session:
            used = session if shared is None else Sharing(shared, submission).over(session, sources)
            used.load(0, limits)
            seen = list(used.perform(0, calls, limits, time_budget=TimeBudget(60.0)))
            return seen, None if used is session else used.taken_from(0, "f")  # type: ignore[union-attr]

    return run


SHARED = {
    "a comment": (F, "# mine\n" + F),
    "an exception": (
        "def f(x):\n    y = x / 2\n    return y[7]\n",
        "# mine\n\ndef f(x):\n    '''Says it.'''\n    y = x/2  # half\n\n    return (y[7])  # the seventh\n",
    ),
    "an exception in a helper": (
        "def g(x):\n    raise ValueError('no')\ndef f(x):\n    return [g(y) for y in x]\n",
        "def f(x):\n    return [ g(y) for y in x ]\n\ndef g(x):\n    raise ValueError( 'no' )\n",
    ),
    "warnings": (
        "def f(x):\n    y = np.log(x - 1)\n    return np.sqrt(y)\n",
        "\n\ndef f(x):\n    # the logarithm\n    y = np.log((x-1))\n\n    return np.sqrt(y)\n",
    ),
    "characters of several bytes": (
        "def f(x):\n    ä = 'ä'; return x[9]\n",
        "def f(x):\n    ä='ä' ; return   x[9]\n",
    ),
    "what is printed": (
        "def f(x):\n    print('x is', x, end='')\n    print()\n    return len(x)\n",
        "def f(x):\n    # look\n    print( 'x is', x, end='' )\n    print()\n    return len(x)\n",
    ),
    "what is printed before an exception": (
        "def f(x):\n    print(len(x))\n    return x[2]\n",
        "\ndef f(x):\n    print(len( x ))\n    return x[2]  # the third\n",
    ),
    "an attribute that numpy has not": (
        "def f(x):\n    return np.sun(x)\n",
        "\ndef f(x):\n    return ( np.sun( x ) )  # all of it\n",
    ),
    "a neighbour that does not parse": (
        "def f(x):\n    return 2 * x\n",
        "def g(x):\n    return (x\n\n\ndef f(x):\n    return 2 * x\n",
    ),
    "a changed argument": (
        "def f(x):\n    x *= 2\n    return x\n",
        "def f(x):\n\n    x *= 2;\n    return x\n",
    ),
}


@pytest.mark.parametrize("looks", SHARED)
def test_what_an_equal_function_did_is_what_this_one_does(observe: Observe, looks: str) -> None:
    one, other = map(script, SHARED[looks])
    shared = SharedCalls()
    first, _ = observe(one, shared, "first")

    seen, taken_from = observe(other, shared, "second")

    assert taken_from == "first"
    assert first == observe(one, None)[0]
    assert seen == observe(other, None)[0]


def test_places_go_from_a_script_to_a_cell(observe: Observe) -> None:
    shared = SharedCalls()
    text = "def f(x):\n    return x[9]\n"
    observe(script(text), shared, "first")
    cells = notebook("import numpy as np\n1", "# below\n" + text)

    seen, taken_from = observe(cells, shared, "second")

    assert taken_from == "first"
    assert seen == observe(cells, None)[0]
    assert [(one.error.cell, one.error.line) for one in seen if one.error] == [(2, 3)] * 3


def test_warnings_of_one_line_number_in_two_cells_are_one(observe: Observe) -> None:
    helper, text = "def g(x):\n    return np.log(x - 9)\n", "def f(x):\n    return np.log(x - 9) + g(x)\n"
    shared = SharedCalls()
    first, _ = observe(notebook(helper, "\n" * 9 + text), shared, "first")
    cells = notebook(helper, text)

    seen, _ = observe(cells, shared, "second")

    assert [len(one.warnings) for one in first] == [0, 2, 2]
    assert seen == observe(cells, None)[0]


@pytest.mark.parametrize(
    ("text", "keeps_nothing"), [("def f(x):\n    return x\n", True), ("seen = []\ndef f(x):\n    return seen\n", False)]
)
def test_it_says_of_what_it_may_share_that_nothing_is_kept_of_a_call(
    observer: Observer, text: str, keeps_nothing: bool
) -> None:
    sources = script(text)
    with observer.session(sources, tell=(Tell.DEFINITIONS, Tell.REACH)) as session:
        sharing = Sharing(SharedCalls(), "one").over(session, sources)
        sharing.load(0, Limits())

        assert sharing.keeps_nothing(0, CALLS[0]) is keeps_nothing
        assert not session.keeps_nothing(0, CALLS[0])


UNLIKE = {
    "an exception on lines that were one": (
        "def f(x):\n    y = 1; return x[9]\n",
        "def f(x):\n    y = 1\n    return x[9]\n",
    ),
    "an exception on a line that was several": (
        "def f(x):\n    return (x[0] +\n        x[9])\n",
        "def f(x):\n    return (x[0] + x[9])\n",
    ),
    "a global that is kept": ("seen = []\ndef f(x):\n    seen.append(1)\n    return len(seen)\n",) * 2,
    "a default that is kept": ("def f(x, seen=[]):\n    seen.append(1)\n    return len(seen)\n",) * 2,
    "what stands in the file": (
        "def f(x):\n    'one'\n    return f.__doc__\n",
        "def f(x):\n    'other'\n    return f.__doc__\n",
    ),
    "the line": (
        "import sys\ndef f(x):\n    return sys._getframe().f_lineno\n",
        "import sys\n\ndef f(x):\n    return sys._getframe().f_lineno\n",
    ),
    "an address": ("def g(): pass\ndef f(x):\n    return f'{g}'\n",) * 2,
    "an address in a list": ("def g(): pass\ndef f(x):\n    return [1, (str(g), 2)]\n",) * 2,
    "an address in an array": ("def g(): pass\ndef f(x):\n    return np.array([str(g)])\n",) * 2,
    "an address that is printed": ("def g(): pass\ndef f(x):\n    print(g)\n    return x\n",) * 2,
    "an address in an error": ("def g(): pass\ndef f(x):\n    raise ValueError(g)\n",) * 2,
    "chance": ("def f(x):\n    return x + np.random.rand()\n",) * 2,
    "a file that fails": ("y = 1 / 0\ndef f(x):\n    return x\n",) * 2,
    "another helper": (
        "def f(x):\n    return g(x)\ndef g(x):\n    return x\n",
        "def f(x):\n    return g(x)\ndef g(x):\n    return 2 * x\n",
    ),
}


@pytest.mark.parametrize("why", UNLIKE)
def test_a_call_is_made_where_it_might_do_something_else(observe: Observe, why: str) -> None:
    one, other = map(script, UNLIKE[why])
    shared = SharedCalls()
    observe(one, shared, "first")

    seen, taken_from = observe(other, shared, "second")

    assert taken_from is None
    if not why.startswith("an address"):
        assert seen == observe(other, None)[0]


def test_a_file_of_the_name_of_a_module_is_left_alone(observe: Observe) -> None:
    shared = SharedCalls()
    observe(script(F), shared, "first")
    sources = [*script(F), Source("numpy.py", (Block("def f(): return 1\n"),))]

    assert observe(sources, shared, "second")[1] is None
    assert observe(script(F, "math/work.py"), shared, "second")[1] is None
    assert observe(script(F, "__main__.py"), shared, "second")[1] is None
    assert observe(script(F, "other/mine.py"), shared, "second")[1] == "first"


def test_another_file_that_may_do_more_than_compute_is_enough(observe: Observe) -> None:
    shared = SharedCalls()
    observe(script(F), shared, "first")
    sources = [*script(F), Source("plots.py", (Block("import pandas\n"),))]

    assert observe(sources, shared, "second")[1] is None


def test_nothing_is_taken_from_the_submission_itself(observe: Observe) -> None:
    shared = SharedCalls()
    observe(script(F), shared, "first")

    assert observe(script("\n" + F), shared, "first")[1] is None


def test_a_call_with_another_argument_seed_or_limit_is_made(observe: Observe, patient: Limits) -> None:
    shared = SharedCalls()
    observe(script(F), shared, "first")
    other = Call("f", Plain({"x": np.arange(3, dtype=np.float32)}), seed=3)
    again = Call("f", Plain({"x": np.arange(3.0)}), seed=4)

    assert observe(script(F), shared, "second", calls=[other, again])[1] is None
    assert observe(script(F), shared, "second", limits=Limits(call=29.0, load=30.0))[1] is None
    equal = Call("f", Plain({"x": np.arange(3.0)}), seed=3)
    assert observe(script(F), shared, "second", calls=[equal])[1] == "first"


def test_only_what_is_not_known_is_called(observe: Observe) -> None:
    shared = SharedCalls()
    text = "def f(x):\n    return 1 / len(x)\n"
    observe(script(text), shared, "first", calls=CALLS[1:2])

    seen, taken_from = observe(script(text), shared, "second")

    assert taken_from == "first"
    assert [one.status for one in seen] == [Status.RAISED, Status.RETURNED, Status.RETURNED]
    assert seen == observe(script(text), None)[0]


def test_steps_are_counted_anew(observe: Observe) -> None:
    shared = SharedCalls()
    counted = [Call("f", Plain({"x": np.arange(3.0)}), seed=3, counted=True)]
    observe(script(F), shared, "first", calls=counted)

    assert observe(script(F), shared, "second", calls=counted)[1] is None


@pytest.mark.slow
def test_a_call_that_does_not_end_is_made_by_each(observe: Observe) -> None:
    shared = SharedCalls()
    text = "def f(x):\n    while len(x) < 2:\n        pass\n    return x\n"
    calls = [CALLS[2], CALLS[0], CALLS[1], Call("f", Plain({"x": np.arange(4.0)}), seed=4)]
    short = Limits(call=1.0, load=30.0)
    first, _ = observe(script(text), shared, "first", calls=calls, limits=short)
    observe(script(text), shared, "between", calls=calls[3:], limits=short)

    seen, taken_from = observe(script("\n" + text), shared, "second", calls=calls, limits=short)

    statuses = [Status.RETURNED, Status.TIMED_OUT, Status.TIMED_OUT, Status.UNRUN]
    assert [one.status for one in first] == [one.status for one in seen] == statuses
    assert taken_from == "first"


def test_room_is_bounded_and_the_oldest_goes_first(observe: Observe) -> None:
    shared = SharedCalls(room=20_000)
    for number in range(8):
        observe(script(f"def f(x):\n    return {number} * x\n"), shared, "first")

    assert observe(script("def f(x):\n    return 7 * x\n"), shared, "second")[1] == "first"
    assert observe(script("def f(x):\n    return 0 * x\n"), shared, "second")[1] is None
