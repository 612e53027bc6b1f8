from __future__ import annotations

import pytest

from grader.observe.walls.levels import CHOICES, Level, wished


def test_auto_begins_with_the_best() -> None:
    assert wished("auto") == (Level.STRICT, Level.STANDARD, Level.NONE)


@pytest.mark.parametrize("choice", [choice for choice in CHOICES if choice != "auto"])
def test_a_level_by_name_is_that_one_alone(choice: str) -> None:
    (level,) = wished(choice)
    assert level.value == choice
