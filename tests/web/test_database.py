"""The connections of web processes to the gradebook."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path

import pytest

from grader.classroom.gradebook import Gradebook
from grader.web.database import Database


def test_what_a_thread_has_opened_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "gradebook.db"
    Gradebook(file, create=True).close()
    used, closed = set[Gradebook](), list[Gradebook]()
    close = Gradebook.close
    monkeypatch.setattr(Gradebook, "close", lambda book: closed.append(book) or close(book))

    async def ask(database: Database) -> None:
        await asyncio.gather(*(database.call(lambda book: used.add(book)) for _ in range(4)))

    asyncio.run(ask(Database(file)))
    gc.collect()
    assert used
    assert set(closed) >= used  # besides those of applications that nobody holds any more
