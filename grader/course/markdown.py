"""Task texts: Markdown with `$…$` and `$$…$$`, as HTML for a page and as plain lines for a docstring."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from functools import reduce
from html import escape
from itertools import chain, repeat
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from grader.course.dollars import FOR_JUPYTER, with_prices
from grader.course.mathml import FormulaError, mathml
from grader.line_breaks import has_wide, lines_of

__all__ = ["for_docstring", "for_jupyter", "inline_html", "to_html", "type_line", "unreadable", "wrapped"]

_TOP_HEADING: Final = 3  # of a text that stands in a section with a heading of its own
_ITEM: Final = re.compile(r"(\s*)(?:[-*+]|\d+[.)])\s+(?=\S)")
_UNBROKEN: Final = re.compile(r"\$[^$]{1,40}\$|`[^`]{1,40}`")
_GLUE: Final = "\0"
_WIDE_GLUE: Final = "\ue000"  # of one column, as the space that it stands for
_SHAPE: Final = re.compile(r"\([^()]*\)")
_IN_A_PART: Final = re.compile(r"(?<!,) ")
_AS_IS: Final = re.compile(r"\s*(\||#|>|\$\$)|\s{4,}")


def to_html(text: str) -> str:
    """`text` as HTML: raw HTML in it is text, headings begin at level 3, and images that it does not hold are words."""
    return str(_parser().render(text))


def inline_html(text: str) -> str:
    """One line of Markdown as HTML, without a paragraph around it."""
    return str(_parser().renderInline(text))


def for_jupyter(text: str) -> str:
    """`text` for a notebook: what is a formula on a page is one there, and prices are none."""
    return with_prices(text, _parser(), FOR_JUPYTER)


def for_docstring(text: str, width: int) -> str:
    """`text` as lines of plain text, filled to `width`; a dollar reads as one, however it is written."""
    return wrapped(with_prices(text, _parser(), "$"), width)


def unreadable(text: str) -> list[str]:
    """The formulas in `text` that cannot be set, each with the reason."""
    found = []
    for token in _flat(_parser().parse(text)):
        if token.type.startswith("math"):
            try:
                mathml(token.content)
            except FormulaError as error:
                found.append(f"{token.content.strip()}: {error}")
    return found


def _flat(tokens: Sequence[Token]) -> list[Token]:
    return [part for token in tokens for part in (token, *_flat(token.children or ()))]


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.use(dollarmath_plugin, allow_labels=False, allow_space=False, double_inline=True, renderer=_formula)
    parser.core.ruler.push("headings_below_ours", _lower_headings)
    parser.add_render_rule("image", _image)
    parser.add_render_rule("math_block", _displayed)
    parser.add_render_rule("math_inline_double", _displayed_inline)
    return parser


def _formula(latex: str, options: dict[str, Any]) -> str:
    try:
        return mathml(latex, display=bool(options["display_mode"]))
    except FormulaError:
        return f'<code class="latex">{escape(latex)}</code>'


def _lower_headings(state: Any) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1:]) + _TOP_HEADING - 1)}"


def _image(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    source = str(tokens[index].attrs.get("src", ""))
    about = escape(tokens[index].content)
    return f'<img src="{escape(source)}" alt="{about}">' if source.startswith("data:image/") else f"<em>{about}</em>"


def _displayed(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    """A formula that is wider than the page is scrolled, by keys too, so it can have the focus."""
    return f'<div class="math block" tabindex="0">{_formula(tokens[index].content, {"display_mode": True})}</div>\n'


def _displayed_inline(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    """A `<div>` may not stand in a paragraph."""
    return f'<span class="math block" tabindex="0">{_formula(tokens[index].content, {"display_mode": True})}</span>'


def wrapped(text: str, width: int) -> str:
    """`text` with its paragraphs and list items filled to `width`; formulas, code and tables keep their lines."""
    done: list[str] = []
    paragraph: list[str] = []
    closing = ""  # of the code or formula that we are in
    for line in text.strip("\n").split("\n"):
        opening = next((mark for mark in ("```", "~~~", "$$") if line.lstrip().startswith(mark)), "")
        if closing or opening or _AS_IS.match(line) or not line.strip():
            done += _filled(paragraph, width)
            paragraph = []
            done.append(line.rstrip())
            closing = _still_open(closing, opening, line)
        elif paragraph and _ITEM.match(line):
            done += _filled(paragraph, width)
            paragraph = [line]
        else:
            paragraph.append(line)
    return "\n".join(done + _filled(paragraph, width))


def type_line(text: str, width: int) -> str:
    """A type line of a docstring, broken between the parts of a tuple or a dictionary; the rest is indented more."""
    shapes = _SHAPE.sub(lambda shape: shape[0].replace(" ", _GLUE), text)
    parts = _IN_A_PART.sub(_GLUE, shapes)
    lines = textwrap.wrap(parts, width, subsequent_indent=" " * 8, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines).replace(_GLUE, " ")


def _still_open(closing: str, opening: str, line: str) -> str:
    if closing:
        return "" if closing in line else closing
    return opening if opening and opening not in line.replace(opening, "", 1) else ""


def _run_on(text: str, line: str) -> str:
    """The text with one more line; between characters of scripts without spaces there is none."""
    return text + line if has_wide(text[-1:]) and has_wide(line[:1]) else f"{text} {line}"


def _filled(paragraph: list[str], width: int) -> list[str]:
    if not paragraph:
        return []
    item = _ITEM.match(paragraph[0])
    indent = " " * len(item[0]) if item else ""
    first = item[0] if item else ""
    words = reduce(_run_on, (line.strip() for line in paragraph))[len(first.lstrip()) :]
    whole = _UNBROKEN.sub(lambda piece: piece[0].replace(" ", _GLUE), words)
    if has_wide(whole):
        starts = chain([first], repeat(indent))
        filled = zip(starts, lines_of(whole.replace(_GLUE, _WIDE_GLUE), width - len(indent)), strict=False)
        return [(start + line).replace(_WIDE_GLUE, " ") for start, line in filled]
    lines = textwrap.wrap(
        whole,
        width,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(_GLUE, " ") for line in lines]
