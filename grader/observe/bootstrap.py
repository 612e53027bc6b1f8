"""Starts a process of ours. Run as a file: `python bootstrap.py ROLE PARENT FOLDER…`.

ROLE is the module of this package whose `main` is called; PARENT the process to die with, or `-`. The package is loaded
from where this file stands, installed or not. Its parent folder stays off `sys.path`, unless that is one of installed
packages: of a checkout that is installed in place, nothing comes before a submission's own files. Each FOLDER holds
something that the package needs and this interpreter might not find by itself.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import site
import sys
from pathlib import Path

__all__ = ["main"]


def main() -> None:
    role, parent, *folders = sys.argv[1:]
    sys.argv = [""]
    package = Path(__file__).resolve().parent.parent
    sys.path[:] = [folder for folder in sys.path if not _is_checkout(folder, package)]
    sys.path += [folder for folder in folders if folder not in sys.path]
    gc.disable()  # nothing of what is imported is let go: to look through it again and again takes a tenth of the time
    _load_package(package)
    serve = importlib.import_module(f"grader.{role}").main
    gc.freeze()
    gc.enable()
    serve(*([] if parent == "-" else [int(parent)]))


def _is_checkout(folder: str, package: Path) -> bool:
    return Path(folder).resolve() == package.parent and folder not in site.getsitepackages()


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
