"""A folder of strangers' files by the names of Python's own modules and of packages: what imports one is found out."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

__all__ = ["Foreign", "lending", "names"]


@cache
def names() -> list[str]:
    """Of the standard library, of all packages that are installed here, and what Python and its tools look for."""
    installed = (name for name in metadata.packages_distributions() if name.isidentifier())
    others = ("__main__", "conftest", "grader", "foreign_plugin", "sitecustomize", "usercustomize")
    return sorted({*sys.stdlib_module_names, *installed, *others})


_PROGRAMS = ("bwrap", "gcc", "cc", "ld", "ldconfig", "objdump", "docker", "git", "python3")
_PLUGIN = "[pydantic]\nforeign = foreign_plugin\n[pytest11]\nforeign = foreign_plugin\n"
_OTHERS = {
    "foreign-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: foreign\nVersion: 1\n",
    "foreign-1.dist-info/entry_points.txt": _PLUGIN,
    "foreign.pth": "import foreign_plugin\n",
    f"python{sys.version_info.major}{sys.version_info.minor}._pth": ".\n",
    "pyvenv.cfg": "home = .\n",
    "pip.conf": "[install]\nrequirement = foreign.txt\n",
    "setup.cfg": "[install]\nprefix = .\n",
    "matplotlibrc": "backend: module://foreign_plugin\n",
}


@dataclass(frozen=True)
class Foreign:
    """`told`: the folder in which each of them leaves its name when it is imported, or run as a program."""

    told: Path

    def text(self, name: str) -> str:
        """A submission has no specification: run as one, it does nothing."""
        return f"if globals().get('__spec__') is not None:\n    open({str(self.told / name)!r}, 'w').close()\n"

    def plant(self, folder: Path) -> None:
        """As packages, which nobody takes for work that was handed in."""
        for name in names():
            (folder / name).mkdir(exist_ok=True)
            (folder / name / "__init__.py").write_text(self.text(name))
        for name, text in _OTHERS.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text)

    def plant_programs(self, folder: Path) -> None:
        """What a PATH with the folder at hand in it would find there."""
        for name in _PROGRAMS:
            (folder / name).write_text(f"#!/bin/sh\n: > '{self.told / name}'\nexit 1\n")
            (folder / name).chmod(0o755)

    def hand_in(self, folder: Path, names: Iterable[str], text: str) -> None:
        """As single files, which also do the exercise."""
        for name in names:
            (folder / f"{name}.py").write_text(f"{self.text(name)}\n{text}")

    def forget(self) -> None:
        for file in self.told.iterdir():
            file.unlink()

    @property
    def imported(self) -> set[str]:
        return {file.name for file in self.told.iterdir()}


def lending(place: Path, packages: str) -> dict[str, str]:
    """Variables by which pip asks no index, and installs a file that names `packages`, a folder, beside what it is told."""
    information = "lent-1.dist-info"
    wheel = place / "lent-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("lent.pth", packages + "\n")
        archive.writestr(f"{information}/METADATA", "Metadata-Version: 2.1\nName: lent\nVersion: 1\n")
        archive.writestr(f"{information}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{information}/RECORD", f"lent.pth,,\n{information}/METADATA,,\n{information}/WHEEL,,\n")
    (place / "lent.txt").write_text(f"{wheel}\n")
    return {
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_REQUIREMENT": str(place / "lent.txt"),
    }
