"""The canary: a child that tries what a submission must not be able to do. A level is what it proves."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from grader.observation import Status
from grader.observe.child import Child
from grader.observe.conversation import Conversation, Failed
from grader.observe.scratch import leave_home, open_home
from grader.observe.walls.evidence import CanaryCheck
from grader.observe.walls.levels import Level
from grader.observe.wire import Block, Call, Limits, Load, Source
from grader.values import Plain, Value

__all__ = ["canary_checks", "is_proved"]

_TEXT: Final = Path(__file__).with_name("canary_actions.py")
_SECONDS: Final = 30.0
_REFUSED: Final = frozenset({"EPERM", "EACCES", "ENOSYS"})
_ABSENT: Final = frozenset({"ENOENT"})
# What the walls alone do not hide. All else is refused from `standard` on.
_UNSEEN: Final = frozenset(
    {"see another's file", "see another process", "see the host's name", "be one process of many"}
)


def canary_checks(start: Callable[[], Child], level: Level) -> tuple[CanaryCheck, ...]:
    """What a child tried, and whether each outcome is as `level` requires. Empty where the child did not answer."""
    limits = Limits()
    with _planted() as planted:
        conversation = Conversation(start(), limits.memory)
        try:
            conversation.hello([Source("canary.py", (Block(_TEXT.read_text(encoding="utf-8")),))], _SECONDS)
            tried = _answer(conversation, "forbidden_actions", planted)
            done = _answer(conversation, "needed_actions", {})
        except Failed:
            return ()
        finally:
            conversation.close()
    return (
        *(CanaryCheck(action, refusal, False, _is_held(action, refusal, level)) for action, refusal in tried.items()),
        *(CanaryCheck(action, refusal, True, not refusal) for action, refusal in done.items()),
    )


def is_proved(checks: tuple[CanaryCheck, ...]) -> bool:
    return bool(checks) and all(check.is_as_required for check in checks)


def _answer(conversation: Conversation, function: str, arguments: Mapping[str, Value]) -> dict[str, str]:
    if 0 not in conversation.loaded:
        conversation.load(Load(0), _SECONDS, lambda running: None)
    conversation.send([(0, Call(function, Plain(dict(arguments)), 0))])
    observation = conversation.performed(_SECONDS, _SECONDS)
    answer = observation.value.value
    if observation.status is not Status.RETURNED or not isinstance(answer, dict):
        raise Failed(observation.status)
    return {str(action): str(refusal) for action, refusal in answer.items()}


def _is_held(action: str, refusal: str, level: Level) -> bool:
    if level is Level.NONE:
        return True
    if action in _UNSEEN:
        return level is not Level.STRICT or refusal in _ABSENT
    return refusal in _REFUSED or (level is Level.STRICT and refusal in _ABSENT)


@contextlib.contextmanager
def _planted() -> Iterator[dict[str, Value]]:
    """A file that everybody may read, and a port that everybody may connect to: at `none` both can be reached."""
    folder = Path(open_home())
    try:
        file = folder / "planted"
        file.write_text("planted", encoding="ascii")
        file.chmod(0o644)
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            listening.listen()
            port = listening.getsockname()[1]
            yield {"file": str(file), "port": port, "process": os.getpid(), "host": os.uname().nodename}
    finally:
        leave_home(str(folder))
