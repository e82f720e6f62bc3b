"""Attacks on what a viewer shows around the pages of the dossier: links, bookmarks, numbers, titles.

On a bundle that names an older program, whose pages need not be the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
from tests.lab.attack import MISSED, attack
from tests.lab.forger import Forger
from tests.lab.pages import GROUP, edited
from tests.lab.versions import NOT_TYPESET, PDF, named

Edit = Callable[[pikepdf.Pdf], None]


def elsewhere(pdf: pikepdf.Pdf) -> None:
    """Over a page lies a link to somebody else's address. An older Heller is said to have typeset it."""
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 595, 842], Border=[0, 0, 0],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.test/zahlen")),
    )  # fmt: skip
    page = pdf.pages[0].obj
    page.Annots = pikepdf.Array([*page.get("/Annots", []), pdf.make_indirect(link)])


def bookmarked(pdf: pikepdf.Pdf) -> None:
    """A bookmark says that a sum was accepted. An older Heller is said to have typeset it."""
    with pdf.open_outline() as outline:
        outline.root.insert(0, pikepdf.OutlineItem("Anerkannt: 99.999,99 Euro", 0))


def relabelled(pdf: pikepdf.Pdf) -> None:
    """Viewers count the pages from 40, so that who cites one cites another. An older Heller is named."""
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.D, St=40)])


def turned(pdf: pikepdf.Pdf) -> None:
    """Every page stands on its head, forty times as large. An older Heller is said to have typeset it."""
    for page in pdf.pages:
        page.obj.Rotate = 180
        page.obj.UserUnit = 40


def titled(pdf: pikepdf.Pdf) -> None:
    """Title and author say that a court wrote it. An older Heller is said to have typeset it."""
    pdf.docinfo["/Title"] = "Dossier: Landgericht Musterstadt, Urteil"
    pdf.docinfo["/Author"] = "Landgericht Musterstadt"


AROUND: tuple[tuple[str, Edit], ...] = (
    ("link to somebody else", elsewhere),
    ("bookmark with a sum", bookmarked),
    ("pages counted from another number", relabelled),
    ("pages turned and blown up", turned),
    ("another title", titled),
)


def _older(edit: Edit) -> Callable[[Forger], bytes]:
    def forge(f: Forger) -> bytes:
        f.files[PDF] = edited(f.files[PDF], edit)
        return named(f)

    forge.__doc__ = edit.__doc__
    return forge


for name, edit in AROUND:
    attack(
        GROUP, f"older program named: {name}", script=MISSED, shell=MISSED, why=NOT_TYPESET,
        unchecked="figures, pages", plain=True,
    )(_older(edit))  # fmt: skip
