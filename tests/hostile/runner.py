"""Running one attack at one level, and looking for everything that it could have gained."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import re
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Self
from xml.etree import ElementTree

from hostile.attack import Attack, Gain, phrase
from hostile.leftovers import files_left, processes_left
from hostile.planted import EXPECTED, HONEST, Planted

from given import Given
from grader.codec import to_bytes
from grader.grading.author_code import authors_observer
from grader.grading.absent import Submission
from grader.grading.grade import grade
from grader.grading.protocol import KeysAlone
from grader.judge.result import Result
from grader.judge.reveal import Reveal, project
from grader.observation import Observation
from grader.observe.intake import Unreadable, read_bytes
from grader.observe.observer import Observer
from grader.observe.loads import LoadReport
from grader.observe.wire import Source
from grader.report import github, junit
from grader.report import json as report_json
from grader.report.page import plain_console
from grader.report.text import render
from grader.values import Opaque

__all__ = ["Run", "run"]

MOST_MEMORY = 128 << 20  # of the controller, beyond what it had before
MOST_WORK = 2.5  # seconds of processor time of the controller
MOST_TIME = 25.0  # seconds until there is a result
_LATE = ", too late"
_MARKER = re.compile(r"marker-[a-z]+-[0-9a-f]{16}")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclasses.dataclass(frozen=True)
class Run:
    """What an attack gained, each with what shows it."""

    gains: dict[Gain, str]
    outcome: str


class _Listening:
    """An observer that notes down all that submissions say."""

    def __init__(self, observer: Observer, said: list[str]) -> None:
        self._observer, self._said = observer, said

    def __getattr__(self, name: str) -> object:
        return getattr(self._observer, name)

    def session(self, sources: Iterable[Source], **options: Any) -> _ListeningSession:
        return _ListeningSession(self._observer.session(tuple(sources), **options), self._said)


class _ListeningSession:
    def __init__(self, session: object, said: list[str]) -> None:
        self._session, self._said = session, said

    def __getattr__(self, name: str) -> object:
        return getattr(self._session, name)

    def __enter__(self) -> Self:
        self._session.__enter__()  # type: ignore[attr-defined]
        return self

    def __exit__(self, *exception: object) -> None:
        self._session.__exit__(*exception)  # type: ignore[attr-defined]

    def load(self, *arguments: object, **options: object) -> LoadReport:
        report = self._session.load(*arguments, **options)  # type: ignore[attr-defined]
        self._said.append(repr(report)[:1_000_000])
        return report

    def perform(self, *arguments: object, **options: object) -> Iterator[Observation]:
        for observation in self._session.perform(*arguments, **options):  # type: ignore[attr-defined]
            self._said += _words(observation)
            yield observation


def _words(observation: Observation) -> Iterator[str]:
    """Everything in an observation that could be read: text as it is, arrays as their bytes."""
    yield observation.printed
    yield to_bytes(observation).decode("latin-1") if _is_plain(observation) else ""
    value = observation.value.value
    yield str(value.name if type(value) is Opaque else value)[:500_000]


def _is_plain(observation: Observation) -> bool:
    try:
        to_bytes(observation)
    except Exception:
        return False
    return True


def run(attack: Attack, observer: Observer, planted: Planted) -> Run:
    """Grade it, look, and grade an honest submission on the same observer.

    Deadlines are short here. Where one was missed that should not have been, all of it is done once more: an attack
    that is in time for another verdict is so again, and a machine that was busy for a moment is not.
    """
    done = _run(attack, observer, planted)
    is_late = done.outcome == "timed_out" and Gain.VERDICT in done.gains
    return _run(attack, observer, planted) if is_late or _LATE in done.gains.get(Gain.BATCH, "") else done


def _run(attack: Attack, observer: Observer, planted: Planted) -> Run:
    gains: dict[Gain, str] = {}
    said: list[str] = []
    level = observer.isolation
    more = {"GOT": phrase(planted.token)}
    alive = planted.witness.number
    before, begun, worked = _reset_peak(), time.monotonic(), time.process_time()
    try:
        result = _graded(_submission(attack, planted, more), attack, _Listening(observer, said), planted)
    except Exception as error:
        gains[Gain.BATCH] = f"{type(error).__name__}: {error}"[:300]
        result = None
    spent, work = time.monotonic() - begun, time.process_time() - worked
    if (peak := _peak() - before) > MOST_MEMORY:
        gains[Gain.MEMORY] = f"{peak >> 20} MiB"
    if spent > MOST_TIME or work > MOST_WORK:
        gains[Gain.TIME] = f"{spent:.1f} s, {work:.1f} s of them on the processor"
    if result is not None:
        gains |= _gained_by(result, attack, level, planted)
    if attack.friend is not None:
        friend = Submission((_source("work.py", planted.filled(attack.friend, **more)),))
        _graded(friend, attack, _Listening(observer, said), planted)
    gains |= _heard(said, attack, planted)
    gains |= _left(planted, alive)
    if Gain.BATCH not in gains and (fault := _honest(observer, level, planted)):
        gains[Gain.BATCH] = fault
    return Run(gains, result.exercises[-1].outcome.value if result else "none")


def _source(name: str, text: str | bytes) -> Source:
    read = read_bytes(name, text.encode() if isinstance(text, str) else text)
    assert isinstance(read, Source)
    return read


def _submission(attack: Attack, planted: Planted, more: dict[str, str]) -> Submission:
    texts = {attack.file: attack.source, **attack.files}
    filled = {name: planted.filled(text, **more) for name, text in texts.items()}
    read = [read_bytes(name, text.encode() if isinstance(text, str) else text) for name, text in filled.items()]
    # The newest comes last and wins: it is the attack's own.
    read = [*read[1:], read[0]] if attack.file == "work.py" else read
    return Submission(
        tuple(file for file in read if isinstance(file, Source)),
        tuple(file for file in read if isinstance(file, Unreadable)),
    )


def _graded(submission: Submission, attack: Attack, observer: object, planted: Planted) -> Result:
    names = [*attack.also, attack.exercise]
    answers = Given(planted.keys, helper=planted.helper)
    return grade(submission, answers, names, observer)  # type: ignore[arg-type]


def _gained_by(result: Result, attack: Attack, level: str, planted: Planted) -> dict[Gain, str]:
    gains = {}
    exercise = result.exercises[-1]
    if result.points > attack.earned:
        gains[Gain.POINTS] = f"{result.points} points"
    if exercise.outcome.value not in attack.outcomes:
        gains[Gain.VERDICT] = f"{exercise.outcome.value}, where {' or '.join(attack.outcomes)} is right"
    if result.isolation != level:
        gains[Gain.VERDICT] = f"the result says {result.isolation}"
    if (result.evidence.canary is None) != (level == "none"):
        gains[Gain.VERDICT] = f"the result's evidence of its level is {result.evidence.canary}"
    shown = _shown(project(result, Reveal.HINT), gains)
    found = [number for number in planted.hidden if any(number in text for text in shown.values())]
    if found:
        gains[Gain.HIDDEN] = ", ".join(found)
    if odd := [name for name in ("text", "github") if _CONTROL.search(shown[name].replace("\r\n", "\n"))]:
        gains[Gain.SCREEN] = f"in {' and '.join(odd)}"
    return gains


def _shown(result: Result, gains: dict[Gain, str]) -> dict[str, str]:
    """Every form in which a student may get the result. A form that fails is a gain of its own."""
    makers: dict[str, Callable[[Result], str]] = {
        "text": _as_text,
        "json": report_json.dumps,
        "junit": _as_junit,
        "github": github.commands,
    }
    shown = {}
    for name, make in makers.items():
        try:
            shown[name] = make(result)
        except Exception as error:
            shown[name] = ""
            gains[Gain.BATCH] = f"{name}: {type(error).__name__}: {error}"[:300]
    return shown


def _as_text(result: Result) -> str:
    stream = io.StringIO()
    render(result, plain_console(stream))
    return stream.getvalue()


def _as_junit(result: Result) -> str:
    text = junit.dumps(result)
    ElementTree.fromstring(text)
    return text


def _heard(said: list[str], attack: Attack, planted: Planted) -> dict[Gain, str]:
    gains = {}
    everything = "\n".join(said)
    if markers := sorted({found for found in _MARKER.findall(everything) if planted.token in found}):
        gains[Gain.SECRET] = ", ".join(markers)
    elif EXPECTED in everything and EXPECTED not in str(attack.source):
        gains[Gain.SECRET] = "a constant of the reference"
    if phrase(planted.token) in everything:
        gains[Gain.ACT] = "it said so"
    return gains


def _left(planted: Planted, alive: int) -> dict[Gain, str]:
    gains = {}
    if files := files_left(planted):
        gains[Gain.FILE] = ", ".join(files)[:300]
    processes = processes_left()
    if not planted.witness.is_alive or planted.witness.number != alive:
        processes.append("the witness was ended")
        planted.witness.restart()
    if processes:
        gains[Gain.PROCESS] = ", ".join(processes)
    return gains


def _honest(observer: Observer, level: str, planted: Planted) -> str:
    """What is wrong with how an honest submission is judged now, or nothing."""
    submission = Submission((_source("honest.py", HONEST),))
    try:
        result = grade(submission, KeysAlone(planted.keys), ["convert", "total"], observer)
    except Exception as error:
        return f"then an honest submission: {type(error).__name__}: {error}"[:300]
    if result.points != result.max_points or result.isolation != level:
        late = any(exercise.outcome.value == "timed_out" for exercise in result.exercises)
        got = f"then an honest submission got {result.points} of {result.max_points} at {result.isolation}"
        return f"{got}{_LATE}" if late else got
    return ""


def _reset_peak() -> int:
    """From here on the peak counts from what there is now (Linux)."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def _peak() -> int:
    return _status("VmHWM")


def _status(name: str) -> int:
    match = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(match[1]) << 10 if match else 0
