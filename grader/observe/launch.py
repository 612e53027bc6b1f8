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

from grader.observe import packages
from grader.observe.import_paths import module_folders
from grader.observe.interpreter import ONE_THREAD, SAFE, environment, interpreter, isolated
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

# An isolated interpreter leaves out some folders of installed packages: the user's own, those of notebook services.
_ENTRY: Final = """\
import importlib, site, sys
folder, role = sys.argv.pop(1), sys.argv.pop(1)
if folder not in sys.path:
    site.addsitedir(folder)
importlib.import_module(role).main()
"""
_PLACES: Final = ("NUMGRADE_CACHE", "XDG_CACHE_HOME", "TMPDIR", "TMP", "TEMP", "PGPASSFILE", "PGSERVICEFILE")
# Python's own variables that a trusted process keeps: none says where modules are.
_HARMLESS: Final = ("PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED")
_ROOT: Final = Path(os.sep).absolute()


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
    folders = packages.folders((*packages.NEEDED, *modules))
    return isolated(role, "-" if parent is None else str(parent), *folders)


def trusted(role: str) -> list[str]:
    """That of `grader.ROLE`, which runs none: it finds and warns as we do."""
    return isolated(role, "-", *module_folders(), options=tuple(f"-W{option}" for option in sys.warnoptions))


def installed(role: str, folder: str) -> list[str]:
    """That of `grader.ROLE`, for a process that is not ours: of the package that is installed in `folder`.

    Nothing else of that process's, such as where it looks for modules, reaches the new one.
    """
    return [interpreter(), "-I", "-X", "utf8", "-c", _ENTRY, folder, f"grader.{role}"]


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


def inherited() -> dict[str, str]:
    """For a process that runs no submission: ours, but for what would have Python look into other folders."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON") or name in _HARMLESS}
    places = {name: str(Path(own[name]).absolute()) for name in _PLACES if own.get(name)}
    return {**ONE_THREAD, **own, **places, **SAFE}
