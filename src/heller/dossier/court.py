"""The set for a court: the dossier and each exhibit as a file of its own, and the list of exhibits with their files.

It composes; names and limits are those of the day (`model.filing`), and nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from heller.dossier import outline
from heller.dossier.blocks import Cell, Dossier, Para, Part, Plate, Table, TableColumn
from heller.dossier.wording import NBSP
from heller.dossier.writer import Pen, row
from heller.model.claim import Claim
from heller.model.filing import FiledDocument
from heller.model.text import text

NOT_FILED = ("register", "checking", "since")  # what speaks of files inside the file, and of the bundle


def front(claim: Claim, lang: str) -> Dossier:
    """The dossier without letter, exhibits and what speaks of them as attached."""
    whole = outline.compose(claim, lang)
    parts = tuple(part for part in whole.parts if part.key not in NOT_FILED)
    return replace(whole, letter=None, plates=(), data="", parts=parts)


def exhibits(claim: Claim, lang: str) -> Iterator[tuple[Plate, Dossier]]:
    """Each exhibit with the pages that show it, and nothing else."""
    pen = Pen(claim, lang)
    whole = outline.compose(claim, lang)
    labels = whole.labels | {key: pen(said) for key, said in IN_COURT.items()}
    for plate in whole.plates:
        yield (
            plate,
            replace(
                whole,
                title=plate.label,
                subtitle=plate.what,
                letter=None,
                data="",
                parts=(),
                plates=(plate,),
                labels=labels,
            ),
        )


def register(claim: Claim, lang: str, filed: Sequence[FiledDocument]) -> Dossier:
    """The list of what is filed: number, what it is, file, pages, and the digests of file and original."""
    pen = Pen(claim, lang)
    digests = {exhibit.number: exhibit.digest for exhibit in claim.case.exhibits}
    columns = (
        TableColumn(pen(text("No.")), "left"),
        TableColumn(pen(text("What it is")), "left", "1fr"),
        TableColumn(pen(text("Pages")), "right"),
        TableColumn(pen(text("SHA-256 of the original")), "left", "52mm"),
    )
    rows = tuple(
        row(
            Cell(f"K{NBSP}{one.exhibit}" if one.exhibit else "–"),
            Cell(one.title, one.file),
            Cell(pen.words.number(one.pages)),
            Cell(digests.get(one.exhibit, "–")),
            kind="exhibit",
        )
        for one in filed
    )
    lead = text(
        "Each exhibit is a file of its own. The originals are kept as they were received and can be inspected; the "
        "SHA-256 digest tells any change of them. What is blackened has nothing to do with the claim."
    )
    title = pen(text("List of exhibits"))
    part = Part("files", title, (Para(pen(lead)), Table(columns, rows, size="small")))
    whole = outline.compose(claim, lang)
    return replace(whole, title=title, letter=None, plates=(), data="", parts=(part,))


IN_COURT = {
    "more": text("{shown} of {pages} pages are shown; the original can be inspected."),
    "rows": text(
        "{shown} of {lines} lines are shown, those that the claim rests on among them; the original can be inspected."
    ),
    "binary": text("This format cannot be printed; the original can be inspected."),
    "xml": text("Data without pages; the original can be inspected."),
}
