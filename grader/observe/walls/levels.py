"""How well a submission is kept apart from everything else. Each level has all that the one before it has."""

from __future__ import annotations

import enum
from typing import Final

__all__ = ["AUTO", "CHOICES", "HOME", "IF_POSSIBLE", "Level", "wished"]

HOME: Final = "/home/student"  # of all children, where nothing of the host is to be seen


class Level(enum.Enum):
    """NONE: another process. STANDARD: it cannot write, connect, start or reach anything. STRICT: nor see it."""

    NONE = "none"
    STANDARD = "standard"
    STRICT = "strict"


AUTO: Final = "auto"
IF_POSSIBLE: Final = "standard or none"  # for the author's code, which nobody chooses a level for
CHOICES: Final = (AUTO, *(level.value for level in Level))


def wished(choice: str) -> tuple[Level, ...]:
    """The levels that a choice allows, the best first: with `auto` every one, else that one alone."""
    if choice == IF_POSSIBLE:
        return Level.STANDARD, Level.NONE
    return tuple(reversed(Level)) if choice == AUTO else (Level(choice),)
