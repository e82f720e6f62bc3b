"""Readings of what is printed: the text layer of a PDF, else its pages as pictures, or a picture itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.bank import printed_statement, statement
from heller.intake.paper import (
    ocr,
    ocr_process,
    parties,
    passes,
    pdftext,
    pictures,
    reading,
    till_reading,
)
from heller.intake.paper.layout import Sheet, Word, sheet
from heller.intake.paper.placing import Pen
from heller.intake.paper.proposals import Letter, lines_of, noon, proposals
from heller.intake.reading import nothing, reading_of_error
from heller.model.document_class import DocumentClass
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.paper import Paper
from heller.model.kinds.proposed import Proposed
from heller.model.record import Blob, Reading
from heller.model.text import text

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

FEW = 2  # pages of a scan that are looked at again
SCANNED = 12  # pages of one file that are recognised
LETTERS = frozenset(  # classes that may state facts of the case
    {DocumentClass.ORDER_CONFIRMATION, DocumentClass.CONTRACT, DocumentClass.QUOTATION, DocumentClass.OTHER}
)
DOTS = 300  # per inch


def document(document: PdfDocument, blob: Blob, reader: str, zone: ZoneInfo) -> Reading:
    """What the pages of an opened PDF say."""
    import pypdfium2

    try:
        return _pages(document, blob, reader, zone)
    except pypdfium2.PdfiumError:
        return nothing(blob, _no_data(blob), reader)


def _pages(document: PdfDocument, blob: Blob, reader: str, zone: ZoneInfo) -> Reading:
    words, sizes = pdftext.words(document)
    if pdftext.enough(words):
        laid = sheet(words, sizes)
        if account := printed_statement.read(laid, blob.digest):
            told = statement.reading(reader, blob.name, (account,))
            return _with(told, _more_pages(blob, len(document), pdftext.PAGES))
        found = _reading(laid, blob, reader, zone, seen=False)
        return _with(_signed(found, document), _more_pages(blob, len(document), pdftext.PAGES))
    try:
        pages = _looked_at(document)
        found = _laid_out(pages, blob, reader, zone)
        if passes.missing(found) and len(pages) <= FEW:
            again = [page.straight(n) for n, page in enumerate(pages, 1)]
            found = passes.joined(found, _laid_out(again, blob, reader, zone))
    except ocr_process.Absent:
        return nothing(blob, absent(blob), reader)
    except InputRefused as error:
        return reading_of_error(reader, blob, error)
    return _with(found, _more_pages(blob, len(document), len(pages)))


def _signed(found: Reading, document: PdfDocument) -> Reading:
    """The reading with the seller from a logo or a footer that is a picture, where the text names none."""
    import pypdfium2.raw as pdfium

    paper = found.records[0] if found.records else None
    if not isinstance(paper, Paper) or "seller" in paper.values:
        return found
    page = document[0]
    if not any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
        return found
    try:
        looked = _page_seen(page, 1)
    except (InputRefused, ocr_process.Absent):
        return found
    seller, _ = parties.seller(sheet(list(looked.words()), (looked.size(),)))
    if seller is None:
        return found
    value = Pen(paper.source, seen=True, turned={1: looked.seen.turned}).value(seller.name, seller.words)
    signed = replace(paper, values={**paper.values, "seller": value})
    findings = tuple(f for f in found.findings if f.code != "unclear-seller")
    return replace(found, records=(signed, *found.records[1:]), findings=findings)


class Page(NamedTuple):
    """A page as a picture, what was recognised on it, and its pixels for each point."""

    png: bytes
    seen: ocr_process.Recognition
    scale: float

    def straight(self, number: int) -> Page:
        """The page looked at again, laid straight."""
        return self._replace(seen=ocr.see_straight(self.png, self.seen, number))

    def words(self) -> Iterator[Word]:
        """The words in points of the page as it lies upright, so that a place is one in the file."""
        by = 1 / self.scale
        for word in self.seen.words:
            yield replace(word, x0=word.x0 * by, y0=word.y0 * by, x1=word.x1 * by, y1=word.y1 * by)

    def size(self) -> tuple[float, float]:
        """Width and height in points, upright."""
        return self.seen.size[0] / self.scale, self.seen.size[1] / self.scale


def _page_seen(page: PdfPage, number: int) -> Page:
    width, height = page.get_size()
    scale = min(DOTS / 72, pictures.LONG_SIDE / max(width, height, 1))
    png = _png(page.render(scale=scale, grayscale=True).to_pil())
    seen = ocr.see(png, number)
    # A small page was enlarged to be recognised: pixels are those of the picture that was looked at.
    enlarged = max(seen.size) / max(width * scale, height * scale, 1)
    return Page(png, seen, scale * enlarged)


def _looked_at(document: PdfDocument) -> list[Page]:
    """The first pages as pictures, up to one that takes too long. Raises InputRefused where the first does."""
    pages: list[Page] = []
    for n in range(min(len(document), SCANNED)):
        try:
            pages.append(_page_seen(document[n], n + 1))
        except InputRefused:
            if not pages:
                raise
            break
    return pages


def _laid_out(pages: list[Page], blob: Blob, reader: str, zone: ZoneInfo) -> Reading:
    words = [word for page in pages for word in page.words()]
    turned = {n: page.seen.turned for n, page in enumerate(pages, 1)}
    laid = sheet(words, [page.size() for page in pages])
    return _reading(laid, blob, reader, zone, seen=True, turned=turned)


def _png(picture: object) -> bytes:
    from io import BytesIO

    out = BytesIO()
    picture.convert("L").save(out, "PNG", compress_level=1)  # type: ignore[attr-defined]
    return out.getvalue()


def picture(blob: Blob, reader: str, zone: ZoneInfo) -> Reading:
    """What a scan or photo says; where something is missing, it is looked at again, laid straight."""
    try:
        seen = ocr.see(blob.data)
        first = _reading_of_scan(seen, blob, reader, zone)
        if not passes.missing(first):
            return first
        second = _reading_of_scan(ocr.see_straight(blob.data, seen), blob, reader, zone)
    except ocr_process.Absent:
        return nothing(blob, absent(blob), reader)
    except InputRefused as error:
        return reading_of_error(reader, blob, error)
    return passes.joined(first, second)


def _reading_of_scan(seen: ocr_process.Recognition, blob: Blob, reader: str, zone: ZoneInfo) -> Reading:
    laid = sheet(seen.words, (seen.size,))
    return _reading(laid, blob, reader, zone, seen=True, turned={1: seen.turned})


def _reading(
    found: Sheet,
    blob: Blob,
    reader: str,
    zone: ZoneInfo,
    *,
    seen: bool,
    turned: Mapping[int, int] | None = None,
) -> Reading:
    closed = till_reading.reading(found, blob, reader, zone, seen=seen, turned=turned)
    if closed is not None:
        return closed
    paper, doubts = reading.read(found, Locator(blob.digest), seen=seen, turned=turned)
    if paper is None:
        return nothing(blob, _no_data(blob), reader)
    doubts = (*doubts, *_unsure(paper))
    # A title is printed in the dossier; what was recognised may be read otherwise on another machine.
    title = blob.name if seen else reading.title(paper) or blob.name
    pen = Pen(paper.source, seen=seen, turned=turned)
    return Reading(reader, title, (paper, *_stated(found, paper, pen)), doubts, rows=1)


def _stated(found: Sheet, paper: Paper, pen: Pen) -> tuple[Proposed, ...]:
    """The facts and contacts that a contract, a confirmation or a letter states."""
    if paper.kind.of not in LETTERS or paper.issued is None:
        return ()
    contract = paper.kind.of in (DocumentClass.CONTRACT, DocumentClass.ORDER_CONFIRMATION)
    letter = Letter(
        lines_of(found, pen), paper.said("seller"), noon(paper.issued), "letter", contract=contract
    )
    return proposals(letter)


def _unsure(paper: Paper) -> list[Finding]:
    """That a person has to look, as a note: it stands in the inbox."""
    if not paper.waiting:
        return []
    return [
        Finding(
            "paper-waits",
            text("What was read from this document counts only after somebody has looked at it."),
            text("Compare it in the inbox and confirm it."),
            Weight.NOTE,
            paper.source,
        )
    ]


def _with(found: Reading, doubts: list[Finding]) -> Reading:
    return replace(found, findings=(*found.findings, *doubts))


def _more_pages(blob: Blob, count: int, read: int) -> list[Finding]:
    if count <= read:
        return []
    return [
        Finding(
            "pages-unread",
            text(
                "{name} has {count} pages; the first {read} were read.",
                name=blob.name,
                count=count,
                read=read,
            ),
            text("Hand in the pages that matter as a file of their own."),
            Weight.WARNING,
            Locator(blob.digest),
        )
    ]


def absent(blob: Blob) -> Finding:
    """That pictures cannot be read on this machine."""
    return Finding(
        "no-recognition",
        text(
            "{name} is a picture, and what recognises its words does not run on this machine.",
            name=blob.name,
        ),
        text(
            "Enter the receipt by hand, or open the case on another machine: rapidocr and onnxruntime have to run "
            "there."
        ),
        Weight.WARNING,
        Locator(blob.digest),
    )


def _no_data(blob: Blob) -> Finding:
    said = text("{name} holds no invoice data that can be read. It is kept as an exhibit.", name=blob.name)
    return Finding(
        "no-invoice-data",
        said,
        text("If it is an invoice, enter its number, day and amounts by hand, or ask for an e-invoice."),
        Weight.NOTE,
        Locator(blob.digest),
    )
