"""A file with marks in the place of a name: text in any of its encodings, and what is packed as XML (sheets and
documents of office programs). Where the name can still be read afterwards the file cannot be rewritten."""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Mapping

from heller.intake.personal import KnownValues, text_of
from heller.intake.readable import texts
from heller.model.record import Blob

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
PACKED = b"PK\x03\x04"
LARGEST = 64 << 20  # bytes of all members of a packed file


def redacted_bytes(name: str, values: Mapping[str, str], data: bytes) -> bytes | None:
    """The file with each value's mark in its place; None where it cannot be rewritten. A job: `naming.redacted`."""
    known = KnownValues(values)
    made = _packed(data, known) if data.startswith(PACKED) else _plain(data, known)
    if made is None or any(next(known.find(said), None) for said in texts(Blob(name, made, ""))):
        return None
    return made


def _plain(data: bytes, known: KnownValues) -> bytes | None:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return mark + known.marked(data[len(mark) :].decode(encoding)).encode(encoding)
            except UnicodeDecodeError:
                return None
    plain = text_of(data)
    return known.marked(plain[0]).encode(plain[1]) if plain else None


def _packed(data: bytes, known: KnownValues) -> bytes | None:
    """A packed file with its members redacted, their order, names and times kept."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
            if sum(member.file_size for member in old.infolist()) > LARGEST:
                return None
            for member in old.infolist():
                said = old.read(member)
                made = (
                    _plain(said, known)
                    if member.filename.endswith((".xml", ".rels", ".csv", ".txt"))
                    else said
                )
                new.writestr(member, said if made is None else made, member.compress_type)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError):
        return None
    return out.getvalue()
