"""Files beside those that were named, for what is imported of them: a student names the work, Python finds the rest.

Nothing is parsed: what looks like an import is looked for on the disk, in the folder of the file and below it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec

from grader.grading.answers import File, file_at
from grader.observe.intake import Unreadable

__all__ = ["imported_by", "with_imported"]

_MOST: Final = 100  # files
_FROM: Final = re.compile(rb"\bfrom[ \t]+(\.{0,20})([\w.]{0,200})[ \t]+import[ \t(]+([\w, \t]{0,400})")
_IMPORT: Final = re.compile(rb"\bimport[ \t]+([\w., \t]{1,400})")
_RUN: Final = re.compile(rb"%run[ \t]+(?:-\w+[ \t]+)*([\w./-]{1,200}?)(?:\.(?:py|ipynb))?\b")


def with_imported(paths: Sequence[Path]) -> list[File | Unreadable]:
    """The files at `paths`, and those that they import, and those import, from their folder."""
    named = [file_at(path) for path in paths]
    folders = [(file, path.parent) for file, path in zip(named, paths, strict=True) if isinstance(file, File)]
    return [*imported_by(folders, {path.resolve() for path in paths}), *named]


def imported_by(files: Iterable[tuple[File, Path]], besides: Collection[Path] = ()) -> list[File | Unreadable]:
    """What these files import, and those import, each from the folder that it comes with; nothing of `besides`."""
    known = set(besides)
    found: list[File | Unreadable] = []
    waiting = list(files)
    while waiting and len(found) < _MOST:
        file, top = waiting.pop(0)
        for place in _places(file):
            for path in _files(top, place):
                if path.resolve() not in known and _is_below(path, top) and len(found) < _MOST:
                    known.add(path.resolve())
                    other = _beside(path, top)
                    found.append(other)
                    waiting += [(other, top)] if isinstance(other, File) else []
    return found


def _beside(path: Path, top: Path) -> File | Unreadable:
    read = file_at(path)
    if isinstance(read, Unreadable):
        return read
    return msgspec.structs.replace(read, name=path.relative_to(top).as_posix(), beside=True)


def _places(file: File) -> Iterator[PurePosixPath]:
    """Where modules would be that a file seems to import, without an ending, each once."""
    folder = PurePosixPath(file.name).parent
    yield from dict.fromkeys(
        place for name in _names(file.content) for place in (folder / name, PurePosixPath(name)) if _is_inside(place)
    )


def _names(content: bytes) -> Iterator[str]:
    for dots, module, names in _FROM.findall(content):
        above = "../" * (len(dots) - 1)
        base = PurePosixPath(above, module.decode("ascii", "ignore").replace(".", "/"))
        yield from map(str, (base, *(base / name for name in _listed(names))))
    for names in _IMPORT.findall(content):
        yield from (name.replace(".", "/") for name in _listed(names))
    for name in _RUN.findall(content):
        yield name.decode("ascii", "ignore")


def _listed(names: bytes) -> Iterable[str]:
    """Of `a.b as c, d` the names `a.b` and `d`."""
    words = (part.split() for part in names.decode("ascii", "ignore").split(","))
    return [word[0] for word in words if word]


def _is_inside(place: PurePosixPath) -> bool:
    return bool(place.parts) and not any(part.startswith(".") for part in place.parts) and not place.is_absolute()


def _files(top: Path, place: PurePosixPath) -> Iterator[Path]:
    """The files of a module there, and what makes the folders above it packages."""
    for folder in reversed(place.parents):
        if folder.parts:
            yield from _existing(top / folder / "__init__.py")
    yield from _existing((top / place).with_name(f"{place.name}.py"), top / place / "__init__.py")


def _is_below(path: Path, top: Path) -> bool:
    """Whether no link leads out of the folder: nobody has named that other place."""
    return path.resolve().is_relative_to(top.resolve())


def _existing(*paths: Path) -> Iterator[Path]:
    for path in paths:
        try:
            if path.is_file():
                yield path
        except OSError:
            continue
