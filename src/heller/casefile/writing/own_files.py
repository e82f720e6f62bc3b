"""Heller's own files are known and never become exhibits: their salts, advice and closed fields would travel to the
other side. It reads the first bytes, of a PDF the title, of what is packed the names; PDFs and packed files are
opened by the process that opens foreign ones."""

from __future__ import annotations

import io
import re
import zipfile
from base64 import b64encode
from collections.abc import Callable, Collection
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from zlib import crc32

from heller.casefile.apart import process
from heller.journal.archive import local_header
from heller.journal.bundle import MIMETYPE
from heller.journal.places import BODIES, JOURNAL, anchor_files
from heller.model.errors import InputRefused
from heller.model.text import Text, text

LINE = re.compile(rb'\{"boot":"[^"]*","c":"[0-9a-f]{64}","kind":"')
BODY = re.compile(rb'\{"body":\{.*"salt":"[0-9a-f]{64}","seq":\d+\}\s*$', re.DOTALL)
ANCHOR, PROOF, CLAIM = (
    b"heller-anchor/1\n",
    b"c2sp.org/tlog-proof@v1\n",
    re.compile(rb'"schema": ?"heller-claim'),
)
PACKED, LARGEST = b"PK\x03\x04", 1 << 20  # bytes of an answer of an authority
ATTACHED = b64encode(local_header("mimetype", crc32(MIMETYPE), len(MIMETYPE)) + MIMETYPE)[
    :72
]  # how a bundle begins in a mail
PDF, PRESS = b"%PDF-", b"Typst"
ADVICE = (
    "Advice for the firm and its lawyer",
    "Interner Vermerk für das Unternehmen und seinen Anwalt",
    "Handreichung für die Firma und ihren Anwalt",  # its title until December 2026
)
DOSSIER = ("Dossier: ", "Closed dossier: ")


def own_folder(folder: Path) -> bool:
    """Whether a folder is a case."""
    return (folder / JOURNAL).is_file() and (folder / BODIES).is_file()


Heads = Callable[[], Collection[bytes]]


class OwnFile(NamedTuple):
    """What a file of Heller's own is, and which way there is for it."""

    what: Text
    way: Text


BUNDLED = text(
    "What was written in it comes over with heller journal join CASE BUNDLE --by NAME, what is missing here with "
    "heller journal mend CASE --from BUNDLE; it is checked with heller verify BUNDLE."
)
COPIED = text(
    "What was written in another copy of the case comes over with heller journal join CASE OTHER --by NAME; heller "
    "journal compare CASE OTHER says what that is. What another case holds is taken in from its own files."
)
ADVISED = text(
    "Nothing of it belongs into a case: it is made anew with heller dossier, and is for the firm alone."
)
MADE = text(
    "It is made anew from the case with heller dossier; heller dossier CASE --handed-out NAME keeps what went out."
)
HEADS = text(
    "It is compared with heller verify BUNDLE --anchor FILE, a proof with heller journal check FILE."
)
KINDS = {  # of what has to be opened
    "bundle": OwnFile(text("a bundle"), BUNDLED),
    "case": OwnFile(text("a packed case"), COPIED),
    "advice": OwnFile(text("the advice for the firm and its lawyer"), ADVISED),
    "dossier": OwnFile(text("a dossier"), MADE),
}
STAMPED = text("It lies under anchors/ already; what is waited for is fetched with heller stamp CASE.")


def what_it_is(data: bytes, heads: Heads = frozenset) -> OwnFile | None:
    """What a file of Heller's own is; None for every other file. `heads` gives the digests of the case's tree heads."""
    head = data[:4096]
    if head.startswith(PACKED) or (head.startswith(PDF) and PRESS in data):
        return _opened(data)
    if ATTACHED in data:
        return OwnFile(text("a mail with a bundle"), BUNDLED)
    if LINE.match(head):
        return OwnFile(text("the journal of a case"), COPIED)
    if head.startswith(b'{"body":') and BODY.match(data.split(b"\n", 1)[0]):
        return OwnFile(text("what the entries of a case say, with their salts"), COPIED)
    if head.startswith(ANCHOR):
        return OwnFile(text("a tree head of a case"), HEADS)
    if head.startswith(PROOF):
        return OwnFile(text("a proof about a journal"), HEADS)
    if head.startswith(b"0") and len(data) < LARGEST and any(one in data for one in heads()):
        return OwnFile(text("the answer of an authority to this case"), STAMPED)
    if head.lstrip().startswith(b"{") and CLAIM.search(data[: 1 << 20]):
        return OwnFile(text("the figures of a claim"), MADE)
    return None


def _opened(data: bytes) -> OwnFile | None:
    """What a PDF or a packed file is."""
    found = process.ask_or_none("own", (), [data])
    return KINDS[found.decode()] if found else None


def packed_kind(data: bytes) -> bytes | None:
    """The name of its kind in `KINDS`; None for every other file. A job: it opens what may be anybody's."""
    kind = _packed(data) if data.startswith(PACKED) else _pdf(data)
    return kind.encode() if kind else None


def _packed(data: bytes) -> str:
    """A bundle, or a packed case, by the names of its members; its contents are not opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            names = {PurePosixPath(name) for name in file.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return ""
    if MIMETYPE in data[:4096] and PurePosixPath("META-INF/ASiCManifest001.xml") in names:
        return "bundle"
    if any(name.name == JOURNAL and name.with_name(BODIES) in names for name in names):
        return "case"
    return ""


def _pdf(data: bytes) -> str:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return ""
    try:
        title = str(document.get_metadata_dict().get("Title", ""))
    finally:
        document.close()
    if title.startswith(ADVICE):
        return "advice"
    return "dossier" if title.startswith(DOSSIER) else ""


def require_foreign(name: str, data: bytes, heads: Heads = frozenset) -> None:
    """Raises InputRefused where a file is one of Heller's own, with the way that there is for it."""
    if (own := what_it_is(data, heads)) is not None:
        raise InputRefused(
            text("{name} is a file of Heller itself: {what}.", name=name, what=own.what),
            text(
                "As an exhibit it would travel to the other side. Nothing was added; the case is as it was."
            ),
            own.way,
        )


def heads_of(folder: Path) -> frozenset[bytes]:
    """The SHA-256 of the tree heads of a case, over which authorities answer."""
    return frozenset(sha256(path.read_bytes()).digest() for path in anchor_files(folder).values())


def require_no_case(folder: Path) -> None:
    """Raises InputRefused where a folder is a case."""
    if own_folder(folder):
        raise InputRefused(
            text("{name} is a case of Heller, not a folder of files.", name=str(folder)),
            text(
                "Its journal and its salts would travel to the other side. Nothing was added; the case is as it was."
            ),
            COPIED,
        )
