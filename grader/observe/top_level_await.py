"""Top-level await, as Jupyter has it: a cell's coroutine is run to its end.

Behind walls there are no sockets, by which the loops of `asyncio` are woken. This one looks up by itself every few
milliseconds.
"""

from __future__ import annotations

import time
from collections.abc import Coroutine
from typing import Any, Final

__all__ = ["run_to_end"]

_pause = time.sleep
_LONGEST: Final = 0.005  # seconds between two looks


def run_to_end(coroutine: Coroutine[Any, Any, object]) -> None:
    """Run it; what it has begun besides goes on until then, and in the next one."""
    import asyncio  # it costs much, and few need it

    global _loop
    if _loop is None:
        _loop = _new_loop(asyncio)
    asyncio.set_event_loop(_loop)
    _loop.run_until_complete(coroutine)


_loop: Any = None


def _new_loop(asyncio: Any) -> Any:
    class Naps:
        def select(self, timeout: float | None) -> list[object]:
            if timeout is None or timeout > 0:
                _pause(_LONGEST if timeout is None else min(timeout, _LONGEST))
            return []

    class Loop(asyncio.BaseEventLoop):  # type: ignore[misc]
        _selector = Naps()

        def _process_events(self, events: object) -> None:
            pass

        def _write_to_self(self) -> None:
            pass

    return Loop()
