"""What one student hands in: six functions, more or less right, in the files that real ones come in."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from bench.classroom.functions import RIGHT, WRONG

__all__ = ["JUNK", "handed_in"]

Files: TypeAlias = dict[str, bytes]
Functions: TypeAlias = Mapping[str, str]

NUMPY: Final = "import numpy as np\n\n\n"
_UTF_16: Final = b"\xff\xfe"
JUNK: Final[Files] = {
    "report.pdf": b"%PDF-1.7\n",
    "data.csv": b"1,2\n3,4\n",
    "notes.txt": b"My work is in the other file.\n",
    "picture.png": b"\x89PNG\r\n",
}


def handed_in(rng: random.Random, mark: str = "") -> Files:
    """The files of one student, oldest first. A `mark` of one's own makes them unlike anybody else's."""
    skill = rng.choice((0.97, 0.9, 0.9, 0.6, 0.3))
    functions = {
        name: rng.choice(RIGHT[name] if rng.random() < skill else WRONG[name]) for name in RIGHT if rng.random() < 0.97
    }
    functions = functions or {"L1": WRONG["L1"][0]}
    kind, weight = zip(*_KINDS.items(), strict=True)
    files = rng.choices(kind, weight)[0](rng, functions)
    return {name: _marked(name, content, mark) for name, content in files.items()}


def _marked(name: str, content: bytes, mark: str) -> bytes:
    """With a line more, which changes nothing but the bytes."""
    if not mark:
        return content
    if not content or content.startswith(_UTF_16):
        return (content or _UTF_16) + mark.encode("utf-16-le")
    if name.endswith(".ipynb"):
        return content.replace(b"import numpy as np", f"# {mark}\\nimport numpy as np".encode(), 1)
    return content + f"\n# {mark}\n".encode()


def _script(rng: random.Random, functions: Functions) -> Files:
    text = NUMPY + "\n\n".join(functions.values())
    if rng.random() < 0.2:
        text += "\n\nprint(L1(np.array([0.9, 0.2]), np.array([1, 0])))\n"
    return {rng.choice(("work.py", "assignment1.py", "hw 1 (final).py", "работа.py")): text.encode()}


def _file_a_function(rng: random.Random, functions: Functions) -> Files:
    names = list(functions)
    rng.shuffle(names)
    return {f"{name}.py": (NUMPY + functions[name]).encode() for name in names}


def _windows(rng: random.Random, functions: Functions) -> Files:
    """Carriage returns, tabs, and often a byte order mark."""
    (text,) = _script(rng, functions).values()
    mark = rng.choice((b"", b"\xef\xbb\xbf"))
    return {"work.py": mark + text.replace(b"    ", b"\t").replace(b"\n", b"\r\n")}


def _cells(rng: random.Random, functions: Functions) -> list[str]:
    """A cell a function, half of them without the import; helpers, prints and leftovers beside them."""
    cells = ["import numpy as np\nimport matplotlib.pyplot as plt" if rng.random() < 0.3 else "import numpy as np"]
    for name, text in functions.items():
        cells.append(text if rng.random() < 0.5 else f"import numpy as np\n\n{text}")
        if rng.random() < 0.3:
            cells.append(f'print("{name} = ", {name}(np.array([[1.0, 2.0], [3.0, 4.0]])))')
    return cells


def _notebook(rng: random.Random, functions: Functions) -> Files:
    return {rng.choice(("Assignment 1.ipynb", "week1.ipynb")): _as_notebook(_cells(rng, functions))}


def _untidy_notebook(rng: random.Random, functions: Functions) -> Files:
    """Magics, text in code cells, an absent module of tests, a cell that stands twice."""
    cells = _cells(rng, functions)
    cells.insert(1, "from public_tests import *")
    cells.insert(rng.randrange(len(cells)), "%matplotlib inline\n!pip install numpy")
    cells.insert(rng.randrange(len(cells)), "Exercise 3: build the function below")
    cells.append(rng.choice(cells))
    return {"work.ipynb": _as_notebook(cells)}


def _two_versions(rng: random.Random, functions: Functions) -> Files:
    older = {name: rng.choice(WRONG[name]) for name in functions}
    return {"draft.py": (NUMPY + "\n\n".join(older.values())).encode(), **_notebook(rng, functions)}


def _broken_notebook(rng: random.Random, functions: Functions) -> Files:
    (content,) = _notebook(rng, functions).values()
    return {"work.ipynb": content[: len(content) // 2]}


def _unreadable(rng: random.Random, functions: Functions) -> Files:
    (text,) = _script(rng, functions).values()
    return {"work.py": rng.choice((b"", _UTF_16 + text.decode().encode("utf-16-le")))}


def _endless(rng: random.Random, functions: Functions) -> Files:
    text = "def L1(yhat, y):\n    i = 0\n    while i < len(y):\n        yhat = yhat + 0\n    return i\n"
    return _script(rng, {**functions, "L1": text})


def _as_notebook(cells: list[str]) -> bytes:
    parts: list[dict[str, object]] = [{"cell_type": "markdown", "metadata": {}, "source": ["# Week 1"]}]
    parts += [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": cell.splitlines(True)}
        for cell in cells
    ]
    return json.dumps({"cells": parts, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, ensure_ascii=False).encode()


_KINDS: Final[dict[Callable[[random.Random, Functions], Files], int]] = {
    _script: 34,
    _file_a_function: 12,
    _windows: 6,
    _notebook: 26,
    _untidy_notebook: 14,
    _two_versions: 4,
    _broken_notebook: 1,
    _unreadable: 2,
    _endless: 1,
}
