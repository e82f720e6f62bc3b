"""What lies in a PDF that no Heller puts into a dossier: later changes, forms, notes, scripts, layers, other files,
links out of it, pages turned or counted otherwise, metadata; and what a viewer shows beside the pages.

Pages may say every word that they should and show something else: an update behind the end takes the place of any
object, a note or a field lies over a sum. What is painted into the page itself looks like any other page.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import islice
from typing import Any, NamedTuple

ROOT = {
    "/AF", "/Dests", "/Lang", "/MarkInfo", "/Metadata", "/Names", "/Outlines", "/OutputIntents", "/Pages",
    "/StructTreeRoot", "/Type", "/Version", "/ViewerPreferences",
}  # fmt: skip
TRAILER = {"/DecodeParms", "/Filter", "/ID", "/Index", "/Info", "/Length", "/Root", "/Size", "/Type", "/W"}
INFO = {"/Author", "/CreationDate", "/Creator", "/ModDate", "/Producer", "/Title"}
NAMES = {"/Dests", "/EmbeddedFiles"}
VIEWER = {"/Direction", "/DisplayDocTitle"}
PAGE = {
    "/Annots", "/BleedBox", "/Contents", "/CropBox", "/Group", "/MediaBox", "/Parent", "/Resources",
    "/StructParents", "/Tabs", "/TrimBox", "/Type",
}  # fmt: skip
LINK = {
    "/A", "/Border", "/Contents", "/Dest", "/F", "/QuadPoints", "/Rect", "/StructParent", "/Subtype", "/Type",
}  # fmt: skip
BOOKMARK = {"/A", "/Count", "/Dest", "/First", "/Last", "/Next", "/Parent", "/Prev", "/SE", "/Title"}
ACTION = {"/D", "/S", "/Type"}
FILE = {"/AFRelationship", "/Desc", "/EF", "/F", "/Type", "/UF"}
ACTIONS = {"/GoTo"}
SAYS = {  # the properties of the metadata: they follow from the dossier, or from the program that typeset it
    "http://purl.org/dc/elements/1.1/": {"creator", "format", "language", "title"},
    "http://ns.adobe.com/pdf/1.3/": {"PDFVersion", "Producer"},
    "http://ns.adobe.com/xap/1.0/": {"CreateDate", "CreatorTool", "MetadataDate", "ModifyDate"},
    "http://ns.adobe.com/xap/1.0/mm/": {"DocumentID", "History", "InstanceID", "RenditionClass"},
    "http://ns.adobe.com/xap/1.0/t/pg/": {"NPages"},
    "http://www.aiim.org/pdfa/ns/extension/": {"schemas"},
    "http://www.aiim.org/pdfa/ns/id/": {"conformance", "part"},
    "http://www.aiim.org/pdfua/ns/id/": {"part"},
}
MOST = 10_000  # bookmarks that are looked at


class Beside(NamedTuple):
    """What no Heller puts there, by the names that PDF has for it; the SHA-256 of each attached file; what a viewer
    shows beside the pages: bookmarks, title, author; and what it shows on demand: of links and attached files."""

    foreign: tuple[str, ...]
    attached: tuple[str, ...]
    words: tuple[str, ...]
    hints: tuple[str, ...]


def foreign_parts(pdf: bytes) -> Beside:
    """What lies in a PDF beside its pages. Raises ValueError where it is none."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            marks = list(_bookmarks(opened))
            found = (*_around(pdf), *_of_the_whole(opened), *_of_pages(opened), *_of_bookmarks(marks))
            return Beside(
                tuple(dict.fromkeys(found)),
                tuple(_digests(opened)),
                (*_titles(opened), *(str(one.title) for one in marks)),
                tuple(dict.fromkeys(_hints(opened))),
            )
    except pikepdf.PdfError as error:
        raise ValueError("no PDF") from error


def _around(pdf: bytes) -> Iterator[str]:
    """Bytes before the beginning or behind the end, which other programs may read."""
    if not pdf.startswith(b"%PDF-"):
        yield "... %PDF"
    if pdf.rpartition(b"%%EOF")[2].strip():
        yield "%%EOF ..."


def _others(found: Any, known: set[str]) -> Iterator[str]:
    """The keys of a dictionary that are not known there."""
    yield from (key for key in found.keys() if key not in known)  # noqa: SIM118


def _of_the_whole(pdf: Any) -> Iterator[str]:
    yield from _others(pdf.trailer, TRAILER)
    yield from _others(pdf.Root, ROOT)
    yield from _others(pdf.Root.get("/Names", {}), NAMES)
    yield from _others(pdf.Root.get("/ViewerPreferences", {}), VIEWER)
    yield from _others(pdf.docinfo, INFO)
    for file in _files(pdf):
        yield from _others(file, FILE)
    for key in pdf.open_metadata():
        space, _, name = key[1:].partition("}")
        if name not in SAYS.get(space, ()):
            yield key


def _of_pages(pdf: Any) -> Iterator[str]:
    for page in pdf.pages:
        yield from _others(page.obj, PAGE)
        box = page.obj.get("/CropBox")
        if box is not None and [float(n) for n in box] != [float(n) for n in page.MediaBox]:
            yield "/CropBox"
        for note in page.obj.get("/Annots", ()):
            if note.get("/Subtype") != "/Link":
                yield str(note.get("/Subtype"))
            else:
                yield from (*_others(note, LINK), *_of_action(note))


def _of_bookmarks(marks: Iterable[Any]) -> Iterator[str]:
    for mark in marks:
        if mark.obj is not None:
            yield from (*_others(mark.obj, BOOKMARK), *_of_action(mark.obj))


def _of_action(holder: Any) -> Iterator[str]:
    """What is done beside going to another page."""
    if "/A" in holder:
        if (does := str(holder.A.get("/S"))) not in ACTIONS:
            yield does
        yield from _others(holder.A, ACTION)


def _files(pdf: Any) -> list[Any]:
    """What names attached files: those in the list of names, and those that the document is said to rest on."""
    return [*(one.obj for one in pdf.attachments.values()), *pdf.Root.get("/AF", ())]


def _digests(pdf: Any) -> Iterator[str]:
    """The SHA-256 of each attached file, whichever of its names a program goes by."""
    streams = {one.objgen: one for file in _files(pdf) for one in file.get("/EF", {}).values()}
    yield from (sha256(one.read_bytes()).hexdigest() for one in streams.values())


def _bookmarks(pdf: Any) -> Iterator[Any]:
    with pdf.open_outline(max_depth=20) as outline:
        left = list(outline.root)
        for _ in islice(iter(lambda: bool(left), False), MOST):
            item = left.pop()
            yield item
            left.extend(item.children)


def _titles(pdf: Any) -> Iterator[str]:
    """Title and author; of the title what stands behind the word for the kind of paper."""
    said = pdf.open_metadata()
    told = [text for key in said if key.endswith(("}title", "}creator")) for text in _texts(said[key])]
    for one in (str(pdf.docinfo.get("/Title", "")), *told):
        yield one.partition(": ")[2] or one
    yield str(pdf.docinfo.get("/Author", ""))


def _hints(pdf: Any) -> Iterator[str]:
    """What is shown of links, of attached files and of the program on demand."""
    said = pdf.open_metadata()
    yield from (str(pdf.docinfo.get(key, "")) for key in ("/Creator", "/Producer"))
    yield from (
        text for key in said if key.endswith(("}CreatorTool", "}Producer")) for text in _texts(said[key])
    )
    for file in _files(pdf):
        yield from (str(file[key]) for key in ("/F", "/UF", "/Desc") if key in file)
    for page in pdf.pages:
        yield from (str(note.Contents) for note in page.obj.get("/Annots", ()) if "/Contents" in note)


def _texts(said: Any) -> list[str]:
    return [said] if isinstance(said, str) else [str(one) for one in said]
