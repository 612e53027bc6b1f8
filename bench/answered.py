"""What one answer costs, in this process: a script for any interpreter that has a numgrade. Prints one JSON list.

Its first argument is what every function of the submission does.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bench.basics import basics
from grader.classroom import batch
from grader.classroom.jobs import Environment, Job
from grader.course.folder import Course
from grader.course.key import AnswerKey
from grader.grading.answers import File, judge_files
from grader.grading.cached_answers import CachedAnswers
from grader.grading.keys import CourseKeys
from grader.judge.result import Result
from grader.observe.opening import open_lasting
from grader.report.json import dumps

_NOWHERE = Environment("", "", "", "")
_JOB = Job("", (), (), ())


def main() -> None:
    home = basics()
    with tempfile.TemporaryDirectory() as cache, open_lasting("auto") as observer:
        answers = CourseKeys(Course(home), cache=Path(cache))
        keys = answers.keys(answers.names)
        cached = CachedAnswers(answers)

        def judged(text: str) -> Result:
            return judge_files(cached, [File("work.py", text.encode())], observer, exercises=list(keys))

        judged(_honest(home, keys))  # so that all is there that every submission needs
        told, *figures = _measured(lambda: judged(_hostile(sys.argv[1], list(keys.values()))))
        after = judged(_honest(home, keys))
    print(json.dumps([*figures, told, bool(after.points == after.max_points > 0)]))


def _measured(made: Callable[[], Result]) -> tuple[str, int, float, float]:
    """How the exercises ended; the peak of memory, the seconds and the processor's seconds until they were recorded."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # from here on, the peak is of what comes now
    begun, worked = time.monotonic(), time.process_time()
    result = made()
    dumps(result)
    batch._packed(_JOB, result, _NOWHERE)
    spent, work = time.monotonic() - begun, time.process_time() - worked
    counts = Counter(exercise.outcome.value for exercise in result.exercises)
    return ", ".join(f"{number} {outcome}" for outcome, number in counts.items()), _peak(), spent, work


def _peak() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) << 10 for line in status if line.startswith("VmHWM"))


def _hostile(body: str, keys: Sequence[AnswerKey]) -> str:
    """A submission all of whose functions do the same."""
    defined = [f"def {key.function}(*given, **named):\n    return answer()\n" for key in keys]
    return f"import time\nimport numpy as np\ndef answer():\n    {body}\n{''.join(defined)}"


def _honest(home: Path, names: Iterable[str]) -> str:
    return "\n".join((home / "solutions" / f"{name}.py").read_text(encoding="utf-8") for name in names)


if __name__ == "__main__":
    main()
