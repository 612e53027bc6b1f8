"""The installed numgrade as a wheel, and the versions of what it needs: what another place has to install."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final

import grader
from grader.authoring.archive import archive
from grader.errors import CourseError
from grader.observe.packages import requirements

__all__ = ["CONSTRAINTS", "WHEEL", "installed"]

_DISTRIBUTION: Final = "numgrade"
_PACKAGE: Final = Path(grader.__file__).parent
_LEFT_OUT: Final = frozenset({"__pycache__", "_course"})  # the example course has solutions in it

WHEEL: Final = f"{_DISTRIBUTION}-{grader.__version__}-py3-none-any.whl"
CONSTRAINTS: Final = "numgrade-constraints.txt"


def installed(modules: Iterable[str] = ()) -> Mapping[str, bytes]:
    """The wheel and the constraints, with those of a course's packages.

    Raises `CourseError` where numgrade is not installed as a distribution.
    """
    try:
        distribution = metadata.distribution(_DISTRIBUTION)
    except metadata.PackageNotFoundError:
        raise CourseError("numgrade runs from a bare folder here; install it first (`pip install .`)") from None
    pins = dict(_pins(distribution)) | requirements(modules)
    constraints = "".join(f"{name}=={version}\n" for name, version in pins.items())
    return {CONSTRAINTS: constraints.encode(), WHEEL: _wheel()}


def _pins(distribution: metadata.Distribution) -> Iterator[tuple[str, str]]:
    """What numgrade needs to run, in the versions that are installed here."""
    for requirement in distribution.requires or ():
        match = re.match(r"[A-Za-z0-9._-]+", requirement)
        if match is None or "extra ==" in requirement:
            continue
        try:
            yield match[0], metadata.version(match[0])
        except metadata.PackageNotFoundError:  # it is for another platform
            continue


@cache
def _wheel() -> bytes:
    """The installed package as a wheel."""
    distribution = metadata.distribution(_DISTRIBUTION)
    information = f"{_DISTRIBUTION}-{grader.__version__}.dist-info"
    files = {f"grader/{path.relative_to(_PACKAGE).as_posix()}": path.read_bytes() for path in _own_files()}
    for name in ("METADATA", "entry_points.txt"):
        files[f"{information}/{name}"] = (distribution.read_text(name) or "").encode()
    files[f"{information}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: numgrade\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    record = "".join(f"{name},sha256={_digest(data)},{len(data)}\n" for name, data in files.items())
    files[f"{information}/RECORD"] = f"{record}{information}/RECORD,,\n".encode()
    return archive(files)


def _own_files() -> list[Path]:
    found = [path for path in _PACKAGE.rglob("*") if path.is_file()]
    return sorted(path for path in found if not _LEFT_OUT & set(path.relative_to(_PACKAGE).parts))


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
