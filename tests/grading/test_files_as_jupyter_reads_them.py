"""Real files, each of a kind that tools and people make: the work in them is judged, or it is said why it is not."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Final

import pytest
from given import Given
from said import remarks_of, said

from grader.course.key import AnswerKey
from grader.grading.answers import File, judge_files
from grader.judge.result import ExerciseResult, Outcome
from grader.observe.observer import Observer

WORK: Final = "def double(x):\n    return 2 * x\n"
INNER: Final = "".join(f"    {line}\n" for line in WORK.splitlines())
COMMENTED: Final = "".join(f"# {line}\n" for line in WORK.splitlines())
IMPORT: Final = "import numpy as np"


def notebook(*cells: str | tuple[str, str], metadata: str = "{}") -> bytes:
    """Of code cells, and of others as pairs of a kind and a text."""
    both = [cell if isinstance(cell, tuple) else ("code", cell) for cell in cells]
    made = [
        {"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True)}
        | ({"execution_count": None, "outputs": []} if kind == "code" else {})
        for kind, text in both
    ]
    text = json.dumps({"cells": made, "metadata": "@", "nbformat": 4, "nbformat_minor": 5})
    return text.replace('"@"', metadata).encode()


def judged(key: AnswerKey, observer: Observer, files: dict[str, bytes | str]) -> ExerciseResult:
    handed_in = [
        File(name, content.encode() if isinstance(content, str) else content, float(time))
        for time, (name, content) in enumerate(files.items())
    ]
    (result,) = judge_files(Given({key.name: key}), handed_in, observer, exercises=[key.name]).exercises
    return result


RIGHT: Final[dict[str, dict[str, bytes | str]]] = {
    "NaN in the metadata": {"w.ipynb": notebook(WORK, metadata='{"papermill": {"rate": NaN}}')},
    "infinities in an output": {"w.ipynb": notebook(WORK, metadata='{"y": [NaN, Infinity, -Infinity]}')},
    "half a surrogate pair in an output": {"w.ipynb": notebook(WORK, metadata=r'{"text": ["half \ud83d of it\n"]}')},
    "%%ipytest": {"w.ipynb": notebook(IMPORT, "%%ipytest\n" + WORK)},
    "%%nbtutor": {"w.ipynb": notebook(IMPORT, "%%nbtutor -r -f\n" + WORK)},
    "%%px": {"w.ipynb": notebook(IMPORT, "%%px\n" + WORK)},
    "%%tutor": {"w.ipynb": notebook(IMPORT, "%%tutor --lang python3\n" + WORK)},
    "%%time above %%capture": {"w.ipynb": notebook("%%time\n%%capture out\n" + WORK)},
    "%%lprun": {"w.ipynb": notebook("%%lprun -f double\n" + WORK)},
    "a cell that nbconvert put into a text": {
        "w.py": f"#!/usr/bin/env python\n# In[1]:\n\nget_ipython().run_cell_magic('time', '', {WORK!r})\n"
    },
    "an unknown one that nbconvert put into a text": {
        "w.py": f"get_ipython().run_cell_magic('tutor', '--lang python3', {WORK!r})\n"
    },
    "lines of magic as nbconvert writes them": {
        "w.py": "get_ipython().run_line_magic('time', 'TWO = 2')\nget_ipython().run_line_magic('env', 'N=0')\n"
        "import os\ndef double(x):\n    return TWO * x + int(os.environ['N'])\n"
    },
    "magics that jupytext has made comments of": {
        "w.py": "# ---\n# jupyter:\n#   jupytext:\n# ---\n\n# %%\n# %time TWO = 2\n# %%\n"
        "# %%time\ndef double(x):\n    return TWO * x\n"
    },
    "magics that VS Code has made comments of": {
        "w.py": "#%%\n#!%matplotlib inline\n#!%time TWO = 2\ndef double(x):\n    return TWO * x\n"
    },
    "magics that Colab has made comments of": {
        "w.py": "# Commented out IPython magic to ensure Python compatibility.\n# %time TWO = 2\n"
        "def double(x):\n    return TWO * x\n"
    },
    "a cell of Python that Databricks has made comments of": {
        "w.py": "# Databricks notebook source\n# MAGIC %python\n# MAGIC def double(x):\n# MAGIC     return 2 * x"
    },
    "%%writefile, imported below": {
        "w.ipynb": notebook(
            "%%writefile helper.py\ndef two(x):\n    return 2 * x",
            "from helper import two\ndef double(x):\n    return two(x)",
        )
    },
    "%%writefile in two parts": {
        "w.ipynb": notebook(
            "%%writefile helper.py\nTWO = 2",
            "%%writefile -a helper.py\ndef two(x):\n    return TWO * x",
            "import helper\ndef double(x):\n    return helper.two(x)",
        )
    },
    "%%writefile of the function itself": {
        "w.ipynb": notebook("%%writefile mine.py\n" + WORK, "from mine import double")
    },
    "%%writefile, all names imported": {"w.ipynb": notebook("%%writefile mine.py\n" + WORK, "from mine import *")},
    "a function at the margin of a marimo notebook": {
        "w.py": "import marimo\n\napp = marimo.App()\n\nwith app.setup:\n    TWO = 2\n\n\n@app.function\n"
        + WORK.replace("2 *", "TWO *")
        + '\n\nif __name__ == "__main__":\n    app.run()\n'
    },
    "%%writefile, then %run": {"w.ipynb": notebook("%%writefile ./mine.py\n" + WORK, "%run -i mine")},
    "%run of another file": {
        "two.py": "TWO = 2",
        "w.ipynb": notebook("%run -i two.py", "def double(x):\n    return TWO * x"),
    },
    "%run of another notebook": {
        "two.ipynb": notebook("TWO = 2"),
        "w.ipynb": notebook("%run two.ipynb", "def double(x):\n    return TWO * x"),
    },
    "%env NAME=VALUE": {
        "w.ipynb": notebook("%env N=2\nimport os\nN = int(os.environ['N'])", "def double(x):\n    return N * x")
    },
    "%set_env of a value": {
        "w.ipynb": notebook("two = 2\n%set_env N $two", "N = %env N", "def double(x):\n    return int(N) * x")
    },
    "%prun NAME = value": {"w.ipynb": notebook("%prun -q TWO = 2", "def double(x):\n    return TWO * x")},
    "%time NAME = value": {"w.ipynb": notebook("%time TWO = 2", "def double(x):\n    return TWO * x")},
    "NAME = %time value": {"w.ipynb": notebook("TWO = %time 1 + 1", "def double(x):\n    return TWO * x")},
    "two names at once": {"w.ipynb": notebook("A, B = %time (1, 1)", "def double(x):\n    return (A + B) * x")},
    "%time in a function": {"w.ipynb": notebook("def double(x):\n    %time y = 2 * x\n    return y")},
    "%time of a loop": {"w.ipynb": notebook("%time for TWO in range(3): pass", "def double(x):\n    return TWO * x")},
    "%pylab": {"w.ipynb": notebook("%pylab inline", "def double(x):\n    return multiply(x, max(1, 2))")},
    "await at the top": {
        "w.ipynb": notebook(
            "import asyncio\nasync def two():\n    await asyncio.sleep(0.001)\n    return 2",
            "TWO = await two()\nONES = [await asyncio.sleep(0, 1) for _ in range(2)]",
            "ALSO, _ = await asyncio.gather(two(), asyncio.to_thread(print))",
            "def double(x):\n    return TWO * x * ONES[0] * ALSO / 2",
        )
    },
    "await in a script of cells": {
        "w.py": "# %%\nasync def two():\n    return 2\n\n# %%\nTWO = await two()\ndef double(x):\n    return TWO * x"
    },
    "a cell that is indented as a whole": {"w.ipynb": notebook("\n" + INNER)},
    "a cell with Python's prompts": {
        "w.ipynb": notebook(">>> def double(x):\n...     return 2 * x\n...\n>>> double(3)\n6")
    },
    "a cell with Jupyter's prompts": {
        "w.ipynb": notebook("In [3]: def double(x):\n   ...:     return 2 * x\n   ...:\n\nIn [4]: double(3)")
    },
    "a helper in a package": {
        "w.py": "from src.utils import two\ndef double(x):\n    return two(x)",
        "src/__init__.py": "",
        "src/utils.py": "def two(x):\n    return 2 * x",
    },
    "a package of packages": {
        "w.py": "import a.b.c as c\nfrom a import b\ndef double(x):\n    return c.two(x) * b.ONE",
        "a/__init__.py": "",
        "a/b/__init__.py": "from .more import ONE",
        "a/b/more.py": "ONE = 1",
        "a/b/c.py": "from ..top import two",
        "a/top.py": "def two(x):\n    return 2 * x",
    },
    "a package without __init__.py": {
        "w.py": "import src.utils\nfrom src import utils\ndef double(x):\n    return src.utils.two(x) + utils.two(0)",
        "src/utils.py": "def two(x):\n    return 2 * x",
    },
    "relative names in one folder": {
        "w.py": "from . import helper\nfrom .helper import two\ndef double(x):\n    return two(x) * helper.ONE",
        "helper.py": "ONE = 1\ndef two(x):\n    return 2 * x",
    },
    "work in a package": {
        "hw/__init__.py": "from .w import double",
        "hw/w.py": "from .helper import two\ndef double(x):\n    return two(x)",
        "hw/helper.py": "from . import more\ndef two(x):\n    return more.TWO * x",
        "hw/more.py": "TWO = 2",
    },
    "a helper beside it in a folder": {
        "hw/w.py": "import helper\ndef double(x):\n    return helper.two(x)",
        "hw/helper.py": "def two(x):\n    return 2 * x",
        "helper.py": "def two(x):\n    return 0 * x",
    },
    "an own function under another name": {
        "w.py": "from helper import mine as double",
        "helper.py": "def mine(x):\n    return 2 * x",
    },
    "an import of the function from a file that defines it": {
        "helper.py": WORK,
        "w.py": "from helper import double\nprint(double(3))",
    },
    "a GBK file that says so": {"w.py": ("# coding: gbk\n# 中文\n" + WORK).encode("gbk")},
    "a Latin-1 file that says so": {"w.py": ("# -*- coding: latin-1 -*-\n# déjà vu\n" + WORK).encode("latin-1")},
    **{
        f"a helper called {name}.py": {
            f"{name}.py": "def two(x):\n    return 2 * x",
            "w.py": f"from {name} import two\nimport {name}\ndef double(x):\n    return two(x) + 0 * {name}.two(x)",
        }
        for name in (
            *(
                "grader",
                "yaml",
                "test",
                "trace",
                "code",
                "calendar",
                "queue",
                "profile",
                "statistics",
                "random",
                "json",
            ),
            *("types", "abc", "io", "os", "time", "tests", "utils", "msgspec", "builtins", "ast", "sys", "asyncio"),
        )
    },
    "a helper that lacks what Python's module has": {
        "random.py": "TWO = 2",
        "numpy.py": "import numpy as np\nONE = np.ones(1)",
        "w.py": "import random, numpy as np\nfrom random import seed\nfrom statistics import mean\n"
        "def double(x):\n    return np.multiply(random.TWO, x) * mean([1, 1]) * np.ONE",
    },
    "a file that imports the module that it is called after": {
        "numpy.py": "import numpy as np\ndef double(x):\n    return np.multiply(2, x)"
    },
    "a helper that is loaded again": {
        "helper.py": "def two(x):\n    return 2 * x",
        "w.py": "import importlib, helper\nimportlib.reload(helper)\ndef double(x):\n    return helper.two(x)",
    },
}

TOLD: Final[dict[str, tuple[dict[str, bytes | str], str]]] = {
    "Colab comments it out": (
        {"w.py": f"{IMPORT}\n\n# Commented out IPython magic.\n# %%time\n{COMMENTED}"},
        "in a comment (line 5)",
    ),
    "Databricks comments out a cell of no Python": (
        {"w.py": "# Databricks notebook source\n# MAGIC %md\n# MAGIC def double(x):\n# MAGIC     return 2 * x"},
        "in a comment (line 3)",
    ),
    "in a class": ({"w.py": f"class Solution:\n{INNER}"}, "inside the class `Solution` (line 2)"),
    "in a function": (
        {"w.py": f"def main():\n{INNER}    print(double(1))\n\nif __name__ == '__main__':\n    main()"},
        "inside the function `main` (line 2)",
    ),
    "for the script alone": ({"w.py": f"if __name__ == '__main__':\n{INNER}"}, "below `if __name__ == ...` (line 2)"),
    "in a marimo cell": (
        {"w.py": f"import marimo\napp = marimo.App()\n\n@app.cell\ndef _(np):\n{INNER}    return (double,)"},
        "inside a cell of a marimo notebook (line 6)",
    ),
    "in a text": ({"w.py": f"import os\n'''\n{WORK}'''\n"}, "inside a text (line 2)"),
    "in a Markdown cell": (
        {"w.ipynb": notebook(IMPORT, ("markdown", WORK))},
        "in the cell below code cell 1, which is a Markdown cell",
    ),
    "in a raw cell": ({"w.ipynb": notebook(("raw", WORK), IMPORT)}, "in the first cell, which is a raw cell"),
    "in a notebook of Markdown alone": ({"w.ipynb": notebook(("markdown", WORK))}, "which is a Markdown cell"),
    "under a magic of another language": (
        {"w.ipynb": notebook(IMPORT, f"%%script python\n{WORK}")},
        "in cell 2, under `%%script`, which was not run",
    ),
    "under a magic that nobody knows": (
        {"w.ipynb": notebook(IMPORT, f"%%nonsense\n{WORK}\nselect double from x")},
        "in cell 2, under `%%nonsense`, which was not run",
    ),
    "only written to a file": (
        {"w.ipynb": notebook(f"%%writefile src/mine.py\n{WORK}")},
        "in cell 1, which is only written to the file src/mine.py",
    ),
    "only imported": (
        {"w.py": "from scipy.special import double"},
        "On line 1 it is only imported, from `scipy.special`",
    ),
    "in one of several files": (
        {"other.py": "x = 1", "w.py": f"class A:\n{INNER}"},
        "inside the class `A` (line 2 of w.py)",
    ),
}


@pytest.mark.parametrize("kind", RIGHT)
def test_work_that_is_judged(kind: str, compiled: Callable[..., AnswerKey], observer: Observer) -> None:
    result = judged(compiled(), observer, RIGHT[kind])

    assert result.outcome is Outcome.PASSED, [test.finding for test in result.tests]
    assert not [remark for remark in remarks_of(result) if "is judged" not in remark]


@pytest.mark.parametrize("kind", TOLD)
def test_where_work_stands_that_is_not_judged(
    kind: str, compiled: Callable[..., AnswerKey], observer: Observer
) -> None:
    files, words = TOLD[kind]

    result = judged(compiled(), observer, files)

    assert result.outcome is Outcome.MISSING
    finding = result.tests[0].finding
    assert finding is not None
    assert words in said(finding)


def test_a_cell_that_could_not_be_run_is_told(compiled: Callable[..., AnswerKey], observer: Observer) -> None:
    key = compiled()
    file = File("w.ipynb", notebook("%%nonsense\n{ not python", "%%bash\nls -l", "%%html\n<b>", WORK))

    result = judge_files(Given({key.name: key}), [file], observer, exercises=[key.name])

    assert remarks_of(result) == ("Cell 1 was not run: what stands below `%%nonsense` is not Python.",)
    assert result.exercises[0].outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (
            {"helper.py": "ONE = 1", "w.py": "from helper import two\n" + WORK},
            "ImportError: cannot import name 'two' from 'helper' (helper.py).",
        ),
        (
            {"trace.py": "ONE = 1", "w.py": "import trace\ntrace.two\n" + WORK},
            "AttributeError: module 'trace.py' has no attribute 'two'.",
        ),
        ({"w.py": "from .nothing import two\n" + WORK}, "ModuleNotFoundError: No module named 'nothing'."),
        ({"w.ipynb": notebook("%run nothing.py", WORK)}, "FileNotFoundError: nothing.py is not among the files"),
    ],
)
def test_modules_go_by_the_names_of_their_files(
    files: dict[str, bytes | str], words: str, compiled: Callable[..., AnswerKey], observer: Observer
) -> None:
    result = judged(compiled(), observer, files)

    assert result.outcome is Outcome.PASSED
    assert words in " ".join(remarks_of(result))


def test_what_failed_in_the_functions_own_cell_is_told_whatever_failed_before(
    compiled: Callable[..., AnswerKey], observer: Observer
) -> None:
    cells = ("figure.show()", "double(1)", WORK + "double(None)\n", "other.show()")

    result = judged(compiled(), observer, {"w.ipynb": notebook(*cells)})

    first, own = remarks_of(result)
    assert "Line 1 of cell 1 stopped with NameError" in first
    assert "Line 2 of cell 3 stopped with TypeError" in own


@pytest.mark.skipif(sys.version_info >= (3, 15), reason="this Python reads it")
def test_a_file_of_a_newer_python_is_told_as_that(compiled: Callable[..., AnswerKey], observer: Observer) -> None:
    key = compiled()
    file = File("w.py", b"def double(x):\n    lazy import numpy\n    return 2 * x\n")

    result = judge_files(Given({key.name: key}), [file], observer, exercises=[key.name])

    here = "{}.{}".format(*sys.version_info)
    finding = result.exercises[0].tests[0].finding
    assert finding is not None
    assert f"Python 3.15 and newer can read it, and here is Python {here}" in said(finding)
    assert [text for text in remarks_of(result) if "w.py needs Python 3.15 or newer" in text]
