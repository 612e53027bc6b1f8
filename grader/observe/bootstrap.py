"""Starts a process of ours. Run as a file: `python bootstrap.py ROLE PARENT FOLDER…`.

ROLE is the module of this package whose `main` is called; PARENT the process to die with, or `-`. The package is loaded
from where this file stands, installed or not, and its parent folder stays off `sys.path`. Each FOLDER holds something
that the package needs and this interpreter might not find by itself.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path

__all__ = ["main"]


def main() -> None:
    role, parent, *folders = sys.argv[1:]
    sys.argv = [""]
    sys.path += [folder for folder in folders if folder not in sys.path]
    _load_package(Path(__file__).resolve().parent.parent)
    serve = importlib.import_module(f"grader.{role}").main
    serve(*([] if parent == "-" else [int(parent)]))


def _load_package(folder: Path) -> None:
    spec = importlib.util.spec_from_file_location(
        "grader", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules["grader"] = package
    spec.loader.exec_module(package)


if __name__ == "__main__":
    main()
