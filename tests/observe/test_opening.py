from __future__ import annotations

import platform

import pytest

from grader.observe.opening import open_lasting, open_observer
from grader.observe.walls.levels import Level
from grader.observe.walls.proof import Unproved


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Darwin")


def test_without_walls_there_is_nothing_to_prove() -> None:
    with open_observer("none") as observer:
        assert (observer.isolation, observer.evidence.level) == ("none", Level.NONE)


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("isolation", ["none", "auto"])
def test_where_nothing_can_be_forked_children_are_fresh(isolation: str) -> None:
    with open_lasting(isolation) as observer:
        assert observer.isolation == "none"


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("isolation", ["standard", "strict"])
def test_nor_are_there_walls(isolation: str) -> None:
    with pytest.raises(Unproved, match=f"isolation `{isolation}` cannot be had"):
        open_observer(isolation)
