r"""Inline formulas of LaTeX on one line of plain text: `$\frac{e^{x}}{2n}$` is `e^x/(2n)`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["without_maths"]

_FORMULA: Final = re.compile(r"\$(?!\s)([^$\n]+)(?<!\s)\$")
# What is read as it is written, as many a hint is: the converter takes as long to import as numpy.
_SIMPLE: Final = re.compile(r"(?:[A-Za-z0-9\s.,()=+\-<>|/*]|[_^](?:[A-Za-z0-9]|\{[A-Za-z0-9]+\})(?![A-Za-z0-9]))*")
_NAMES: Final = {"∑": "sum", "∏": "prod", "∫": "int", "⋃": "union", "−": "-", "′": "'", "\u2061": ""}
_ACCENTS: Final = {
    **dict.fromkeys("^ˆ̂", ("\u0302", "hat")),
    **dict.fromkeys("~˜∼", ("\u0303", "tilde")),
    **dict.fromkeys("¯‾―_", ("\u0304", "bar")),
    **dict.fromkeys("→⃗", ("", "vec")),
    **dict.fromkeys("˙.", ("\u0307", "dot")),
}
_OPENING: Final = "([{⟨⌈⌊"
_CLOSING: Final = ")]}⟩⌉⌋"
_TIGHT: Final = "!'./|‖%∂∇"  # signs that stand close to what is beside them
_PRIMES: Final = frozenset("'′″‴")
_SEPARATORS: Final = ",;"


def without_maths(text: str) -> str:
    """`text` with its formulas between dollar signs written out; one that cannot be read stays as it is written."""
    return _FORMULA.sub(lambda found: _plain(found[1]), text)


def _plain(latex: str) -> str:
    if _SIMPLE.fullmatch(latex):
        return " ".join(latex.replace("{", "").replace("}", "").split())
    from grader.course.mathml import FormulaError, formula

    try:
        return " ".join(_written(formula(latex)).split())
    except FormulaError:
        return latex


def _written(node: Element) -> str:
    """A part of a formula in a line."""
    parts = list(node)
    match node.tag:
        case "mfrac" if node.get("linethickness") == "0":
            return ", ".join(map(_written, parts))
        case "mfrac":
            return "/".join(map(_enclosed, parts))
        case "msqrt":
            return f"sqrt({_row(parts)})"
        case "mroot":
            return f"root({_written(parts[1])}, {_written(parts[0])})"
        case "mover" if (accent := _written(parts[1]).strip()) in _ACCENTS:
            return _accented(_written(parts[0]), *_ACCENTS[accent])
        case "msub" | "munder":
            return f"{_enclosed(parts[0])}_{_enclosed(parts[1])}"
        case "msup" if _PRIMES.issuperset(prime := _written(parts[1]).strip()):
            return _enclosed(parts[0]) + prime
        case "msup" | "mover":
            return f"{_enclosed(parts[0])}^{_enclosed(parts[1])}"
        case "msubsup" | "munderover":
            return f"{_enclosed(parts[0])}_{_enclosed(parts[1])}^{_enclosed(parts[2])}"
        case "mtable":
            return "; ".join(", ".join(map(_written, row)) for row in parts)
        case "mspace":
            return " "
        case "mphantom":
            return ""
    return _row(parts) if parts else _NAMES.get(node.text or "", (node.text or "").replace("\xa0", " "))


def _accented(base: str, accent: str, name: str) -> str:
    """`ŷ`, where there is such a letter; else `hat(y)`."""
    letter = unicodedata.normalize("NFC", base + accent)
    return letter if accent and len(letter) == 1 else f"{name}({base})"


def _enclosed(node: Element) -> str:
    """In brackets where it would else be read in parts."""
    inner = _unwrapped(node)
    written = _written(inner).strip()
    is_whole = inner.tag in ("mi", "mn", "mo", "mtext", "msqrt", "mroot", "mover") or len(written) < 2
    return written if is_whole or _is_in_brackets(inner) else f"({written})"


def _unwrapped(node: Element) -> Element:
    while node.tag in ("mrow", "mstyle", "math", "mpadded") and len(node) == 1:
        node = node[0]
    return node


def _is_in_brackets(node: Element) -> bool:
    parts = list(node)
    return (
        len(parts) > 2
        and _text(parts[0]) == "("
        and _text(parts[-1]) == ")"
        and not any(_text(part) in ("(", ")") for part in parts[1:-1])
    )


def _row(nodes: Sequence[Element]) -> str:
    """Parts side by side, with space where they would else run into each other."""
    line = ""
    before: Element | None = None
    for place, node in enumerate(map(_unwrapped, nodes)):
        after = _unwrapped(nodes[place + 1]) if place + 1 < len(nodes) else None
        written = _written(node)
        if node.tag == "mo" and _text(before) == ":" and written == "=":
            line = f"{line.rstrip()}= "
        elif node.tag == "mo":
            line += _sign(written, before)
        elif node.tag == "mfrac" and node.get("linethickness") == "0":
            line = line[:-1] + "binom(" + written if line.endswith("(") else f"{line}binom({written})"
        elif node.tag == "mfrac" and _is_factor(before, after, node):
            line += f"({written})"
        else:
            line += (" " if _would_join(line, before, written) else "") + written
        before = node
    return line


def _text(node: Element | None) -> str:
    return "" if node is None else node.text or ""


def _sign(sign: str, before: Element | None) -> str:
    """An operator with space around it, but for brackets, signs in front of a number, and the like."""
    if sign in _SEPARATORS:
        return f"{sign} "
    if sign[:1] in _OPENING + _CLOSING + _TIGHT or not sign:
        return sign
    if sign.isalpha():
        return f" {sign} "
    is_first = before is None or (before.tag == "mo" and _text(before)[:1] not in _CLOSING + "!'|‖%")
    return sign if is_first and sign in "+-±∓¬" else f" {sign} "


def _is_factor(before: Element | None, after: Element | None, fraction: Element) -> bool:
    """Whether something stands beside a fraction that could be read as part of it; `2 1/2` is a number."""
    numbers = before is not None and before.tag == "mn" and all(_unwrapped(part).tag == "mn" for part in fraction)
    beside = [node for node in (None if numbers else before, after) if node is not None]
    return any(node.tag != "mo" and node.tag not in ("mspace", "mtext", "munderover", "munder") for node in beside)


def _would_join(line: str, before: Element | None, written: str) -> bool:
    """Whether two parts would be read as one: `x_12` and `3`, `ln` and `x`, `2` and `1/2`."""
    is_word = len(written) > 1 and written[:2].isalpha()
    if before is None or not written[:1].isalnum():
        return False
    if line.endswith(")"):  # of a fraction, or of what stands under a name; else of a call
        return is_word or before.tag != "mo"
    if not line[-1:].isalnum():
        return False
    is_single = (before.tag == "mi" and len(_text(before)) == 1) or before.tag == "mn"
    starts_with_number = written[:1].isdigit()
    return not is_single or starts_with_number or is_word
