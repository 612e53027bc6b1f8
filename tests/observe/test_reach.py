"""Which functions are equal, and of which nothing is said."""

from __future__ import annotations

import builtins

import pytest

from grader.observe.equal_functions import Function
from grader.observe.program import compile_source
from grader.observe.shareable_syntax import ATTRIBUTES, BUILTINS, CHILDREN, TYPES
from grader.observe.wire import Block, Source, Tell

F = "def f(x):\n    return np.exp(x) + 1\n"


def function(*cells: str, name: str = "f") -> Function | None:
    """The function of a script, or of a notebook with several cells."""
    numbers = (None,) if len(cells) == 1 else range(1, len(cells) + 1)
    source = Source("work.py", tuple(Block(text, number) for text, number in zip(cells, numbers, strict=True)))
    return Function.of(name, compile_source(source, "work.py", tell=(Tell.DEFINITIONS, Tell.REACH)).facts, source)


def digest(*cells: str) -> bytes:
    found = function(*cells)
    assert found is not None
    return found.digest


@pytest.mark.parametrize(
    "other",
    [
        "# mine\n\n\ndef f(x):\n\n    # here\n    return np.exp(x) + 1  # there\n",
        "def f( x ) :\n        return (np.exp((x)) + (1))\n",
        'def f(x):\n    """Says what it does."""\n    return np.exp(x) + 1\n',
        'def f(x):\n    """One text."""\n    "And another."\n    return np.exp(x) + 1\n',
        "def f(x): return np.exp(x) + 0x1\n",
        "def f(x):\n    return np.exp(\n        x,\n    ) + \\\n        1\n",
        "import numpy as np\n" + F,
        F + "import numpy as np\n",
        "import os, sys\nimport time\n" + F,
        "# -*- coding: latin-1 -*-\n" + F,
        "def f(x):  # type: (int) -> int\n    return np.exp(x) + 1\n",
        "def g(y):\n    x = y\n    return [x]\n" + F,
        F + "if __name__ == '__main__':\n    import plots\n    plots.show(f(open('data')))\n",
        F + "x = (1\n",
        "def g(y):\n    return (y\n\n" + F,
        "def g(y):\n    return np.sun(y) + np.float(1)\n" + F,
        "import numpy\ndef g(y):\n    return numpy.expp(y)\n" + F,
        F + "x = np.zeros(3)\nf(x)\nfor f_ in [1]:\n    print(f(f_))\n",
        "def f(x):\n    return np.e\u017fp(x) + 1\n".replace("e\u017fp", "\u212fxp"),
    ],
)
def test_looks_make_no_other_function(other: str) -> None:
    assert digest(other) == digest(F)


def test_a_notebook_has_the_same_functions_as_a_script() -> None:
    assert digest("import numpy as np", F, "f(np.zeros(3))") == digest(F)
    assert digest("%matplotlib inline\nx = 1", F) == digest(F)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("y = np.exp(x)\n    return y", "result = np.exp(x)\n    return result"),
        ("y, z = x, 1\n    return y - z", "z, y = x, 1\n    return z - y"),
        ("return [y + 1 for y in x]", "return [each + 1 for each in x]"),
        ("for y in x: pass\n    else: y = 1\n    return y", "for z in x: pass\n    else: z = 1\n    return z"),
        ("y = 1\n    def g(): return y + x\n    return g()", "z = 1\n    def g(): return z + x\n    return g()"),
        ("y = 1\n    return lambda: y", "z = 1\n    return lambda: z"),
        ("import numpy as np\n    return np.exp(x)", "import numpy as xp\n    return xp.exp(x)"),
        ("if (y := x) is None: return y", "if (z := x) is None: return z"),
        (
            "try: y = 1\n    except ValueError: y = 2\n    return y",
            "try: z = 1\n    except ValueError: z = 2\n    return z",
        ),
        ("return y\n    y = 1", "return z\n    z = 1"),
    ],
)
def test_what_a_function_calls_its_own_variables_makes_no_other(one: str, other: str) -> None:
    assert digest(f"def f(x, *a, k=1, **m):\n    {one}\n") == digest(f"def f(x, *a, k=1, **m):\n    {other}\n")


@pytest.mark.parametrize("parameters", ["x", "x, *y", "x, *, y=1", "x, **y", "x, y, /", "x, y=1, *z"])
def test_parameters_keep_their_names(parameters: str) -> None:
    other = parameters.replace("y", "other")

    assert other == parameters or digest(f"def f({parameters}): return x\n") != digest(f"def f({other}): return x\n")


def test_where_an_exception_is_looked_at_variables_keep_their_names() -> None:
    """Its message can name one that has no value."""
    texts = [
        "def f(x):\n    try: return g()\n    except Exception as e: return f'{e}'\n"
        f"def g():\n    return {name}\n    {name} = 1\n"
        for name in ("y", "z")
    ]

    assert digest(texts[0]) != digest(texts[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("return 1", "return True"),
        ("return 1", "return 1.0"),
        ("return 1.0", "return 1 + 0j"),
        ("return 0.0", "return -0.0"),
        ("return (0.0, 1)", "return (-0.0, 1)"),
        ("return 0j", "return -0j"),
        ("return 1e400", "return -1e400"),
        ("return 'a'", "return b'a'"),
        ("return '\\n'", "return r'\\n'"),
        ("return 'a'", "return 'ａ'"),
        ("return '{x}'", "return f'{x}'"),
        ("return f'{x}'", "return f'{x!r}'"),
        ("return f'{x}'", "return f'{x:3}'"),
        ("return f'{x=}'", "return f'{x}'"),
        ("return None", "return ..."),
        ("return 10**30", "return 10**30 + 1"),
        ("return x", "return +x"),
        ("y = x; z = 1; return y", "y = x; z = 1; return z"),
        ("y = x; x = 1; return y", "x = x; y = 1; return x"),
        ("y = 1\n    return f'{y=}'", "z = 1\n    return f'{z=}'"),
        (
            "y = 1; z = 2\n    def g(): return y - z\n    return g()",
            "y = 1; z = 2\n    def g(): return z - y\n    return g()",
        ),
        ("return (lambda y: y)(y=1)", "return (lambda z: z)(z=1)"),
        (
            "y = x\n    def g():\n        y = 2\n    g(); return y",
            "y = x\n    def g():\n        nonlocal y\n        y = 2\n    g(); return y",
        ),
        ("if x:\n        a = 1\n    return a", "if x:\n        a = 1\n        return a"),
        ("return lambda: 1", "return lambda: True"),
        ("'text'\n    return 1", "return 'text'"),
        ("return [y for y in x]", "return list(y for y in x)"),
        ("return [['text'] for y in x]", "return [['txet'] for y in x]"),
        ("assert x; return 1", "return 1"),
        ("x[0] = 1", "x[0] += 1"),
    ],
)
def test_what_runs_otherwise_is_another_function(one: str, other: str) -> None:
    assert digest(f"def f(x):\n    {one}\n") != digest(f"def f(x):\n    {other}\n")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("def f(x): return g(x)\ndef g(x): return x", "def f(x): return g(x)\ndef g(x): return x + 1"),
        ("def f(x): return g(x)\ndef g(x): return E\nE = 1", "def f(x): return g(x)\ndef g(x): return E\nE = 1.0"),
        ("def f(x): return E\nE = 0.0", "def f(x): return E\nE = -0.0"),
        ("def f(x): return E\nE = 1,", "def f(x): return E\nE = True,"),
        ("def f(x): return len(x)", "def f(x): return len(x)\ndef len(x): return 1"),
        ("def f(x): return sum(x)", "from numpy import sum\ndef f(x): return sum(x)"),
        ("from numpy import exp\ndef f(x): return exp(x)", "from math import exp\ndef f(x): return exp(x)"),
        ("from numpy import exp\ndef f(x): return exp(x)", "def f(x): return exp(x)"),
        (
            "def f(x): return exp(x)\ndef g():\n    from math import exp",
            "from math import exp\ndef f(x): return exp(x)",
        ),
        ("import math as m\ndef f(x): return m.exp(x)", "import numpy as m\ndef f(x): return m.exp(x)"),
        ("def f(x, y=1): return y", "def f(x, y=True): return y"),
        ("def f(x, y=1): return y", "def f(x, *, y=1): return y"),
        ("def f(x, y): return y", "def f(y, x): return y"),
        ("def f(x: np.float64): return x", "from __future__ import annotations\ndef f(x: np.float64): return x"),
        (
            "def f(x):\n    def g(): 'a'; return 'a'\n    return g()",
            "def f(x):\n    def g(): 'b'; return 'b'\n    return g()",
        ),
    ],
)
def test_what_it_reaches_is_part_of_it(one: str, other: str) -> None:
    assert digest(one) != digest(other)


@pytest.mark.parametrize(
    "beside",
    [
        "from numpy import *",
        "import pandas",
        "from os import path",
        "import os\nos.remove('x')",
        "import time\ndef g(): return time.time()",
        "import os as np\nnp.remove('x')",
        "import random as np",
        "from .other import g",
        "import numpy.random",
        "from numpy import random",
        "np.exp = abs",
        "np.random.seed(1)",
        "del np.exp",
        "np.exp += 1",
        "[np.exp for np.exp in [1]]",
        "with np.errstate(all='ignore') as np.exp: pass",
        "setattr(np, 'exp', abs)",
        "exec('np.exp = abs')",
        "eval('1')",
        "globals()['f'] = abs",
        "vars()['f'] = abs",
        "locals()['f'] = abs",
        "__builtins__",
        "f.__doc__ = 'x'",
        "f.cache = {}",
        "def g(): global f; f = abs",
        "def g(): yield 1",
        "async def g(): pass",
        "class G: pass",
        "@abs\ndef g(): pass",
        "print(open('x').read())",
        "print(id(f))",
        "print(hash('x'))",
        "print({'a', 'b'})",
        "x = input()",
        "x = type(f)",
        "x = '{0.__code__}'.format(f)",
        "x = np.empty(3)",
        "x = np.ndarray(3)",
        "x = np.ndarray\nx(3)",
        "from numpy import ndarray as n\nx = n(3)",
        "def isinstance(x, y): return y(3)\nx = isinstance(1, np.ndarray)",
        "x = np.add(1, 2, where=[False])",
        "x = np.add(1, 2, **{'where': [False]})",
        "x = np.pad([1], 1, mode='empty')",
        "x = f is f",
        "def g(y): return y.sun",
        "def g(np): return np.sun",
        "def g(y):\n    np = y\n    return np.sun",
        "def g(y):\n    def np(): pass\n    return np.sun",
        "def g(y):\n    import math as np\n    return np.sun",
        "import math as m\ndef g(y): return m.sun",
        "def g(y): return np.open(open)",
        "def g(y): return np.linalg.sun",
        "def g(y): return np._core",
        "def g(y): return np.testing",
        "def g(y): np.sun = y",
        "match 1:\n    case int(real=x): pass",
        "try:\n    pass\nexcept* ValueError: pass",
        "display(f)",
        "get_ipython()",
        "%run other.py",
        "x = " + "-" * 5_000 + "1",
        "__name__ = '__main__'",
        "def g(__name__): pass",
        "try:\n    pass\nexcept ValueError as __name__: pass",
        "if __name__ == '__main__':\n    pass\nelse:\n    import pandas",
        "if __name__ != '__main__':\n    import pandas",
        "def g(x=(f := 1)): pass",
        "def g(x: (f := 1)): pass",
        "def g() -> (f := 1): pass",
    ],
)
def test_nothing_is_said_of_a_file_that_may_do_more_than_compute(beside: str) -> None:
    assert function(f"{F}{beside}\n") is None


@pytest.mark.parametrize(
    "text",
    [
        F + F,
        F + "f = 1",
        F + "for f in []: pass",
        F + "with np.errstate() as f: pass",
        F + "try:\n    pass\nexcept ValueError as f: pass",
        F + "del f",
        F + "[f := 1 for x in []]",
        F + "def g(): pass\nprint((f := g))",
        F + "np = None",
        F + "import math as np",
        F + "for np in []: pass",
        "try:\n    import math as m\nexcept ImportError:\n    m = None\ndef f(x): return m",
        "if True:\n    def f(x): return x",
        "def f(x, seen=[]): return seen",
        "def f(x, *, seen={}): return seen",
        "def f(x, seen=np.zeros(3)): return seen",
        "seen = []\ndef f(x): return seen",
        "seen = [1],\ndef f(x): return seen",
        "seen = np.zeros(3)\ndef f(x): return seen",
        "seen = other = 1\ndef f(x): return seen",
        "seen = 1\nseen += 1\ndef f(x): return seen",
        "seen: int = 1\ndef f(x): return seen",
        "def f(x: kind): return x\nkind = 1",
        "def f(x): return g(x)\ndef g(x: kind): return x\nkind = 1",
        "def f(x): return g(x)\ndef g(x: n.exp): return x\nimport numpy as n",
        "def f(x): return open",
        "def f(x):\n    def g(open): return open\n    return open",
        "def f(x): return x.__class__",
        "def f(x): return x.tofile",
        "def f(x): return x.gi_frame",
        "gi_frame = f_lineno = 1\ndef f(x): return x.gi_frame.f_lineno",
        "def f(x):\n    import time\n    return time",
        "f = lambda x: x",
        "def f[T](x): return x",
    ],
)
def test_nothing_is_said_of_a_function_whose_calls_may_depend_on_one_another(text: str) -> None:
    assert function(text) is None


def test_a_function_that_only_has_such_a_neighbour_is_known() -> None:
    assert function(F + "seen = []\ndef g(x): seen.append(x)") is not None


def test_what_is_common_is_known() -> None:
    text = """
    import numpy as np
    from typing import Optional, Tuple
    EPS = 1e-12

    def f(x: np.ndarray, axis: Optional[int] = None, *, keep=True) -> Tuple[np.ndarray, float]:
        if axis is None and isinstance(x, (list, np.ndarray)):
            raise ValueError(f"no axis: {np.shape(x)}")
        with np.errstate(divide="ignore"):
            total = sum(np.maximum(row, EPS).mean() for row in x)
        try:
            return x / np.linalg.norm(x, axis=axis, keepdims=keep), total
        except (TypeError, ValueError) as error:
            return x.T, float("nan")
    """
    assert function("\n".join(line[4:] for line in text.split("\n"))) is not None


def test_files_that_cells_are_written_to_are_not_looked_into() -> None:
    assert function("%%writefile other.py\nx = 1", F) is None


@pytest.mark.parametrize("count", [200, 2_500, 4_000])
def test_of_a_long_file_only_that_is_left_unsaid(count: int) -> None:
    text = F + "".join(f"def g{number}(x): return x\n" for number in range(count))
    facts = compile_source(Source("work.py", (Block(text),)), "work.py", tell=(Tell.DEFINITIONS, Tell.REACH)).facts

    assert len(facts.definitions) == count + 1
    assert not facts.faults
    assert bool(facts.reached) is (count < 300)


def test_no_name_that_is_allowed_for_an_attribute_is_a_builtin_that_is_not() -> None:
    assert (ATTRIBUTES | TYPES) & set(dir(builtins)) <= BUILTINS


def test_every_child_of_a_node_is_looked_at_or_known_to_be_no_code() -> None:
    plain = {"ctx", "op", "ops", "id", "attr", "arg", "name", "names", "module", "level", "value", "kind", "simple"}
    plain |= {"is_async", "conversion", "type_comment", "decorator_list", "type_params"}
    for node, fields in CHILDREN.items():
        assert set(node._fields) - set(fields) <= plain, node
