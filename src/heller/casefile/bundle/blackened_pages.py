"""A printed account statement as pictures of its pages on which nothing can be read but some bookings and the head.

Nothing is painted over: each page begins white, the stretches that stay are put there as they were drawn, and a bar
stands where any other word stood. So no text, picture or note of the original can lie beneath. A job: it opens foreign
bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

from heller.dossier import forms, printable
from heller.intake.bank import printed_rows
from heller.intake.paper import amounts, pdftext
from heller.intake.paper.layout import Sheet, Word, sheet

SCALE = printable.RESOLUTION / 72
AROUND = 2  # points around a word that stays
DIGITS = re.compile(r"\D")
ASIDE = (*printed_rows.OPENING, *printed_rows.CLOSING, *printed_rows.EITHER, *printed_rows.CARRIED)


def blackened(kept: Mapping[str, int], data: bytes) -> bytes | None:
    """The PDF of these pictures; `kept` are the numbers of lines, as text, with the cents of their booking. None where
    the pages have no words."""
    import pikepdf
    import pypdfium2
    from PIL import Image, ImageDraw

    document, out = pypdfium2.PdfDocument(data), pikepdf.new()
    words, sizes = pdftext.words(document)
    if not words:
        return None
    laid = sheet(words, sizes)
    stays = list(_words_that_stay(laid, {int(line): cents for line, cents in kept.items()}))
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        drawn = page.render(scale=SCALE, grayscale=True).to_pil().convert("L")
        shown = Image.new("L", drawn.size, 255)
        draw = ImageDraw.Draw(shown)
        for word in (w for w in words if w.page == number + 1):
            draw.rectangle(_box(word, 0), fill=0)
        for word in (w for w in stays if w.page == number + 1):
            box = _box(word, AROUND)
            shown.paste(drawn.crop(box), box[:2])
        for word in (w for w in words if w.page == number + 1 and w not in stays):
            draw.rectangle(_box(word, 0), fill=0)  # again: what stays may touch it
        printable.add_picture(out, shown, width, height, as_lines=True)
    file = io.BytesIO(forms.packed(out))
    return file.getvalue()


def _box(word: Word, around: float) -> tuple[int, int, int, int]:
    left, top = int((word.x0 - around) * SCALE), int((word.y0 - around) * SCALE)
    return max(left, 0), max(top, 0), int((word.x1 + around) * SCALE) + 1, int((word.y1 + around) * SCALE) + 1


def _words_that_stay(laid: Sheet, kept: Mapping[int, int]) -> Iterator[Word]:
    """The words of the bookings that stay, without the balance beside them, with the lines below that belong to them;
    what stands above the first booking and names no sum."""
    open_, begun = False, False
    found = printed_rows.lines(laid, amounts.decimal_mark(laid))
    last_page = 0
    for line, cells in zip(found, laid.lines, strict=True):
        words = [word for cell in cells for word in cell.words]
        booked = bool(line.day and line.amounts)
        if booked or line.begins(ASIDE) or line.page != last_page:
            open_ = line.number in kept
        begun, last_page = begun or (booked and not line.begins(ASIDE)), line.page
        if line.number in kept:
            sums = {DIGITS.sub("", one.raw) for one in line.amounts} - {str(kept[line.number])}
            yield from (
                word for word in words if DIGITS.sub("", word.text) not in sums or word.text.isalpha()
            )
        elif not line.amounts and (open_ or not begun):
            yield from words
