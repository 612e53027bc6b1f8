"""A course's packages, from the side that starts processes: are they installed, which versions, and where.

Nothing of them is imported here: that is for the processes that run submissions.
"""

from __future__ import annotations

import importlib.util
import platform
import site
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

__all__ = ["NEEDED", "distribution", "folders", "missing", "requirements", "trees", "versions"]

NEEDED: Final = ("numpy", "msgspec")  # what every process that runs submissions imports
# What modules are installed as, where it is not their own name.
_DISTRIBUTIONS: Final = {
    "PIL": "pillow",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
}
_UNKNOWN: Final = "?"


def distribution(module: str) -> str:
    """What is to be installed for a module."""
    top = _top(module)
    return _DISTRIBUTIONS.get(top, top)


def missing(modules: Iterable[str]) -> list[str]:
    """Those that cannot be imported here, for nothing of that name is installed."""
    return [module for module in modules if not _is_there(_top(module))]


def versions(modules: Iterable[str]) -> dict[str, str]:
    """The versions of what modules are installed as, by the name of the outermost package."""
    return {top: _version(top) for top in dict.fromkeys(map(_top, modules))}


def requirements(modules: Iterable[str]) -> dict[str, str]:
    """What another place has to install for these modules, in the versions that are here."""
    found = versions(modules).items()
    return {
        distribution(top): version
        for top, version in found
        if top not in sys.stdlib_module_names and version != _UNKNOWN
    }


def folders(modules: Iterable[str]) -> list[str]:
    """Where they are looked for: a process that does not look there by itself is told."""
    return list(dict.fromkeys(str(place.parent) for module in modules for place in _places(_top(module))))


def trees(modules: Iterable[str]) -> list[str]:
    """What has to be readable for them: the folder that they are installed in with all that is beside them.

    Of a package that is installed in place it is the package alone: beside it may be anything.
    """
    found = [place for module in modules for place in _places(_top(module))]
    installed = {Path(folder).resolve() for folder in (*site.getsitepackages(), site.getusersitepackages())}
    return list(dict.fromkeys(str(place.parent if place.parent.resolve() in installed else place) for place in found))


def _top(module: str) -> str:
    return module.partition(".")[0]


def _is_there(top: str) -> bool:
    return top in sys.builtin_module_names or bool(_places(top))


@cache
def _places(top: str) -> tuple[Path, ...]:
    """The folder of a package, or the file of a module."""
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError):
        return ()
    if spec is None:
        return ()
    if spec.submodule_search_locations:
        return tuple(map(Path, spec.submodule_search_locations))
    return (Path(spec.origin),) if spec.origin and Path(spec.origin).exists() else ()


@cache
def _version(top: str) -> str:
    if top in sys.stdlib_module_names:
        return platform.python_version()
    from importlib import metadata  # it loads much, and most courses have no packages

    for name in _distributions(top):
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return _UNKNOWN


def _distributions(top: str) -> Iterator[str]:
    """What it may be installed as. All that is installed is looked through only where its own name is not."""
    from importlib import metadata

    yield _DISTRIBUTIONS.get(top, top)
    yield from metadata.packages_distributions().get(top, ())
