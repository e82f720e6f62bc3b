"""Attacks on what a viewer shows around the pages of the dossier: links, bookmarks, numbers, titles.

On a bundle that names an older program, whose pages need not be the same bytes.
"""

from __future__ import annotations

import pikepdf
from tests.lab.attack import MISSED, attack
from tests.lab.forger import Forger
from tests.lab.pages import GROUP, edited
from tests.lab.versions import NOT_TYPESET, PDF, named


def elsewhere(pdf: pikepdf.Pdf) -> None:
    """A link over the page that leads to somebody else."""
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 595, 842], Border=[0, 0, 0],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.test/zahlen")),
    )  # fmt: skip
    page = pdf.pages[0].obj
    page.Annots = pikepdf.Array([*page.get("/Annots", []), pdf.make_indirect(link)])


@attack(
    GROUP, "older program named: link to somebody else", script=MISSED, shell=MISSED, why=NOT_TYPESET,
    unchecked="figures, pages", plain=True,
)  # fmt: skip
def link_elsewhere(f: Forger) -> bytes:
    """Over a page lies a link to somebody else's address. An older Heller is said to have typeset it."""
    f.files[PDF] = edited(f.files[PDF], elsewhere)
    return named(f)


def bookmarked(pdf: pikepdf.Pdf) -> None:
    """Bookmarks that say another sum."""
    with pdf.open_outline() as outline:
        outline.root.insert(0, pikepdf.OutlineItem("Anerkannt: 99.999,99 Euro", 0))


@attack(
    GROUP, "older program named: bookmark with a sum", script=MISSED, shell=MISSED, why=NOT_TYPESET,
    unchecked="figures, pages", plain=True,
)  # fmt: skip
def bookmark(f: Forger) -> bytes:
    """A bookmark says that a sum was accepted. An older Heller is said to have typeset it."""
    f.files[PDF] = edited(f.files[PDF], bookmarked)
    return named(f)


def relabelled(pdf: pikepdf.Pdf) -> None:
    """Pages that are counted from another number."""
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.D, St=40)])


@attack(
    GROUP, "older program named: pages counted from another number", script=MISSED, shell=MISSED, why=NOT_TYPESET,
    unchecked="figures, pages", plain=True,
)  # fmt: skip
def page_labels(f: Forger) -> bytes:
    """Viewers count the pages from 40, so that who cites one cites another. An older Heller is named."""
    f.files[PDF] = edited(f.files[PDF], relabelled)
    return named(f)


def turned(pdf: pikepdf.Pdf) -> None:
    """Pages that are shown upside down, in another size."""
    for page in pdf.pages:
        page.obj.Rotate = 180
        page.obj.UserUnit = 40


@attack(
    GROUP, "older program named: pages turned and blown up", script=MISSED, shell=MISSED, why=NOT_TYPESET,
    unchecked="figures, pages", plain=True,
)  # fmt: skip
def pages_turned(f: Forger) -> bytes:
    """Every page stands on its head, forty times as large. An older Heller is said to have typeset it."""
    f.files[PDF] = edited(f.files[PDF], turned)
    return named(f)


def titled(pdf: pikepdf.Pdf) -> None:
    """A title and an author that the pages do not have."""
    pdf.docinfo["/Title"] = "Dossier: Landgericht Musterstadt, Urteil"
    pdf.docinfo["/Author"] = "Landgericht Musterstadt"


@attack(
    GROUP, "older program named: another title", script=MISSED, shell=MISSED, why=NOT_TYPESET,
    unchecked="figures, pages", plain=True,
)  # fmt: skip
def other_title(f: Forger) -> bytes:
    """Title and author say that a court wrote it. An older Heller is said to have typeset it."""
    f.files[PDF] = edited(f.files[PDF], titled)
    return named(f)
