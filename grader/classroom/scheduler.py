"""Checks of a scheduler at an address, made before Dask's client connects to it.

Dask speaks with its own release alone. Of another one, its client fails somewhere in between, after minutes, in words
that say nothing of releases; what is asked here has been the same in all of them.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from distributed.core import rpc
from distributed.security import Security
from distributed.versions import get_versions

from grader.errors import GraderError

__all__ = ["check_release", "differences"]

_PATIENCE: Final = 10  # seconds for an answer
_PARTS: Final = {"dask": 9, "distributed": 9, "python": 2, "msgpack": 1}  # of a version, that have to be equal


def check_release(address: str) -> None:
    """Raise `GraderError` where no scheduler of our release answers at `address` (or the address in its file)."""
    try:
        found = asyncio.run(_versions(_place(address)))
    except Exception as error:  # noqa: BLE001 — a boundary: another program may answer, or none
        raise GraderError(
            f"{address}: no Dask scheduler answers there ({_why(error)}); `dask scheduler` starts one and prints its "
            "address"
        ) from None
    if told := differences(get_versions()["packages"], found):
        raise GraderError(
            f"{address}: the scheduler there has {' and '.join(theirs for _, theirs in told)}; this computer has "
            f"{' and '.join(ours for ours, _ in told)}. Dask needs one release everywhere: install the same on the "
            "scheduler, its workers and this computer"
        )


def differences(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What has to be equal and is not: ours and theirs, with their names."""
    return [
        (f"{name} {ours.get(name)}", f"{name} {theirs.get(name)}")
        for name, parts in _PARTS.items()
        if _head(ours.get(name), parts) != _head(theirs.get(name), parts)
    ]


def _head(version: object, parts: int) -> list[str]:
    return str(version).split(".")[:parts]


async def _versions(address: str) -> Mapping[str, Any]:
    """The versions that a scheduler has."""
    ask: Any = rpc  # neither is annotated throughout
    security: Any = Security
    scheduler = ask(address, timeout=_PATIENCE, connection_args=security().get_connection_args("client"))
    try:
        answer = await asyncio.wait_for(scheduler.versions(), _PATIENCE)
    finally:
        await scheduler.close_rpc()
    packages: Mapping[str, Any] = answer["packages"]
    return packages


def _place(address: str) -> str:
    file = Path(address)
    return str(json.loads(file.read_bytes())["address"]) if file.is_file() else address


def _why(error: Exception) -> str:
    """One line of it; of one without words, its kind."""
    if isinstance(error, TimeoutError):
        return f"nothing came within {_PATIENCE} seconds"
    words = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
