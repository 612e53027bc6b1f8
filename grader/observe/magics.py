"""What Jupyter adds to Python: lines and cells of magic. Nothing of it is run; line numbers stay."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["without_cell_magic", "without_line_magics"]

# Cells under these hold Python, run as if the first line were not there; other cells (%%bash, %%html) hold none.
_PYTHON_CELLS: Final = frozenset({"capture", "debug", "memit", "prun", "time", "timeit"})
_CELL_MAGIC: Final = re.compile(r"%%(\w*)")
_LINE_MAGIC: Final = re.compile(r"(?P<indent>[ \t]*)(?:[%!].*|\?{1,2}[\w.*]+[ \t]*|[\w.*]+\?{1,2}[ \t]*)")
_ASSIGNED_MAGIC: Final = re.compile(r"(?P<target>[ \t]*[\w., \t\[\]]+=[ \t]*)[%!].*")


def without_cell_magic(text: str) -> str:
    """A cell as Python: the line `%%time` blanked, a cell in another language blanked as a whole."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    magic = _CELL_MAGIC.match(lines[first].lstrip()) if first is not None else None
    if first is None or magic is None:
        return text
    if magic[1] not in _PYTHON_CELLS:
        return "\n" * (len(lines) - 1)
    return "\n".join([*lines[:first], "", *lines[first + 1 :]])


def without_line_magics(text: str) -> str:
    """The text with `%matplotlib inline`, `!pip install …`, `np.dot?` replaced by `pass`, `files = !ls` by None."""
    kept: list[str] = []
    continues = False
    for line in text.split("\n"):
        plain = "" if continues else _plain(line)
        continues = plain != line and line.endswith("\\")
        kept.append(plain)
    return "\n".join(kept)


def _plain(line: str) -> str:
    if magic := _LINE_MAGIC.fullmatch(line):
        return f"{magic['indent']}pass"
    if magic := _ASSIGNED_MAGIC.fullmatch(line):
        return f"{magic['target']}None"
    return line
