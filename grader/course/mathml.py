"""Formulas for a page that must be read without a network: LaTeX to MathML, which browsers set by themselves."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import Converter

__all__ = ["FormulaError", "formula", "mathml"]

_TAGS: Final = re.compile(
    r"math|m(row|i|n|o|s|text|space|sup|sub|subsup|over|under|underover|multiscripts|prescripts|frac|sqrt|root|table|tr"
    r"|td|style|padded|phantom|enclose|error)|none"
)
_ATTRIBUTES: Final = re.compile(
    r"accent(under)?|columnalign|depth|display(style)?|fence|form|height|largeop|line(break|thickness)|[lr]space"
    r"|math(background|color|size|variant)|(max|min)size|movablelimits|notation|scriptlevel|separator|stretchy"
    r"|symmetric|voffset|width"
)
_REFERENCE: Final = re.compile(r"&#x([0-9A-Fa-f]{1,6});")
_ALIGNED: Final = re.compile(r"\\(begin|end)\{(aligned|alignedat|gathered)\}")
_SIGNS: Final = re.compile(r"[\u2032-\u2034\u2057]|[\u2190-\u21ff\u27f0-\u27ff\u2900-\u297f]")  # primes, arrows
_BRACKETS: Final = ("(", ")", "[", "]", "{", "}", "|", "\u2016")
_MOST_ROWS: Final = 8  # that the style sheet has a size for


class FormulaError(ValueError):
    """A formula that cannot be set; says what in it is not known."""


def mathml(latex: str, display: bool = False) -> str:
    """`latex` as a `<math>` element, in a paragraph of its own where `display` is true.

    Raises `FormulaError` where a command is not known or the formula does not hold together.
    """
    return tostring(formula(latex, display), encoding="unicode")


def formula(latex: str, display: bool = False) -> Element:
    """The same as a tree."""
    try:
        tree = Converter(display="block" if display else "inline").convert_to_element(_ALIGNED.sub(_align, latex))
    except Exception as error:  # noqa: BLE001 - a boundary: the converter raises whatever comes up on unknown LaTeX
        raise FormulaError(str(error) or type(error).__name__) from None
    _clean(tree)
    _tidy(tree)
    return tree


def _align(match: re.Match[str]) -> str:
    return rf"\{match[1]}{{align*}}"


def _clean(node: Element) -> None:
    """Leave only elements and attributes of MathML, so that no formula can carry a link, a style or a script."""
    if not _TAGS.fullmatch(node.tag):
        raise FormulaError(f"<{node.tag}> is not part of a formula")
    node.attrib = {name: value for name, value in node.attrib.items() if _ATTRIBUTES.fullmatch(name)}
    node.text = _REFERENCE.sub(lambda found: chr(int(found[1], 16)), node.text or "")
    if node.tag in ("mi", "mo") and (re.match(r"\\\w", node.text) or node.text == "&"):
        raise FormulaError(f"{node.text} is not known here")
    for child in node:
        _clean(child)


def _tidy(node: Element) -> None:
    """Make words words, and arrows and primes operators, where the converter has letters and names."""
    for child in node:
        _tidy(child)
        if child.tag == "mo" and len(child.text or "") > 1 and (child.text or "").isalpha() and not child.attrib:
            child.tag = "mi"
        elif child.tag == "mi" and _SIGNS.fullmatch(child.text or ""):
            child.tag = "mo"
    if node.tag in ("mrow", "mtd", "mstyle", "math"):
        _join_letters(node)
        _set_off_names(node)
        _size_brackets(node)


def _join_letters(row: Element) -> None:
    r"""One name in place of its upright letters: `\mathrm{softmax}` is a word."""
    children: list[Element] = []
    for child in row:
        before = children[-1] if children else None
        if before is not None and _is_upright(before) and _is_upright(child):
            before.text = (before.text or "") + (child.text or "")
        else:
            children.append(child)
    row[:] = children


def _set_off_names(row: Element) -> None:
    r"""A little space between the name of a function and what follows without a bracket: `\ln 3`."""
    for place in range(len(row) - 1, 0, -1):
        name, after = row[place - 1], row[place]
        if name.tag == "mi" and not name.attrib and len(name.text or "") > 1 and after.tag not in ("mo", "mspace"):
            row.insert(place, Element("mspace", {"width": "0.167em"}))


def _size_brackets(row: Element) -> None:
    """Say how many rows a matrix's brackets span: without a font for maths, browsers leave them small."""
    children = list(row)
    for place, table in enumerate(children):
        if table.tag == "mtable" and len(table) > 1:
            for bracket in children[max(0, place - 1) : place + 2]:
                if bracket.tag == "mo" and (bracket.text or "") in _BRACKETS:
                    bracket.set("stretchy", "false")
                    bracket.set("class", f"rows-{min(len(table), _MOST_ROWS)}")


def _is_upright(node: Element) -> bool:
    return node.tag == "mi" and node.attrib == {"mathvariant": "normal"}
