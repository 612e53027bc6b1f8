from __future__ import annotations

from textwrap import dedent

import pytest

from grader.course.fields import OPERATORS, WORDS
from grader.observe import usage
from grader.observe.program import compile_source
from grader.observe.wire import Block, Source, Tell


def used(*cells: str, by: str = "f") -> dict[str, int]:
    """What the definition of `by` uses, each thing with its line."""
    blocks = tuple(Block(dedent(text), number) for number, text in enumerate(cells, 1))
    facts = compile_source(Source("a.ipynb", blocks), "a.ipynb", tell=(Tell.DEFINITIONS, Tell.USES)).facts
    (definition,) = (one for one in facts.definitions if one.name == by)
    return {use.name: use.line for use in definition.uses}


@pytest.mark.parametrize(
    "text",
    [
        "import numpy as n\ndef f(x): return n.exp(x)",
        "import numpy\ndef f(x): return numpy.exp(x)",
        "from numpy import exp as e\ndef f(x): return e(x)",
        "from numpy import *\ndef f(x): return exp(x)",
        "import numpy as np\ne = np.exp\ng = e\ndef f(x): return g(x)",
        "def f(x):\n    import numpy as np\n    e = np.exp\n    return e(x)",
        "import numpy as np\ndef f(x): return getattr(np, 'exp')(x)",
        "import numpy as np\nf = lambda x: np.exp(x)",
        "import numpy as np\nclass f:\n    def forward(self, x): return np.exp(x)",
        "try:\n    import numpy as np\nexcept ImportError: pass\ndef f(x): return np.exp(x)",
    ],
)
def test_a_name_is_followed_to_what_it_means(text: str) -> None:
    assert "numpy.exp" in used(text)


@pytest.mark.parametrize(
    "text",
    [
        "def f(a): return a.replace('a', 'b')",
        "def f(a): return 'a'.replace('a', 'b')",
        "a = 'abc'\ndef f(): return a.replace('a', 'b')",
        "a = open('a').read()\nb = a\ndef f(): return b.replace('a', 'b')",
        "def f(a): return str.replace(a, 'a', 'b')",
        "replace = str.replace\ndef f(a): return replace(a, 'a', 'b')",
        "for a in 'xy':\n    b = a * 2\ndef f(): return b.replace('a', 'b')",
    ],
)
def test_a_method_is_one_whatever_it_is_called_on(text: str) -> None:
    assert ".replace" in used(text)


@pytest.mark.parametrize(
    "text", ["import copy\ndef f(a): return copy.copy(a)", "import numpy as np\ndef f(a): return np.copy(a)"]
)
def test_a_function_of_a_module_is_no_method(text: str) -> None:
    assert ".copy" not in used(text)
    assert "" not in used(text)


@pytest.mark.parametrize(
    ("cells", "lacks"),
    [
        (["def f(x): return np.exp(x)"], True),
        (["import numpy\ndef f(x): return np.exp(x)"], True),
        (["from numpy import exp\ndef f(x): return np.exp(x)"], True),
        (["def f(x): return x"], False),
        (["def f(x): return x.np"], False),
        (["def f(x): return np.exp(x)", "import numpy as np"], False),
        (["def f(x):\n    import numpy as np\n    return np.exp(x)"], False),
        (["from course import *\ndef f(x): return np.exp(x)"], False),
        (["from course import np\ndef f(x): return np.exp(x)"], False),
        (["np = 3\ndef f(x): return np"], False),
        (["def f(np): return np"], False),
        (["import numpy as np oops\ndef f(x): return np.exp(x)"], False),  # it was meant
    ],
)
def test_a_name_that_is_used_and_bound_nowhere(cells: list[str], lacks: bool) -> None:
    blocks = tuple(Block(text, number) for number, text in enumerate(cells, 1))
    assert compile_source(Source("a.ipynb", blocks), "a.ipynb").facts.lacks_np is lacks


def test_cells_may_be_in_any_order() -> None:
    assert "numpy.exp" in used("def f(x): return e(x)", "e = np.exp", "import numpy as np")


def test_names_of_its_own_mean_nothing_else() -> None:
    assert not {"numpy.exp", "exp"} & set(used("from numpy import exp\ndef f(exp): return exp(2)"))
    assert "numpy.exp" not in used("from numpy import exp\ndef f(x):\n    exp = x + 1\n    return exp")


def test_methods_helpers_and_made_functions() -> None:
    text = """
        import numpy as np
        root = np.vectorize(abs)
        def helper(x): return x
        def f(x):
            y = helper(x.sum())
            return root(y)
    """
    assert {".sum", "helper", "root"} <= set(used(text))
    assert "numpy.vectorize" in used(text, by="root")


def test_words_and_operators_have_their_lines() -> None:
    text = """
        def f(x):
            y = [v ** 2 for v in x]
            while y:
                y = y[1:] if y else y
            return x @ x
    """
    found = used(text)
    assert {word: found[word] for word in ("for", "**", "while", "if", "@")} == {
        "for": 3,
        "**": 3,
        "while": 4,
        "if": 5,
        "@": 6,
    }


def test_words_that_can_be_ruled_on_are_those_that_are_found() -> None:
    assert set(usage._WORDS.values()) == {*WORDS, *OPERATORS}


def test_nothing_is_looked_for_where_nobody_asks() -> None:
    facts = compile_source(Source("a.py", (Block("def f(x): return abs(x)"),)), "a.py").facts
    assert facts.definitions[0].uses == ()
