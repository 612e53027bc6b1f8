"""On what something was measured."""

from __future__ import annotations

import os
import platform

import numpy as np

import grader

__all__ = ["described"]


def described() -> str:
    """Versions, processor and number of cores, in one line."""
    return (
        f"numgrade {grader.__version__}, Python {platform.python_version()}, numpy {np.__version__}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    )
