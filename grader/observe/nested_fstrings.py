"""f-strings in which the same quotes, backslashes, comments and line ends may stand, as in Python from 3.12 on."""

from __future__ import annotations

import re
from typing import Final, final

__all__ = ["without_fstrings"]

_COMMENT: Final = re.compile(r"#[^\n]*")
_STRING: Final = re.compile(r"(?<!\w)(?P<prefix>[A-Za-z]{0,2})(?P<quote>'''|\"\"\"|'|\")")
_DEEPEST: Final = 20


def without_fstrings(text: str) -> str:
    """The text with the expressions of each f-string in a tuple, in place of it: `f"{d["a"]}"` becomes `(d["a"],)`."""
    try:
        return _Scanner(text).rewritten()
    except _Unclosed:
        return text


class _Unclosed(Exception):
    """A string that has no end."""


@final
class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def rewritten(self) -> str:
        """The text from here on, up to its end."""
        return self._code(closing="")

    def _code(self, closing: str) -> str:
        """Code up to its end or, in a field of an f-string, up to one of `closing` that is in no brackets."""
        out: list[str] = []
        brackets = 0
        while self._at < len(self._text):
            here = self._text[self._at]
            if closing and not brackets and here in closing and not self._text.startswith("!=", self._at):
                return "".join(out)
            if comment := _COMMENT.match(self._text, self._at):
                self._at = comment.end()
            elif string := _STRING.match(self._text, self._at):
                out.append(self._string(string))
            else:
                brackets += (here in "([{") - (here in ")]}")
                out.append(here)
                self._at += 1
        if closing:
            raise _Unclosed
        return "".join(out)

    def _string(self, opening: re.Match[str]) -> str:
        """A string, as it is; of an f-string the expressions, in a tuple."""
        start, self._at = self._at, opening.end()
        prefix, quote = opening["prefix"].lower(), opening["quote"]
        fields: list[str] = []
        while not self._text.startswith(quote, self._at):
            if self._at >= len(self._text) or (len(quote) == 1 and self._text[self._at] == "\n"):
                raise _Unclosed
            if self._text[self._at] == "\\":
                self._at += 2
            elif "f" in prefix and self._text[self._at] == "{":
                fields.append(self._field(quote))
            else:
                self._at += 1
        self._at += len(quote)
        return f"({', '.join([*fields, '0'])},)" if "f" in prefix else self._text[start : self._at]

    def _field(self, quote: str) -> str:
        """What is between braces; nothing for a brace that is doubled."""
        if self._text.startswith("{{", self._at):
            self._at += 2
            return "0"
        if self._depth == _DEEPEST:
            raise _Unclosed
        self._at += 1
        self._depth += 1
        inner = self._code(closing="}!:")
        self._depth -= 1
        while not self._text.startswith("}", self._at):  # a conversion, or how it is to be laid out
            if self._at >= len(self._text) or self._text.startswith(quote, self._at):
                raise _Unclosed
            if self._text[self._at] == "{":
                inner += f", ({self._field(quote)})"
            else:
                self._at += 1
        self._at += 1
        return f"({inner.strip().removesuffix('=')})"
