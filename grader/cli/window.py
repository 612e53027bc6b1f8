"""What is longer than the window of a terminal, in parts that each fit."""

from __future__ import annotations

from rich.text import Text

__all__ = ["window_parts"]


def window_parts(content: str, width: int, height: int) -> tuple[str, ...]:
    """`content`, lines with a terminal's colours, in parts of at most `height` rows of `width` columns, or one line."""
    parts: list[list[str]] = [[]]
    rows = 0
    for line in content.splitlines(keepends=True):
        needed = max(1, -(-Text.from_ansi(line).cell_len // width))
        if rows + needed > max(1, height) and parts[-1]:
            parts.append([])
            rows = 0
        parts[-1].append(line)
        rows += needed
    return tuple("".join(part) for part in parts)
