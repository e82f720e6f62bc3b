"""How a stream in an archive of 7-Zip is packed, and what it holds when it is unpacked."""

from __future__ import annotations

import bz2
import lzma
import zlib
from typing import NamedTuple

LZMA_FILTERS = {
    b"\x03\x01\x01": lzma.FILTER_LZMA1,
    b"\x21": lzma.FILTER_LZMA2,
    b"\x03": lzma.FILTER_DELTA,
    b"\x03\x03\x01\x03": lzma.FILTER_X86,
    b"\x03\x03\x02\x05": lzma.FILTER_POWERPC,
    b"\x03\x03\x05\x01": lzma.FILTER_ARM,
    b"\x03\x03\x07\x01": lzma.FILTER_ARMTHUMB,
    b"\x03\x03\x08\x05": lzma.FILTER_SPARC,
}
ENCRYPTED = b"\x06\xf1\x07\x01"


class Locked(Exception):
    """The archive is encrypted."""


class Unknown(Exception):
    """The archive is broken, or packed in a way that is not known."""


class Coder(NamedTuple):
    """One step of packing: its method and its properties."""

    method: bytes
    properties: bytes


class Folder(NamedTuple):
    """A packed stream: its coders, the last applied first, the size of what it holds, its checksum."""

    coders: tuple[Coder, ...]
    size: int
    crc: int | None = None


def decoded(packed: bytes, folder: Folder) -> bytes:
    """What a folder holds. Neighbouring steps of LZMA are one chain of its filters."""
    methods = [coder.method for coder in folder.coders]
    if ENCRYPTED in methods:
        raise Locked
    size = folder.size
    try:
        if all(method in LZMA_FILTERS for method in methods):
            return _lzma(packed, folder.coders, size)
        if len(methods) != 1:
            raise Unknown
        match methods[0]:
            case b"\x00":
                return packed[:size]
            case b"\x04\x01\x08":
                return zlib.decompressobj(-15).decompress(packed, size)
            case b"\x04\x02\x02":
                return bz2.BZ2Decompressor().decompress(packed, size)
    except (lzma.LZMAError, zlib.error, OSError, ValueError, EOFError) as error:
        raise Unknown from error
    raise Unknown


def _lzma(packed: bytes, coders: tuple[Coder, ...], size: int) -> bytes:
    filters = [_filter(coder) for coder in coders]
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters).decompress(packed, size)


def _filter(coder: Coder) -> dict[str, int]:
    kind, props = LZMA_FILTERS[coder.method], coder.properties
    found: dict[str, int] = {"id": kind}
    if kind == lzma.FILTER_LZMA1:
        if len(props) != 5:
            raise Unknown
        lc, rest = props[0] % 9, props[0] // 9
        found |= {
            "lc": lc,
            "lp": rest % 5,
            "pb": rest // 5,
            "dict_size": int.from_bytes(props[1:5], "little"),
        }
    elif kind == lzma.FILTER_LZMA2:
        bits = props[0] if props else 0
        found["dict_size"] = 0xFFFFFFFF if bits >= 40 else (2 | bits & 1) << (bits // 2 + 11)
    elif kind == lzma.FILTER_DELTA:
        found["dist"] = (props[0] if props else 0) + 1
    return found
