"""Who answers at the address of a scheduler."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from grader.errors import GraderError

pytest.importorskip("distributed", reason="Dask is not installed (numgrade[cluster])")
scheduler = pytest.importorskip("grader.classroom.scheduler")

HERE = {"dask": "2026.8.0", "distributed": "2026.8.0", "python": "3.11.7.final.0", "msgpack": "1.2.4"}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, []),
        ({"python": "3.11.9.final.0", "msgpack": "1.0.5"}, []),
        ({"python": "3.12.0.final.0"}, ["python 3.12.0.final.0"]),
        ({"msgpack": "0.6.2"}, ["msgpack 0.6.2"]),
        ({"dask": "2024.12.1", "distributed": "2024.12.1"}, ["dask 2024.12.1", "distributed 2024.12.1"]),
        ({"distributed": None}, ["distributed None"]),
    ],
)
def test_what_differs_where_it_matters_is_named(changed: Mapping[str, Any], told: list[str]) -> None:
    assert [theirs for _, theirs in scheduler.differences(HERE, {**HERE, **changed})] == told


def test_a_scheduler_of_another_release_is_refused_with_both(monkeypatch: pytest.MonkeyPatch) -> None:
    async def another(address: str) -> Mapping[str, Any]:
        return {**HERE, "distributed": "2024.12.1"}

    monkeypatch.setattr(scheduler, "_versions", another)
    monkeypatch.setattr(scheduler, "get_versions", lambda: {"packages": HERE})
    with pytest.raises(GraderError) as caught:
        scheduler.check_release("tcp://head:8786")

    assert "the scheduler there has distributed 2024.12.1; this computer has distributed 2026.8.0" in str(caught.value)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (TimeoutError(), "nothing came within"),
        (OSError("connection refused\nand more"), r"OSError: connection refused\)"),
        (KeyError("packages"), "KeyError"),
    ],
)
def test_whatever_else_answers_is_no_scheduler(error: Exception, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def other(address: str) -> Mapping[str, Any]:
        raise error

    monkeypatch.setattr(scheduler, "_versions", other)
    with pytest.raises(GraderError, match=f"no Dask scheduler answers there .*{words}"):
        scheduler.check_release("tcp://head:8786")


def test_a_file_that_no_scheduler_wrote_is_said(tmp_path: Path) -> None:
    file = tmp_path / "scheduler.json"
    file.write_text("{}")
    with pytest.raises(GraderError, match=r"scheduler\.json: no Dask scheduler answers there .*KeyError"):
        scheduler.check_release(str(file))
