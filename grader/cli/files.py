"""A student's files: which ones are meant, and whether they have changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from grader.errors import GraderError
from grader.near import nearest
from grader.observe.file_names import code_name, code_names

__all__ = ["Snapshot", "alike", "line_of", "snapshot", "submission_files"]

Snapshot: TypeAlias = tuple[tuple[Path, int, int], ...]

_MOST_NAMED: Final = 3
_MOST_BELOW: Final = 1_000


def submission_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files that `paths` name, oldest first; of a folder its own Python files and notebooks.

    Raises `GraderError` where a path leads nowhere, or to nothing that could be graded.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        files = _in_folder(path) if path.is_dir() else [_checked(path)]
        if not files:
            raise GraderError(_no_work(path))
        found.update({file.resolve(): file for file in files})
    return tuple(sorted(found.values(), key=_age))


def _no_work(folder: Path) -> str:
    from grader.words.text import said, sentences

    below = [name for name, files in _below(folder).items() if files]
    if not below:
        return said("ask.no_work", folder=folder)
    some = said("list.between").join([*below[:_MOST_NAMED], *(["…"] if len(below) > _MOST_NAMED else [])])
    told = said("ask.no_work.below", folder=folder, some=some)
    return sentences([told, said("ask.no_work.class", folder=folder)]) if len(below) > 1 else told


def alike(folder: Path) -> tuple[str, ...]:
    """Folders in `folder` that hold work under the same names, as those of several students do."""
    below = _below(folder)
    often = Counter(name for files in below.values() for name in files)
    return tuple(name for name, files in below.items() if any(often[file] > 1 for file in files))


def _below(folder: Path) -> dict[str, frozenset[str]]:
    """The folders in `folder`, and the names of the work in each."""
    try:
        folders = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
        return {path.name: _names(path) for path in folders[:_MOST_BELOW]}
    except (OSError, GraderError):
        return {}


def _names(folder: Path) -> frozenset[str]:
    return frozenset(file.name for file in _in_folder(folder)) - {"__init__.py"}


def _in_folder(folder: Path) -> list[Path]:
    """Not those in folders below, where virtual environments and checkpoints are."""
    try:
        work = {path.name: path for path in folder.iterdir() if _is_work(path)}
        return sorted(work[name] for name in code_names(work))
    except OSError as error:
        from grader.words.text import said

        raise GraderError(said("ask.folder_unreadable", folder=folder, why=error.strerror)) from None


def _is_work(path: Path) -> bool:
    meant = code_name(path.name)
    hidden = path.name.startswith(".") or Path(meant or "").stem.endswith("-checkpoint")
    return meant is not None and not hidden and path.is_file()


def _checked(path: Path) -> Path:
    from grader.words.text import said

    if not path.exists():
        raise GraderError(said("ask.no_such", path=path, meant=_meant(path)))
    if code_name(path.name) is None:
        raise GraderError(said("ask.no_kind", path=path))
    return path


def _meant(path: Path) -> str:
    """The file beside it whose name comes near, as the end of a sentence; nothing where there is none."""
    try:
        near = nearest(path.name, (file.name for file in _in_folder(path.parent)))
    except GraderError:
        return ""
    from grader.words.text import said

    return said("ask.meant", name=path.parent / near[0]) if near else ""


def _age(path: Path) -> tuple[int, str]:
    try:
        return path.stat().st_mtime_ns, path.name
    except OSError:
        return 0, path.name


def snapshot(paths: Iterable[Path]) -> Snapshot:
    """What the files that `paths` name look like now; equal to an earlier one while nothing has changed."""
    seen = []
    for path in paths:
        try:
            for file in _in_folder(path) if path.is_dir() else [path]:
                status = file.stat()
                seen.append((file, status.st_mtime_ns, status.st_size))
        except (OSError, GraderError):
            continue
    return tuple(seen)


def line_of(path: Path, name: str) -> int | None:
    """The last line of a Python file on which something called `name` begins, for an editor to go to.

    It is looked for in the text, which nothing here parses; None where it is not found, and in a notebook.
    """
    if not (code_name(path.name) or "").lower().endswith(".py"):
        return None
    begins = re.compile(
        rf"(?:async\s+)?(?:def|class)\s+{re.escape(name)}\b|{re.escape(name)}\s*(?::[^=]*)?=[^=]".encode()
    )
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return None
    return max((number for number, line in enumerate(lines, 1) if begins.match(line)), default=None)
