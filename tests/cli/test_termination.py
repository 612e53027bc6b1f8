"""A command that is ended from outside: its status, and what it leaves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.basics import basics
from grader.cli.termination import INTERRUPTED, Termination, orderly_termination

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")]

COURSE = basics()
SLOW = "import time\n\n\ndef softmax(x):\n    time.sleep(1)\n    return x\n"
SECONDS = 60.0


def test_the_first_signal_interrupts_and_says_which() -> None:
    with pytest.raises(KeyboardInterrupt), orderly_termination() as termination:
        signal.raise_signal(signal.SIGTERM)
    assert termination.status == 128 + signal.SIGTERM


def test_what_is_told_again_is_known_already() -> None:
    termination = Termination()
    with pytest.raises(KeyboardInterrupt):
        termination.handle(signal.SIGTERM, None)
    termination.handle(signal.SIGTERM, None)
    assert Termination().status == INTERRUPTED


@pytest.mark.parametrize("handler", [signal.SIG_IGN, signal.SIG_DFL])
def test_what_is_ignored_stays_so_and_all_is_as_before(handler: signal.Handlers) -> None:
    before = signal.signal(signal.SIGTERM, handler)
    try:
        with orderly_termination():
            is_heard = signal.getsignal(signal.SIGTERM) is not handler
        assert signal.getsignal(signal.SIGTERM) is handler
    finally:
        signal.signal(signal.SIGTERM, before)
    assert is_heard is (handler is signal.SIG_DFL)


@pytest.mark.parametrize(
    ("signals", "status"),
    [
        ([signal.SIGTERM], 143),
        pytest.param([signal.SIGHUP], 129, marks=pytest.mark.exhaustive),
        pytest.param([signal.SIGINT, signal.SIGINT], 130, marks=pytest.mark.exhaustive),
    ],
)
def test_a_run_that_is_ended_leaves_no_folder(signals: list[signal.Signals], status: int, tmp_path: Path) -> None:
    place, folder = tmp_path / "temporary", tmp_path / "class"
    place.mkdir()
    folder.mkdir()
    for number in range(8):
        (folder / f"s{number}.py").write_text(f"# {number}\n{SLOW}")
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "grader.cli.main",
            "run",
            folder,
            *("--gradebook", tmp_path / "g.db"),
            "--isolation",
            "none",
            "--jobs",
            "2",
        ],
        cwd=COURSE,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": str(place)},
        start_new_session=True,
        preexec_fn=heard,
    )
    wait_for(place, process)
    for number in signals:
        process.send_signal(number)

    assert process.wait(SECONDS) in (status, 128 - status)
    assert not list(place.iterdir())


def heard() -> None:
    """What ends a run, also where whoever runs the tests ignores it, as `nohup` does."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def wait_for(place: Path, process: subprocess.Popen[bytes]) -> None:
    """Until a child is somewhere in it."""
    end = time.monotonic() + SECONDS
    while not list(place.glob("*/*/")):
        assert process.poll() is None, "it ended before it could be ended"
        assert time.monotonic() < end
        time.sleep(0.01)
