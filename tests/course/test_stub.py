from __future__ import annotations

import ast
from itertools import chain
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.stub import apply_edit, stub_code, stub_of
from grader.errors import AuthorError, CourseError


def code(solution: str, function: str | None = "f") -> str:
    return stub_code(dedent(solution), function)


def test_without_markers_only_the_first_line_and_numpy_stay():
    text = code('''
        """The module says too much."""
        import numpy as np
        from scipy.special import softmax  # a giveaway

        SECRET = 3

        def helper(x):
            return SECRET

        def f(x, axis=1):  # the trick is to square
            """Also too much."""
            return helper(x)
        ''')
    assert text == "import numpy as np\n\n\ndef f(x, axis=1):\n    # YOUR CODE HERE\n    raise NotImplementedError\n"


def test_an_import_stays_where_the_first_line_needs_it():
    text = code("""
        from typing import Any, Callable
        import numpy as np
        def f(g: Any = np.nan) -> list[Any]:
            return 1
        """)
    assert text.startswith("import numpy as np\nfrom typing import Any\n\n\ndef f(g: Any=np.nan) -> list[Any]:\n")


def test_decorators_go_without_markers_and_stay_with_them():
    solution = """
        import functools
        @functools.cache
        def f(x):
            {}
            return x
            {}
        """
    assert "cache" not in code(solution.format("", ""))
    assert "@functools.cache\ndef f(x):" in code(solution.format("# BEGIN SOLUTION", "# END SOLUTION"))


def test_with_markers_the_scaffold_stays():
    text = code('''
        """Reference."""
        import numpy as np

        SCALE = 2

        def f(x):
            """Old words."""
            y = SCALE * x
            # BEGIN SOLUTION
            z = y ** 2
            # END SOLUTION
            return z

        def after():
            return SCALE
        ''')
    assert text == dedent("""\
        import numpy as np

        SCALE = 2


        def f(x):
            y = SCALE * x
            # YOUR CODE HERE
            return z


        def after():
            return SCALE
        """)


def test_a_function_without_a_return_left_raises_in_its_last_region():
    text = code("""
        def f(x):
            # BEGIN SOLUTION
            if x > 0:
                return 1
            # END SOLUTION
            x = -x
            # BEGIN SOLUTION
            return x
            # END SOLUTION
        """)
    assert text == dedent("""\
        def f(x):
            # YOUR CODE HERE
            x = -x
            # YOUR CODE HERE
            raise NotImplementedError
        """)


def test_an_emptied_block_is_filled():
    text = code("""
        def f(x):
            total = 0
            for part in x:
                # BEGIN SOLUTION
                total += part
                # END SOLUTION
            try:
                pass
            except ValueError:
                # BEGIN SOLUTION
                total = 1
                # END SOLUTION
            return total

        class Layer:
            # BEGIN SOLUTION
            size = 3
            # END SOLUTION
        """)
    assert text.count("raise NotImplementedError") == 2
    assert "class Layer:\n    # YOUR CODE HERE\n    pass" in text
    ast.parse(text)


def test_a_value_can_be_left_out_behind_its_name():
    text = code("""
        def f(x):
            a = b = np.sum(
                x,
            )  # SOLUTION
            if a: c: float = 3  # SOLUTION
            return a + b
        """)
    assert "    a = b = ...  # YOUR CODE HERE\n    if a: c: float = ...  # YOUR CODE HERE\n    return a + b" in text


def test_pieces_leave_room_for_a_docstring():
    stub = stub_of(
        "import os\ndef f(a,\n      b=(1, 2)):\n\n  '''Old.'''\n\n  # BEGIN SOLUTION\n  return 1\n  # END SOLUTION\n",
        "f",
    )
    assert (stub.before, stub.definition, stub.indent) == ("import os", "def f(a,\n      b=(1, 2)):", "  ")
    assert stub.body == "  # YOUR CODE HERE\n  raise NotImplementedError"


def test_exercises_without_a_function():
    assert code("a = 1\n", None) == "import numpy as np\n\n\n# YOUR CODE HERE\n"
    assert code("b = 2\n# BEGIN SOLUTION\na = 1\n# END SOLUTION\n", None) == "b = 2\n# YOUR CODE HERE\n"


def test_a_class_can_be_asked_for():
    assert code("class f:\n    def g(self): return 1\n") == (
        "import numpy as np\n\n\nclass f:\n    # YOUR CODE HERE\n    pass\n"
    )


def test_the_last_definition_of_a_name_counts():
    assert "def f(b):" in code("def f(a): pass\ndef f(b): pass\n")


def test_windows_line_ends_and_a_byte_order_mark_are_no_obstacle():
    assert stub_code("\ufeffdef f(x):\r\n    # BEGIN SOLUTION\r\n    return 1\r\n    # END SOLUTION\r\n", "f") == (
        "def f(x):\n    # YOUR CODE HERE\n    raise NotImplementedError\n"
    )


def test_text_in_several_lines_is_left_as_it_is():
    text = 'A = """a  \n\n\n\n\n  b"""\ndef f(x):\n    # BEGIN SOLUTION\n    return 1\n    # END SOLUTION\n'
    assert stub_of(text, "f").before == 'A = """a  \n\n\n\n\n  b"""'


@pytest.mark.parametrize(
    ("solution", "line", "words"),
    [
        ("def f(x):\n    # BEGIN SOLUTION\n    return 1\n", 2, "without an END"),
        ("def f(x):\n    return 1\n    # END SOLUTION\n", 3, "without a BEGIN"),
        ("def f(x):\n    # BEGIN SOLUTION\n    # BEGIN SOLUTION\n    return 1\n", 3, "line 2"),
        ("A = '''\n# BEGIN SOLUTION\n'''\ndef f(x): return 1\n", 2, "text in quotes"),
        ("def f(x):\n    return 1  # BEGIN SOLUTION\n", 2, "line of its own"),
        ("def f(x):\n    # start of solution\n    return 1\n", 2, "did you mean"),
        ("# BEGIN SOLUTION\ndef f(x):\n    return 1\n# END SOLUTION\n", 2, "below it"),
        (
            "def f(x):\n    # BEGIN SOLUTION\n    y = [\n    # END SOLUTION\n    1]\n    return y\n",
            2,
            "whole statements",
        ),
        ("def f(x):\n    return 1  # SOLUTION\n", 2, "assignment"),
        ("def f(x):\n    a = 1; b = 2  # SOLUTION\n    return a\n", 2, "assignment"),
        ("y = 1  # SOLUTION\ndef f(x): return 1\n", 2, "lines of its own"),
        ("def g(x):\n    return 1\n", 1, r"def f\(…\)"),
        ("f = lambda x: 1\n", 1, r"def f\(…\)"),
        ("EPS = 1\ndef f(x, eps=EPS):\n    return 1\n", 2, "needs EPS"),
        ("def f(x):\n    return (\n", 2, "not valid Python"),
    ],
)
def test_what_does_not_fit_is_said_with_its_line(solution, line, words):
    with pytest.raises(CourseError, match=words) as caught:
        stub_of(solution, "f", where="solutions/f.py")
    assert str(caught.value).startswith(f"solutions/f.py:{line}: ")


def block(depth: int) -> st.SearchStrategy[list[str]]:
    """The lines of a block, of which some are solution and carry the word LEAK."""
    simple = st.sampled_from(["y = x", "# a remark", "s = '''a\n  b'''", "del x"]).map(lambda line: [line])
    secret = st.sampled_from(
        ["y = LEAK", "return LEAK", "# LEAK", "'LEAK'", "for LEAK in x:\n    LEAK = '''\n  LEAK'''"]
    )
    hidden = secret.map(lambda line: ["# BEGIN SOLUTION", *line.split("\n"), "# END SOLUTION"])
    blank = st.just(["z = LEAK(  # SOLUTION", "    LEAK)"])
    pieces = [simple, hidden, blank]
    if depth:
        heads = st.sampled_from(["if x:", "for i in x:", "with x:", "def g(x):", "class C:", "while x:"])
        nested = st.tuples(heads, block(depth - 1))
        pieces.append(nested.map(lambda pair: [pair[0], *("    " + line for line in pair[1])]))
    return st.lists(st.one_of(pieces), min_size=1, max_size=4).map(lambda parts: [*chain(*parts), "pass"])


@given(block(2), block(1), st.booleans())
def test_no_solution_leaks(body, outside, marked):
    text = "\n".join([*outside, "def f(x):", *("    " + line for line in body)]).replace("return", "yield")
    if not marked:
        text = text.replace("# BEGIN SOLUTION", "#").replace("# END SOLUTION", "#").replace("# SOLUTION", "#")
    ast.parse(text)
    stub = stub_code(text, "f")
    assert "LEAK" not in stub
    assert "def f(x):" in stub
    ast.parse(stub)


def test_an_edit_is_made_at_every_occurrence():
    assert apply_edit("a axis=1, b axis=1", {"axis=1": "axis=0"}) == "a axis=0, b axis=0"


def test_edits_are_made_at_once():
    assert apply_edit("a + b - ab", {"a": "b", "b": "a", "ab": "c"}) == "b + a - c"


@pytest.mark.parametrize("edits", [{"axis=2": "axis=0"}, {"": "x"}, {"axis": "axis"}, {}])
def test_an_edit_that_does_nothing_is_the_authors_error(edits):
    with pytest.raises(AuthorError, match="edit"):
        apply_edit("axis=1", edits)
