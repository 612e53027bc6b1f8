"""A session at a prompt that was pasted into a script, made into the script that it came of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from grader.observe.magics import without_prompt
from grader.observe.split import parses

__all__ = ["without_session"]

_PROMPT: Final = re.compile(r"^[ \t]*(?:>>>(?: |$)|In\s*\[\d+\]:)", re.MULTILINE)
_RESULT: Final = re.compile(r"\s*Out\s*\[\d+\]:")
_STATEMENT: Final = re.compile(r"(?:async|class|def|for|from|if|import|try|while|with)\s|@|\w+\s*=[^=]")


def without_session(text: str) -> str:
    """Where a script is no Python because of prompts: its lines without them, and blank where something was printed.

    Prompts in a text that parses, or that would not parse without them either, stand in a string or a comment. Only a
    script whose first line of code has one is a session whatever else is wrong in it.
    """
    if not _PROMPT.search(text) or parses(text):
        return text
    lines = text.split("\n")
    code, bare = "\n".join(_code(lines)), "\n".join(map(_without_any, lines))
    whole = next(filter(parses, (code, bare)), None)
    if whole is not None:
        return whole
    return code if _begins_with_a_prompt(lines) else text


def _begins_with_a_prompt(lines: list[str]) -> bool:
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    return without_prompt(first) is not None


def _without_any(line: str) -> str:
    bare = without_prompt(line)
    return line if bare is None else bare


def _code(lines: list[str]) -> Iterator[str]:
    """The lines without what was printed: that stands below a prompt, up to an empty line, or has one of its own."""
    is_printed = False
    for line in lines:
        bare = without_prompt(line)
        if bare is not None or not line.strip():
            is_printed = bare is not None
            yield bare or ""
        else:
            is_printed = _RESULT.match(line) is not None or (is_printed and not _STATEMENT.match(line))
            yield "" if is_printed else line
