"""Syntax errors of YAML, told as advice: what the text did to YAML, and how to write what was meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from grader.course.node import Mark
from grader.course.problems import Problem, clip
from grader.course.yaml_pitfalls import BACKSLASH, QUOTE, if_text

__all__ = ["explained"]

_ONE_WORD: Final = re.compile(r"\s*[\w-]+:(?!//)\S")
_BRACKETS: Final = {"[": "list", "{": "mapping"}
_QUOTES: Final = {
    "'": "Inside single quotes write a quote twice: 'it''s'.",
    '"': 'Inside double quotes write \\" for a quote.',
}


def explained(fault: Any, text: str, lines: Sequence[str]) -> Problem:
    """What a syntax error of YAML means, and what to do."""
    mark = _mark(fault.problem_mark or fault.context_mark)
    context = _mark(fault.context_mark) if fault.context_mark else mark
    what = f"{fault.context or ''} {fault.problem or ''}"
    scene = _Scene(what, mark, context, text, lines)
    for rule in _RULES:
        problem = rule(scene)
        if problem is not None:
            return problem
    return Problem(mark, f"YAML cannot read this: {clip(fault.problem or fault.context)}")


def _mark(mark: Any) -> Mark:
    return Mark(mark.line, mark.column, mark.index)


class _Scene:
    """A syntax error: what the parser says, where, and in what it stood then."""

    def __init__(self, what: str, mark: Mark, context: Mark, text: str, lines: Sequence[str]) -> None:
        self.what = what
        self.mark = mark
        self.context = context
        self.text = text
        self.lines = lines

    @property
    def line(self) -> str:
        return self.lines[self.mark.line] if self.mark.line < len(self.lines) else ""

    @property
    def character(self) -> str:
        return self.text[self.mark.index : self.mark.index + 1]

    @property
    def value(self) -> tuple[str, int]:
        """What stands after the first `key: ` (or `- `) of the line, and its column."""
        found = re.match(r"\s*(?:- +)*(?:[\w.$-]+|\"[^\"]*\"|'[^']*')\s*:\s+|\s*(?:- +)+", self.line)
        return (self.line[found.end() :], found.end()) if found else ("", 0)

    def at(self, column: int) -> Mark:
        return Mark(self.mark.line, column, self.mark.index)

    def says(self, *parts: str) -> bool:
        return any(part in self.what for part in parts)


def _conflict(scene: _Scene) -> Problem | None:
    """What git leaves between two versions, at or above the place where YAML fails."""
    for number, line in enumerate(scene.lines[: scene.mark.line + 1]):
        if line.startswith("<<<<<<< "):
            advice = "Keep one of the two versions, and delete the lines of <<<<<<<, ======= and >>>>>>>."
            return Problem(Mark(number, 0, 0), "a merge conflict of git begins here", advice)
    return None


def _tab(scene: _Scene) -> Problem | None:
    indentation = re.match(r"\s*", scene.line)
    if "\t" not in (indentation[0] if indentation else "") and scene.character != "\t":
        return None
    if not scene.says("cannot start any token", "tab character", "found character '\\t'", "mapping values", "expected"):
        return None
    column = scene.line.index("\t")
    return Problem(scene.at(column), "a tab stands where YAML allows only spaces", "Indent with spaces.")


def _first_character(scene: _Scene) -> Problem | None:
    if scene.says("cannot start any token") and scene.character in "`@%":
        return Problem(
            scene.mark, f"a plain text cannot begin with `{scene.character}`".replace("```", "a backquote"), QUOTE
        )
    if scene.says("scanning an anchor", "scanning an alias", "undefined alias"):
        place = scene.context if scene.says("scanning") else scene.mark
        character = scene.text[place.index : place.index + 1]
        meaning = "an alias" if character == "*" else "an anchor"
        return Problem(place, f"`{character}` begins {meaning} in YAML, not a text", QUOTE)
    if scene.says("scanning a tag", "parsing a tag"):
        return Problem(scene.context, "`!` begins a tag in YAML, not a text", QUOTE)
    if scene.says("scanning a directive") or (scene.mark.column == 0 and scene.character == "%"):
        return Problem(scene.context, "a line that begins with `%` is a directive to YAML", QUOTE)
    return None


def _escape(scene: _Scene) -> Problem | None:
    if not scene.says("escape", "hexdecimal", "hexadecimal"):
        return None
    start = scene.text.rfind("\\", 0, scene.mark.index + 1)
    back = scene.mark.index - start
    if start < 0 or back > scene.mark.column:
        return None
    place = Mark(scene.mark.line, scene.mark.column - back, start)
    return Problem(place, f"`{clip(scene.text[start : start + 2])}` is no escape that YAML knows", BACKSLASH)


def _unclosed_quote(scene: _Scene) -> Problem | None:
    if not (scene.says("quoted scalar") and scene.says("end of stream", "document indicator", "document separator")):
        return None
    advice = _QUOTES["'"] if scene.text[scene.context.index] == "'" else ""
    return Problem(scene.context, "the quote opened here is never closed", advice)


def _block_header(scene: _Scene) -> Problem | None:
    if not scene.says("block scalar"):
        return None
    advice = "Begin the text on the next line, indented; or put it in quotes if it begins with `|` or `>`."
    return Problem(scene.context, "after `|` or `>` nothing may follow on the line", advice)


def _second_colon(scene: _Scene) -> Problem | None:
    if not scene.says("mapping values are not allowed"):
        return None
    value, column = scene.value
    if value and scene.mark.column > column and re.match(r":(?:\s|$)", scene.line[scene.mark.column :]):
        advice = f"{QUOTE}" if not value.startswith("=") else 'Put the expression in quotes: "=…".'
        return Problem(scene.mark, "a second `: ` in plain text", advice)
    if value.startswith(": "):
        return Problem(scene.at(column), "a plain text cannot begin with `:`", QUOTE)
    above = scene.mark.line - 1
    if above >= 0 and _ONE_WORD.match(scene.lines[above]):
        return Problem(Mark(above, 0, 0), "this line is no `key: value`", "A space is due after the colon.")
    advice = "Indent a key as far as the keys beside it. A text of several lines belongs below `key: |`."
    return Problem(scene.mark, "no key can stand here: the line above it already has a value", advice)


def _in_flow(scene: _Scene) -> Problem | None:
    if not scene.says("parsing a flow"):
        return None
    if scene.says("flow node"):
        advice = "Inside { } and [ ] write items with one comma between them."
        return Problem(scene.mark, "a value or a key is missing here", advice)
    opening = scene.text[scene.context.index : scene.context.index + 1]
    closing = "]" if opening == "[" else "}"
    if scene.character and scene.character in "[{:" and _begins_expression(scene):
        advice = 'Put the expression in quotes: {x: "=a[:, 0]"}.'
        return Problem(scene.mark, f"inside {{ }} and [ ] a `{scene.character}` ends a plain expression", advice)
    if scene.mark.line > scene.context.line:
        return Problem(scene.context, f"the `{opening}` opened here is not closed", f"Write `{closing}` where it ends.")
    advice = f"If it is a text, put all of it in quotes: in {opening} {closing} plain text ends at any of , : [ ] {{ }}"
    return Problem(scene.mark, f"a comma or `{closing}` is due here", advice)


def _begins_expression(scene: _Scene) -> bool:
    before = scene.text[scene.context.index + 1 : scene.mark.index]
    return re.split(r"[,\[{]\s*|:\s+", before)[-1].lstrip().startswith("=")


def _after_value(scene: _Scene) -> Problem | None:
    """Text after a closed quote, list or mapping: `[hint] do this`, `'it's'`."""
    if not scene.says("parsing a block"):
        return None
    if scene.says("block node"):
        return Problem(scene.mark, f"a plain text cannot begin with `{scene.character}`", QUOTE)
    value, column = scene.value
    if value[:1] in _BRACKETS and scene.mark.column > column:
        message = f"text that begins with `{value[0]}` is read as a {_BRACKETS[value[0]]}, and it ended before this"
        return Problem(scene.mark, message, QUOTE)
    if value[:1] in _QUOTES and scene.mark.column > column:
        advice = f"Put the whole text in quotes. {_QUOTES[value[0]]}"
        return Problem(scene.mark, "the quoted text ended before this", advice)
    if scene.mark.line and re.search(r" #", scene.lines[scene.mark.line - 1]):
        return Problem(scene.mark, "the text above was ended by ` #`, which begins a comment", QUOTE)
    if scene.line.lstrip().startswith("- "):
        return Problem(
            scene.mark, "a list item among keys", "Put the list below a key of its own, or indent it further."
        )
    return Problem(
        scene.mark, "this line is indented like none of the keys above it", "Indent a key as far as the keys beside it."
    )


def _no_colon(scene: _Scene) -> Problem | None:
    if not scene.says("could not find expected ':'"):
        return None
    place = scene.context
    word = scene.lines[place.line] if place.line < len(scene.lines) else ""
    if _ONE_WORD.match(word):
        return Problem(place, "this line is no `key: value`", "A space is due after the colon.")
    advice = "A text of several lines belongs below `key: |`, each line indented further than the key."
    return Problem(place, "this line is no `key: value`", advice)


def _wrong_place(scene: _Scene) -> Problem | None:
    if scene.says("entries are not allowed", "mapping keys are not allowed"):
        advice = f"Begin a list on the line below its key. {if_text()}"
        return Problem(scene.mark, f"`{scene.character} ` cannot stand here", advice)
    if scene.says("<document start>"):
        return Problem(
            scene.mark, "this line belongs to nothing above it", "Indent a key as far as the keys beside it."
        )
    return None


_RULES: Final[tuple[Callable[[_Scene], Problem | None], ...]] = (
    _conflict,
    _tab,
    _escape,
    _first_character,
    _unclosed_quote,
    _block_header,
    _second_colon,
    _in_flow,
    _after_value,
    _no_colon,
    _wrong_place,
)
