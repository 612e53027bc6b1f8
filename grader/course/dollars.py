r"""Dollars of a text that begin no formula: prices. Jupyter takes any two of them for the ends of one.

It looks for formulas twice, in the Markdown and again in the page that it makes of it; so each such dollar needs a
backslash that is still there in the page: `\\$`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

__all__ = ["with_prices"]

_ESCAPED: Final = "\\\\$"


def with_prices(text: str, parser: MarkdownIt) -> str:
    """`text` as Jupyter is to read it, so that it has the formulas that `parser` finds and no others."""
    if "$" not in text:
        return text
    prose: dict[str, set[int]] = defaultdict(set)
    parser.inline.ruler.after("math_inline", "price", _noting(prose))
    blocks = defaultdict[tuple[int, int], list[str]](list)
    for token in parser.parse(text):
        if token.type == "inline" and token.map is not None:
            blocks[token.map[0], token.map[1]].append(token.content)
    lines = text.split("\n")
    for (start, end), contents in blocks.items():
        told = [at in prose[content] for content in contents for at in _dollars(content)]
        lines[start:end] = _with_escapes("\n".join(lines[start:end]), told).split("\n")
    return "\n".join(lines)


def _noting(prose: dict[str, set[int]]) -> Callable[[StateInline, bool], bool]:
    """A rule that matches nothing, and keeps the places of the dollars that no formula took."""

    def note(state: StateInline, silent: bool) -> bool:
        if not silent:
            if state.src[state.pos] == "$":
                prose[state.src].add(state.pos)
            elif state.src.startswith("\\$", state.pos):
                prose[state.src].add(state.pos + 1)
        return False

    return note


def _dollars(text: str) -> Iterator[int]:
    return (at for at, character in enumerate(text) if character == "$")


def _with_escapes(source: str, told: Sequence[bool]) -> str:
    """The lines of a block, with those of its dollars escaped of which that is told."""
    places = list(_dollars(source))
    if len(places) != len(told):  # some stand where nobody reads them
        return source
    for at, is_prose in reversed(list(zip(places, told, strict=True))):
        if is_prose:
            before = source[:at].removesuffix("\\")
            source = before + _ESCAPED + source[at + 1 :]
    return source
