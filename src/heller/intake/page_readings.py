"""Readings of what is printed: the text layer of a PDF, else its pages as pictures, or a picture itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.bank import printed_statement, statement
from heller.intake.bank.statement import Statement
from heller.intake.paper import (
    ocr,
    ocr_process,
    page_pictures,
    parties,
    passes,
    pdftext,
    reading,
    several,
    till_reading,
)
from heller.intake.paper.layout import Sheet, sheet
from heller.intake.paper.page_pictures import Page
from heller.intake.paper.pdftext import PdfOpened
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
    from pypdfium2 import PdfDocument

FEW = 2  # pages of a scan that are looked at again
LETTERS = frozenset(  # classes that may state facts of the case
    {DocumentClass.ORDER_CONFIRMATION, DocumentClass.CONTRACT, DocumentClass.QUOTATION, DocumentClass.OTHER}
)


class PdfText(NamedTuple):
    """What the text layer of a PDF says of its pages: all of them laid out, the account where it is a statement, the
    pages behind the first that are pictures, from 0, and the documents as ranges of pages, from 0."""

    laid: Sheet
    account: Statement | None
    scans: list[int]
    parts: tuple[range, ...]


@lru_cache(1)  # a PDF is asked what it says, and right after that for its documents
def _layer(pdf: PdfOpened) -> PdfText | None:
    """What the text layer says; None where there are too few letters."""
    words, sizes = pdftext.words(pdf.document)
    if not pdftext.enough(words):
        return None
    laid = sheet(words, sizes)
    if account := printed_statement.read(laid, pdf.blob.digest):
        return PdfText(laid, account, [], (range(len(sizes)),))
    return PdfText(laid, None, *several.parts_of_text(pdf.document, laid))


def document(document: PdfDocument, blob: Blob, reader: str, zone: ZoneInfo) -> Reading:
    """What the pages of an opened PDF say."""
    import pypdfium2

    _layer.cache_clear()  # what is recognised on its pages may be another thing by now
    try:
        return _pages(document, blob, reader, zone)
    except pypdfium2.PdfiumError:
        return nothing(blob, _no_data(blob), reader)


def _pages(document: PdfDocument, blob: Blob, reader: str, zone: ZoneInfo) -> Reading:
    if found := _layer(PdfOpened(blob, document)):
        more = _more_pages(blob, len(document), pdftext.PAGES)
        if found.account:
            return _with(statement.reading(reader, blob.name, (found.account,)), more)
        if len(found.parts) > 1:
            return _with(_several(blob, reader, found.parts), more)
        said = _reading(found.laid, blob, reader, zone, seen=False)
        return _with(_signed(said, document), [*more, *_beside(blob, found.scans)])
    try:
        pages = page_pictures.looked_at(document)
    except ocr_process.Absent:
        return nothing(blob, absent(blob), reader)
    except InputRefused as error:
        return reading_of_error(reader, blob, error)
    return _with(_of_pictures(pages, blob, reader, zone), _more_pages(blob, len(document), len(pages)))


def parts(document: PdfDocument, blob: Blob) -> tuple[range, ...]:
    """The documents of a PDF as ranges of its pages, counted from 0. Raises ocr_process.Absent, InputRefused."""
    if len(document) < 2:
        return (range(len(document)),)
    if found := _layer(PdfOpened(blob, document)):
        return found.parts
    return _parts_of(page_pictures.looked_at(document))


def parts_of_frames(frames: Sequence[bytes]) -> tuple[range, ...]:
    """The documents of a TIFF as ranges of its frames. Raises ocr_process.Absent, InputRefused."""
    return _parts_of(page_pictures.frames_seen(frames))


def _parts_of(pages: list[Page]) -> tuple[range, ...]:
    sheets = [sheet([replace(word, page=1) for word in page.words()], [page.size()]) for page in pages]
    return several.parts(sheets)


def _of_pictures(pages: list[Page], blob: Blob, reader: str, zone: ZoneInfo) -> Reading:
    """What the pages of a scan say; of a few the missing is looked for once more, laid straight."""
    parts = _parts_of(pages)
    if len(parts) > 1:
        return _several(blob, reader, parts)
    found = _laid_out(pages, blob, reader, zone)
    if not passes.missing(found) or len(pages) > FEW:
        return found
    try:
        again = [page.straight(n) for n, page in enumerate(pages, 1)]
    except InputRefused:
        return found
    return passes.joined(found, _laid_out(again, blob, reader, zone))


def _signed(found: Reading, document: PdfDocument) -> Reading:
    """The reading with the seller from a logo or a footer that is a picture, where the text names none."""
    paper = found.records[0] if found.records else None
    if not isinstance(paper, Paper) or "seller" in paper.values:
        return found
    page = document[0]
    if not page_pictures.has_image(page):
        return found
    try:
        looked = page_pictures.page_seen(page, 1)
    except (InputRefused, ocr_process.Absent):
        return found
    seller, _ = parties.seller(sheet(list(looked.words()), (looked.size(),)))
    if seller is None:
        return found
    value = Pen(paper.source, seen=True, turned={1: looked.seen.turned}).value(seller.name, seller.words)
    signed = replace(paper, values={**paper.values, "seller": value})
    findings = tuple(f for f in found.findings if f.code != "unclear-seller")
    return replace(found, records=(signed, *found.records[1:]), findings=findings)


def _laid_out(pages: list[Page], blob: Blob, reader: str, zone: ZoneInfo) -> Reading:
    words = [word for page in pages for word in page.words()]
    turned = {n: page.seen.turned for n, page in enumerate(pages, 1)}
    laid = sheet(words, [page.size() for page in pages])
    return _reading(laid, blob, reader, zone, seen=True, turned=turned)


def picture(blob: Blob, reader: str, zone: ZoneInfo) -> Reading:
    """What a scan or photo says; where something is missing, it is looked at again, laid straight."""
    try:
        frames, count = page_pictures.frames(blob.data)
        if frames:
            pages = page_pictures.frames_seen(frames)
            return _with(_of_pictures(pages, blob, reader, zone), _more_pages(blob, count, len(pages)))
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


def _several(blob: Blob, reader: str, parts: Sequence[range]) -> Reading:
    """A file that is a batch: its documents are members, and each is read by itself."""
    begin = ", ".join(str(part.start + 1) for part in parts)
    said = text("{name} holds {n} documents, which begin on the pages {pages}; each is read by itself.",
                name=blob.name, n=len(parts), pages=begin)  # fmt: skip
    return nothing(blob, Finding("several-documents", said, None, Weight.NOTE, Locator(blob.digest)), reader)


def _beside(blob: Blob, scans: Sequence[int]) -> list[Finding]:
    """The pages without words that are pictures: nothing of them was used."""
    if not scans:
        return []
    said = text("{name} has pages that are pictures, and nothing of them was used: {pages}.",
                name=blob.name, pages=", ".join(str(n + 1) for n in scans))  # fmt: skip
    do = text("Look at them: if one is a receipt, add it as a file of its own.")
    return [Finding("pages-unused", said, do, Weight.NOTE, Locator(blob.digest, f"page {scans[0] + 1}"))]


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
            text("Add an extract of the pages that matter as well; keep the whole original."),
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
            "Enter the receipt by hand, or open the case on another machine: rapidocr and onnxruntime have to "
            "run there."
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
