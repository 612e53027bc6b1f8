"""A class of students with names in many scripts, when they handed in, and what."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from bench.classroom.work import JUNK, handed_in

__all__ = ["DUE", "Student", "make_class"]

DUE: Final = datetime(2026, 10, 1, 22, 0, tzinfo=UTC)
_FIRST: Final = (
    *("Amina", "Bruno", "Chen", "Dita", "Zoë", "Søren", "José", "Anne-Marie", "D'Arcy", "Nguyễn", "Ольга", "Δημήτρης"),
    *("محمد", "שרה", "美咲", "지훈", "प्रिया", "ณัฐ", "Þóra", "Łukasz", "Ngozi", "Mary Jo", "O", "Íñigo"),
)
_LAST: Final = (
    *("Abara", "de la Cruz", "Müller", "O'Neill", "Smith-Jones", "Ødegård", "Иванова", "Παπαδόπουλος", "حسن", "כהן"),
    *("山田", "김", "शर्मा", "สุขใจ", "Jónsdóttir", "Wójcik", "van der Berg", "St. John", "Nakamura", "Ng"),
)


@dataclass(frozen=True)
class Student:
    """One of a class. `files` are oldest first; `earlier` has what the last one's names had in a first attempt."""

    number: int
    first: str
    last: str
    files: dict[str, bytes]
    received: datetime
    earlier: dict[str, bytes] = field(default_factory=dict)
    junk: dict[str, bytes] = field(default_factory=dict)  # handed in beside it, and not to be judged

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def email(self) -> str:
        return f"s{self.number}@example.org"

    @property
    def is_late(self) -> bool:
        return self.received > DUE


def make_class(size: int, *, seed: int = 0, distinct: bool = False) -> tuple[Student, ...]:
    """A class of `size`, the same for the same seed; `distinct`: no two hand in the same bytes."""
    rng = random.Random(seed)
    numbers = rng.sample(range(10_000, 10_000 + 90 * size), size)
    return tuple(_student(rng, number, distinct=distinct) for number in sorted(numbers))


def _student(rng: random.Random, number: int, *, distinct: bool) -> Student:
    mark = f"student {number}" if distinct else ""
    files = handed_in(rng, mark)
    earlier = {}
    if rng.random() < 0.15:
        name = next(iter(files))
        earlier = {name: b"import numpy as np\n\n\ndef L1(yhat, y):\n    return None\n"}
    junk = dict(rng.sample(sorted(JUNK.items()), 1)) if rng.random() < 0.2 else {}
    hours = rng.choice((-40, -20, -5, -2, -1, -0.2, -0.1, 0.05, 5, 30))
    received = DUE + timedelta(hours=hours, seconds=rng.randrange(300))
    return Student(number, rng.choice(_FIRST), rng.choice(_LAST), files, received, earlier, junk)
