"""All that can be read in the bytes of a file, whatever its format: where a name may stand. It looks for none."""

from __future__ import annotations

import email
import email.policy
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import cast

from heller.intake.reading import DEPTH, Container, choose
from heller.model.record import Blob

ENCODED = re.compile(
    rb"^Content-Transfer-Encoding:|=\?[\w-]+\?[bq]\?", re.IGNORECASE | re.MULTILINE
)  # of a mail
MOST_INSIDE = 64 << 20  # bytes that a member of a container is looked through


def texts(blob: Blob, depth: int = 0) -> Iterator[str]:
    """All that can be read in a file's bytes: the bytes as text, pages of a PDF, what lies inside."""
    data = blob.data
    yield data.decode("utf-8", "replace")
    yield data.decode("cp1252", "replace")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4096]:
        yield from (data.decode(one, "replace") for one in ("utf-16-le", "utf-16-be"))
    if data.lstrip()[:4] == b"%PDF":
        yield from _pages(data)
    if data[:4] == b"PK\x03\x04":
        yield from _members(data)
    if ENCODED.search(data):
        yield from _letters(data)
    for reader in choose(blob)[:1] if depth < DEPTH else ():
        if hasattr(reader, "members"):
            for member in _inside(cast("Container", reader), blob):
                yield from texts(member, depth + 1)


def _letters(data: bytes) -> Iterator[str]:
    """Heads and bodies of a mail as they are meant (RFC 2045, 2047)."""
    letter = email.message_from_bytes(data, policy=email.policy.default)
    for part in letter.walk():
        try:
            yield from (str(value) for value in part.values())
            body = part.get_payload(decode=True)
        except (ValueError, LookupError, AttributeError, IndexError):
            continue  # what the mail's reader cannot decode nobody reads in the dossier either
        if isinstance(body, bytes):
            yield from (body.decode(one, "replace") for one in ("utf-8", "cp1252"))


def _inside(reader: Container, blob: Blob) -> tuple[Blob, ...]:
    try:
        return reader.members(blob)
    except Exception:  # what its reader cannot open nobody reads in the dossier either
        return ()


def _pages(data: bytes) -> Iterator[str]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        for number in range(len(document)):
            yield document[number].get_textpage().get_text_bounded()
    except pypdfium2.PdfiumError:
        return


def _members(data: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                if entry.file_size <= MOST_INSIDE:
                    yield from texts(Blob(entry.filename, archive.read(entry), ""))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError):
        return
