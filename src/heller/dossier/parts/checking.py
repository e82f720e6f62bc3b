"""How to check this dossier without its author, and what made it."""

from __future__ import annotations

from importlib.metadata import version

from heller.dossier import closed_marks
from heller.dossier.blocks import Block, Code, Heading, Para, Part
from heller.dossier.names import law_name
from heller.dossier.writer import Pen
from heller.model.text import text

ERASED, UNREAD = "entry-erased", "unread-"  # codes of findings
LEFT_OUT = frozenset({"exhibit-withdrawn", "exhibit-left-out"})


def part(pen: Pen) -> Part:
    """Attachments, bundle, journal, program."""
    blocks: list[Block] = [
        Para(pen(text("Nothing here needs our word. What can be checked, and with which tool:"))),
        Heading(pen(text("One exhibit"))),
        Para(
            pen(
                text(
                    "Save the attachment of the exhibit from this file and compute its digest. It must be "
                    "the one in the list of exhibits. Poppler takes the attachments out as well as any "
                    "viewer:"
                )
            )
        ),
        Code(("pdfdetach -saveall dossier.pdf", "sha256sum *")),
        Heading(pen(text("The whole case"))),
        Para(
            pen(
                text(
                    "The bundle holds the originals, the journal of everything that was written and taken in, "
                    "its tree heads with the time stamps of third parties, this dossier and the claim in "
                    "machine-readable form. Standard tools check it; the bundle's sheets VERIFY.txt and "
                    "PRUEFEN.txt have the 16 lines for it. The first two:"
                )
            )
        ),
        Code(
            (
                "unzip bundle.zip -d bundle && cd bundle",
                "sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt META-INF/seal-sha256.txt",
            )
        ),
        Para(pen(text("With Heller, every figure is worked out again from the originals and compared:"))),
        Code(("heller verify bundle.zip",)),
        *_journal(pen),
        *_omissions(pen),
        *closed_marks.blocks(pen),
        Heading(pen(text("What made it"))),
        pen.terms(
            [
                (text("Program"), f"Heller {version('heller')}"),
                (text("Rule of the outage"), pen.claim.detection.rule),
                (text("Law"), pen(law_name(pen.claim.waterfall))),
                (text("Figures as of"), pen.words.day(pen.claim.waterfall.as_of)),
                (text("Seed of the draws"), str(pen.claim.assessment.seed)),
            ]
        ),
    ]
    return Part("checking", pen(text("How to check this dossier")), tuple(blocks), fresh=True)


def _omissions(pen: Pen) -> list[Block]:
    """What was erased, withdrawn, left out of the bundle or not read: nothing where all is there."""
    gone = [pen(finding.text) for finding in pen.case.findings if finding.code == ERASED]
    for exhibit in pen.case.exhibits:
        for finding in exhibit.reading.findings:
            if finding.code in LEFT_OUT or finding.code.startswith(UNREAD):
                said = text("Exhibit K {n}: {what}", n=exhibit.number, what=finding.text)
                gone.append(pen(said))
    if not gone:
        return []
    said = text("This much was written or taken in and does not speak here; heller verify names it too:")
    return [Heading(pen(text("What is left out"))), Para(pen(said)), *(Para(line) for line in gone)]


def _journal(pen: Pen) -> list[Block]:
    if not pen.case.head:
        return []
    said = text(
        "The journal stood at {n} entries when this dossier was made. The digest of the last one is:",
        n=pen.case.entries,
    )
    limit = text(
        "Each entry carries the digest of the one before it: whoever holds this line can tell whether "
        "anything before it was changed, moved or left out. When the entries were written, the time stamps "
        "in the bundle show, where there are any; without them only a copy of this line in other hands does."
    )
    return [Heading(pen(text("The journal"))), Para(pen(said)), Code((pen.case.head,)), Para(pen(limit))]
