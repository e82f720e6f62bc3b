"""The text layer of a PDF: all its pages laid out, and which of them begin a document. It reads no values.

A PDF is asked what it says, and right after that for its documents: both take what is laid out once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from heller.intake.bank import printed_statement
from heller.intake.bank.statement import Statement
from heller.intake.paper import ocr_process, page_pictures, pdftext, several
from heller.intake.paper.layout import Sheet, Word, sheet
from heller.model.errors import InputRefused
from heller.model.record import Blob

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument


class PdfOpened(Struct, frozen=True, eq=False):
    """A PDF that is open; two are equal where their bytes are."""

    blob: Blob
    document: PdfDocument

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PdfOpened) and self.blob.data == other.blob.data

    def __hash__(self) -> int:
        return hash(self.blob.data)


class PdfText(NamedTuple):
    """What the text layer of a PDF says of its pages: all of them laid out, the account where it is a statement, the
    pages behind the first that are pictures, from 0, and the documents as ranges of pages, from 0."""

    laid: Sheet
    account: Statement | None
    scans: list[int]
    parts: tuple[range, ...]


@lru_cache(1)
def layer(pdf: PdfOpened) -> PdfText | None:
    """What the text layer says; None where there are too few letters."""
    words, sizes = pdftext.words(pdf.document)
    if not pdftext.enough(words):
        return None
    laid = sheet(words, sizes)
    if account := printed_statement.read(laid, pdf.blob.digest):
        return PdfText(laid, account, [], (range(len(sizes)),))
    return PdfText(laid, None, *_parts_of_text(pdf.document, words, sizes))


def _parts_of_text(
    document: PdfDocument, words: list[Word], sizes: list[tuple[float, float]]
) -> tuple[list[int], tuple[range, ...]]:
    """The pages behind the first that are pictures, from 0, and the documents, those on such pages among them."""
    pages = several.pages_of(words, sizes)
    scans = [n for n, page in enumerate(pages) if n and not page.lines and page_pictures.is_scan(document[n])]
    try:
        for n in scans[: page_pictures.SCANNED]:
            seen = page_pictures.page_seen(document[n], n + 1)
            pages[n] = several.pages_of([replace(word, page=1) for word in seen.words()], [seen.size()])[0]
    except (ocr_process.Absent, InputRefused):
        pass  # they are named as not read
    return scans, several.parts(pages)
