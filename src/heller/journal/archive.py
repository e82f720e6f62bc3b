"""The one form of ZIP that a bundle has: every byte of it follows from names and contents.

Files lie one behind the other, stored as they are, the list of them at the end; nothing else. Packing
would cost the certainty: a packed stream has bits that mean nothing, may blow up when it is unpacked,
and differs from one version of zlib to the next. Standard: PKWARE APPNOTE 6.3.10, without ZIP64.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, TypeAlias

from msgspec import Struct

Content: TypeAlias = bytes | Path

LOCAL, CENTRAL, END = b"PK\3\4", b"PK\1\2", b"PK\5\6"
DATE = 0x21  # 1980-01-01; a bundle's own date would differ each time
NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
LONGEST = 200  # characters of a name
MOST_FILES, MOST_BYTES = 0xFFFE, 0xFFFF_FFFE  # what a ZIP without ZIP64 can say
BLOCK = 1 << 20


class TooLarge(Exception):
    """More files or bytes than one archive of this form can hold."""


class Malformed(Exception):
    """The bytes are not an archive of this form; `where` names the place, `code` the fault in one word."""

    def __init__(self, code: str, where: str) -> None:
        super().__init__(f"{where}: {code}")
        self.code, self.where = code, where


class ContentDigest(Struct, frozen=True):
    """What is known of a file's bytes."""

    size: int
    crc: int
    sha: str


def blocks(content: Content) -> Iterator[bytes | memoryview]:
    """The bytes of a content, a piece at a time."""
    if isinstance(content, Path):
        with content.open("rb") as file:
            while piece := file.read(BLOCK):
                yield piece
    else:
        yield content


def facts(content: Content) -> ContentDigest:
    """Size, CRC-32 and SHA-256 of a content, read once."""
    size, crc, digest = 0, 0, sha256()
    for piece in blocks(content):
        size += len(piece)
        crc = zlib.crc32(piece, crc)
        digest.update(piece)
    return ContentDigest(size, crc, digest.hexdigest())


def in_order(names: Iterable[str]) -> list[str]:
    """The order in the archive: `mimetype` first, as ASiC wants it, the others by name."""
    return sorted(names, key=lambda name: (name != "mimetype", name))


def fitting(name: str) -> bool:
    """Whether a name is plain, stays below its folder and is the same on every file system."""
    return len(name) <= LONGEST and NAME.fullmatch(name) is not None


def _common(name: str, crc: int, size: int) -> bytes:
    """The fields that stand in both headers: version 2.0, no flags, stored, one date."""
    return struct.pack("<5H3I2H", 20, 0, 0, 0, DATE, crc, size, size, len(name), 0)


def local_header(name: str, crc: int, size: int) -> bytes:
    """What stands before a file."""
    return LOCAL + _common(name, crc, size) + name.encode()


def central_header(name: str, crc: int, size: int, offset: int) -> bytes:
    """What the list at the end says of a file: made on Unix, rw-r--r--."""
    made = struct.pack("<H", 0x0314)
    rest = struct.pack("<3H2I", 0, 0, 0, 0o100644 << 16, offset)
    return CENTRAL + made + _common(name, crc, size) + rest + name.encode()


def end(count: int, size: int, offset: int) -> bytes:
    """The end of the archive, without a comment."""
    return END + struct.pack("<4H2IH", 0, 0, count, count, size, offset, 0)


def pack(files: Mapping[str, Content], known: Mapping[str, ContentDigest], out: BinaryIO) -> str:
    """Write the archive; returns its SHA-256. Raises TooLarge, and ValueError for a name that does not fit."""
    digest, at, listed = sha256(), 0, b""

    def put(data: bytes | memoryview) -> None:
        digest.update(data)
        out.write(data)

    if len(files) > MOST_FILES or sum(f.size + 400 for f in known.values()) > MOST_BYTES:
        raise TooLarge
    for name in in_order(files):
        if not fitting(name):
            raise ValueError(f"{name!r} is no name for a file of a bundle")
        about = known[name]
        head = local_header(name, about.crc, about.size)
        listed += central_header(name, about.crc, about.size, at)
        put(head)
        for piece in blocks(files[name]):
            put(piece)
        at += len(head) + about.size
    put(listed)
    put(end(len(files), len(listed), at))
    return digest.hexdigest()


class Unpacked(Struct, frozen=True):
    """The files by name, what is known of their bytes, and which do not fit their own CRC-32."""

    files: dict[str, memoryview]
    known: dict[str, ContentDigest]
    odd: tuple[str, ...]


def unpack(given: bytes | memoryview) -> Unpacked:
    """The files of an archive and what is known of them; nothing is written or copied.

    Raises Malformed where a byte is not the one that names and contents ask for.
    """
    data = memoryview(given)
    files: dict[str, memoryview] = {}
    stated: dict[str, int] = {}
    listed, at, seen = [], 0, set()
    while data[at : at + 4] == LOCAL:
        name, crc, size = _head(data, at)
        if name.lower() in seen:
            raise Malformed("twin", name)
        begin = at + 30 + len(name)
        files[name], stated[name] = data[begin : begin + size], crc
        seen.add(name.lower())
        listed.append(central_header(name, crc, size, at))
        at = begin + size
    rest, tail = bytes(data[at:]), b"".join(listed)
    whole = tail + end(len(files), len(tail), at)
    if rest != whole and (LOCAL.startswith(rest) or (files and whole.startswith(rest))):
        raise Malformed("torn", "bundle")
    if not files or list(files) != in_order(files):
        raise Malformed("order" if files else "empty", "bundle")
    if rest != whole:
        raise Malformed("list", "bundle")
    known = _facts(files)
    return Unpacked(files, known, tuple(name for name, crc in stated.items() if known[name].crc != crc))


def _head(data: memoryview, at: int) -> tuple[str, int, int]:
    """Name, CRC-32 and size of the file whose header begins here."""
    if at + 30 > len(data):
        raise Malformed("torn", "bundle")
    crc, size, _, length = struct.unpack_from("<3IH", data, at + 14)
    if at + 30 + length > len(data):
        raise Malformed("torn", "bundle")
    name = bytes(data[at + 30 : at + 30 + length]).decode("latin-1")
    if not fitting(name):
        raise Malformed("name", ascii(name)[1:60])
    if bytes(data[at : at + 30 + length]) != local_header(name, crc, size):
        raise Malformed("header", name)
    if at + 30 + length + size > len(data):
        raise Malformed("torn", name)
    return name, crc, size


def _facts(files: Mapping[str, memoryview]) -> dict[str, ContentDigest]:
    """Both sums of every file; for a large archive a second processor works out the CRC-32 meanwhile."""
    if sum(map(len, files.values())) < 4 * BLOCK:
        return {
            name: ContentDigest(len(v), zlib.crc32(v), sha256(v).hexdigest()) for name, v in files.items()
        }
    with ThreadPoolExecutor(1) as other:
        crcs = other.submit(lambda: [zlib.crc32(view) for view in files.values()])
        shas = [sha256(view).hexdigest() for view in files.values()]
        return {
            name: ContentDigest(len(view), crc, sha)
            for (name, view), crc, sha in zip(files.items(), crcs.result(), shas, strict=True)
        }
