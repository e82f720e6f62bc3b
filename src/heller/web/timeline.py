"""The chronology as a picture: the outage as a band, contacts, papers and deadlines as marks in their rows, over the
time that is asked for. Positions only; the page draws them and the list below says the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from msgspec import Struct

from heller.model.claim import Claim
from heller.model.outage import OpenEnd
from heller.model.span import Bounds
from heller.model.text import Text, text

WIDTH, LEFT, ROW = 1000, 130, 34  # px
DAY = timedelta(days=1)
LANES: tuple[tuple[str, Text, frozenset[str]], ...] = (
    ("line", text("Line"), frozenset({"down", "up", "doubt"})),
    ("theirs", text("The other side"), frozenset({"theirs", "mail"})),
    ("ours", text("We"), frozenset({"ours"})),
    ("papers", text("Papers"), frozenset({"receipt", "paper", ""})),
    ("dates", text("Dates"), frozenset({"date"})),
)
ZOOMS = (
    ("all", text("All")),
    ("90", text("90 days")),
    ("30", text("30 days")),
    ("7", text("7 days")),
    ("1", text("One day")),
)


class Mark(Struct, frozen=True):
    """A mark: where it stands (px), what it says, the address of its event in the list."""

    x: float
    y: int
    tone: str
    title: str
    address: str = ""


class Band(Struct, frozen=True):
    """The outage from x over a width (px)."""

    x: float
    width: float


class Tick(Struct, frozen=True):
    """A day on the axis."""

    x: float
    day: date


class Zoom(Struct, frozen=True):
    """A link that shows more or less time."""

    name: Text
    address: str
    here: bool


class Timeline(Struct, frozen=True):
    """The picture: its lanes with their names and heights, bands, marks, ticks, links that zoom and move."""

    lanes: tuple[tuple[Text, int], ...]
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    zooms: tuple[Zoom, ...]
    moved: tuple[str, ...]
    height: int
    begin: date
    end: date


def span_of(days: Sequence[date], zoom: str, start: date | None) -> tuple[date, date]:
    """The days that are shown: all with something on them, or so many from a start."""
    first, last = min(days), max(days) + DAY
    if not zoom.isdecimal() or not 1 <= int(zoom) <= 3660:
        return first - DAY, last + DAY
    begin = start if start is not None else first
    return begin, begin + timedelta(days=int(zoom))


def lane_of(tone: str) -> int:
    """In which row something of a tone stands; papers where none names it."""
    return next((n for n, (_, _, tones) in enumerate(LANES) if tone in tones), 3)


class Happening(Struct, frozen=True):
    """Something that happened on a day, at a time where one is known: its tone, its title, its address."""

    day: date
    clock: datetime | None
    tone: str
    title: str
    address: str = ""


def timeline(
    claim: Claim, found: Sequence[Happening], zoom: str, start: date | None, lanes: Sequence[str]
) -> Timeline | None:
    """The picture of what happened, and of the outages where their lane is shown; None where there is none to show."""
    zone = claim.case.tz
    outages = [(one.start.latest.astimezone(zone), _end(one.end).astimezone(zone)) for one in claim.seen]
    days = [one.day for one in found if one.tone != "date"] + [at.date() for pair in outages for at in pair]
    if not days:
        return None
    begin, end = span_of(days, zoom, start)
    scale = (WIDTH - LEFT - 10) / max((end - begin).days, 1)

    def x(day: date, clock: datetime | None) -> float:
        part = 0.5 if clock is None else (clock.hour * 60 + clock.minute) / 1440
        return round(LEFT + ((day - begin).days + part) * scale, 1)

    def y(tone: str) -> int:
        return 20 + lane_of(tone) * ROW + ROW // 2

    bands = [
        _band(x(a.date(), a), x(b.date(), b)) for a, b in outages if a.date() < end and b.date() >= begin
    ]
    step = max(1, -(-(end - begin).days // 8))
    days_shown = [begin + n * DAY for n in range(0, (end - begin).days, step)]
    moved = [] if zoom == "all" else [begin - (end - begin), end]
    return Timeline(
        tuple((name, 20 + n * ROW + ROW // 2) for n, (_, name, _) in enumerate(LANES)),
        tuple(bands) if "line" in lanes else (),
        tuple(
            Mark(x(one.day, one.clock), y(one.tone), one.tone or "paper", one.title, one.address)
            for one in found
            if begin <= one.day < end
        ),
        tuple(Tick(x(day, None) - scale / 2, day) for day in days_shown),
        tuple(Zoom(name, _address(key, begin, lanes), key == zoom) for key, name in ZOOMS),
        tuple(_address(zoom, day, lanes) for day in moved),
        20 + len(LANES) * ROW + 24,
        begin,
        end - DAY,
    )


def _address(zoom: str, begin: date, lanes: Sequence[str]) -> str:
    chosen = [("show", lane) for lane in lanes] if len(lanes) < len(LANES) else []
    moved = [] if zoom == "all" else [("start", begin.isoformat())]
    return "?" + urlencode([("zoom", zoom), *moved, *chosen])


def _end(end: Bounds | OpenEnd) -> datetime:
    return end.earliest if isinstance(end, OpenEnd) else end.latest


def _band(a: float, b: float) -> Band:
    left, right = max(a, LEFT), min(b, WIDTH - 10)
    return Band(left, round(max(right - left, 2), 1))
