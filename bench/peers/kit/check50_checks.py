"""For check50: a check a case, each of which check50 runs in a process of its own."""

from __future__ import annotations

from collections.abc import Callable

import check50
import check50.py
import checks


def _check(index: int) -> Callable[[], None]:
    def case() -> None:
        try:
            checks.check(check50.py.import_("work.py"), index)
        except Exception as error:  # noqa: BLE001 — a boundary: the submission's own errors
            raise check50.Failure(str(error)) from None

    case.__name__ = case.__qualname__ = f"case_{index:02}"
    case.__doc__ = f"case {index}"
    return check50.check()(case)


for each in range(len(checks.CASES)):
    globals()[f"case_{each:02}"] = _check(each)
