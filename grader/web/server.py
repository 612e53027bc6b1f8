"""A process that answers visitors (`grader.web.processes`)."""

from __future__ import annotations

import logging
import os
import socket
import sys
import threading

import msgspec
import uvicorn

from grader.web.app import create_app
from grader.web.settings import Start

__all__ = ["main"]


def main() -> None:
    """Answer until standard input ends, which it does with the process that started this one."""
    told = msgspec.json.decode(sys.stdin.buffer.readline(), type=Start)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    # No log of addresses: one of them is a secret.
    config = uvicorn.Config(
        create_app(told.settings), access_log=False, log_config=None, proxy_headers=False, timeout_graceful_shutdown=5
    )
    server = uvicorn.Server(config)
    threading.Thread(target=_until_alone, args=(server,), daemon=True).start()
    server.run(sockets=[socket.socket(fileno=told.descriptor)])


def _until_alone(server: uvicorn.Server) -> None:
    while os.read(0, 1024):
        pass
    server.should_exit = True
