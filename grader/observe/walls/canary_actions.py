"""The canary's source: actions that are forbidden to a submission, and some that it needs. A child runs it like one.

None of it does harm. An attempt answers with nothing where it succeeded, else with the name of the kernel's refusal.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import resource
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np

__all__ = ["forbidden_actions", "needed_actions"]

_NEW_USER = 0x10000000
_PEEK = 2
_library = ctypes.CDLL(None, use_errno=True)


def forbidden_actions(file: str, port: int, process: int, host: str) -> dict[str, str]:
    """Try each forbidden action; by name, how it was refused (empty: it succeeded).

    `file` and `port` were planted by the controller; `process` and `host` are its own process number and host name.
    """
    parent = os.getppid() or process
    tried: dict[str, Callable[[], object]] = {
        "write to its folder": lambda: Path("canary").write_bytes(b""),
        "write to /tmp": lambda: _write_and_remove(f"/tmp/grader-canary-{os.getpid()}"),  # noqa: S108 — that is the action
        "change a folder": lambda: Path().chmod(0o700),
        "read another's file": lambda: Path(file).read_bytes(),
        "list another's folder": lambda: os.listdir(Path(file).parent),  # noqa: PTH208 — one call of the kernel
        "read another process's environment": lambda: Path(f"/proc/{parent}/environ").read_bytes(),
        "read another process's memory": lambda: _read_memory(parent),
        "trace another process": lambda: _checked(_library.ptrace(_PEEK, parent, None, None)),
        "signal another process": lambda: os.kill(parent, 0),
        "connect": lambda: _connect(socket.SOCK_STREAM, port),
        "send": lambda: _connect(socket.SOCK_DGRAM, port),
        "listen": _listen,
        "start a process": _fork,
        "run a program": lambda: os.execv("/nonexistent", ["nonexistent"]),  # noqa: S606 — that is the action
        "make a file in memory": lambda: os.close(os.memfd_create("canary")),
        "set its limits": _set_limit,
        "make a namespace": lambda: _checked(_library.unshare(_NEW_USER)),
        "see another's file": lambda: Path(file).stat(),
        "see another process": lambda: Path(f"/proc/{process}").stat(),
        "see the host's name": lambda: _equal(os.uname().nodename, host),
        "be one process of many": lambda: _equal(os.getpid() == 1, False),
    }
    return {action: _refusal(attempt) for action, attempt in tried.items()}


def needed_actions() -> dict[str, str]:
    """Try each action that honest work needs; in the same form."""
    done: dict[str, Callable[[], object]] = {
        "compute": lambda: np.linalg.solve(np.eye(64), np.ones(64)),
        "read the standard library": lambda: Path(os.__file__).read_bytes(),
        "read numpy": lambda: Path(np.__file__).read_bytes(),
        "import a module": _import_again,
        "run a thread": _run_thread,
        "ignore output": lambda: Path(os.devnull).write_text("x", encoding="ascii"),
    }
    return {action: _refusal(attempt) for action, attempt in done.items()}


def _refusal(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, type(error).__name__)
    except Exception as error:  # noqa: BLE001 — a boundary: whatever it is, it is told
        return type(error).__name__
    return ""


def _checked(result: int) -> None:
    if result == -1:
        raise OSError(ctypes.get_errno(), "refused")


def _equal(one: object, other: object) -> None:
    if one != other:
        raise OSError(errno.ENOENT, "not so")


def _write_and_remove(path: str) -> None:
    Path(path).touch(exist_ok=False)
    Path(path).unlink()


def _connect(kind: int, port: int) -> None:
    with socket.socket(socket.AF_INET, kind) as one:
        one.settimeout(5)
        one.connect(("127.0.0.1", port))
        one.send(b"canary")


def _listen() -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(f"\0grader-canary-{os.getpid()}")
        one.listen()


def _set_limit() -> None:
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, resource.getrlimit(resource.RLIMIT_NOFILE))
    except ValueError:  # as which Python shows this refusal
        raise PermissionError(errno.EPERM, "refused") from None


def _fork() -> None:
    process = os.fork()
    if process == 0:
        os._exit(0)
    os.waitpid(process, 0)


class _Piece(ctypes.Structure):
    _fields_ = (("start", ctypes.c_void_p), ("length", ctypes.c_size_t))


def _read_memory(process: int) -> None:
    """Of a process that this one was forked from, where None is at the same place."""
    mine = ctypes.create_string_buffer(8)
    here, there = _Piece(ctypes.addressof(mine), 8), _Piece(id(None), 8)
    _checked(_library.process_vm_readv(process, ctypes.byref(here), 1, ctypes.byref(there), 1, 0))


def _import_again() -> None:
    sys.modules.pop("colorsys", None)
    import colorsys

    assert colorsys.__file__


def _run_thread() -> None:
    with contextlib.ExitStack() as ended:
        thread = threading.Thread(target=int)
        thread.start()
        ended.callback(thread.join)
