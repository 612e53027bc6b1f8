"""Keys that are pressed while something else is under way."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from typing import NoReturn

import pytest

from grader.cli.keyboard import Quit, keyboard, unless_quit


class Keys:
    """Gives `key` as soon as it may."""

    def __init__(self, key: str) -> None:
        self.may = threading.Event()
        self._key = key

    def read(self, timeout: float) -> str | None:
        return self._key if self.may.wait(timeout) else None


@pytest.fixture(params=[signal.default_int_handler, signal.SIG_IGN], ids=["Ctrl-C heard", "Ctrl-C ignored"])
def _interrupts(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a script starts in the background, with `&`, ignores Ctrl-C."""
    before = signal.signal(signal.SIGINT, request.param)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interrupts")
def test_what_is_under_way_is_ended_at_once() -> None:
    keys, ended = Keys("q"), list[str]()

    def endless() -> NoReturn:
        try:
            keys.may.set()
            while True:
                threading.Event().wait(60)
        finally:
            ended.append("put away")

    with pytest.raises(Quit):
        unless_quit(keys, endless)
    assert ended == ["put away"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_signal_that_comes_too_early_for_a_wait_is_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first is lost here, as one is that comes between the last look at signals and the wait."""
    keys, lost, send = Keys("q"), list[int](), signal.pthread_kill

    def kill(thread: int, number: int) -> None:
        if lost:
            send(thread, number)
        else:
            lost.append(number)

    def endless() -> None:
        keys.may.set()
        threading.Event().wait(60)

    monkeypatch.setattr(signal, "pthread_kill", kill)
    with pytest.raises(Quit):
        unless_quit(keys, endless)
    assert lost == [signal.SIGUSR1]


@pytest.mark.usefixtures("_interrupts")
def test_signals_mean_afterwards_what_they_meant_before() -> None:
    before = [signal.getsignal(each) for each in signal.valid_signals()]
    unless_quit(Keys("h"), lambda: None)
    assert [signal.getsignal(each) for each in signal.valid_signals()] == before


def test_other_keys_do_nothing() -> None:
    keys = Keys("h")
    keys.may.set()
    assert unless_quit(keys, lambda: 42) == 42


def test_ctrl_c_is_not_taken_for_it() -> None:
    def interrupted() -> NoReturn:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        unless_quit(Keys("h"), interrupted)


def test_an_error_passes() -> None:
    def failing() -> NoReturn:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        unless_quit(Keys("h"), failing)


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")
def test_keys_that_are_typed_together_are_all_heard() -> None:
    import os
    import pty

    ours, theirs = pty.openpty()
    try:
        with os.fdopen(os.dup(theirs)) as stream, keyboard(stream) as keys:
            os.write(ours, b"Nh")
            assert [keys.read(5), keys.read(5)] == ["n", "h"]
            os.write(ours, b"\x1b[A")  # an arrow
            assert keys.read(5) is None
    finally:
        os.close(ours)
        os.close(theirs)
