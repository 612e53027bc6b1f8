"""Whether what is said of a file's loading is what loading does."""

from __future__ import annotations

import ast

import pytest

from grader.observe.loads import LoadReport
from grader.observe.observer import Observer
from grader.observe.plain_loading import callables_after_loading
from grader.observe.wire import Block, Limits, Source

PLAIN = {
    "nothing": ("", ()),
    "a function": ("def f(x):\n    return x\n", ("f",)),
    "several, with one of them twice": ("def f(x): return x\ndef g(): pass\ndef f(x): return 2 * x\n", ("f", "g")),
    "imports": ("from __future__ import annotations\nimport math\nimport numpy as np, os\ndef f(): pass\n", ("f",)),
    "a module of a package": ("import numpy.linalg as la\ndef f(): pass\n", ("f",)),
    "a docstring and constants": (
        "'''Mine.'''\nEPS = -1e-8\nNAMES = 'a', None\n...\npass\ndef f(): return EPS\n",
        ("f",),
    ),
    "a function that is no function any more": ("def f(x): return x\nf = 3\ndef g(): pass\n", ("g",)),
    "annotations": (
        "import numpy\ndef f(x: np.ndarray, *rest: int, eps: float = 1e-8, **more) -> numpy.ndarray: pass\n",
        ("f",),
    ),
    "a text for a type": ("def f(x: 'Array') -> None: pass\n", ("f",)),
    "what is for a script": ("def f(): pass\nif __name__ == '__main__':\n    f(), missing\n", ("f",)),
}

NOT_PLAIN = {
    "a call": "def f(): pass\nf()\n",
    "a print": "print('here')\n",
    "an import that may fail": "import missing_module\n",
    "names of a module": "from numpy import exp\n",
    "a default that is computed": "def f(x=1 / 0): pass\n",
    "a default that can be changed": "def f(x=[]): pass\n",
    "an annotation that is not there": "def f(x: np.ndaray): pass\n",
    "an annotation of a name that is not there": "def f(x: Array): pass\n",
    "an annotation of what was not imported": "def f(x: numpy.ndarray): pass\nimport numpy\n",
    "np that is something else": "np = 3\ndef f(x: np.ndarray): pass\n",
    "a type that is something else": "float = 3\ndef f(x: float): pass\n",
    "a decorator": "@staticmethod\ndef f(): pass\n",
    "a class": "class A: pass\n",
    "a lambda": "f = lambda x: x\n",
    "a condition": "if True:\n    def f(): pass\n",
    "several targets": "a = b = 1\n",
    "a computed constant": "a = 1 / 0\n",
    "a negative text": "a = -'1'\n",
    "a name that is looked up": "a = missing\n",
    "an asynchronous function": "async def f(): pass\n",
    "for a script, and else": "if __name__ == '__main__':\n    pass\nelse:\n    missing\n",
}


@pytest.mark.parametrize("name", PLAIN)
def test_it_is_what_loading_does(observer: Observer, patient: Limits, name: str) -> None:
    text, names = PLAIN[name]
    with observer.session([Source("work.py", (Block(text),))]) as session:
        assert session.load(0, patient) == LoadReport(names=names)
    assert callables_after_loading(ast.parse(text).body) == names


@pytest.mark.parametrize("name", NOT_PLAIN)
def test_nothing_is_said_of_what_may_do_more(name: str) -> None:
    assert callables_after_loading(ast.parse(NOT_PLAIN[name]).body) is None
