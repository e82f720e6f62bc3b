"""PDFs: the e-invoice inside (ZUGFeRD, Factur-X, XRechnung), compared with the picture; else what is printed.

A PDF without text is a scan and its pages are recognised. Nothing in it is run.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake import breitband
from heller.intake.markup import LIMIT, Source
from heller.intake.readers import einvoice
from heller.intake.reading import NOT_MINE, Claimed, refused
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator
from heller.model.record import Blob, Invoice, Reading
from heller.model.text import text

if TYPE_CHECKING:
    from pikepdf import AttachedFileSpec, Pdf

NAME = "pdf"

USUAL = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml", "order-x.xml")


def identify(head: bytes, name: str) -> Claimed:
    """By the mark of a PDF, which may stand behind a few bytes of rubbish."""
    return Claimed(95, text("It begins as a PDF does.")) if b"%PDF-" in head[:1024] else NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The invoice in the PDF with the name of its attachment in every place."""
    try:
        found = invoices(blob)
        if not found:
            from heller.intake import printed  # loaded where it is needed: every start asks every reader
            from heller.intake.paper import pdftext

            pages = pdftext.plain(blob.data)
            return (
                breitband.protocol(blob, pages, zone)
                if breitband.is_protocol(pages)
                else printed.pdf(blob, NAME)
            )
        member, data = found[0]
        reading = einvoice.extract(data, Source(blob.digest, member), blob.name)
    except InputRefused as error:
        return refused(NAME, blob, error)
    invoice = next((record for record in reading.records if isinstance(record, Invoice)), None)
    doubts = [_another(blob, other) for other, _ in found[1:]]
    if invoice:
        from heller.intake import picture

        same, told = picture.compared(blob.data, invoice)
        records = tuple(same if record is invoice else record for record in reading.records)
        reading, doubts = replace(reading, records=records), [*doubts, *told]
    return replace(reading, reader=NAME, findings=(*reading.findings, *doubts))


def invoices(blob: Blob) -> list[tuple[str, bytes]]:
    """Names and bytes of the attached e-invoices, those with a usual name first."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(blob.data), suppress_warnings=True) as pdf:
            found = _attached(pdf)
    except pikepdf.PasswordError as error:
        raise InputRefused(
            text("The PDF is locked with a password."),
            text("Nothing can be read from it, and it cannot be shown in the dossier."),
            text("Save it without a password and hand it in again."),
        ) from error
    except Exception as error:  # the library answers broken files with many kinds of errors
        raise InputRefused(
            text("The PDF is broken and cannot be opened."),
            text("Nothing can be read from it, and it cannot be shown in the dossier."),
            text("Ask the sender for it again, or print it to a new PDF."),
        ) from error
    known = [
        (name, data)
        for name, data in found
        if name.lower() in USUAL or einvoice.identify(data[:65536], name).score >= 90
    ]
    return sorted(known, key=lambda pair: pair[0].lower() not in USUAL)


def _attached(pdf: Pdf) -> list[tuple[str, bytes]]:
    found = []
    for key, spec in pdf.attachments.items():
        data = _content(spec)
        if data is not None and b"<" in data[:1024]:
            found.append((spec.filename or key, data))
    return found


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


def _another(blob: Blob, member: str) -> Finding:
    return Finding(
        "two-invoices",
        text("The PDF holds a second e-invoice ({member}), which was not read.", member=member),
        text("Ask the seller which of the two counts."),
        source=Locator(blob.digest, member=member),
    )
