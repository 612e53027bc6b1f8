"""In nbgrader's environment: the scores in a course's gradebook, as JSON."""

from __future__ import annotations

import json
import sys

from nbgrader.api import Gradebook

with Gradebook(f"sqlite:///{sys.argv[1]}") as book:
    scores = {found.student_id: found.score for found in book.assignment_submissions("measured")}
print(json.dumps(scores))
