"""Makes constraints.txt anew: `python .ci/constraints.py`. Then `.ci/run` has to pass before it is committed.

It has the newest versions of all that the package, its tests and its linters need, on every platform and for every
Python from the oldest that may be used to the newest that was tested; newer Pythons are bound by nothing. `uv` finds
them, in an environment of its own that is thrown away.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Iterable, Iterator
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = ("test", "lint", "cluster")
HEADER = f"""\
# What the tests were run with, for all Pythons up to the newest that was tested:
# `pip install -c constraints.txt '.[test]'`.
# Made by `python {Path(__file__).relative_to(TOP).as_posix()}`.
"""
PYTHON = re.compile(r"Programming Language :: Python :: 3\.(\d+)")
UPPER_BOUND = re.compile(r"python_version (<|==) ")


def tested() -> list[int]:
    """The minor versions of Python 3 that the package says it is for."""
    return sorted(int(found[1]) for each in PROJECT["classifiers"] if (found := PYTHON.fullmatch(each)))


def bounded(pins: Iterable[str], newest: int) -> Iterator[str]:
    """Pins as `uv` writes them; those for all Pythons hold up to the newest that was tested."""
    below = f"python_version < '3.{newest + 1}'"
    for pin in pins:
        name, _, marker = pin.replace("python_full_version", "python_version").partition(" ; ")
        if not UPPER_BOUND.search(marker):
            marker = f"({marker}) and {below}" if " or " in marker else f"{marker} and {below}" if marker else below
        yield f"{name}; {marker}"


def resolved(oldest: int) -> list[str]:
    """A pin for each package, with a marker where it is not for all."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", "uv"], check=True)
        done = subprocess.run(
            [python, "-m", "uv", "pip", "compile", "--quiet", "--universal", f"--python-version=3.{oldest}",
             "--no-annotate", "--no-header", "--no-emit-index-url", *(f"--extra={extra}" for extra in EXTRAS),
             "pyproject.toml"],
            cwd=TOP, check=True, stdout=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
    return done.stdout.splitlines()


def main() -> None:
    oldest, *_, newest = tested()
    lines = "\n".join(bounded(resolved(oldest), newest))
    (TOP / "constraints.txt").write_text(f"{HEADER}{lines}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
