"""One decoding at the door: text in UTF-16, with a mark or without, and the mark of UTF-8 reach no reader.

Row numbers and the digest stay those of the file as received. XML names its own encoding and is left alone; so is
everything that is no text.
"""

from __future__ import annotations

from msgspec.structs import replace

from heller.model.record import Blob

PACKED = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # PDF, ZIP, compound file
LOOKED_AT = 4096  # bytes by which a text in UTF-16 without a mark is told
MOST_ODD = 0.1  # share of its characters that may lie outside Latin writing


_WINDOWS = {n: bytes((n,)).decode("cp1252", "ignore") or chr(n) for n in range(0x80, 0xA0)}


def windows_signs(said: str) -> str:
    """Control characters of Latin-1 as the signs that Windows has in their places: what is called 'iso-8859-1' in a
    mail or a page is Windows-1252, if it holds one.

    >>> windows_signs("10 \x80 \x96 ok"), windows_signs("Störung")
    ('10 € – ok', 'Störung')
    """
    return said if said.isascii() else said.translate(_WINDOWS)


def as_text(blob: Blob) -> Blob:
    """The file with its text in UTF-8, where it was in UTF-16 or carried a mark; else the same."""
    data = blob.data
    if data.startswith(b"\xef\xbb\xbf"):
        rest = data[3:]
        return blob if rest.lstrip()[:1] == b"<" else replace(blob, data=rest)
    encoding = _utf_16(data)
    if not encoding:
        return blob
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    if text.lstrip()[:1] == "<" and "<?xml" in text[:100]:
        return blob
    return replace(blob, data=text.encode("utf-8", "replace"))


def _utf_16(data: bytes) -> str:
    """Which UTF-16 it is, by its mark or by the zeros in every second place; '' where it is none."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16-le" if data[0] == 0xFF else "utf-16-be"
    head = data[:LOOKED_AT]
    if len(head) < 8 or b"\0" not in head:
        return ""
    for encoding, zeros, letters in (
        ("utf-16-le", head[1::2], head[::2]),
        ("utf-16-be", head[::2], head[1::2]),
    ):
        odd = sum(byte != 0 for byte in zeros)
        plain = sum(byte in b"\t\r\n" or 32 <= byte < 127 or byte > 159 for byte in letters)
        if odd <= MOST_ODD * len(zeros) and plain >= (1 - MOST_ODD) * len(letters):
            return encoding
    return ""


def first_text(head: bytes) -> bytes:
    """The first bytes of a file, for the readers of logs to search; none of what is packed: it is no text."""
    return b"" if head.startswith(PACKED) else head
