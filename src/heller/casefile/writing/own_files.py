"""Heller's own files are known and never become exhibits: their salts, advice and closed fields would travel to the
other side. It reads the first bytes, and of a PDF the title."""

from __future__ import annotations

import re
from pathlib import Path

from heller.journal.bundle import MIMETYPE
from heller.journal.places import BODIES, JOURNAL
from heller.model.errors import InputRefused
from heller.model.text import Text, text

LINE = re.compile(rb'\{"boot":"[^"]*","c":"[0-9a-f]{64}","kind":"')
BODY = re.compile(rb'\{"body":\{.*"salt":"[0-9a-f]{64}","seq":\d+\}\s*$', re.DOTALL)
ANCHOR, PROOF, CLAIM = b"heller-anchor/1\n", b"c2sp.org/tlog-proof@v1\n", re.compile(rb'"schema": ?"heller-')
PDF, PRESS = b"%PDF-", b"Typst"
ADVICE = ("Advice for the firm and its lawyer", "Handreichung für die Firma und ihren Anwalt")
DOSSIER = ("Dossier: ", "Closed dossier: ")


def own_folder(folder: Path) -> bool:
    """Whether a folder is a case."""
    return (folder / JOURNAL).is_file() and (folder / BODIES).is_file()


def what_it_is(data: bytes) -> Text | None:
    """What a file of Heller's own is; None for every other file."""
    head = data[:4096]
    if (
        head.startswith(b"PK")
        and MIMETYPE in head
        and b"META-INF/ASiCManifest001.xml" in head + data[4096:8192]
    ):
        return text("a bundle")
    if LINE.match(head):
        return text("the journal of a case")
    if head.startswith(b'{"body":') and BODY.match(data.split(b"\n", 1)[0]):
        return text("what the entries of a case say, with their salts")
    if head.startswith(ANCHOR):
        return text("a tree head of a case")
    if head.startswith(PROOF):
        return text("a proof about a journal")
    if head.lstrip().startswith(b"{") and CLAIM.search(data[: 1 << 20]):
        return text("the figures of a claim")
    return _pdf(data) if head.startswith(PDF) and PRESS in data else None


def _pdf(data: bytes) -> Text | None:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return None
    try:
        title = str(document.get_metadata_dict().get("Title", ""))
    finally:
        document.close()
    if title.startswith(ADVICE):
        return text("the advice for the firm and its lawyer")
    return text("a dossier") if title.startswith(DOSSIER) else None


def require_foreign(name: str, data: bytes) -> None:
    """Raises InputRefused where a file is one of Heller's own."""
    if (what := what_it_is(data)) is not None:
        raise InputRefused(
            text("{name} is a file of Heller itself: {what}.", name=name, what=what),
            text(
                "As an exhibit it would travel to the other side. Nothing was added; the case is as it was."
            ),
            text(
                "A bundle is checked with heller verify, and mends a case with heller journal mend CASE --from BUNDLE; "
                "another copy of a case is compared with heller journal compare."
            ),
        )


def require_no_case(folder: Path) -> None:
    """Raises InputRefused where a folder is a case."""
    if own_folder(folder):
        raise InputRefused(
            text("{name} is a case of Heller, not a folder of files.", name=str(folder)),
            text(
                "Its journal and its salts would travel to the other side. Nothing was added; the case is as it was."
            ),
            text("Two copies of one case are compared with heller journal compare ONE OTHER."),
        )
