"""Seeds: what everything that is drawn is drawn from."""

from __future__ import annotations

import hmac
from typing import Final

__all__ = ["seed"]

_SEED_BYTES: Final = 8


def seed(secret: str, *labels: str | int) -> int:
    """A seed of 63 bits: an HMAC (RFC 2104, SHA-256) of the labels, which nobody can tell without `secret`.

    An empty `secret` is for what students are given: everybody may tell that.
    """
    message = "\0".join(str(label) for label in labels).encode()
    digest = hmac.digest(secret.encode(), message, "sha256")
    return int.from_bytes(digest[:_SEED_BYTES], "big") >> 1
