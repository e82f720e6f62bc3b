"""Reads tables of changes of state that a monitor kept: when something went down, when it came back.

Between two changes the state stands, but whether anybody watched does not stand there: it is another's word. A table
that may as well be one of probes is asked about and not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.tables import kinds, outages_and_probes
from heller.intake.tables.cells import CellRow
from heller.intake.tables.kinds import Kind
from heller.intake.written import numbers, wall_time
from heller.intake.written.wall_time import Moment
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.device_log import DeviceEvent, DeviceLog, DeviceSign
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "state-list"
UNSURE = 60.0  # seconds: a monitor notices a change with its next check


def identify(head: bytes, name: str) -> Confidence:
    """By headings of a time and a state, and rows that say each state once."""
    content = numbers.tabular(head)[:32768]
    if outages_and_probes.outages(content, name):
        return NOT_MINE  # each row says how long it lasted
    found = kinds.kind(content)
    if found is Kind.CHANGES:
        return Confidence(78, text("Its rows are changes of state."))
    if found is Kind.EITHER:
        return Confidence(72, text("Its rows may be changes of state or probes."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One log per target; times without an offset are taken in `zone`."""
    content = numbers.decode(blob.data)
    listing = kinds.changes(content)
    if listing is None:
        return nothing(blob, _none(blob), NAME)
    source = Locator(blob.digest, f"row {listing.head.number}")
    lines = list(listing.rows(content))
    if kinds.kind(content) is Kind.EITHER:
        return Reading(NAME, blob.name, (), (_question(source),), len(lines), len(lines))
    known: list[tuple[CellRow, Moment, str, bool | None]] = []
    bad: list[CellRow] = []
    for line in lines:
        at, said = wall_time.stamp(listing.stamp(line, "time"), zone), listing.cell(line, "state")
        up = _state(said)
        if at is None or (up is None and not _is_maybe(said) and not _is_neither(said)):
            bad.append(line)
        else:
            known.append((line, at, said, up))
    moments = wall_time.in_order([one[1] for one in known], zone)
    rows = [(line, at, said, up) for (line, _, said, up), at in zip(known, moments, strict=True) if at]
    rows.sort(key=lambda one: (one[1].at, one[0].number))
    targets = dict.fromkeys(listing.cell(line, "target") for line, _, _, _ in rows)
    logs = []
    for target in targets:
        own = [one for one in rows if listing.cell(one[0], "target") == target]
        if any(up is not None for _, _, _, up in own):
            logs.append(_log(blob, target, own))
    findings = [
        *wall_time.doubts([at for _, at, _, _ in rows], zone, source),
        *_doubts(blob, bad, bool(logs)),
    ]
    return Reading(NAME, blob.name, tuple(logs), tuple(findings), len(lines), len(bad))


def _state(said: str) -> bool | None:
    """Up, down, or neither; a state in part is neither by itself."""
    if _is_maybe(said):
        return None
    try:
        return outages_and_probes.state(said)
    except ValueError:
        return None


def _is_maybe(said: str) -> bool:
    return bool(kinds.MAYBE.search(said))


def _is_neither(said: str) -> bool:
    try:
        return outages_and_probes.state(said) is None
    except ValueError:
        return False


def _log(blob: Blob, target: str, rows: Sequence[tuple[CellRow, Moment, str, bool | None]]) -> DeviceLog:
    """The changes of one target. A warning right before a 'down' is when it may have begun."""
    events: list[DeviceEvent] = []
    maybe: Moment | None = None
    for line, at, said, up in rows:
        if up is None:
            maybe = maybe or (at if _is_maybe(said) else None)
            continue
        sign = DeviceSign.LINE_UP if up else DeviceSign.LINE_DOWN
        event = DeviceEvent(at.at, sign, ";".join(line.cells)[:200], line.number, width=at.width)
        if not up and maybe is not None:
            event = replace(event, at=maybe.at, width=(at.at - maybe.at).total_seconds() + at.width)
        events.append(event)
        maybe = None
    source = Locator(blob.digest, f"row {events[0].row}")
    return DeviceLog(target or blob.name, tuple(events), source, UNSURE, stated=True)


def _doubts(blob: Blob, bad: Sequence[CellRow], any_log: bool) -> list[Finding]:
    found = []
    if bad:
        said = text(
            "{n} rows of the changes of state could not be read; the first is row {row}.",
            n=len(bad),
            row=bad[0].number,
        )
        found.append(
            Finding("states.unread", said, None, Weight.WARNING, Locator(blob.digest, f"row {bad[0].number}"))
        )
    if any_log:
        said = text("Changes of state are a monitor's word; when nobody watched does not stand in them.")
        found.append(Finding("states.stated", said, None, Weight.NOTE, Locator(blob.digest)))
    else:
        found.append(_none(blob))
    return found


def _question(source: Locator) -> Finding:
    said = text("The rows may be single probes or changes of state; both fit, and they say different things.")
    do = text(
        "Say which it is: add an export with the milliseconds of each check, or a list with start and end of "
        "each outage."
    )
    return Finding("table.two_kinds", said, do, Weight.REFUSED, source)


def _none(blob: Blob) -> Finding:
    said = text("The table holds no change of state that can be read.")
    do = text("It needs a time with its day, and a state such as up or down.")
    return Finding("states.nothing", said, do, Weight.REFUSED, Locator(blob.digest))
