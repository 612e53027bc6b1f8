from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.cli.entry_point import run
from grader.cli.main import grader_group
from grader.course.schema import course_schema, exercise_schema


@pytest.mark.parametrize(("arguments", "schema"), [([], exercise_schema()), (["course"], course_schema())])
def test_the_schema_goes_to_standard_output(
    arguments: list[str], schema: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(grader_group, "grader", ["schema", *arguments])
    assert ended.value.code == 0
    assert json.loads(capsys.readouterr().out) == schema


def test_into_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "exercise.json"
    with pytest.raises(SystemExit):
        run(grader_group, "grader", ["schema", "-o", str(file)])
    assert capsys.readouterr().out == ""
    assert json.loads(file.read_text(encoding="utf-8")) == exercise_schema()
