"""What lies in a PDF that no Heller puts into a dossier: later changes, forms, notes, scripts, layers, other files,
links out of it, pages turned or counted otherwise; and what a viewer shows beside the pages.

Pages may say every word that they should and show something else: an update behind the end takes the place of any
object, a note or a field lies over a sum. What is painted into the page itself looks like any other page.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from typing import Any, NamedTuple

ROOT = {
    "/AF", "/Dests", "/Lang", "/MarkInfo", "/Metadata", "/Names", "/Outlines", "/OutputIntents", "/Pages",
    "/StructTreeRoot", "/Type", "/Version", "/ViewerPreferences",
}  # fmt: skip
NAMES = {"/Dests", "/EmbeddedFiles"}
PAGE = {
    "/Annots", "/BleedBox", "/Contents", "/CropBox", "/Group", "/MediaBox", "/Parent", "/Resources",
    "/StructParents", "/Tabs", "/TrimBox", "/Type",
}  # fmt: skip
ACTIONS = {"/GoTo"}
MOST = 10_000  # bookmarks that are looked at


class Beside(NamedTuple):
    """What no Heller puts there, by the names that PDF has for it; the SHA-256 of each attached file; what a viewer
    shows beside the pages: bookmarks, title, author."""

    foreign: tuple[str, ...]
    attached: tuple[str, ...]
    words: tuple[str, ...]


def foreign_parts(pdf: bytes) -> Beside:
    """What lies in a PDF beside its pages. Raises ValueError where it is none."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            found = tuple(dict.fromkeys((*_of_the_whole(opened), *_of_pages(opened))))
            attached = (file.get_file().read_bytes() for file in opened.attachments.values())
            digests = tuple(sha256(data).hexdigest() for data in attached)
            return Beside(found, digests, tuple(_words(opened)))
    except pikepdf.PdfError as error:
        raise ValueError("no PDF") from error


def _of_the_whole(pdf: Any) -> Iterator[str]:
    if "/Prev" in pdf.trailer:
        yield "/Prev"
    yield from (key for key in pdf.Root.keys() if key not in ROOT)  # noqa: SIM118
    yield from (key for key in pdf.Root.get("/Names", {}) if key not in NAMES)


def _of_pages(pdf: Any) -> Iterator[str]:
    for page in pdf.pages:
        yield from (key for key in page.obj.keys() if key not in PAGE)  # noqa: SIM118
        box = page.obj.get("/CropBox")
        if box is not None and [float(n) for n in box] != [float(n) for n in page.MediaBox]:
            yield "/CropBox"
        for note in page.obj.get("/Annots", ()):
            if note.get("/Subtype") != "/Link" or "/AP" in note:
                yield str(note.get("/Subtype"))
            elif "/A" in note and str(note.A.get("/S")) not in ACTIONS:
                yield str(note.A.get("/S"))


def _words(pdf: Any) -> Iterator[str]:
    """What a viewer shows beside the pages; of the title what stands behind the word for the kind of paper."""
    yield str(pdf.docinfo.get("/Title", "")).partition(": ")[2]
    yield str(pdf.docinfo.get("/Author", ""))
    with pdf.open_outline(max_depth=20) as outline:
        left = list(outline.root)
        for _ in islice(iter(lambda: bool(left), False), MOST):
            item = left.pop()
            yield str(item.title)
            left.extend(item.children)
