from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.classroom.budget import CLASS_BYTES, Caps, HandInBudget
from grader.observe.compressed import OverLimit
from grader.observe.intake import MAX_CODE_BYTES, MAX_NOTEBOOK_BYTES

CAPS = Caps(files=2, names=2, read=200, passed=200, kept=200)


@pytest.mark.parametrize(
    "cost",
    [
        lambda budget: budget.file(),
        lambda budget: budget.name(),
        lambda budget: budget.read(100),
        lambda budget: budget.passed(100),
        lambda budget: budget.keep(100),
    ],
    ids=["files", "names", "read", "passed", "kept"],
)
def test_what_is_within_the_cap_may_be_had_and_no_more(cost: Callable[[HandInBudget], None]) -> None:
    budget = HandInBudget(CAPS)
    with budget.working():
        cost(budget)
        cost(budget)
        with pytest.raises(OverLimit):
            cost(budget)


def test_time_is_counted_only_while_it_works() -> None:
    now = 0.0
    budget = HandInBudget(Caps(seconds=5), lambda: now)
    for _ in range(5):
        with budget.working():
            now += 1
            budget.read(1)
        now += 100

    with budget.working():
        now += 1
        with pytest.raises(OverLimit, match="takes more than 5 s"):
            budget.passed(1)


def test_what_is_not_kept_takes_no_room_from_what_is() -> None:
    budget = HandInBudget(CAPS)
    with pytest.raises(OverLimit):
        budget.keep(201)

    budget.keep(200)


@pytest.mark.parametrize("hand_ins", [0, 1, 300, 10_000])
def test_a_class_of_any_size_shares_the_disk(hand_ins: int) -> None:
    each = Caps().shared(hand_ins).kept

    assert each >= 1 << 20
    assert each * hand_ins <= max(CLASS_BYTES, hand_ins << 20)


def test_the_guide_says_what_the_budgets_are() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "instructors.md").read_text(encoding="utf-8")
    table = guide.partition("| of one hand-in | at most |")[2].partition("\n\n")[0]
    rows = [line.strip("| ").split(" | ")[1] for line in table.strip().splitlines()[1:]]
    caps = Caps()

    assert rows == [
        f"{MAX_CODE_BYTES >> 20} MiB",
        f"{MAX_NOTEBOOK_BYTES >> 20} MiB",
        f"{caps.files}",
        f"{caps.archive >> 20} MiB",
        f"{caps.nesting} deep",
        f"{caps.names:,}",
        f"{caps.read >> 20} MiB",
        f"{caps.passed >> 30} GiB",
        (
            f"{caps.kept >> 20} MiB, less where the class would take more than {CLASS_BYTES >> 30} GiB,"
            " never less than 1 MiB"
        ),
        f"{caps.seconds:g} s",
    ]
