r"""Inline formulas of LaTeX as people type them: `$\frac{e^{x}}{2}$` is `(e^x)/2`."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["without_maths"]

_FORMULA: Final = re.compile(r"\$([^$\n]+)\$")
_STEPS: Final = (
    (re.compile(r"\\(?:mathrm|mathbf|mathit|text|operatorname|vec|hat|left|right)\b\s*(?:\{([^{}]*)\})?"), r"\1"),
    (re.compile(r"([\^_])\{(\w+)\}"), r"\1\2"),
    (re.compile(r"([\^_])\{([^{}]*)\}"), r"\1(\2)"),
    (re.compile(r"\\frac\{(\w+)\}\{(\w+)\}"), r"\1/\2"),
    (re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}"), r"(\1)/(\2)"),
    (re.compile(r"\\(\w+)\{([^{}]*)\}"), r"\1(\2)"),
)
_SIGNS: Final = {r"\cdot": "·", r"\times": "×", r"\le": "≤", r"\ge": "≥", r"\ne": "≠", r"\to": "→", r"\dots": "…"}
_LEFT: Final = re.compile(r"[{}]|\\[,;! ]|\\(?=\w)")


def without_maths(text: str) -> str:
    """`text` with its formulas between dollar signs written out; what is not understood stays readable."""
    return _FORMULA.sub(lambda formula: _plain(formula[1]), text)


def _plain(formula: str) -> str:
    for sign, character in _SIGNS.items():
        formula = re.sub(re.escape(sign) + r"(?![A-Za-z])", character, formula)
    before = None
    while formula != before:  # from the inside out
        before = formula
        for pattern, replacement in _STEPS:
            formula = pattern.sub(replacement, formula)
    return " ".join(_LEFT.sub("", formula).split())
