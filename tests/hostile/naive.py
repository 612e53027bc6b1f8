"""Our side of the control (`control.py`): what a naive grader loses to an attack."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import final

import numpy as np
from hostile.attack import Attack, Gain, phrase
from hostile.leftovers import files_left, processes_left
from hostile.planted import Planted

__all__ = ["Control"]


@final
class Control:
    """A process that grades naively, one attack after the other."""

    def __init__(self, planted: Planted) -> None:
        self._planted = planted
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("control.py")), f"marker-argv-{planted.token}"],
            env={**os.environ, **planted.inherited},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            text=True,
        )

    def lost_to(self, attack: Attack) -> dict[Gain, str]:
        """What it lost, with what shows it."""
        planted, more = self._planted, {"GOT": phrase(self._planted.token)}
        text = attack.instead if attack.instead is not None else attack.source
        files = {name: planted.filled(content, **more) for name, content in {attack.file: text, **attack.files}.items()}
        alive = planted.witness.number
        answer = self._graded(attack, files)
        losses = self._told(attack, answer)
        if left := [name for name in files_left(planted) if not name.startswith("@")]:
            losses[Gain.FILE] = ", ".join(left)
        orphans = processes_left()
        if not planted.witness.is_alive or planted.witness.number != alive:
            orphans.append("the witness was ended")
            planted.witness.restart()
        if orphans:
            losses[Gain.PROCESS] = ", ".join(orphans)
        return losses

    def _graded(self, attack: Attack, files: dict[str, str | bytes]) -> dict[str, object] | None:
        job = {
            "files": {
                name: (content.encode() if isinstance(content, str) else content).hex()
                for name, content in files.items()
            },
            "main": attack.file,
            "exercise": attack.exercise,
            "cases": [
                (given.tolist(), due.tolist() if isinstance(due, np.ndarray) else due)
                for given, due in self._planted.answers[attack.exercise]
            ],
            "folder": str(self._planted.homes),
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        answer: dict[str, object] | None = json.loads(self._process.stdout.readline())
        return answer

    def _told(self, attack: Attack, answer: dict[str, object] | None) -> dict[Gain, str]:
        if answer is None:
            return {Gain.BATCH: "the grader ended", Gain.TIME: "no answer", Gain.VERDICT: "none"}
        losses, text = {}, str(answer["text"])
        points = answer["points"]
        if isinstance(points, int) and points > attack.earned:
            losses[Gain.POINTS] = losses[Gain.VERDICT] = f"{points} points"
        if answer["hung"]:
            losses[Gain.TIME] = losses[Gain.BATCH] = "it waited"
            losses[Gain.MEMORY] = "and kept what was printed"
        if points is None:
            losses[Gain.BATCH] = losses[Gain.VERDICT] = f"no verdict (exit status {answer['status']}): {text[-200:]}"
        if f"-{self._planted.token}" in text and "marker-" in text:
            losses[Gain.SECRET] = "a marker"
        if phrase(self._planted.token) in text:
            losses[Gain.ACT] = "it said so"
        if any(number in text for number in self._planted.hidden):
            losses[Gain.HIDDEN] = "a hidden test's numbers"
        if any(mark in text for mark in "\u202e\u2066\x1b"):
            losses[Gain.SCREEN] = "marks of direction"
        return losses

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
