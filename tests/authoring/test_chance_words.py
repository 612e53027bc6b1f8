from __future__ import annotations

import pytest

from grader.authoring.chance_words import chance_said
from grader.grading.chance import Chance, FailureCount


@pytest.mark.parametrize(("failed", "shown"), [(0, True), (40, False)])
def test_it_is_said_what_was_counted_and_what_it_shows(failed: int, shown: bool) -> None:
    chance = Chance((FailureCount("a", 1, 0, 400), FailureCount("b", 1, failed, 400)))
    said = chance_said(chance, 0.001)
    assert f"failed {failed} of 800 runs (400 of each of 2 cases)" in said
    assert ("not shown" not in said) is shown
    assert ("in 'b'" in said) is not shown
