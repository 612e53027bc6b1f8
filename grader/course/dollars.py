r"""Dollars of a text that begin no formula: prices. Jupyter takes any two of them for the ends of one.

It looks for formulas twice, in the Markdown and again in the page that it makes of it; so each such dollar needs a
backslash that is still there in the page: `\\$`. An author may have written it as `$`, as `\$` or as `&#36;`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

__all__ = ["FOR_JUPYTER", "with_prices"]

FOR_JUPYTER: Final = "\\\\$"
_DOLLAR: Final = re.compile(r"\$|&(?:#0{0,5}36|#[xX]0{0,4}24|dollar);")


def with_prices(text: str, parser: MarkdownIt, written: str) -> str:
    """`text` with its dollars `written` so, all but those of the formulas that `parser` finds, and of code."""
    if _DOLLAR.search(text) is None:
        return text
    prose: dict[str, set[int]] = defaultdict(set)
    parser.inline.ruler.after("math_inline", "price", _noting(prose))
    blocks = defaultdict[tuple[int, int], list[str]](list)
    for token in parser.parse(text):
        if token.type == "inline" and token.map is not None:
            blocks[token.map[0], token.map[1]].append(token.content)
    lines = text.split("\n")
    for (start, end), contents in blocks.items():
        told = [found.start() in prose[content] for content in contents for found in _DOLLAR.finditer(content)]
        lines[start:end] = _rewritten("\n".join(lines[start:end]), told, written).split("\n")
    return "\n".join(lines)


def _noting(prose: dict[str, set[int]]) -> Callable[[StateInline, bool], bool]:
    """A rule that matches nothing, and keeps the places of the dollars that no formula took."""

    def note(state: StateInline, silent: bool) -> bool:
        if not silent:
            at = state.pos + state.src.startswith("\\$", state.pos)
            if _DOLLAR.match(state.src, at):
                prose[state.src].add(at)
        return False

    return note


def _rewritten(source: str, told: Sequence[bool], written: str) -> str:
    """The lines of a block, with those of its dollars `written` so of which that is told."""
    places = list(_places(source))
    if len(places) != len(told):  # some stand where nobody reads them
        return source
    for (start, end), is_prose in reversed(list(zip(places, told, strict=True))):
        if is_prose:
            escaped = source[start] == "$" and source[:start].endswith("\\")
            source = source[: start - escaped] + written + source[end:]
    return source


def _places(source: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _DOLLAR.finditer(source))
