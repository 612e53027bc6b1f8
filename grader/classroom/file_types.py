"""File types, by the name alone: code, a student's archive, litter that a program leaves behind, or none of these.

Only code and archives are ever opened. Of all else the name is enough to say that it was there, so a table of data may
be of any size; a file of code under another ending is told as what its ending says.
"""

from __future__ import annotations

from typing import Final

from grader.judge.messages import left_out
from grader.message import Wording
from grader.observe.file_names import code_name
from grader.observe.intake import MAX_CODE_BYTES, MAX_NOTEBOOK_BYTES

__all__ = [
    "NO_CODE",
    "TABLE",
    "code_limit",
    "is_archive",
    "is_code",
    "is_litter",
    "is_packed",
    "litter",
    "litter_folder",
    "why_not_opened",
]

TABLE: Final = "submission_metadata.yml"  # Gradescope's; all else that is read is code, or an archive
_CODE: Final = {".py": MAX_CODE_BYTES, ".ipynb": MAX_NOTEBOOK_BYTES}
_ARCHIVES: Final = (".zip", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz")
_PACKED: Final = (".rar", ".7z", ".zipx", ".ace", ".arj", ".lzh", ".zst")  # of kinds that are not opened

NO_CODE: Final = left_out.NEITHER()
_SYSTEM: Final = left_out.OF_THE_COMPUTER()
_SAVED: Final = left_out.SAVED()
_TOOLS: Final = left_out.TOOLS()
_HIDDEN: Final = left_out.HIDDEN()
_TOOL_FOLDERS: Final = ".git .hg .idea .mypy_cache .pytest_cache .svn .venv .vscode node_modules site-packages"
_LITTER_FOLDERS: Final = {
    "__MACOSX": _SYSTEM,
    ".ipynb_checkpoints": _SAVED,
    "__pycache__": _SAVED,
    **dict.fromkeys(_TOOL_FOLDERS.split(), _TOOLS),
}
_LITTER_FILES: Final = frozenset({".ds_store", "desktop.ini", "thumbs.db", "icon\r"})


def is_code(name: str) -> bool:
    """Whether a file of that name is judged."""
    return code_limit(name) is not None


def is_archive(name: str) -> bool:
    """Whether a file of that name is opened."""
    return name.lower().endswith(_ARCHIVES)


def is_packed(name: str) -> bool:
    """Whether a file of that name is an archive of a kind that is not opened, and so somebody's work that is packed."""
    return name.lower().endswith(_PACKED)


def why_not_opened(name: str) -> Wording:
    """Why a file of that name is not opened; empty for one that is."""
    if is_code(name) or is_archive(name):
        return ""
    return left_out.NOT_UNPACKED() if is_packed(name) else NO_CODE


def code_limit(name: str) -> int | None:
    """How many bytes a file of code may have; None where it is not code."""
    meant = code_name(name)
    return None if meant is None else _CODE[meant[meant.rindex(".") :].lower()]


def litter(place: tuple[str, ...]) -> tuple[tuple[str, ...], Wording]:
    """The part of a path that a computer put there, not a person, and why; empty where there is none."""
    for depth, folder in enumerate(place[:-1], 1):
        if why := litter_folder(folder, has_environment=False):
            return place[:depth], why
    if place[-1].lower() in _LITTER_FILES or place[-1].startswith("._"):
        return place, _SYSTEM
    if place[-1].startswith(".") and is_code(place[-1]):
        return place, _HIDDEN
    return (place, _SAVED) if _is_checkpoint(place[-1]) else ((), "")


def litter_folder(name: str, *, has_environment: bool) -> Wording:
    """Why a folder of that name is left out as a whole; empty where it is not."""
    hidden = _HIDDEN if name.startswith(".") and name.strip(".") else ""
    return _LITTER_FOLDERS.get(name, _TOOLS if has_environment else hidden)


def is_litter(why: Wording) -> bool:
    """Whether that is said of litter."""
    return why in (_SYSTEM, _SAVED, _TOOLS, _HIDDEN)


def _is_checkpoint(name: str) -> bool:
    return (code_name(name) or "").rpartition(".")[0].endswith("-checkpoint")
