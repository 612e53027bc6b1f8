from __future__ import annotations

from bench.diagnosis.table import _silence
from grader.judge import diagnosis


def test_grading_is_also_measured_without_diagnosis() -> None:
    real = diagnosis.diagnosed
    with _silence():
        assert diagnosis.diagnosed is not real
    assert diagnosis.diagnosed is real
