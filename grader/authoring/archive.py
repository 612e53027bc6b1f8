"""Zip archives that are the same, byte for byte, wherever and whenever they are made of the same files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

__all__ = ["archive"]

_OLDEST: Final = (1980, 1, 1, 0, 0, 0)  # that an archive can name


def archive(files: Mapping[str, bytes], *, programs: tuple[str, ...] = (), rights: int = 0o644) -> bytes:
    """A zip archive, the same for the same files, with those `rights`; `programs` can be executed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _OLDEST)
            entry.create_system = 3  # Unix, wherever it is made: else the rights below mean nothing
            entry.external_attr = (0o100000 | (0o755 if name in programs else rights)) << 16
            written.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
