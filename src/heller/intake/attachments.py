"""The files attached to a PDF, each unpacked no further than a limit.

PDFium unpacks the whole of an attachment, and what is packed by Deflate grows to 1,032 times its size at
most: it is asked where the file is small. A larger one, or one that PDFium does not see through, is taken
apart by qpdf, which repairs more and unpacks step by step; it takes longer to load.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from heller.intake.einvoice.xml import LIMIT
from heller.model.errors import InputRefused
from heller.model.text import text

if TYPE_CHECKING:
    from pikepdf import AttachedFileSpec, Pdf
    from pypdfium2 import PdfDocument

SMALL = 256 * 1024  # bytes of a PDF whose attachments may grow to a quarter of a gigabyte
MOST = 50  # attachments of one file
MARK = b"EmbeddedFile"  # ISO 32000-1, 7.11.4: the type of an attached stream, which is never packed itself


def attachments(document: PdfDocument, data: bytes) -> list[tuple[str, bytes]]:
    """Names and bytes of the attachments of an opened PDF."""
    found = _small(document) if len(data) <= SMALL else []
    if found or (MARK not in data and not document.count_attachments()):
        return found
    try:
        return by_qpdf(data)
    except InputRefused:  # what PDFium has opened is read without its attachments
        return []


def _small(document: PdfDocument) -> list[tuple[str, bytes]]:
    from pypdfium2 import PdfiumError

    found = []
    for n in range(min(document.count_attachments(), MOST)):
        try:
            one = document.get_attachment(n)
            found.append((one.get_name(), bytes(one.get_data())))
        except PdfiumError:  # one that has no bytes, or broken ones
            continue
    return found


def by_qpdf(data: bytes) -> list[tuple[str, bytes]]:
    """Names and bytes of the attachments, by qpdf; raises InputRefused where it cannot open the file."""
    with pdf_in(data) as pdf:
        specs = [pair for pair, _ in zip(pdf.attachments.items(), range(MOST), strict=False)]
        unpacked = [(spec.filename or key, _content(spec)) for key, spec in specs]
        return [(name, content) for name, content in unpacked if content is not None]


def mend(data: bytes) -> bytes:
    """The PDF written anew by qpdf; raises InputRefused where it cannot be repaired."""
    with pdf_in(data) as pdf:
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


@contextmanager
def pdf_in(data: bytes) -> Iterator[Pdf]:
    """A PDF opened by qpdf; raises InputRefused where it cannot."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
            yield pdf
    except pikepdf.PasswordError as error:
        raise password_needed() from error
    except Exception as error:  # the library answers broken files with many kinds of errors
        raise broken() from error


def broken() -> InputRefused:
    """That a PDF cannot be opened."""
    return InputRefused(
        text("The PDF is broken and cannot be opened."),
        text("Nothing can be read from it, and it cannot be shown in the dossier."),
        text("Ask the sender for it again, or print it to a new PDF."),
    )


def password_needed() -> InputRefused:
    """That a PDF asks for a password."""
    return InputRefused(
        text("The PDF is locked with a password."),
        text("Nothing can be read from it, and it cannot be shown in the dossier."),
        text("Save a copy without a password, and add that as well."),
    )


def _content(spec: AttachedFileSpec) -> bytes | None:
    """The attachment's bytes, None where it is too large; it is unpacked no further than the limit."""
    import pikepdf

    stream = spec.obj.EF.get("/F", spec.obj.EF.get("/UF"))
    if not isinstance(stream, pikepdf.Stream):
        return None
    raw = stream.read_raw_bytes()
    packed = stream.get("/Filter")
    if packed is None:
        return raw if len(raw) <= LIMIT else None
    if packed in ("/FlateDecode", pikepdf.Name.FlateDecode) and "/DecodeParms" not in stream:
        data = zlib.decompressobj().decompress(raw, LIMIT + 1)
    elif len(raw) <= LIMIT // 20:
        data = stream.read_bytes()
    else:
        return None
    return data if len(data) <= LIMIT else None
