"""Pitfalls of YAML itself, told as advice: how YAML understood the text, and how to write what was meant."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from grader.course.node import Alias, Mapping, Mark, Node, Scalar, Sequence, resolved
from grader.course.problems import Problem, clip
from grader.course.scalars import resolve

__all__ = [
    "BACKSLASH",
    "QUOTE",
    "doubts",
    "escapes",
    "if_text",
    "merge_key",
    "rejoined_entries",
    "rejoined_items",
    "tag",
    "undefined_alias",
    "unused_anchor",
]

TEXT_KEYS: Final = frozenset(["about", "hint", "hints", "says", "task", "title"])

QUOTE: Final = "Put the text in quotes, or on indented lines of its own below `key: |`."
BACKSLASH: Final = "In double quotes a backslash begins an escape. Use single quotes, or lines below `key: |`."
_LATEX: Final = re.compile(
    r"(?<!\\)(?:\\\\)*(\\(?:theta|tau|times|text\w*|tan\w*|top|to|tfrac|tilde|triangle\w*|rho|right\w*|rangle|rm|"
    r"nabla|nu|neq?|not\w*|newline|nolimits))(?![a-z])"
)
_CONTROLS: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")

Advice: TypeAlias = tuple[str, str]


def if_text() -> str:
    """The advice for what was perhaps meant as a text."""
    return f"If it is a text: {QUOTE[0].lower()}{QUOTE[1:]}"


def undefined_alias(name: str) -> Advice:
    return f"`*{name}` is an alias in YAML, and nothing above is marked `&{name}`", QUOTE


def unused_anchor(mark: Mark, name: str) -> Problem:
    """A doubt: text that begins with `&` loses its first word without an error."""
    return Problem(mark, f"`&{name}` is read as an anchor, and nothing uses it", if_text())


def tag(mark: Mark, name: str) -> Problem:
    short = name.replace("tag:yaml.org,2002:", "!!")
    advice = "Write the value without it. " + (if_text() if not short.startswith("!!") else "")
    return Problem(mark, f"the tag `{clip(short)}`: tags have no place in a specification", advice.strip())


def merge_key(mark: Mark) -> Problem:
    return Problem(
        mark,
        "`<<` is not a key: YAML 1.2 merges no mappings",
        "Write the keys out; an alias may stand for a whole value: `compare: *loose`.",
    )


def escapes(scalar: Scalar, text: str) -> Iterator[Problem]:
    """What escapes in double quotes made of a text that was to hold LaTeX."""
    if scalar.style != '"':
        return
    if _CONTROLS.search(scalar.content):
        message = "an escape in double quotes makes a control character here (`\\a`, `\\b`, `\\f`, `\\v` …)"
        yield Problem(scalar.start, message, BACKSLASH)
    elif re.search("[\ud800-\udfff]", scalar.content):
        yield Problem(scalar.start, "an escape in double quotes makes half a character here", BACKSLASH)
    elif found := _LATEX.search(text, scalar.start.index, scalar.end.index):
        message = f"`{found[1]}` in double quotes is read as the escape `{found[1][:2]}`, and the rest as letters"
        yield Problem(scalar.start, message, BACKSLASH)


# Commas in flow style


def rejoined_entries(entries: list[tuple[Scalar, Node]], text: str) -> tuple[list[tuple[Scalar, Node]], list[Problem]]:
    """The entries of a mapping in braces, with the values that a comma split put together again."""
    joined: list[tuple[Scalar, Node]] = []
    problems: list[Problem] = []
    for alone, group in itertools.groupby(entries, key=lambda entry: _stands_alone(entry[0], entry[1], text)):
        run = list(group)
        if not alone:
            joined += run
        elif joined and _is_plain(joined[-1][1]):
            key, before = joined[-1]
            whole = _spanning(resolved(before), run[-1][0], text)
            joined[-1] = (key, whole)
            problems.append(_split(whole, key.content))
        else:
            problems += [_no_space(key) for key, _ in run if _has_colon(key)]
            joined += [_parted(key) if _has_colon(key) else (key, value) for key, value in run]
    return joined, problems


def rejoined_items(items: list[Node], text: str) -> tuple[list[Node], list[Problem]]:
    """The items of a list in brackets, with those put together again that a comma split inside parentheses."""
    joined: list[Node] = []
    problems: list[Problem] = []
    start = depth = 0
    for number, item in enumerate(items):
        depth = depth + _opened(item) if _is_plain(item) else 0
        if depth <= 0:
            if number > start and _is_plain(item):
                whole = _spanning(items[start], item, text)
                joined.append(whole)
                problems.append(_split(whole))
            else:
                joined += items[start : number + 1]
            start, depth = number + 1, 0
    return joined + items[start:], problems


def _is_plain(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.style and bool(node.content)


def _opened(node: Node) -> int:
    """How many parentheses a plain scalar leaves open."""
    return node.content.count("(") - node.content.count(")") if isinstance(node, Scalar) else 0


def _has_colon(key: Scalar) -> bool:
    return ":" in key.content and not key.style


def _stands_alone(key: Scalar, value: Node, text: str) -> bool:
    """Whether a key in braces has neither a colon nor a value."""
    if not isinstance(value, Scalar) or value.style or value.content:
        return False
    return not text[key.end.index : key.end.index + 200].lstrip().startswith(":")


def _spanning(first: Node, last: Node, text: str) -> Scalar:
    content = " ".join(text[first.start.index : last.end.index].split())
    return Scalar(content, content, "", first.start, last.end)


def _split(whole: Scalar, key: str = "") -> Problem:
    written = f'{key}: "{clip(whole.content)}"' if key else f'"{clip(whole.content)}"'
    return Problem(
        whole.start,
        f"inside {{ }} and [ ] a comma ends a plain value, so `{clip(whole.content)}` is cut in two",
        f"Put it in quotes: {written}",
    )


def _parted(key: Scalar) -> tuple[Scalar, Node]:
    name, _, rest = key.content.partition(":")
    try:
        value = resolve(rest)
    except ValueError:
        value = rest
    return Scalar(name, name, "", key.start, key.end), Scalar(value, rest, "", key.start, key.end)


def _no_space(key: Scalar) -> Problem:
    name, _, rest = key.content.partition(":")
    return Problem(
        key.start,
        f"`{clip(key.content)}` is one word in YAML",
        f"A space is due after the colon: `{clip(name)}: {clip(rest)}`.",
    )


# Doubts: read as written, but perhaps not as meant


def doubts(root: Node, text: str) -> Iterator[Problem]:
    """Texts that were perhaps cut short by ` #`, and lists of hints that were perhaps one sentence."""
    node = resolved(root)
    if not isinstance(node, Mapping):
        children = node.items if isinstance(node, Sequence) else ()
        for child in children:
            yield from () if isinstance(child, Alias) else doubts(child, text)
        return
    for key, value in node.entries:
        if key.content in TEXT_KEYS:
            yield from _cut_texts(value, text)
        if not isinstance(value, Alias):
            yield from doubts(value, text)


def _cut_texts(value: Node, text: str) -> Iterator[Problem]:
    items = value.items if isinstance(value, Sequence) else (value,)
    scalars = [item for item in items if isinstance(item, Scalar) and not item.style]
    for scalar in scalars:
        # Two spaces before # are how people set a comment off; one space is how # stands in a sentence.
        if re.match(r" #[^\n]", text[scalar.end.index : scalar.end.index + 3]) and scalar.content:
            yield Problem(
                Mark(scalar.end.line, scalar.end.column + 1, scalar.end.index + 1),
                "the text ends here: ` #` begins a comment",
                f"{QUOTE}\nIf it is meant as a comment, put two spaces before it.",
            )
    if isinstance(value, Sequence) and value.flow:
        for before, after in itertools.pairwise(scalars):
            if " " in before.content + after.content and after.content[:1].islower() and len(scalars) == len(items):
                advice = "If it is one sentence with a comma in it, put it in quotes."
                yield Problem(after.start, "the comma ends the item before, and another begins here", advice)
