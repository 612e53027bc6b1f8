"""The processes that answer visitors: started with a socket that listens already, and started anew where one dies."""

from __future__ import annotations

import socket
import subprocess
from typing import Self, final

import msgspec

from grader.observe.launch import Streams, inherited, start, trusted
from grader.web.settings import Settings, Start

__all__ = ["Answering"]


@final
class Answering:
    """So many processes, as long as the context lasts. They end when their standard input does, or we do."""

    def __init__(self, listening: socket.socket, settings: Settings, processes: int) -> None:
        self._listening = listening
        self._settings = settings
        self._processes = [self._begun() for _ in range(processes)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        for process in self._processes:
            if process.stdin is not None:
                process.stdin.close()
        for process in self._processes:
            process.wait()
        self._listening.close()

    def watch(self) -> None:
        """Start anew what has died. What it had taken in is kept; who waited there asks again."""
        for number, process in enumerate(self._processes):
            if process.poll() is not None:
                self._processes[number] = self._begun()

    def _begun(self) -> subprocess.Popen[bytes]:
        descriptor = self._listening.fileno()
        streams = Streams(subprocess.PIPE, subprocess.DEVNULL, None)
        process = start(trusted("web.server"), streams, environment=inherited(), descriptors=(descriptor,))
        if process.stdin is not None:
            process.stdin.write(msgspec.json.encode(Start(self._settings, descriptor)) + b"\n")
            process.stdin.flush()
        return process
