"""The journal: every entry with its line's digest, whether all of it holds, the anchor as text and QR code, and a
bundle of anybody's checked in the browser. Looking writes nothing."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from msgspec import Struct

from heller import casefile
from heller.casefile.formats import UnknownRecord, record_of
from heller.casefile.stamping import outside
from heller.casefile.stamping.summary import summary
from heller.journal import anchors, store
from heller.journal.entry import Entry
from heller.journal.short_anchor import line_of
from heller.model.kinds import kind_of
from heller.model.text import Text, text
from heller.web.desk import Desk, show
from heller.web.memory import TURN
from heller.web.paging import page_of
from heller.web.picture import inline
from heller.web.records import line

PLACE, NAME = 410, text("The journal")
PAGE = 60  # entries on a page
KINDS = {
    "opened": text("The case was opened"),
    "exhibit": text("Exhibit taken in"),
    "double": text("A file once more"),
    "note": text("Note"),
    "record": text("Record"),
    "withdrawn": text("Taken back"),
    "restored": text("Counts again"),
    "dossier": text("Dossier made"),
    "anchor": text("Anchor made"),
    "stamp": text("Time stamp"),
    "segment": text("Measurements sealed"),
    "acceptance": text("Acceptance test"),
    "speed": text("Speed test"),
}


class EntryRow(Struct, frozen=True):
    """An entry as the list shows it: number, kind, when, the clock's quality, what it says, the digest of its line."""

    number: int
    kind: Text
    wall: str
    sync: str
    said: str
    digest: str


def row(entry: Entry, desk: Desk) -> EntryRow:
    """One entry; of an erased one what it was."""
    kind = KINDS.get(entry.kind, Text(entry.kind))
    return EntryRow(
        entry.seq, kind, entry.wall[:19].replace("T", " "), entry.sync, _said(entry, desk), entry.line_hash
    )


def _said(entry: Entry, desk: Desk) -> str:
    if entry.body is None:
        return desk.words(text("erased since"))
    if entry.kind in ("note", "record"):
        try:
            record = record_of(entry.body)
        except UnknownRecord:
            return ""
        return f"{desk.words(kind_of(record).name)}: {line(record, desk.words)}"
    return str(entry.body.get("name", entry.body.get("why", "")))


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """The list, newest first, with the head and what third parties have stamped."""
    desk = Desk(request, looks_back=False)
    checked = casefile.entries(desk.folder)
    rows = [row(entry, desk) for entry in reversed(checked.entries)]
    made = anchors.anchors(checked, desk.folder)
    last = made[-1] if made else None
    values = {
        "page": page_of(request, rows, PAGE, lambda one: f"{one.number} {desk.words(one.kind)} {one.said}"),
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
