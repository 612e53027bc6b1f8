"""Files beside those that were named, for what is imported of them: a student names the work, Python finds the rest.

Nothing is parsed: what looks like an import is looked for on the disk, in the folder of the file and below it.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec

from grader.grading.answers import File, file_at
from grader.observe.intake import Unreadable

__all__ = ["imported_by", "with_imported"]

_MOST: Final = 100  # files
# They may go over several lines. What a comment has taken is not given back: there would be too many ways to try.
_BRACKETS: Final = r"\((?P<inside>(?:[^()#]|#.*+){0,2000}+)\)"
_FROM: Final = re.compile(
    rf"\bfrom[ \t]+(?P<dots>\.{{0,20}})(?P<module>[\w.]{{0,200}})[ \t]+import[ \t]*"
    rf"(?:{_BRACKETS}|(?P<names>[\w, \t]{{0,400}}))"
)
_IMPORT: Final = re.compile(r"\bimport[ \t]+([\w., \t]{1,400})")
_CALLED: Final = re.compile(r"\b(?:import_module|__import__)\([ \t]*['\"](\w[\w.]{0,199})['\"]")
_RUN: Final = re.compile(r"%run[ \t]+(?:-\w+[ \t]+)*([\w./-]{1,200}?)(?:\.(?:py|ipynb))?\b")
_PATH: Final = re.compile(
    r"\bsys\.path\b[^\n]{0,300}?['\"](?:\./)?([\w./-]{1,200})['\"][\])]*[ \t]*(?:#.*)?$", re.MULTILINE
)
_COMMENT: Final = re.compile(r"#.*")
_LINE_END: Final = re.compile(r'\\n(?:",\s*")?')  # of a cell, in a notebook's JSON


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
    text = _text(file)
    above = str(PurePosixPath(file.name).parent)
    folders = dict.fromkeys((above, "", *_PATH.findall(text), *(f"{above}/{each}" for each in _PATH.findall(text))))
    places = (PurePosixPath(posixpath.normpath(f"{each}/{name}")) for name in _names(text) for each in folders)
    yield from dict.fromkeys(filter(_is_inside, places))


def _text(file: File) -> str:
    text = file.content.decode("utf-8", "replace")
    return _LINE_END.sub("\n", text).replace('\\"', '"') if file.name.endswith(".ipynb") else text


def _names(text: str) -> Iterator[str]:
    for found in _FROM.finditer(text):
        above = "../" * (len(found["dots"]) - 1)
        base = PurePosixPath(above, found["module"].replace(".", "/"))
        names = _COMMENT.sub("", found["inside"] or "") or found["names"] or ""
        yield from map(str, (base, *(base / name for name in _listed(names))))
    for names in _IMPORT.findall(text):
        yield from (name.replace(".", "/") for name in _listed(names))
    yield from (name.replace(".", "/") for name in _CALLED.findall(text))
    yield from _RUN.findall(text)


def _listed(names: str) -> Iterable[str]:
    """Of `a.b as c, d` the names `a.b` and `d`."""
    words = (part.split() for part in names.split(","))
    return [word[0] for word in words if word]


def _is_inside(place: PurePosixPath) -> bool:
    return bool(place.parts) and not any(part.startswith(".") for part in place.parts) and not place.is_absolute()


def _files(top: Path, place: PurePosixPath) -> Iterator[Path]:
    """The files of a module there, however its accents are written on this disk."""
    for form in ("NFC", "NFD"):
        yield from _spelled(top, PurePosixPath(unicodedata.normalize(form, str(place))))


def _spelled(top: Path, place: PurePosixPath) -> Iterator[Path]:
    """Those of that very name, and what makes the folders above them packages."""
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
