"""What files of code are called, as their students mean it: some systems hide an ending, or keep signs nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final

__all__ = ["code_name", "code_names", "first_copy"]

_NOTEBOOK: Final = ".ipynb"
_CODE: Final = (".py", _NOTEBOOK)
_HIDDEN: Final = ".txt"  # Windows adds it to what an editor for texts saves, and does not show it
_OF_JSON: Final = ".json"  # browsers add it to a notebook that they download, which is JSON

# What Canvas (`helper-1.py`) and browsers (`helper (1).py`) put behind the name of a file that was there already.
_COPY: Final = re.compile(r"(?:-| ?\()([0-9]{1,3})\)?$")


def first_copy(stem: str) -> tuple[str, int] | None:
    """The module that a file is a later copy of, as `import` can name it, and which; None where its name says nothing.

    No `import` names the copy itself, so nothing else can be meant.
    """
    found = _COPY.search(stem)
    name = stem[: found.start()] if found else ""
    return (name, int(found[1])) if found and name.isidentifier() else None


def code_name(name: str) -> str | None:
    """The name of a file of code as it is meant: `scale.py` for `scale.py.txt` too, `w.ipynb` for `w.ipynb.json`.

    None where it is none.
    """
    plain = _without_tail(name)
    return _code(plain) or (_code(_without_tail(plain.rpartition(".")[0])) if _is_hidden(plain) else None)


def code_names(names: Iterable[str]) -> dict[str, str]:
    """Those of `names` that are of code, with what is meant. Beside a `scale.py`, `scale.py.txt` is a text."""
    meant = {name: code for name in names if (code := code_name(name)) is not None}
    whole = {code for name, code in meant.items() if not _is_hidden(_without_tail(name))}
    return {name: code for name, code in meant.items() if code not in whole or not _is_hidden(_without_tail(name))}


def _code(name: str) -> str | None:
    path = PurePosixPath(name)
    return name if path.suffix.lower() in _CODE and not name.endswith("/") else None


def _is_hidden(name: str) -> bool:
    return name.lower().endswith((_HIDDEN, _NOTEBOOK + _OF_JSON))


def _without_tail(name: str) -> str:
    """A name without the dots, the spaces and the signs that cannot be seen at its end."""
    end = len(name)
    while end and (name[end - 1] in ". " or not name[end - 1].isprintable()):
        end -= 1
    return name[:end]
