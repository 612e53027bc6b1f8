"""For pytest, in the folder of a submission."""

from __future__ import annotations

import checks
import pytest
import work


@pytest.mark.parametrize("number", range(len(checks.CASES)))
def test_case(number: int) -> None:
    checks.check(work, number)
