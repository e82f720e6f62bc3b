"""An anchor as a short line of text, for a phone, a text message, a fax or a shop's till.

52 characters of base32 (RFC 4648: it has no 0, 1, 8 or 9) are the SHA-256 of the anchor file, in groups of
four; a group of two is their check. One wrong character and two changed places always show; anything else
in 1,020 of 1,021 cases. Without Heller: `tr -d ' ' | cut -c1-52`, add `====`, `base32 -d | xxd -p`.
"""

from __future__ import annotations

from base64 import b32decode, b32encode

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
HEARD = str.maketrans("018", "OIB")  # what people hear or read for what the alphabet has
PRIME, ROOT = 1021, 10  # 10 generates all residues of 1021, so every place has its own weight
LENGTH = 52


def line_of(digest: str) -> str:
    """The line for a SHA-256 in hex."""
    plain = b32encode(bytes.fromhex(digest)).decode().rstrip("=")
    groups = [plain[i : i + 4] for i in range(0, LENGTH, 4)]
    return " ".join([*groups, _check(plain)])


def digest_of(said: str) -> str:
    """The SHA-256 in hex that a line says; raises ValueError where the check does not hold."""
    plain = "".join(c for c in said.upper().translate(HEARD) if c in ALPHABET)
    code, check = plain[:LENGTH], plain[LENGTH:]
    if len(plain) != LENGTH + 2 or _check(code) != check:
        raise ValueError("not the line of an anchor")
    digest = b32decode(code + "====").hex()
    if line_of(digest).replace(" ", "") != plain:  # the last character has four bits that say nothing
        raise ValueError("not the line of an anchor")
    return digest


def _check(plain: str) -> str:
    total = sum(ALPHABET.index(c) * pow(ROOT, place, PRIME) for place, c in enumerate(plain, 1)) % PRIME
    return ALPHABET[total >> 5] + ALPHABET[total & 31]
