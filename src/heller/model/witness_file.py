"""What somebody at another line writes down of the office's public address: the form of the file, its words, its
limits.

The file is JSON: `body` is the text of an `Observed`, exactly as it was signed; `key` the public key
(SubjectPublicKeyInfo, DER, base64), `signature` over the bytes of `body` (base64): Ed25519 of a Heller, ECDSA P-256
with SHA-256 (r and s, 32 bytes each) of a browser. A signature says that nobody changed it since, not who it was and
not that the clock was right.
"""

from __future__ import annotations

from msgspec import Struct

NAME = "heller-witness"
FORM = 1
# How one observation ended: the office answered; it did not, while somebody else did; nobody did, so the witness's own
# line may have been dead; it failed in a way that says nothing.
ANSWERED, SILENT, ALONE, UNCLEAR = "answered", "silent", "alone", "unclear"
CLOCKS = {"ntp": 10.0}  # seconds that a clock may be off which something keeps in step, as a stranger says
CLOCK = 60.0  # and any other one


class Observed(Struct, frozen=True):
    """`who` as the witness calls itself, `target` the address that was asked, `way` how, `step` seconds between two
    observations, `clock` what is known of its clock. `rows`: milliseconds since 1970, how it ended, round trip in
    milliseconds (-1 where there is none)."""

    who: str
    target: str
    way: str
    step: float
    clock: str
    rows: tuple[tuple[int, str, float], ...]


class WitnessFile(Struct, frozen=True):
    """The whole file."""

    name: str
    form: int
    key: str
    signature: str
    body: str
