"""Attacks on the pages of the dossier: what lies over them, what waits in them, what takes their place.

The shadow attacks (Mainka, Mladenov, Rohlmann: Shadow Attacks, NDSS 2021) prepare a document whose content changes
when something is added to its end: `hide`, `replace`, `hide and replace`. Each is tried on a bundle that names the
program of today, and on one that names an older program, whose pages cannot be made again byte for byte.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from tests.lab.attack import MISSED, attack
from tests.lab.forger import Forger
from tests.lab.versions import NOT_TYPESET, PDF, named

GROUP = "pages of the dossier"
Dict, Name, Array = pikepdf.Dictionary, pikepdf.Name, pikepdf.Array


def grown(data: bytes, objects: dict[int, bytes]) -> bytes:
    """A PDF with an incremental update: objects by number that take the place of those before, or are new."""
    start = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root, size = pdf.Root.objgen[0], len(pdf.objects) + 50
        info = pdf.trailer.Info.objgen[0] if "/Info" in pdf.trailer else 0
        known = pdf.trailer.ID[0] if "/ID" in pdf.trailer else b""
    out, table = bytearray(data + b"\n"), b"xref\n0 0\n"
    for number, body in sorted(objects.items()):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    trailer = b"<</Size %d/Root %d 0 R/Prev %d" % (size, root, start)
    trailer += b"/Info %d 0 R" % info if info else b""
    trailer += b"/ID[<%s><%s>]" % (bytes(known).hex().encode(), bytes(known).hex().encode()) if known else b""
    at = len(out)
    return bytes(out) + table + b"trailer\n" + trailer + b">>\nstartxref\n%d\n%%%%EOF\n" % at


def stream(content: bytes, head: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(content), content)


def content_of(data: bytes, page: int = 0) -> tuple[int, int, bytes, list[float]]:
    """The number of a page's object and of its content, the content, the box of the page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        one = pdf.pages[page]
        first = one.Contents if not isinstance(one.Contents, pikepdf.Array) else one.Contents[0]
        return int(one.objgen[0]), int(first.objgen[0]), first.read_bytes(), [float(n) for n in one.MediaBox]


def edited(data: bytes, edit: Callable[[Any], object]) -> bytes:
    """A PDF written anew after an edit, as any tool would; no incremental update."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        edit(pdf)
        pdf.save(out, static_id=True)
    return out.getvalue()


def hidden(data: bytes) -> bytes:
    """HIDE: the page was made with a picture over the sum; an update empties the picture."""
    _, number, content, box = content_of(data)
    cover = b"\nq 1 1 1 rg 0 %d %d %d re f Q\n" % (int(box[3]) // 2, int(box[2]), int(box[3]) // 2)
    return grown(data, {number: stream(content + cover)})


def replaced(data: bytes) -> bytes:
    """REPLACE: an update redefines what is harmless for itself, the content of a page."""
    _, number, content, _ = content_of(data)
    half = content[: content.rfind(b"ET")]
    return grown(data, {number: stream(half + b"ET\n")})


def hidden_and_replaced(data: bytes) -> bytes:
    """HIDE AND REPLACE: two documents lie in one file; an update says that the other catalogue counts."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root.objgen[0]
        spare = len(pdf.objects) + 10
        pages = [page.objgen[0] for page in pdf.pages]
    kids = b" ".join(b"%d 0 R" % n for n in reversed(pages))
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages))
    return grown(data, {spare: tree, root: b"<</Type/Catalog/Pages %d 0 R>>" % spare})


def annotated(data: bytes, kind: bytes = b"/FreeText", more: bytes = b"") -> bytes:
    """An annotation with a face of its own lies over a page."""
    page, _, _, box = content_of(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        spare = len(pdf.objects) + 10
        body = pdf.pages[0].obj.unparse(resolved=True)
    body = re.sub(rb"/Annots\s*(\[.*?\]|\d+ 0 R)", b"", body)
    whole = b"[0 0 %d %d]" % (int(box[2]), int(box[3]))
    face = stream(b"1 1 1 rg 0 0 9999 9999 re f", b"/Type/XObject/Subtype/Form/BBox " + whole)
    note = b"<</Type/Annot/Subtype%s/Rect%s/F 4/AP<</N %d 0 R>>%s>>" % (kind, whole, spare + 1, more)
    page_body = body.rstrip()[:-2] + b"/Annots[%d 0 R]>>" % spare
    return grown(data, {page: page_body, spare: note, spare + 1: face})


def in_place(data: bytes) -> bytes:
    """The same cover without an update: the PDF is written anew."""

    def edit(pdf: Any) -> None:
        page = pdf.pages[0]
        page.contents_add(pikepdf.Stream(pdf, b"q 1 1 1 rg 0 400 600 400 re f Q"), prepend=False)

    return edited(data, edit)


def with_form(data: bytes) -> bytes:
    """A field of a form, whose face is the sum, lies over a page."""

    def edit(pdf: Any) -> None:
        field = pdf.make_indirect(
            Dict(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T="due",
                V="98.765,43",
                Rect=Array([0, 0, 500, 99]),
            )
        )
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dict(Fields=Array([field]), NeedAppearances=True)

    return edited(data, edit)


def with_script(data: bytes) -> bytes:
    """A script runs when the PDF is opened."""

    def edit(pdf: Any) -> None:
        pdf.Root.OpenAction = Dict(S=Name.JavaScript, JS="app.alert('98.765,43')")

    return edited(data, edit)


def with_layers(data: bytes) -> bytes:
    """The pages have a layer that is seen on paper and not on a screen."""

    def edit(pdf: Any) -> None:
        layer = pdf.make_indirect(Dict(Type=Name.OCG, Name="due"))
        pdf.Root.OCProperties = Dict(OCGs=Array([layer]), D=Dict(OFF=Array([layer])))

    return edited(data, edit)


def with_file(data: bytes) -> bytes:
    """A file is attached, which a program may show instead."""

    def edit(pdf: Any) -> None:
        pdf.attachments["gutachten.pdf"] = b"%PDF-1.7"

    return edited(data, edit)


FRONT = 4  # pages with the letter and the title


def without_pages(data: bytes) -> bytes:
    """Pages behind the first ones on which no part begins are missing."""

    def edit(pdf: Any) -> None:
        begins = set(_bookmarked(pdf))
        inner = [at for at, page in enumerate(pdf.pages) if page.obj.objgen not in begins]
        gone = [at for at in inner if at >= FRONT]
        assert gone
        for at in reversed(gone):
            del pdf.pages[at]

    return edited(data, edit)


def _bookmarked(pdf: Any) -> Iterator[Any]:
    """The pages to which a bookmark leads, by their objects: the word of a bookmark stands on its page."""
    with pdf.open_outline(max_depth=20) as outline:
        left = list(outline.root)
        while left:
            item = left.pop()
            left.extend(item.children)
            to = item.destination if item.destination is not None else item.action.get("/D")
            yield to[0].objgen


def turned(data: bytes) -> bytes:
    """Two pages change places."""

    def edit(pdf: Any) -> None:
        pages = list(pdf.pages)
        pdf.pages[0], pdf.pages[1] = pages[1], pages[0]

    return edited(data, edit)


def cropped(data: bytes) -> bytes:
    """The lower half of each page lies outside of what is shown."""

    def edit(pdf: Any) -> None:
        for page in pdf.pages:
            box = [float(n) for n in page.MediaBox]
            page.obj.CropBox = Array([0, box[3] / 2, box[2], box[3]])

    return edited(data, edit)


SHADOWS: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    ("shadow, hide", hidden),
    ("shadow, replace", replaced),
    ("shadow, hide and replace", hidden_and_replaced),
    ("note laid over a page", annotated),
    ("form laid over a page", with_form),
    ("script in the pages", with_script),
    ("layers in the pages", with_layers),
    ("file attached to the pages", with_file),
    ("pages taken out", without_pages),
    ("pages in another order", turned),
    ("pages cropped", cropped),
    ("sum painted over", in_place),
)  # fmt: skip
# What leaves every word where it was and adds nothing that a dossier does not have: told by eye alone.
BY_EYE = ("pages taken out", "pages in another order", "sum painted over")


def _today(change: Callable[[bytes], bytes]) -> Callable[[Forger], bytes]:
    def forge(f: Forger) -> bytes:
        f.change(PDF, change)
        return named(f, "")

    forge.__doc__ = f"{(change.__doc__ or '').strip()} The journal says so too; nobody stamped it."
    return forge


def _older(change: Callable[[bytes], bytes]) -> Callable[[Forger], bytes]:
    def forge(f: Forger) -> bytes:
        f.change(PDF, change)
        return named(f)

    forge.__doc__ = f"{(change.__doc__ or '').strip()} An older Heller is said to have typeset it."
    return forge


for name, change in SHADOWS:
    attack(GROUP, name, script=MISSED, shell=MISSED, why=NOT_TYPESET, unchecked="pages", plain=True)(
        _today(change)
    )
    if name in BY_EYE:
        attack(
            GROUP, f"older program named: {name}", heller=MISSED, script=MISSED, shell=MISSED, unchecked="pages",
            why="another version's pages are not made again: that is said first, with its own exit code",
            says="leave out" if change is without_pages else "its pages were not made again", plain=True,
        )(_older(change))  # fmt: skip
    else:
        attack(
            GROUP,
            f"older program named: {name}",
            script=MISSED,
            shell=MISSED,
            why=NOT_TYPESET,
            unchecked="pages",
            plain=True,
        )(_older(change))
