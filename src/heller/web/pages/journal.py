"""The journal: every entry with its line's digest under what third parties prove of when it was written, whether all of
it holds, the anchor as text and QR code, and a bundle of anybody's checked in the browser. Looking writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from msgspec import Struct

from heller import casefile
from heller.casefile.entry_line import said_by
from heller.casefile.folder import proofs_in
from heller.casefile.stamping import outside
from heller.casefile.stamping.summary import summary
from heller.dossier.names import ENTRIES, between, edge_name
from heller.dossier.wording import Words
from heller.journal import anchors, store
from heller.journal.brackets import brackets
from heller.journal.entry import Entry
from heller.journal.short_anchor import line_of
from heller.model.bracket import Bracket, Edge
from heller.model.text import Text, text
from heller.web.desk import Desk, show
from heller.web.memory import TURN
from heller.web.paging import page_of
from heller.web.picture import inline

PLACE, NAME = 410, text("The journal")
PAGE = 60  # entries on a page


class EntryRow(Struct, frozen=True):
    """An entry as the list shows it: number, kind, when by this machine's clock, whether that clock was compared, what
    it says, the digest of its line."""

    number: int
    kind: Text
    at: datetime | None
    compared: bool
    said: str
    digest: str
    bracket: Bracket


class EntryGroup(Struct, frozen=True):
    """Entries between the same two proofs, under what these prove, and the proofs themselves."""

    proven: Text
    edges: tuple[tuple[Text, Edge, str], ...]
    rows: tuple[EntryRow, ...]


def row(entry: Entry, bracket: Bracket, entries: Sequence[Entry], words: Words) -> EntryRow:
    """One entry; of an erased one what it was."""
    return EntryRow(
        entry.seq,
        ENTRIES.get(entry.kind, Text(entry.kind)),
        bracket.wall,
        entry.sync == "ntp",
        said_by(entry, entries, words),
        entry.line_hash,
        bracket,
    )


def grouped(rows: Sequence[EntryRow], words: Words) -> list[EntryGroup]:
    """Rows under the brackets that bound them, in their order."""
    found = []
    for (low, high), group in groupby(rows, lambda one: (one.bracket.not_before, one.bracket.not_after)):
        ends = ((text("not before"), low), (text("not after"), high))
        edges = tuple((label, edge, edge_name(edge, words)) for label, edge in ends if edge is not None)
        found.append(EntryGroup(between(low, high), edges, tuple(group)))
    return found


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """The list, newest first, with the head and what third parties have stamped."""
    desk = Desk(request, looks_back=False)
    checked = casefile.entries(desk.folder)
    proven = brackets(checked.entries, proofs_in(desk.folder, checked))
    both = zip(checked.entries, proven.brackets, strict=True)
    rows = [row(entry, bracket, checked.entries, desk.words) for entry, bracket in both][::-1]
    made = anchors.anchors(checked, desk.folder)
    last = made[-1] if made else None
    page = page_of(request, rows, PAGE, lambda one: f"{one.number} {desk.words(one.kind)} {one.said}")
    values = {
        "page": page,
        "groups": grouped(page.rows, desk.words),
        "findings": proven.findings,
        "total": len(rows),
        "head": checked.head,
        "stamped": summary(desk.folder, checked),
        "anchor": last,
        "line": line_of(last.digest) if last else "",
        "code": qr(f"HELLER {last.number} {line_of(last.digest)}") if last else "",
        "newer": len(rows) - last.size if last else 0,
        "originals": _originals(request, desk),
    }
    return show(request, "journal.html", values, desk=desk, nav="journal")


def qr(message: str) -> SafeString:
    """A QR code as a picture in the page."""
    import segno

    return mark_safe(inline(segno.make(message, error="m", micro=False).svg_inline(scale=5, border=4)))


def _originals(request: HttpRequest, desk: Desk) -> tuple[int, list[str]] | None:
    """How many originals are what their digest says, and which are not; None where nobody asked."""
    if "check" not in request.GET:
        return None
    faulty, good = [], 0
    for one in {exhibit.digest: exhibit for exhibit in desk.case.exhibits}.values():
        place = store.object_path(desk.folder, one.digest)
        if place.is_file() and sha256(place.read_bytes()).hexdigest() == one.digest:
            good += 1
        else:
            faulty.append(f"K {one.number} {one.name}")
    return good, faulty


@require_POST
def anchor(request: HttpRequest) -> HttpResponse:
    """Make an anchor of all that is written."""
    outside.show(Desk(request).folder)
    return HttpResponseRedirect("/journal/#anchor")


@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Check a bundle that somebody has: every digest, every entry, every figure."""
    desk, found = Desk(request, looks_back=False), None
    sent = request.FILES.get("bundle")
    if request.method == "POST" and isinstance(sent, UploadedFile):
        with TemporaryDirectory(prefix="heller-") as home, TURN:
            file = Path(home) / "bundle.zip"
            file.write_bytes(sent.read())
            found = casefile.verify_bundle(file, lambda said: None)
    return show(request, "verify.html", {"found": found}, desk=desk, nav="journal")


URLS = [path("journal/", view), path("journal/anchor", anchor), path("journal/verify", verify)]
