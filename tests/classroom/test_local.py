"""Processes of this machine: what they answer, what becomes of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest

from grader.classroom.local import LocalExecutor, local_executor


@pytest.fixture
def executor() -> Iterator[LocalExecutor]:
    opened = local_executor(1)
    yield opened
    opened.shutdown()


def test_it_answers_and_raises(executor: LocalExecutor) -> None:
    good, bad, again = (executor.submit(function, "8") for function in (int, bytes.fromhex, float))
    assert (good.result(), again.result()) == (8, 8.0)
    with pytest.raises(ValueError, match="fromhex"):
        bad.result()


def test_what_is_printed_is_no_answer(executor: LocalExecutor) -> None:
    assert executor.submit(print, "a line of text").result() is None
    assert executor.submit(os.write, 1, b"a line of text\n").result() == 15


def test_what_cannot_be_sent_costs_its_call_alone(executor: LocalExecutor) -> None:
    with pytest.raises(TypeError):
        executor.submit(compile, "1", "", "eval").result()
    assert executor.submit(int, "8").result() == 8


def test_it_is_not_in_the_folder_at_hand(
    executor: LocalExecutor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Path(executor.submit(os.getcwd).result()) == Path(os.sep)


def test_one_that_dies_costs_its_call_alone(executor: LocalExecutor) -> None:
    first, dead, last = (executor.submit(function, 3) for function in (int, os._exit, float))
    assert (first.result(), last.result()) == (3, 3.0)
    with pytest.raises(BrokenExecutor):
        dead.result()


@pytest.mark.slow
def test_nobody_waits_for_one_that_is_interrupted() -> None:
    executor = local_executor(1)
    number = executor.submit(os.getpid).result()
    endless = executor.submit(os.read, executor.submit(os.pipe).result()[0], 1)
    later = executor.submit(os.getpid)
    while not endless.running():
        os.sched_yield()
    executor.shutdown(wait=False, cancel_futures=True)
    assert later.cancelled()
    with pytest.raises(BrokenExecutor):
        endless.result()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
