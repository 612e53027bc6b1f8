"""The lowest versions that pyproject.toml allows, as constraints of pip: `python .ci/lowest.py EXTRA...`."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
MINIMUM = re.compile(r"(?P<name>[\w.-]+)(\[[\w,-]+\])?>=(?P<version>[\w.]+)(?P<marker>\s*;.*)?")


def lowest(requirements: Iterable[str]) -> Iterator[str]:
    for requirement in requirements:
        if found := MINIMUM.fullmatch(requirement):
            yield f"{found['name']}=={found['version']}{found['marker'] or ''}"


def declared(extras: Iterable[str]) -> list[str]:
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    return [*project["dependencies"], *(each for extra in extras for each in optional[extra])]


if __name__ == "__main__":
    print(*dict.fromkeys(lowest(declared(sys.argv[1:]))), sep="\n")
