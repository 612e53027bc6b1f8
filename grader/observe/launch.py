"""Every Python that this package starts is started here: its command, its environment, and the folder that it is in.

Python looks for modules in the folder at hand, in what `PYTHONPATH` names and in places of the user's own, unless it is
told not to. The folder at hand is often full of strangers' files, so it is told.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, final

from grader.errors import NotJudged
from grader.observe import packages
from grader.observe.import_paths import absolute, module_folders
from grader.observe.process_setup import HOMES
from grader.observe.walls.levels import Level

__all__ = [
    "Streams",
    "command",
    "enclosed",
    "environment",
    "inherited",
    "installed",
    "start",
    "trusted",
]

_BOOTSTRAP: Final = Path(__file__).with_name("bootstrap.py")
# An isolated interpreter leaves out some folders of installed packages: the user's own, those of notebook services.
_ENTRY: Final = """\
import importlib, site, sys
folder, role = sys.argv.pop(1), sys.argv.pop(1)
if folder not in sys.path:
    site.addsitedir(folder)
importlib.import_module(role).main()
"""
_THREADS: Final = ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "BLIS")
# What an interpreter may need to find its own libraries.
_KEPT: Final = ("SYSTEMROOT", *(("PATH",) if sys.platform == "win32" else ()))
# Lists of folders, in which nothing and `.` mean the folder at hand.
_SEARCHED: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_PLACES: Final = ("NUMGRADE_CACHE", "XDG_CACHE_HOME", "TMPDIR", "TMP", "TEMP", "PGPASSFILE", "PGSERVICEFILE")
# Python's own variables that a trusted process keeps: none says where modules are.
_HARMLESS: Final = ("PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED")
_ROOT: Final = Path(os.sep).absolute()
_SAFE: Final = {"PYTHONSAFEPATH": "1"}  # for what a process of ours starts in its turn


@final
@dataclass(frozen=True, slots=True)
class Streams:
    """What a process has for its standard streams: descriptors, `subprocess.PIPE` and so on, or None for ours."""

    input: int
    output: int
    errors: int | None


def command(role: str, parent: int | None = None, *, modules: Iterable[str] = ()) -> list[str]:
    """That of `grader.ROLE`, which runs submissions and is given no package but those that it needs, and `modules`.

    It is told where they are: that may be a user's own site folder, into which it does not look by itself.
    """
    return _command((), role, "-" if parent is None else str(parent), *packages.folders((*packages.NEEDED, *modules)))


def trusted(role: str) -> list[str]:
    """That of `grader.ROLE`, which runs none: it finds and warns as we do."""
    return _command([f"-W{option}" for option in sys.warnoptions], role, "-", *module_folders())


def installed(role: str, folder: str) -> list[str]:
    """That of `grader.ROLE`, for a process that is not ours: of the package that is installed in `folder`.

    Nothing else of that process's, such as where it looks for modules, reaches the new one.
    """
    return [_interpreter(), "-I", "-X", "utf8", "-c", _ENTRY, folder, f"grader.{role}"]


def _interpreter() -> str:
    if not sys.executable:
        raise NotJudged("there is no Python interpreter to run submissions with: `sys.executable` is empty")
    return sys.executable


def _command(options: Sequence[str], *arguments: str) -> list[str]:
    """Isolated from the user's settings and the folder at hand, as by `-I`, which would ignore our environment too."""
    return [_interpreter(), "-s", "-P", "-X", "utf8", *options, str(_BOOTSTRAP), *arguments]


def start(
    arguments: Sequence[str],
    streams: Streams,
    *,
    environment: Mapping[str, str],
    folder: str | None = None,
    descriptors: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """A process for one of these commands, in `folder`: by itself in none that holds files of anybody's.

    It has its streams and `descriptors` from us, and no other file that is open here. No signal of our terminal reaches
    it. Raises `OSError`.
    """
    return subprocess.Popen(  # noqa: S603 — our own interpreter and our own file
        arguments,
        stdin=streams.input,
        stdout=streams.output,
        stderr=streams.errors,
        cwd=folder or _ROOT,
        env=dict(environment),
        start_new_session=True,
        pass_fds=descriptors,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def enclosed(arguments: list[str], level: Level, modules: Sequence[str] = ()) -> list[str]:
    """The same command, within a view of the machine that shows nothing else, where `level` wants that."""
    if level is not Level.STRICT:
        return arguments
    from grader.observe.walls import bubblewrap
    from grader.observe.walls.identity import is_root
    from grader.observe.walls.readable import readable

    # Linux means the thread: only the main one surely outlives the process.
    is_lasting = threading.current_thread() is threading.main_thread()
    return bubblewrap.command(arguments, readable(modules=modules), as_root=is_root(), dies_with_us=is_lasting)


def environment(home: str) -> dict[str, str]:
    """Nothing of the user's own. Equal hashes make equal orders of sets, so that a verdict does not depend on luck."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {
        **kept,
        **_searched(),
        **_SAFE,
        **{f"{library}_NUM_THREADS": "1" for library in _THREADS},
        "VECLIB_MAXIMUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "Agg",
        "LANG": "C.UTF-8",
        **dict.fromkeys(HOMES, home),
    }


def inherited() -> dict[str, str]:
    """For a process that runs no submission: ours, but for what would have Python look into other folders."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON") or name in _HARMLESS}
    places = {name: str(Path(own[name]).absolute()) for name in _PLACES if own.get(name)}
    return {**own, **places, **_SAFE}


def _searched() -> dict[str, str]:
    found = {name: absolute(os.environ.get(name, "")) for name in _SEARCHED}
    return {name: folders for name, folders in found.items() if folders}
