"""PDFs: the e-invoice inside (ZUGFeRD, Factur-X, XRechnung), compared with the picture; else what is printed.

A PDF without text is a scan and its pages are recognised. Nothing in it is run.
"""

from __future__ import annotations

import re
from types import ModuleType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.einvoice.xml import Source
from heller.intake.readers import balances, bwa, einvoice
from heller.intake.reading import NOT_MINE, Confidence, reading_of_error
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator
from heller.model.kinds.invoice import Invoice
from heller.model.record import Blob, Reading
from heller.model.text import text

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

NAME = "pdf"
PASSWORD = 4  # FPDF_ERR_PASSWORD
SURE = 90  # how sure the reader of e-invoices must be of an attachment with another name
_BOOKS = re.compile(
    r"Saldenliste|Betriebswirtschaftliche Auswertung|\bBWA\b|Erfolgsrechnung|Rohertrag|Trial balance",
    re.IGNORECASE,
)
USUAL = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml", "order-x.xml")


def identify(head: bytes, name: str) -> Confidence:
    """By the mark of a PDF, which may stand behind a few bytes of rubbish."""
    return Confidence(95, text("It begins as a PDF does.")) if b"%PDF-" in head[:1024] else NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The invoice in the PDF with the name of its attachment in every place; else what its pages say.

    The file is opened once: its attachments and the text of its pages come from there.
    """
    from pypdfium2 import PdfiumError  # loaded where it is needed: every start asks every reader

    from heller.intake import attachments
    from heller.intake.paper import pdftext

    try:
        with pdftext.open_pdf(blob.data) as document:
            return _reading_of(
                document, blob, zone, _invoices_in(attachments.attachments(document, blob.data))
            )
    except InputRefused as error:
        return reading_of_error(NAME, blob, error)
    except PdfiumError as error:
        return _unopened(blob, zone, locked=error.err_code == PASSWORD)


def invoices(blob: Blob) -> list[tuple[str, bytes]]:
    """Names and bytes of the attached e-invoices, those with a usual name first."""
    from pypdfium2 import PdfiumError

    from heller.intake import attachments
    from heller.intake.paper import pdftext

    try:
        with pdftext.open_pdf(blob.data) as document:
            return _invoices_in(attachments.attachments(document, blob.data))
    except PdfiumError:
        return _invoices_in(attachments.by_qpdf(blob.data))


def members(blob: Blob) -> tuple[Blob, ...]:
    """The other files that a PDF carries: those of a portfolio, what is attached besides the e-invoice, and the
    documents of a batch."""
    from heller.intake import attachments

    found = _attachments(blob.data) if attachments.MARK in blob.data else []
    if found is None:
        return ()
    names = {name for name, _ in _invoices_in(found)}
    attached = tuple(
        Blob(name or f"part-{n}", data, blob.digest)
        for n, (name, data) in enumerate(found, 1)
        if name not in names
    )
    return attached if names else (*_batch(blob), *attached)


def _batch(blob: Blob) -> tuple[Blob, ...]:
    from pypdfium2 import PdfiumError

    from heller.intake import page_parts, page_readings
    from heller.intake.paper import ocr_process, pdftext

    try:
        with pdftext.open_pdf(blob.data) as document:
            parts = page_readings.parts(document, blob)
    except (PdfiumError, InputRefused, ocr_process.Absent):  # read as a whole, with the reason
        return ()
    return page_parts.of_pdf(blob, parts) if len(parts) > 1 else ()


def _attachments(data: bytes) -> list[tuple[str, bytes]] | None:
    """All attachments; None where the only one has the name of an e-invoice: its pages are that invoice's picture."""
    from pypdfium2 import PdfiumError

    from heller.intake import attachments
    from heller.intake.paper import pdftext

    try:
        with pdftext.open_pdf(data) as document:
            count = document.count_attachments()
            if count == 1 and document.get_attachment(0).get_name().lower() in USUAL:
                return None
            return attachments.attachments(document, data)
    except (PdfiumError, InputRefused):
        return []


def _invoices_in(found: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    known = [
        (name, data)
        for name, data in found
        if b"<" in data[:1024]
        and (name.lower() in USUAL or einvoice.identify(data[:65536], name).score >= SURE)
    ]
    return sorted(known, key=lambda pair: pair[0].lower() not in USUAL)


def _reading_of(document: PdfDocument, blob: Blob, zone: ZoneInfo, found: list[tuple[str, bytes]]) -> Reading:
    if not found:
        from heller.intake import page_readings
        from heller.intake.monitors import breitbandmessung
        from heller.intake.paper import pdftext

        first = "".join(layer.said for layer in pdftext.layers(document, 1))
        if breitbandmessung.NAMED in first:
            pages = "\n".join(layer.said for layer in pdftext.layers(document)).replace("\r", "")
            if breitbandmessung.is_protocol(pages):
                return breitbandmessung.protocol(blob, pages, zone)
        if _BOOKS.search(first) and (printed := _of_bookkeeper(document, blob, zone)):
            return printed
        return page_readings.document(document, blob, NAME, zone)
    from heller.intake.einvoice import against_picture

    reading = _data(found, blob)
    invoice = next((record for record in reading.records if isinstance(record, Invoice)), None)
    if invoice is None:
        return reading
    same, doubts = against_picture.compare(document, invoice)
    records = tuple(same if record is invoice else record for record in reading.records)
    return replace(reading, records=records, findings=(*reading.findings, *doubts))


def _of_bookkeeper(document: PdfDocument, blob: Blob, zone: ZoneInfo) -> Reading | None:
    """A monthly evaluation, or a list of totals and balances: read as the table that it was printed from. A place is
    the line of the pages, counted from the first."""
    from heller.intake.books import months
    from heller.intake.paper import layout, pdftext, printed_table

    table = printed_table.as_text(
        layout.sheet(*pdftext.words(document)), lambda said: months.month(said) is not None
    ).encode()
    readers: tuple[ModuleType, ...] = (bwa, balances)
    reader = next((one for one in readers if table and one.identify(table, blob.name).score), None)
    if reader is None:
        return None
    found: Reading = reader.read(Blob(blob.name, table, blob.digest), zone)
    return replace(found, reader=NAME)


def _unopened(blob: Blob, zone: ZoneInfo, *, locked: bool) -> Reading:
    """What a PDF says that PDFium cannot open, read from a copy that qpdf has repaired."""
    from pypdfium2 import PdfiumError

    from heller.intake import attachments
    from heller.intake.paper import pdftext

    try:
        if locked:
            raise attachments.password_needed()
        copy = attachments.mend(blob.data)
        with pdftext.open_pdf(copy) as document:
            reading = _reading_of(document, blob, zone, _invoices_in(attachments.attachments(document, copy)))
    except InputRefused as error:
        return reading_of_error(NAME, blob, error)
    except PdfiumError:
        return reading_of_error(NAME, blob, attachments.broken())
    return replace(reading, findings=(*reading.findings, _mended(blob)))


def _data(found: list[tuple[str, bytes]], blob: Blob) -> Reading:
    """The reading of the first attached e-invoice; the others are named in findings."""
    member, data = found[0]
    reading = einvoice.extract(data, Source(blob.digest, member), blob.name)
    others = (_another(blob, other) for other, _ in found[1:])
    return replace(reading, reader=NAME, findings=(*reading.findings, *others))


def _another(blob: Blob, member: str) -> Finding:
    return Finding(
        "two-invoices",
        text("The PDF holds a second e-invoice ({member}), which was not read.", member=member),
        text("Ask the seller which of the two counts."),
        source=Locator(blob.digest, member=member),
    )


def _mended(blob: Blob) -> Finding:
    return Finding(
        "pdf-mended",
        text("{name} is broken; it was read from a repaired copy.", name=blob.name),
        text("Ask the sender for it again: the exhibit is the file as it came, and others may not open it."),
        source=Locator(blob.digest),
    )
