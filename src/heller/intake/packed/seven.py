"""Archives of 7-Zip (.7z), by the description of the format in its source ('7zFormat.txt').

Read are archives packed with LZMA, LZMA2, Deflate, BZip2 or not at all, with the filters that LZMA knows. What is
encrypted or packed otherwise is refused; a member whose checksum differs too.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import NamedTuple

from heller.intake.packed.coders import Coder, Folder, Unknown, decoded

MAGIC = b"7z\xbc\xaf\x27\x1c"
END, HEADER, STREAMS, FILES, PACK, UNPACK, SUBSTREAMS = 0, 1, 4, 5, 6, 7, 8
SIZE, CRC, FOLDER, CODERS_SIZE, COUNT, EMPTY, EMPTY_FILE, NAMES, ENCODED = 9, 10, 11, 12, 13, 14, 15, 17, 23
MOST = 10_000  # files, streams and coders of one archive


class Streams(NamedTuple):
    """Where the packed streams lie, their folders, and the sizes and checksums of the files in each."""

    begin: int
    packed: tuple[int, ...]
    folders: tuple[Folder, ...]
    parts: tuple[tuple[tuple[int, int | None], ...], ...]


class _Bytes:
    """A header while it is read. Raises Unknown where it ends too early."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, count: int) -> bytes:
        if count < 0 or self.at + count > len(self.data):
            raise Unknown
        self.at += count
        return self.data[self.at - count : self.at]

    def byte(self) -> int:
        return self.take(1)[0]

    def number(self) -> int:
        """A number whose first byte says how many follow."""
        first, value = self.byte(), 0
        for n in range(8):
            if not first & (0x80 >> n):
                return value | (first & ((0x80 >> n) - 1)) << 8 * n
            value |= self.byte() << 8 * n
        return value

    def count(self) -> int:
        value = self.number()
        if value > MOST:
            raise Unknown
        return value

    def bits(self, count: int) -> list[bool]:
        packed = self.take((count + 7) // 8)
        return [bool(packed[n // 8] & (0x80 >> n % 8)) for n in range(count)]

    def digests(self, count: int) -> list[int | None]:
        there = [True] * count if self.byte() else self.bits(count)
        return [int.from_bytes(self.take(4), "little") if one else None for one in there]


def files(data: bytes, limit: int) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of the files of an archive, `limit` bytes of all together at most; a greater one is Unknown."""
    offset, size = (int.from_bytes(data[n : n + 8], "little") for n in (12, 20))
    header = data[32 + offset : 32 + offset + size]
    if len(header) != size:
        raise Unknown
    reader = _Bytes(header)
    kind = reader.byte() if size else END
    while kind == ENCODED:  # the header itself is packed
        streams = _streams(reader)
        reader = _Bytes(next(_unpacked(data, streams, limit))[0])
        kind = reader.byte()
    if kind != HEADER:
        return
    yield from _files(data, reader, limit)


def _files(data: bytes, reader: _Bytes, limit: int) -> Iterator[tuple[str, bytes]]:
    streams, names, empty = Streams(0, (), (), ()), list[str](), list[bool]()
    while (kind := reader.byte()) != END:
        if kind == STREAMS:
            streams = _streams(reader)
        elif kind == FILES:
            names, empty = _names(reader)
        else:
            raise Unknown
    contents = (part for parts in _unpacked(data, streams, limit) for part in parts)
    for name, bare in zip(names, empty, strict=True):
        if not bare:
            content = next(contents, None)
            if content is None:
                raise Unknown
            yield name, content


def _names(reader: _Bytes) -> tuple[list[str], list[bool]]:
    count = reader.count()
    names, empty = [""] * count, [False] * count
    while (kind := reader.byte()) != END:
        part = _Bytes(reader.take(reader.number()))
        if kind == NAMES:
            if part.byte():
                raise Unknown
            said = part.take(len(part.data) - 1).decode("utf-16-le", "replace")
            names = said.split("\0")[:count]
        elif kind == EMPTY:
            empty = part.bits(count)
    if len(names) != count:
        raise Unknown
    return names, empty


def _streams(reader: _Bytes) -> Streams:
    begin, packed, folders = 0, list[int](), list[Folder]()
    parts: list[tuple[tuple[int, int | None], ...]] = []
    while (kind := reader.byte()) != END:
        if kind == PACK:
            begin, packed = _pack(reader)
        elif kind == UNPACK:
            folders = _folders(reader)
        elif kind == SUBSTREAMS:
            parts = _parts(reader, folders)
        else:
            raise Unknown
    whole = parts or [((folder.size, folder.crc),) for folder in folders]
    return Streams(begin, tuple(packed), tuple(folders), tuple(whole))


def _pack(reader: _Bytes) -> tuple[int, list[int]]:
    begin, count, sizes = reader.number(), reader.count(), list[int]()
    while (kind := reader.byte()) != END:
        if kind == SIZE:
            sizes = [reader.number() for _ in range(count)]
        elif kind == CRC:
            reader.digests(count)
        else:
            raise Unknown
    return begin, sizes


def _folders(reader: _Bytes) -> list[Folder]:
    if reader.byte() != FOLDER:
        raise Unknown
    count = reader.count()
    if reader.byte():  # kept elsewhere
        raise Unknown
    chains = [_chain(reader) for _ in range(count)]
    if reader.byte() != CODERS_SIZE:
        raise Unknown
    sizes = [[reader.number() for _ in coders] for coders, _ in chains]
    crcs: list[int | None] = [None] * count
    while (kind := reader.byte()) != END:
        if kind != CRC:
            raise Unknown
        crcs = reader.digests(count)
    return [
        Folder(tuple(coders[n] for n in order), own[order[0]], crc)
        for (coders, order), own, crc in zip(chains, sizes, crcs, strict=True)
    ]


def _chain(reader: _Bytes) -> tuple[list[Coder], list[int]]:
    """The coders of a folder, and their order from what comes out to what is packed."""
    coders = []
    for _ in range(reader.count()):
        flags = reader.byte()
        method = reader.take(flags & 0x0F)
        if flags & 0x10:  # several streams in or out
            raise Unknown
        coders.append(Coder(method, reader.take(reader.number()) if flags & 0x20 else b""))
    feeds = {reader.number(): reader.number() for _ in coders[1:]}
    order = [next((n for n in range(len(coders)) if n not in feeds.values()), -1)]
    while order[-1] in feeds and len(order) <= len(coders):
        order.append(feeds[order[-1]])
    if sorted(order) != list(range(len(coders))):
        raise Unknown
    return coders, order


def _parts(reader: _Bytes, folders: list[Folder]) -> list[tuple[tuple[int, int | None], ...]]:
    counts = [1] * len(folders)
    kind = reader.byte()
    if kind == COUNT:
        counts = [reader.count() for _ in folders]
        kind = reader.byte()
    sizes: list[list[int]] = []
    for folder, count in zip(folders, counts, strict=True):
        own = [reader.number() for _ in range(count - 1)] if kind == SIZE else []
        sizes.append([*own, folder.size - sum(own)] if count else [])
    if kind == SIZE:
        kind = reader.byte()
    crcs: list[list[int | None]] = [
        [folder.crc] if count == 1 else [None] * count for folder, count in zip(folders, counts, strict=True)
    ]
    while kind != END:
        if kind != CRC:
            raise Unknown
        lack = [
            (n, k) for n, own in enumerate(crcs) for k in range(len(own)) if len(own) != 1 or own[k] is None
        ]
        for (n, k), crc in zip(lack, reader.digests(len(lack)), strict=True):
            crcs[n][k] = crc
        kind = reader.byte()
    return [tuple(zip(own, crc, strict=True)) for own, crc in zip(sizes, crcs, strict=True)]


def _unpacked(data: bytes, streams: Streams, limit: int) -> Iterator[list[bytes]]:
    """The files of each folder."""
    if len(streams.packed) != len(streams.folders):
        raise Unknown
    at = 32 + streams.begin
    for size, folder, parts in zip(streams.packed, streams.folders, streams.parts, strict=True):
        limit -= folder.size
        if limit < 0:
            raise Unknown
        whole = decoded(data[at : at + size], folder)
        at += size
        found, begin = [], 0
        for length, crc in parts:
            part = whole[begin : begin + length]
            if len(part) != length or (crc is not None and zlib.crc32(part) != crc):
                raise Unknown
            found.append(part)
            begin += length
        yield found
