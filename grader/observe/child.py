"""The interface of a child process that runs a submission, for the controller."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from grader.errors import NotJudged
from grader.observe.channel import Channel

if TYPE_CHECKING:
    from grader.observe.walls.evidence import Evidence

__all__ = ["Child", "Launcher", "Lost"]


class Lost(NotJudged):
    """A child is gone through no fault of its own, and what became of it is not known."""


class Child(Protocol):
    channel: Channel

    def wait(self, timeout: float) -> int | None:
        """The exit status (its code, or minus the signal), or None: it is still there after `timeout` seconds.

        Raises `Lost` where that cannot be known.
        """

    def suspect(self) -> None:
        """What it did is not what honest work does: what it was started by starts no other submission."""

    def close(self) -> None:
        """End it, whatever it is doing, and remove what it left behind."""


class Launcher(Protocol):
    @property
    def isolation(self) -> str: ...

    @property
    def evidence(self) -> Evidence: ...

    @property
    def generation(self) -> int | None:
        """Counts the processes that children are forked from. None: each child is a new interpreter."""

    def prefetch(self) -> None:
        """Start now what the next child will need."""

    def refresh(self) -> None:
        """Between two submissions: let go of what the last one may have harmed, and of what is worn."""

    def use(self, modules: Sequence[str]) -> None:
        """From here on children have these imported beside numpy, or can import them."""

    def start(self) -> Child:
        """Raises `NotJudged` where that cannot be done."""

    def close(self) -> None: ...
