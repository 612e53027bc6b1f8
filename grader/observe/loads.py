"""Running a file's statements: what it did, and what is known of it when a child has failed and another goes on."""

from __future__ import annotations

from typing import Final

import msgspec

from grader.observation import Raised, Status
from grader.observe.conversation import Failed
from grader.observe.time_budget import TimeBudget
from grader.observe.wire import Limits, Running

__all__ = ["FileLoads", "LoadReport", "Stop"]

_MAX_STOPS: Final = 3


class Stop(msgspec.Struct, frozen=True):
    """A top-level statement that had to be ended from outside, or that ended its process."""

    status: Status
    line: int
    cell: int | None


class LoadReport(msgspec.Struct, frozen=True):
    """What running a file's statements did.

    `faults` and `stops` cost only their own statements. `names` are the callables that there are afterwards. `lost`
    says how loading ends whatever is left out; no call can be made then.
    """

    faults: tuple[Raised, ...] = ()
    stops: tuple[Stop, ...] = ()
    names: tuple[str, ...] = ()
    printed: str = ""
    lost: Status | None = None


class FileLoads(msgspec.Struct):
    """What is known of the loads of a file beyond any one child."""

    stops: list[Stop] = msgspec.field(default_factory=list)
    skip: list[int] = msgspec.field(default_factory=list)
    sure_only: bool = False
    lost: Failed | None = None
    report: LoadReport | None = None
    before: float | None = None  # seconds that were well spent on a load that then came to a statement without end
    spent: float = 0.0  # seconds of all loads

    def share(self, limits: Limits) -> float:
        """The time for one load: half of that for all, so that what hangs can be left out of another.

        One that did not end has had all of it: what stands behind it gets that of a call.
        """
        if self.before is None or self.sure_only or self.report is not None:
            return limits.load / 2
        return min(limits.load / 2, self.before + limits.call)

    def seconds(self, limits: Limits, time_budget: TimeBudget) -> float:
        """The same, as far as it is there: when the file has had its time, who needs it again pays for that."""
        least = limits.call if self.sure_only and self.report is None else 0.0
        left = max(0.0, limits.load - self.spent) + time_budget.left
        return max(least, min(self.share(limits), left))

    def charge(self, seconds: float, limits: Limits, time_budget: TimeBudget) -> None:
        before, self.spent = self.spent, self.spent + seconds
        time_budget.charge(max(0.0, self.spent - max(before, limits.load)))

    def note(self, failure: Failed, running: Running | None) -> None:
        """Note a load that failed: its statement is left out next time; after three, all that could fail are."""
        if self.sure_only:
            self.lost = failure
        elif running is not None:
            self.stops.append(Stop(failure.status, running.line, running.cell))
            self.skip.append(running.statement)
        self.sure_only = self.sure_only or running is None or len(self.stops) == _MAX_STOPS
