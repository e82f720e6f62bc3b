"""Call lists of telephone systems: how many calls came in, were missed, went out, and how long they lasted.

Numbers and names of callers are third parties': none is kept. A silence during an outage may itself be evidence, so
the first and the last call are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.intake.einvoice.xml import children, local, parse, root_name, words
from heller.intake.reading import NOT_MINE, Confidence, nothing, reading_of_error
from heller.intake.tables import cells
from heller.intake.tables.cells import CellRow
from heller.intake.tables.export import Listing
from heller.intake.tables.profile import Found, TableProfile, built_in, look, of_table, sense
from heller.intake.written import numbers
from heller.intake.written.canonical import fold
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.summary import Summary
from heller.model.record import Blob, Reading
from heller.model.text import text
from heller.model.value import Support, Value

NAME = "calls"
KINDS = ("incoming", "missed", "outgoing", "blocked")
SURE = 93
IN = ("eingehend", "eingang", "in", "incoming", "inbound", "angenommen", "received", "ankommend")
OUT = ("ausgehend", "ausgang", "out", "outgoing", "outbound", "abgehend", "gewaehlt", "dialed", "placed")
MISSED = (
    "verpasst", "missed", "no answer", "unanswered", "nicht angenommen", "unbeantwortet", "busy", "besetzt", "failed",
    "noanswer", "abgebrochen", "cancelled", "nicht beantwortet", "entgangen", "lost", "congestion", "voicemail",
    "mailbox", "not answered", "hang up", "abandoned", "aufgelegt", "besetztton", "line busy",
)  # fmt: skip
BLOCKED = ("blocked", "blockiert", "gesperrt", "abgelehnt", "rejected", "abgewiesen", "declined")
INSIDE = 5  # figures of a number inside a telephone system, at most
_SECONDS = re.compile(r"(\d{1,6})\s*(?:s|sek\.?|sec\.?)?")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")


class Call(Struct, frozen=True):
    """One call: its kind, the wall clock's time, and its seconds."""

    kind: str
    at: datetime
    seconds: int


def identify(head: bytes, name: str) -> Confidence:
    """By the headings of a telephone system, the columns of Asterisk, or the root of a FRITZ!Box's list."""
    root, _ = root_name(head)
    if root == "root" and b"<Call>" in head and b"<Duration>" in head:
        return Confidence(SURE, text("It is a FRITZ!Box's call list as XML."))
    found = _profile_in(numbers.tabular(head)[:32768])
    if found is None:
        return NOT_MINE
    return Confidence(
        SURE, text("Its headings are those of the profile {profile}.", profile=found.profile.title)
    )


def _profile_in(content: str) -> Found | None:
    found = look(content, NAME)
    return found if found else _without_headings(content)


def _without_headings(content: str) -> Found | None:
    """A table whose columns are told by their number: every row has an instant and a state in its place."""
    for profile in of_table(content, NAME):
        rows = (
            [line for line in cells.first_lines(content, ",") if line.filled][:20] if profile.places else []
        )
        places = {role: n - 1 for role, n in profile.places.items()}
        listing = Listing(",", CellRow(0, ()), places)
        if rows and all(
            len(r.cells) >= profile.width and _at(listing, r) and listing.cell(r, "status") for r in rows
        ):
            return Found(profile, listing)
    return None


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The list as a whole; its times are those of the system's wall clock."""
    try:
        if root_name(blob.data[:4096])[0] == "root":
            return _reading(blob, "FRITZ!Box", list(_of_xml(blob)), 1)
        content = numbers.decode(blob.data)
        found = _profile_in(content)
        if found is None:
            return nothing(blob, _unreadable(blob, 1), NAME)
    except InputRefused as error:
        return reading_of_error(NAME, blob, error)
    return read_by(blob, found)


def read_by(blob: Blob, found: Found) -> Reading:
    """A list read by a layout, as a person looks at it before it is kept. Raises InputRefused."""
    rows = found.listing.rows(numbers.decode(blob.data))
    calls = [(line.number, _call(found.profile, found.listing, line)) for line in rows]
    return _reading(blob, found.profile.title, calls, found.listing.head.number + 1)


def _of_xml(blob: Blob) -> Iterator[tuple[int, Call | None]]:
    """The calls of a FRITZ!Box's list as its TR-064 hands it out."""
    (profile,) = (one for one in built_in(NAME) if one.name == "fritzbox")
    for n, call in enumerate(children(parse(blob.data), "Call"), 1):
        assert local(call) == "Call"
        said = {
            role: words(call, tag) for role, tag in (("kind", "Type"), ("at", "Date"), ("length", "Duration"))
        }
        listing = Listing(",", CellRow(0, ()), {role: at for at, role in enumerate(said)})
        yield n, _call(profile, listing, CellRow(n, tuple(said.values())))


def _reading(blob: Blob, title: str, calls: list[tuple[int, Call | None]], row: int) -> Reading:
    good = [call for _, call in calls if call]
    findings = tuple(_unreadable(blob, number) for number, call in calls if call is None)
    at = Locator(blob.digest, f"row {row}")
    if calls and not good:
        return Reading(NAME, blob.name, (), findings, len(calls), len(findings))
    stamps = [call.at for call in good]
    said: dict[str, str | int | None] = {
        "rows": len(calls),
        "calls": len(good),
        **{kind: sum(call.kind == kind for call in good) for kind in KINDS},
        "minutes": sum(-(-call.seconds // 60) for call in good),
        "from": min(stamps).isoformat() if stamps else None,
        "to": max(stamps).isoformat() if stamps else None,
    }
    values = {key: Value(value, Support.COMPUTED, at) for key, value in said.items()}
    return Reading(NAME, title, (Summary("calls", values, at),), findings, len(calls), len(findings))


def _call(profile: TableProfile, listing: Listing, line: CellRow) -> Call | None:
    """A call; None where its kind, time or length cannot be told."""
    at, kind = _at(listing, line), _kind(profile, listing, line)
    seconds = _length(listing.cell(line, "length"), profile)
    if at is None or not kind or seconds is None:
        return None
    return Call(kind, at, seconds)


def _kind(profile: TableProfile, listing: Listing, line: CellRow) -> str:
    """Whether a call came in, was missed, went out or was turned away."""
    if "kind" in listing.places:
        return sense(profile, listing.cell(line, "kind"))
    status, way = fold(listing.cell(line, "status")), fold(listing.cell(line, "direction"))
    if way.startswith(BLOCKED) or status.startswith(BLOCKED):
        return "blocked"
    if way.startswith(OUT):
        return "outgoing"
    missed = status.startswith(MISSED) or way.startswith(MISSED)
    if way.startswith(IN) or way.startswith(MISSED):
        return "missed" if missed else "incoming"
    if way or not status:
        return ""
    inside = _inside(listing, line)
    return "" if inside is None else "outgoing" if inside else "missed" if missed else "incoming"


def _inside(listing: Listing, line: CellRow) -> bool | None:
    """Whether who called is inside the system: by the context of the call, else by the lengths of the numbers."""
    context = fold(listing.cell(line, "context"))
    if context:
        words = set(context.split())
        if words & {"trunk", "pstn", "external", "incoming", "inbound", "did", "extern"}:
            return False
        if words & {"internal", "outgoing", "outbound", "intern", "phones", "users"}:
            return True
    one, two = (sum(c.isdigit() for c in listing.cell(line, role)) for role in ("from", "to"))
    if (one <= INSIDE) == (two <= INSIDE):
        return None
    return one <= INSIDE


def _at(listing: Listing, line: CellRow) -> datetime | None:
    day, clock = listing.cell(line, "date") or listing.cell(line, "at"), listing.cell(line, "time")
    if not clock:
        day, _, clock = day.replace("T", " ").replace(", ", " ").partition(" ")
    on, since = numbers.day(day), numbers.clock(clock.strip().partition(".")[0])
    if on is None or since is None:
        return None
    return datetime(on.year, on.month, on.day) + since


def _length(raw: str, profile: TableProfile) -> int | None:
    """Seconds of '0:03' (hours and minutes at a FRITZ!Box), '00:03:00', '180'; an empty cell is no time."""
    raw = raw.strip()
    if not raw or raw == "-":
        return 0
    if match := _CLOCK.fullmatch(raw):
        first, second, third = (int(part or 0) for part in match.groups())
        if match[1] is None and profile.name == "fritzbox":  # hours and minutes, rounded up
            return second * 3600 + third * 60
        return first * 3600 + second * 60 + third
    return int(match[1]) if (match := _SECONDS.fullmatch(raw)) else None


def _unreadable(blob: Blob, row: int) -> Finding:
    return Finding(
        "call-unreadable",
        text("Row {row} of the call list cannot be read.", row=row),
        text("Save the list again, unopened."),
        Weight.WARNING,
        Locator(blob.digest, f"row {row}"),
    )
