"""A virtual environment for each peer, made once, in a cache folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import numpy as np

__all__ = ["Unavailable", "cache", "made", "versions"]

_MADE: Final = "made.json"
_LIMIT: Final = 900.0  # seconds for one installation


class Unavailable(Exception):
    """Why a peer cannot be measured; for people."""


def cache() -> Path:
    """Where they are kept: `NUMGRADE_BENCH`, or a folder of the user's cache."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("NUMGRADE_BENCH") or Path(home) / "numgrade-bench").absolute()


def made(name: str, packages: tuple[str, ...]) -> Path:
    """The folder of a peer's programs, installed if need be with the numpy of this process. Raises `Unavailable`."""
    folder = cache() / name
    wanted = [f"numpy=={np.__version__}", *packages]
    if not (folder / _MADE).is_file() or json.loads((folder / _MADE).read_text()) != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        _run([sys.executable, "-m", "venv", str(folder)])
        _run([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *wanted])
        (folder / _MADE).write_text(json.dumps(wanted))
    return folder / "bin"


def versions(programs: Path, packages: tuple[str, ...]) -> str:
    """Which version of each was installed."""
    code = (
        "import sys, importlib.metadata as m; print(*(f'{name} {m.version(name)}' for name in sys.argv[1:]), sep=', ')"
    )
    return _run([str(programs / "python"), "-c", code, *packages]).strip()


def _run(command: list[str]) -> str:
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=_LIMIT).stdout
    except subprocess.CalledProcessError as error:
        last = (error.stderr.strip() or "no message").splitlines()[-1]
        raise Unavailable(f"cannot be installed: {last}") from None
    except subprocess.TimeoutExpired:
        raise Unavailable(f"cannot be installed: not done after {_LIMIT:.0f} s") from None
