#!/usr/bin/env bash
# gradescope-utils 0.5.0.
# Guess: a test of 2 points that fails in one of its subtests is a failed test with 0 of 2 points; one that is skipped is
#        listed too.
# Seen: it is not in the results, neither failed nor passed, so the points that can be had shrink with it; so do a skipped
#       test, an expected failure and an unexpected success. set_score may give 7 of 4 points, its points stay when the test
#       fails after it, and a test that never calls it has all.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q gradescope-utils==0.5.0
"$dir/venv/bin/python" - <<'EOF'
import io
import json
import sys
import unittest

from gradescope_utils.autograder_utils.decorators import partial_credit, weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner


class Tests(unittest.TestCase):
    @weight(2)
    def test_of_parts(self):
        for number in (1, 2):
            with self.subTest(number=number):
                self.assertEqual(number, 1)

    @weight(2)
    def test_skipped(self):
        self.skipTest("no data")

    @weight(2)
    @unittest.expectedFailure
    def test_expected(self):
        self.fail()

    @weight(2)
    def test_failed(self):
        self.fail()

    @partial_credit(4)
    def test_seven(self, set_score=None):
        set_score(7)

    @partial_credit(4)
    def test_three_and_failed(self, set_score=None):
        set_score(3)
        self.fail()

    @partial_credit(4)
    def test_without_a_score(self, set_score=None):
        pass


file = io.StringIO()
JSONTestRunner(stream=file).run(unittest.defaultTestLoader.loadTestsFromTestCase(Tests))
report = json.loads(file.getvalue())
points = {test["name"].split()[0]: (test["score"], test["max_score"]) for test in report["tests"]}
facts = {
    "listed": (sorted(points), ["test_failed", "test_seven", "test_three_and_failed", "test_without_a_score"]),
    "failed": (points["test_failed"], (0.0, 2)),
    "seven of four": (points["test_seven"], (7, 4)),
    "three and failed": (points["test_three_and_failed"], (3, 4)),
    "without a score": (points["test_without_a_score"], (4, 4)),
    "altogether": (report["score"], 14.0),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
