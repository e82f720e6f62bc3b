"""Puts exhibits' pages into the places that were typeset for them, and attaches the originals.

Everything that was typeset stays as it is: tags, links, bookmarks. The same bytes for the same parts. What is
put in is loaded when it is written.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, BinaryIO

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name, String

from heller.dossier import forms
from heller.dossier.later import Later


class Attachment(Struct, frozen=True):
    """A file inside the file: `relation` is what it is to the pages, Source or Data (ISO 19005-3, annex E);
    `packed` is the small PDF that holds it packed, empty where packing it would gain nothing."""

    name: str
    content: Later
    mime: str
    relation: str
    description: str
    packed: bytes


def assemble(
    typeset: bytes, exhibits: Iterable[Later], attached: Iterable[Attachment], day: date, out: BinaryIO
) -> None:
    """Write the typeset PDF with the pages of `exhibits`, PDFs in order of their places, and all that is attached."""
    with pikepdf.open(io.BytesIO(typeset)) as pdf:
        places = _places(pdf)
        for exhibit in exhibits:
            source = pikepdf.open(exhibit.stream())
            for page in source.pages:
                things, name = next(places)
                drawn = pdf.copy_foreign(page.obj.Resources.XObject.Page)
                forms.lay(drawn, 1, 1)  # as pictures are drawn
                things[name] = drawn
        if next(places, None) is not None:
            raise ValueError("a place for an exhibit's page stayed empty")
        _attach(pdf, attached, day)
        enduring = _Enduring(out)
        pdf.save(
            enduring,
            deterministic_id=True,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        if enduring.refused is not None:
            raise enduring.refused


class _Enduring(io.BytesIO):
    """Where qpdf writes: a disk that refuses would end the whole process inside qpdf, so what it said is kept, and
    raised when qpdf is done."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__()
        self._out = out
        self.refused: OSError | None = None

    def write(self, data: Any) -> int:
        if self.refused is None:
            try:
                self._out.write(data)
            except OSError as error:
                self.refused = error
        return len(data)


def _places(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, str]]:
    """Where a page has a blank of one dot: what it draws, and the name of the blank."""
    for page in pdf.pages:
        for name, thing in page.obj.Resources.get("/XObject", Dictionary()).items():
            if thing.Subtype == Name.Image and thing.Width == 1 and thing.Height == 1:
                page.obj.Resources.XObject = Dictionary(dict(page.obj.Resources.XObject.items()))
                yield page.obj.Resources.XObject, name


def _attach(pdf: pikepdf.Pdf, attached: Iterable[Attachment], day: date) -> None:
    specs = {one.name: pdf.make_indirect(_spec(pdf, one, day)) for one in attached}
    if not specs:
        return
    named = sorted(specs, key=lambda name: bytes(String(name)))
    names = pdf.Root.get("/Names", Dictionary())
    names.EmbeddedFiles = Dictionary(
        Names=Array([part for name in named for part in (String(name), specs[name])])
    )
    pdf.Root.Names = names
    pdf.Root.AF = Array(list(specs.values()))


def _spec(pdf: pikepdf.Pdf, one: Attachment, day: date) -> Dictionary:
    inside = pikepdf.open(io.BytesIO(one.packed) if one.packed else _as_stream(one.content))
    file = pdf.copy_foreign(inside.Root.Inside)
    file.Type, file.Subtype = Name.EmbeddedFile, Name(f"/{one.mime}")
    file.Params = Dictionary(Size=one.content.size, ModDate=String(f"D:{day:%Y%m%d}000000Z"))
    return Dictionary(
        Type=Name.Filespec,
        F=String(one.name),
        UF=String(one.name),
        Desc=String(one.description),
        AFRelationship=Name(f"/{one.relation}"),
        EF=Dictionary(F=file, UF=file),
    )


def packed(content: Later) -> bytes:
    """Bytes packed, in the smallest PDF that has them as a stream."""
    return forms.packed(pikepdf.open(_as_stream(content)))


def _as_stream(content: Later) -> io.BufferedReader:
    """The smallest PDF that has these bytes as a stream."""
    before = b"%%PDF-1.4\n1 0 obj\n<</Length %d>>\nstream\n" % content.size
    after = b"\nendstream\nendobj\n"
    starts = [9]
    for number, said in (
        (2, b"<</Type/Catalog/Pages 3 0 R/Inside 1 0 R>>"),
        (3, b"<</Type/Pages/Kids[]/Count 0>>"),
    ):
        starts.append(len(before) + content.size + len(after))
        after += b"%d 0 obj\n%b\nendobj\n" % (number, said)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    at = len(before) + content.size + len(after)
    after += b"xref\n0 4\n0000000000 65535 f \n" + table
    after += b"trailer\n<</Size 4/Root 2 0 R>>\nstartxref\n%d\n%%%%EOF\n" % at
    return content.stream(before, after)
