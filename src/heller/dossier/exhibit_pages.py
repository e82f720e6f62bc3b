"""Turns originals into what can be printed: pages as pictures, text as an excerpt. Knows bytes only."""

from __future__ import annotations

import io
from collections.abc import Sequence

from msgspec import Struct

MOST_PAGES = 12  # of one exhibit; the original is attached
RESOLUTION = 160  # dots per inch
WIDEST = 2400  # dots: a plan of ten metres is shown smaller instead of filling the memory
LINES = 58  # on one sheet
HEAD = 12  # lines from the top that explain the columns
AROUND = 2  # lines around a cited one
COLUMNS = 104  # characters in a line before it is folded


class PrintedLine(Struct, frozen=True):
    """A printed line: its number (0 where it goes on or lines are left out), text, whether cited."""

    number: int
    text: str
    cited: bool = False


class Sheet(Struct, frozen=True):
    """One sheet of an exhibit: a picture (bytes and ending), or lines."""

    image: bytes = b""
    ending: str = ""
    wide: bool = False
    lines: tuple[PrintedLine, ...] = ()


class ExhibitPrint(Struct, frozen=True):
    """An exhibit as it can be printed. `kind` is page, rows, whole, xml, binary or absent."""

    kind: str
    sheets: tuple[Sheet, ...] = ()
    total: int = 0
    shown: int = 0


def show(data: bytes | None, cited: Sequence[int], *, said: bool) -> ExhibitPrint:
    """What of an original is printed; `said` where its content is printed beside it anyway."""
    if data is None:
        return ExhibitPrint("absent")
    if data[:1024].lstrip().startswith(b"%PDF"):
        return _pdf(data)
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return _picture(data)
    text = _decoded(data)
    if text is None:
        return ExhibitPrint("binary")
    if said:
        return ExhibitPrint("xml" if text.lstrip("\ufeff \r\n").startswith("<") else "whole")
    return _text(text, cited)


def _pdf(data: bytes) -> ExhibitPrint:
    """Pages in grey where they are grey, else in colour. pdfium's size already includes /Rotate."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        total = len(document)
        sheets = tuple(_page(document[i]) for i in range(min(total, MOST_PAGES)))
    except pypdfium2.PdfiumError:
        return ExhibitPrint("binary")
    return ExhibitPrint("page", sheets, total, len(sheets))


def _page(page: object) -> Sheet:
    width, height = page.get_size()  # type: ignore[attr-defined]
    scale = min(RESOLUTION / 72, WIDEST / max(width, height, 1))
    picture = page.render(scale=scale).to_pil().convert("RGB")  # type: ignore[attr-defined]
    return Sheet(_png(picture), "png", wide=width > height)


def _png(picture: object) -> bytes:
    from PIL import Image, ImageChops

    assert isinstance(picture, Image.Image)
    grey = picture.convert("L")
    if not ImageChops.difference(picture, grey.convert("RGB")).getbbox():
        picture = grey
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _picture(data: bytes) -> ExhibitPrint:
    """Photographs are decoded once more: metadata, odd colour spaces and transparency go."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return ExhibitPrint("binary")
    picture.thumbnail((WIDEST, WIDEST))
    out = io.BytesIO()
    photo = data.startswith(b"\xff\xd8")
    picture.save(out, "JPEG" if photo else "PNG", **({"quality": 85} if photo else {}))
    wide = picture.width > picture.height
    return ExhibitPrint("page", (Sheet(out.getvalue(), "jpg" if photo else "png", wide),), 1, 1)


def _decoded(data: bytes) -> str | None:
    """Text, None for bytes that are none. Windows files of an office are CP1252."""
    if b"\0" in data[:4096]:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _text(text: str, cited: Sequence[int]) -> ExhibitPrint:
    """The head of the file and the lines that the claim rests on, on one sheet."""
    lines = text.splitlines()
    picked = pick(len(lines), cited)
    out: list[PrintedLine] = []
    before = 0
    marked = set(cited)
    for number in picked:
        if number > before + 1:
            out.append(PrintedLine(0, "⋯"))
        out += _fold(number, lines[number - 1], number in marked)
        before = number
    if before < len(lines):
        out.append(PrintedLine(0, "⋯"))
    kind = "whole" if len(picked) == len(lines) else "rows"
    return ExhibitPrint(kind, (Sheet(lines=tuple(out[: LINES + 8])),), len(lines), len(picked))


def pick(total: int, cited: Sequence[int]) -> list[int]:
    """Which lines fit: all of them, or the head, then cited ones with what stands around them.

    >>> pick(3, [])
    [1, 2, 3]
    >>> pick(1000, [500])[-5:]
    [498, 499, 500, 501, 502]
    """
    if total <= LINES:
        return list(range(1, total + 1))
    wanted = [row for row in cited if 1 <= row <= total]
    if not wanted:
        return list(range(1, LINES + 1))
    chosen = set(range(1, HEAD + 1))
    for around in range(AROUND + 1):
        for row in wanted:
            near = {r for r in (row - around, row + around) if 1 <= r <= total}
            if len(chosen | near) <= LINES:
                chosen |= near
    return sorted(chosen)


def _fold(number: int, text: str, cited: bool) -> list[PrintedLine]:
    """A long line over at most four printed ones; control characters become visible."""
    clean = "".join(c if c.isprintable() else " " for c in text.replace("\t", "    "))
    pieces = [clean[i : i + COLUMNS] for i in range(0, len(clean), COLUMNS)] or [""]
    if len(pieces) > 4:
        pieces = [*pieces[:3], pieces[3][:-1] + "…"]
    return [PrintedLine(number if i == 0 else 0, piece, cited) for i, piece in enumerate(pieces)]
