from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from grader.observe import top_level_await
from grader.observe.top_level_await import run_to_end


@pytest.fixture(autouse=True)
def loop_of_its_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(top_level_await, "_loop", None)
    yield
    if top_level_await._loop is not None:
        top_level_await._loop.close()
    asyncio.set_event_loop(None)


def test_what_is_awaited_comes_to_its_end() -> None:
    seen: list[object] = []

    async def work() -> None:
        seen.append(await asyncio.gather(asyncio.sleep(0.01, "slept"), asyncio.to_thread(lambda: "a thread's")))
        await asyncio.wait_for(asyncio.sleep(0), 1)
        seen.append("end")

    run_to_end(work())
    assert seen == [["slept", "a thread's"], "end"]


def test_tasks_go_on_in_the_next_cell() -> None:
    tasks: list[asyncio.Task[str]] = []

    async def begin() -> None:
        tasks.append(asyncio.create_task(asyncio.sleep(0.01, "done")))

    async def finish() -> None:
        assert await tasks[0] == "done"

    run_to_end(begin())
    run_to_end(finish())


def test_what_it_raises_is_raised() -> None:
    async def fail() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        run_to_end(fail())
