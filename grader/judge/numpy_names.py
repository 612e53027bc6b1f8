"""Near misses among numpy's own names: `np.sun` for `np.sum`. Nothing of a student's is imported for it."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Final

import numpy as np

from grader.near import nearest

__all__ = ["MODULES", "has_numpy", "near_attribute", "near_numpy", "near_word"]

MODULES: Final = {
    "np": "import numpy as np",
    "numpy": "import numpy",
    "math": "import math",
    "random": "import random",
    "plt": "import matplotlib.pyplot as plt",
    "pd": "import pandas as pd",
    "scipy": "import scipy",
    "time": "import time",
    "copy": "import copy",
}

# The names that beginners use, the commonest first: of several near misses the first here is meant.
_COMMON: Final = [
    "sum",
    "exp",
    "array",
    "dot",
    "reshape",
    "abs",
    "zeros",
    "ones",
    "mean",
    "max",
    "min",
    "sqrt",
    "linalg",
    "log",
    "shape",
    "arange",
    "maximum",
    "minimum",
    "argmax",
    "argmin",
    "random",
    "square",
    "power",
    "where",
    "tanh",
    "multiply",
    "divide",
    "subtract",
    "add",
    "norm",
    "squeeze",
    "expand_dims",
    "transpose",
    "concatenate",
    "ravel",
    "flatten",
    "absolute",
    "linspace",
    "eye",
    "std",
    "var",
    "prod",
    "cumsum",
    "sign",
    "round",
    "floor",
    "ceil",
    "sin",
    "cos",
    "tan",
    "pi",
    "e",
    "inf",
    "nan",
    "float64",
    "int64",
    "asarray",
    "outer",
    "matmul",
    "vstack",
    "hstack",
    "zeros_like",
    "ones_like",
    "full",
    "copy",
    "clip",
    "sort",
    "argsort",
    "unique",
    "diff",
    "any",
    "all",
    "isnan",
    "log2",
    "log10",
    "isclose",
    "allclose",
    "logical_and",
    "logical_or",
    "logical_not",
    "newaxis",
    "size",
    "ndim",
    "T",
    "astype",
    "tolist",
    "median",
    "sinh",
    "cosh",
    "log1p",
    "expm1",
]

_NEIGHBOURS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_WORDS: Final = {
    "true": "True",
    "false": "False",
    "none": "None",
    "null": "None",
    "nil": "None",
    "TRUE": "True",
    "tru": "True",
    "FALSE": "False",
}


# Asked for one by one, for numpy imports its parts when they are first looked at, which takes time and memory.
_OWNERS: Final[dict[str, Callable[[], object]]] = {
    "numpy": lambda: np,
    "numpy.linalg": lambda: np.linalg,
    "numpy.random": lambda: np.random,
    "ndarray": lambda: np.ndarray,
}


@lru_cache(256)
def near_numpy(name: str, part: str = "") -> str | None:
    """The public name of numpy (or of its part `linalg`, `random`) that `name` looks like."""
    return _best(name, _public(f"numpy.{part}" if part else "numpy"))


def has_numpy(name: str, part: str = "") -> bool:
    """Whether numpy, or its part `linalg` or `random`, has just this name."""
    return name in _public(f"numpy.{part}" if part else "numpy")


@lru_cache(256)
def near_attribute(name: str) -> str | None:
    """The attribute of an array that `name` looks like."""
    return _best(name, _public("ndarray"))


@lru_cache(256)
def near_word(name: str, known: tuple[str, ...]) -> str | None:
    """What `name` looks like: one of `known`, or a word of Python's."""
    if name in _WORDS:
        return _WORDS[name]
    own = _best(name, known)
    return own or _best(name, tuple(word for word in dir(builtins) if not word.startswith("_")))


@cache
def _public(which: str) -> tuple[str, ...]:
    owner = _OWNERS.get(which)
    return tuple(name for name in dir(owner()) if not name.startswith("_")) if owner is not None else ()


def _best(name: str, candidates: Sequence[str]) -> str | None:
    """A slip of one key, else what is near by all its letters."""
    slips = [candidate for candidate in candidates if candidate != name and _one_slip(name, candidate)]
    if slips:
        return min(slips, key=lambda candidate: (_rank(candidate), not _by_a_neighbouring_key(name, candidate)))
    close = nearest(name, candidates)
    return close[0] if close else None


def _rank(name: str) -> int:
    return _COMMON.index(name) if name in _COMMON else len(_COMMON)


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter more, less or other, two swapped, or other capitals make the one name the other."""
    if one.casefold() == other.casefold():
        return True
    if min(len(one), len(other)) < 2 or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        at = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        swapped = len(at) == 2 and at[1] == at[0] + 1 and one[at[0]] == other[at[1]] and one[at[1]] == other[at[0]]
        return swapped or (len(at) == 1 and len(one) > 2)
    short, long = sorted((one, other), key=len)
    return len(short) > 2 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _by_a_neighbouring_key(one: str, other: str) -> bool:
    pairs = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    return len(one) == len(other) and all(
        any(a in row and b in row and abs(row.index(a) - row.index(b)) == 1 for row in _NEIGHBOURS) for a, b in pairs
    )
