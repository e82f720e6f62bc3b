"""Tree heads as other logs write them: C2SP checkpoints, which are signed notes (c2sp.org/tlog-checkpoint,
c2sp.org/signed-note). Three lines, no extension lines, an Ed25519 signature where somebody has a key.

Without a signature it is the same text and ends in its empty line: then it says which head is meant and
nothing of who says so.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct

from heller.journal.anchor import Anchor

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"  # signature type of c2sp.org/signed-note
HEAD = re.compile(
    r"([^\s+]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n\n((?:— \S+ [A-Za-z0-9+/]+={0,2}\n)*)"
)
MOST = 16 << 10  # characters of a checkpoint


class Checkpoint(Struct, frozen=True):
    """A tree head: origin, number of leaves, RFC 6962 root; and the signature lines as they stand."""

    origin: str
    size: int
    root: bytes
    signatures: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    @property
    def text(self) -> str:
        """The whole checkpoint."""
        return f"{self.note}\n{''.join(line + chr(10) for line in self.signatures)}"


def checkpoint(head: Anchor) -> Checkpoint:
    """The head of an anchor, not signed."""
    return Checkpoint(head.origin, head.size, head.root)


def read_checkpoint(said: str) -> Checkpoint:
    """A checkpoint; raises ValueError where it is none, or has extension lines."""
    found = HEAD.fullmatch(said) if len(said) <= MOST else None
    if found is None:
        raise ValueError("no checkpoint")
    origin, size, root, signatures = found.groups()
    return Checkpoint(origin, int(size), b64decode(root), tuple(signatures.splitlines()))


def sign(head: Checkpoint, key: Ed25519PrivateKey) -> Checkpoint:
    """With a signature whose name is the origin, as a log signs its own checkpoint."""
    raw = _key_id(head.origin, key.public_key()) + key.sign(head.note.encode())
    line = f"— {head.origin} {b64encode(raw).decode()}"
    return Checkpoint(head.origin, head.size, head.root, (*head.signatures, line))


def holds(head: Checkpoint, key: Ed25519PublicKey) -> bool:
    """Whether the key signed this head under its origin; signatures of other keys are left aside."""
    from cryptography.exceptions import InvalidSignature

    own = _key_id(head.origin, key)
    for line in head.signatures:
        name, _, encoded = line.removeprefix("— ").partition(" ")
        raw = b64decode(encoded)
        if name == head.origin and raw[:4] == own:
            try:
                key.verify(raw[4:], head.note.encode())
            except InvalidSignature:
                return False
            return True
    return False


def _key_id(name: str, key: Ed25519PublicKey) -> bytes:
    return sha256(name.encode() + b"\n" + ED25519 + key.public_bytes_raw()).digest()[:4]
