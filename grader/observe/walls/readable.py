"""What a submission may read: Python, its libraries, and a few files of the system that say nothing of its user."""

from __future__ import annotations

import os
import site
import stat
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from grader.observe import packages
from grader.observe.import_paths import absolute

__all__ = ["PACKAGE", "Readable", "first_shut", "readable"]

PACKAGE: Final = Path(__file__).resolve().parents[2]  # this package
_LIBRARIES: Final = ("/lib", "/lib32", "/lib64", "/libx32", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib")
_SYSTEM: Final = ("/etc/ld.so.cache", "/etc/localtime", "/usr/share/zoneinfo", "/nix/store")
_DEVICES: Final = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")


class Readable(msgspec.Struct, frozen=True):
    """`trees`: files, and folders with all in them. `listed`: folders of which only the names may be read."""

    trees: tuple[str, ...]
    listed: tuple[str, ...]
    devices: tuple[str, ...] = _DEVICES


def readable(hidden: Path = PACKAGE, *, modules: Iterable[str] = ()) -> Readable:
    """What there is of all that on this machine, but for `hidden`: this package may hold a course, with solutions."""
    trees, listed = list[str](), list[str]()
    for root in _outermost((*_python(), *_own_libraries(modules), *_LIBRARIES, *_SYSTEM)):
        for path, is_whole in _around(Path(root), hidden):
            (trees if is_whole else listed).append(str(path))
    return Readable(tuple(trees), tuple(listed))


def first_shut(paths: Iterable[str]) -> str | None:
    """The first folder or file that keeps ordinary users from reading one of `paths`."""
    for path in map(Path, paths):
        real = path.resolve()
        for part in (*reversed(real.parents), real):
            needed = stat.S_IXOTH if part.is_dir() else stat.S_IROTH
            if not part.stat().st_mode & needed:
                return str(part)
    return None


def _python() -> list[str]:
    """The standard library, and where packages are installed."""
    paths = sysconfig.get_paths()
    return [
        *(paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")),
        str(Path(sys.base_prefix) / "lib"),
        *(path for path in site.getsitepackages() if path in sys.path),
    ]


def _own_libraries(modules: Iterable[str]) -> list[str]:
    own = [*packages.folders(packages.NEEDED), *packages.trees(modules)]
    return [*own, *filter(None, absolute(os.environ.get("LD_LIBRARY_PATH", "")).split(os.pathsep))]


def _outermost(paths: Iterable[str]) -> list[str]:
    """Those that exist and are not in another of them."""
    there = [path for path in dict.fromkeys(paths) if Path(path).exists()]
    return [path for path in there if not any(Path(path) != Path(o) and Path(path).is_relative_to(o) for o in there)]


def _around(path: Path, hidden: Path) -> Iterator[tuple[Path, bool]]:
    """`path` whole, or where `hidden` is somewhere in it, all that is beside that."""
    real = path.resolve()
    if real == hidden:
        return
    yield path, not hidden.is_relative_to(real)
    if hidden.is_relative_to(real):
        for entry in sorted(path.iterdir()):
            yield from _around(entry, hidden)
