"""For gradescope-utils, in the folder of a submission."""

from __future__ import annotations

import unittest
from pathlib import Path
from typing import Any

import checks
from gradescope_utils.autograder_utils.decorators import number, weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner


class TestWork(unittest.TestCase):
    """A method a case; each imports the submission, so that one that does not load loses its points and no more."""


def _method(index: int) -> Any:
    @weight(1)
    @number(str(index))
    def test(self: unittest.TestCase) -> None:
        """A case."""
        import work

        checks.check(work, index)

    return test


for each in range(len(checks.CASES)):
    setattr(TestWork, f"test_{each:02}", _method(each))

if __name__ == "__main__":
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(TestWork)
    with Path("results.json").open("w") as file:
        JSONTestRunner(stream=file, visibility="visible").run(suite)
