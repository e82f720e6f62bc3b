"""A tree head in plain text: the thing that is printed, handed out and time-stamped."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256

from heller.journal.merkle import leaf_hash, root

FORMAT = "heller-anchor/1"


def anchor(origin: str, lines: Sequence[bytes]) -> bytes:
    """The head over all journal lines: RFC 9162 root, and the hash of the file's first bytes, so
    that `head -c BYTES journal.jsonl | sha256sum` checks it without any of our code."""
    data = b"".join(line + b"\n" for line in lines)
    head = b64encode(root([leaf_hash(line) for line in lines])).decode()
    return (
        f"{FORMAT}\norigin {origin}\nsize {len(lines)}\nroot {head}\n"
        f"bytes {len(data)}\nprefix sha256:{sha256(data).hexdigest()}\n"
    ).encode()
