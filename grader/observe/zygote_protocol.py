"""The protocol between the controller and a zygote, on a socket of packets (Linux).

The first packet is its plan (`grader.observe.walls.plan`), which is not answered.

An order is a number, and the path of the child's folder where it does not share one; the child's ends of its channel go
with it. The answers to it are that the child has started, with its pidfd, or could not be; and, when it is gone, its
exit status.
"""

from __future__ import annotations

import struct
from typing import Final

__all__ = ["ANSWER", "ENDED", "FAILED", "MAX_ORDER_BYTES", "MAX_PLAN_BYTES", "NUMBER", "STARTED"]

NUMBER: Final = struct.Struct("<I")
ANSWER: Final = struct.Struct("<IBi")  # number of the order, kind of answer, exit status or errno
MAX_ORDER_BYTES: Final = 8192
MAX_PLAN_BYTES: Final = 1 << 17

STARTED: Final = 0
FAILED: Final = 1
ENDED: Final = 2
