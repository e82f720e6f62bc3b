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

BY_EYE = "another version may say it: each such line, name or file is named, with its page, before all else"
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


def marked_out(pdf: pikepdf.Pdf) -> None:
    """A bookmark opens somebody else's address. An older Heller is said to have typeset it."""
    first = pdf.Root.Outlines.First
    del first["/Dest"]
    first.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.test/zahlen"))


def _link(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(note for page in pdf.pages for note in page.obj.get("/Annots", ()))


def led_on(pdf: pikepdf.Pdf) -> None:
    """A link goes to a page, and then runs a script. An older Heller is said to have typeset it."""
    link, page = _link(pdf), pdf.pages[0].obj
    del link["/Dest"]
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    link.A = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array([page, pikepdf.Name.Fit]), Next=script)


def hovered(pdf: pikepdf.Pdf) -> None:
    """A script runs when the pointer enters a link. An older Heller is said to have typeset it."""
    _link(pdf).AA = pikepdf.Dictionary(E=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))


def subject(pdf: pikepdf.Pdf) -> None:
    """Subject and key words say that a court agreed. An older Heller is said to have typeset it."""
    pdf.docinfo["/Subject"] = "Vom Landgericht anerkannt"
    pdf.docinfo["/Keywords"] = "rechtskräftig"


def described(pdf: pikepdf.Pdf) -> None:
    """The metadata describe it as acknowledged. An older Heller is said to have typeset it."""
    with pdf.open_metadata() as said:
        said["dc:description"] = "Vom Landgericht als richtig anerkannt"


def shown_otherwise(pdf: pikepdf.Pdf) -> None:
    """Viewers are told to print the first page alone. An older Heller is said to have typeset it."""
    pdf.Root.ViewerPreferences.PrintPageRange = pikepdf.Array([1, 1])


def two_faced(pdf: pikepdf.Pdf) -> None:
    """An attached file holds a second file, for other systems. An older Heller is said to have typeset it."""
    spec = next(iter(pdf.attachments.values())).obj
    spec.EF.UF = pdf.make_indirect(pikepdf.Stream(pdf, b"anderes", Type=pikepdf.Name.EmbeddedFile))


def hinted(pdf: pikepdf.Pdf) -> None:
    """A link says that a sum was accepted when one points at it. An older Heller is said to have typeset it."""
    _link(pdf).Contents = pikepdf.String("Anerkannt: 98.765,43 Euro")


def attached_otherwise(pdf: pikepdf.Pdf) -> None:
    """An attached receipt is called an acknowledgement. An older Heller is said to have typeset it."""
    name, data = next((name, one.get_file().read_bytes()) for name, one in pdf.attachments.items())
    del pdf.attachments[name]
    said = "Anerkenntnis der Beklagten"
    pdf.attachments["Anerkenntnis.csv"] = pikepdf.AttachedFileSpec(
        pdf, data, filename=f"{said}.csv", description=said
    )


def bare(pdf: pikepdf.Pdf) -> None:
    """No file is attached any more. An older Heller is said to have typeset it."""
    for name in list(pdf.attachments):
        del pdf.attachments[name]


def written_in(pdf: pikepdf.Pdf) -> None:
    """A page of the forger says, without a figure, that all was accepted. An older Heller is named."""
    blank = pikepdf.new()
    blank.add_blank_page(page_size=(595, 842))
    pdf.pages.insert(1, blank.pages[0])
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    pdf.pages[1].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    said = b"BT /F1 24 Tf 72 700 Td (Die Beklagte hat alles anerkannt.) Tj ET"
    pdf.pages[1].contents_add(pikepdf.Stream(pdf, said))


AROUND: tuple[tuple[str, Edit], ...] = (
    ("link to somebody else", elsewhere),
    ("bookmark with a sum", bookmarked),
    ("pages counted from another number", relabelled),
    ("pages turned and blown up", turned),
    ("another title", titled),
    ("bookmark that leads out", marked_out),
    ("link that goes on to a script", led_on),
    ("script under a link", hovered),
    ("subject and key words", subject),
    ("description in the metadata", described),
    ("other wishes for viewers", shown_otherwise),
    ("attached file with two contents", two_faced),
)
TO_THE_EYE: tuple[
    tuple[str, Edit, str], ...
] = (  # another version may say it: it is named, and left to the eye
    ("link that says something", hinted, "Beside its pages stands"),
    ("attached file under another name", attached_otherwise, "Beside its pages stands"),
    ("attached files taken out", bare, "not attached to its pages"),
    ("page of the forger's own", written_in, "says '{what}'"),
)


def _older(edit: Edit) -> Callable[[Forger], bytes]:
    def forge(f: Forger) -> bytes:
        f.files[PDF] = edited(f.files[PDF], edit)
        return named(f)

    forge.__doc__ = edit.__doc__
    return forge


def around(name: str, change: Callable[[bytes], bytes], sentence: str) -> None:
    """Bytes before or behind the PDF, which its viewers step over."""

    def forge(f: Forger) -> bytes:
        f.files[PDF] = change(f.files[PDF])
        return named(f)

    forge.__doc__ = sentence
    attack(
        GROUP, f"older program named: {name}", script=MISSED, shell=MISSED, why=NOT_TYPESET,
        unchecked="figures, pages", plain=True,
    )(forge)  # fmt: skip


around(
    "program before the pages",
    lambda data: b"MZ" + data,
    "The PDF is a program for Windows too. An older Heller is named.",
)
around(
    "bytes behind the pages",
    lambda data: data + b"\n% mehr\n",
    "Something hangs behind the PDF. An older Heller is named.",
)
for name, edit, says in TO_THE_EYE:
    attack(
        GROUP, f"older program named: {name}", heller=MISSED, script=MISSED, shell=MISSED, why=BY_EYE,
        unchecked="figures, pages", plain=True, says=says,
    )(_older(edit))  # fmt: skip
for name, edit in AROUND:
    attack(
        GROUP, f"older program named: {name}", script=MISSED, shell=MISSED, why=NOT_TYPESET,
        unchecked="figures, pages", plain=True,
    )(_older(edit))  # fmt: skip
