"""From the rows of a list to units of business, by the profile of the list. What the rows say is kept as it is said:
nothing is worked back, nothing guessed; what is missing, the damage asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from heller.intake.tables.office_orders import customer
from heller.intake.tables.profile import TableProfile
from heller.intake.tables.row import WRITE_AMOUNT, WRITE_DAY, WRITE_MOMENT, YEARS, Row, currency_of
from heller.intake.tables.unit_words import fate, moved_to
from heller.intake.written import numbers
from heller.intake.written.canonical import LONGEST, fold, is_open, share
from heller.intake.written.day_forms import DATE_FORMS, day, proven_forms
from heller.model.kinds.unit import Fate, Unit, UnitKind
from heller.model.money import Money, half_up
from heller.model.text import text

NOON = timedelta(hours=12)
MONEY = (
    "net",
    "gross",
    "sum",
    "night_price",
    "gross19",
    "gross7",
    "gross0",
    "taxes",
    "refunded",
    "cash",
    "card",
)
PLACED = ("date", "made", "net", "gross", "sum", "status")  # where it stands
SHORT = 40  # characters of a remark that may stand for a status
DAYS = ("date", "until", "later", "cancelled_on", "made")
RATES = {"gross19": Decimal("0.19"), "gross7": Decimal("0.07"), "gross0": Decimal(0)}
YES = ("ja", "yes", "x", "1", "true", "wahr")
NO_SALE = ("geldtransit", "einzweckgutschein", "anfangsbestand", "privateinlage", "privatentnahme", "trinkgeldan",
           "lohnzahlung", "einzahlung", "auszahlung", "differenzsollist", "abschoepfung", "training", "avtraining",
           "avtransfer", "avbestellung", "avsonstige", "avrechnung", "avbelegabbruch", "avbelegstorno", "avsachbezug",
           "payout", "fee", "gebuehr", "transfer", "deposit", "withdrawal")  # fmt: skip
FAILED = (
    "fehlgeschlagen",
    "failed",
    "abgelehnt",
    "declined",
    "abgebrochen",
    "cancelled",
    "canceled",
    "storniert",
)
_MARK = re.compile(r"\d([.,])(?:\d{1,2}|\d{4,5})\s*(?:€|[A-Z]{3})?$", re.IGNORECASE)
_CLOCK12 = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?\s*([AaPp])\.?[Mm]\.?")
_PARTS = re.compile(r"^(.*?\d)(?:T|,?\s+)(\d{1,2}[:.]\d{2}.*)$")
_WEEKDAY = re.compile(
    r"^(?:Mo|Di|Mi|Do|Fr|Sa|So|Mon|Tue|Wed|Thu|Fri|Sat|Sun|\w{3,10}tag|Mittwoch|\w{3,6}day)[.,]{0,2}\s+(?=\d)",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?<!\s)\s*(?:EUR|Euro|€)\s*", re.IGNORECASE)
_EXACT = re.compile(r"\d[T ]\d{2}:\d{2}.{0,20}(?:Z|[+-]\d{2}:?\d{2})$")


class UnitRows:
    """The rows of one list, read by a profile; `unknown` are the words of fates that nobody knows, with their rows."""

    def __init__(self, profile: TableProfile, rows: Sequence[Row], zone: ZoneInfo) -> None:
        self.profile, self.zone = profile, zone
        self.kind = UnitKind(profile.unit)
        self.unknown: dict[str, list[int]] = {}
        self.forms = {key: self._forms(rows, key) for key in DAYS}
        marks = {m[1] for row in rows for key in MONEY if (m := _MARK.search(row[key][-20:].strip()))}
        self.mark = profile.decimal or (marks.pop() if len(marks) == 1 else "")

    def _forms(self, rows: Sequence[Row], key: str) -> tuple[str, ...]:
        """The one form of days that the whole column proves; all where it proves none."""
        cells = [_split(row[key])[0] for row in rows if row[key]]
        good = proven_forms([cell for cell in cells if day(cell, DATE_FORMS)])
        return good if len(good) == 1 else ()

    def unit(self, row: Row) -> Unit | None:
        """The unit of a row; None for a row that says nothing of business (a cash transit, a training receipt)."""
        if fold(row["kind"]).replace(" ", "").startswith(NO_SALE):
            return None
        if self.kind is UnitKind.TAKINGS and fold(row["status"]).startswith(FAILED):
            return None
        at, timed = self._at(row)
        became = self._fate(row)
        later = self._optional_day(row, "later") or moved_to(f"{row['status']} {row['remark']}")
        unsaid = became is Fate.HELD and not row["status"]
        if later is not None and (unsaid or became in (Fate.LOST, Fate.CANCELLED, Fate.OPEN, Fate.ABSENT)):
            became = Fate.CAUGHT_UP
        value, gross, rate = self._value(row)
        until = self._until(row, at)
        back = self._amount(row, "refunded") if row["refunded"] else None
        if self.kind is UnitKind.TAKINGS and row["void"] in YES and value is not None and value.cents > 0:
            value = -value
        return Unit(
            kind=self.kind,
            at=at,
            value=value,
            gross=gross,
            rate=rate,
            channel=row["channel"] or row["till"] or self.profile.channel,
            fate=became,
            number=self._number(row),
            count=self._count(row),
            until=until,
            later=later if became is Fate.CAUGHT_UP else None,
            called_off=self._optional_day(row, "cancelled_on"),
            back=back or None,
            customer=customer(row["customer"] or row["person"]),
            timed=timed,
            source=row.at(*(key for key in PLACED if key in row.head.places)),
        )

    def _fate(self, row: Row) -> Fate:
        word = row["status"]
        if row["cancelled"] and fold(row["cancelled"]) not in ("", "nein", "no", "false", "0", "n"):
            return Fate.CANCELLED
        if self.kind is UnitKind.TAKINGS:
            return Fate.HELD
        if not word:
            if row["cancelled_on"]:
                return Fate.CANCELLED
            silent = fate(row["remark"]) if len(row["remark"]) <= SHORT else None
            return silent if silent not in (None, Fate.HELD) else Fate(self.profile.fate or "held")
        found = fate(word)
        if found is None:
            self.unknown.setdefault(word[:60], []).append(row.number)
            return Fate.OPEN
        return found

    def _number(self, row: Row) -> str:
        """A receipt of a till is named by its till, its closing and itself, so that sums are told from their parts."""
        if row["till"]:
            return "/".join(filter(None, (row["till"], row["closing"], row["receipt"])))
        return (row["number"] or row["paper"]).strip("'# ")

    def _count(self, row: Row) -> int:
        if self.kind is UnitKind.TAKINGS or not row["count"]:
            return 1
        found = numbers.decimal(row["count"])
        return int(found) if found is not None and 0 < found < 100_000 and found == int(found) else 1

    # days and times

    def _at(self, row: Row) -> tuple[datetime, bool]:
        key = "date" if row["date"] else "made" if row["made"] else "date"
        raw = row.need(key)
        if _EXACT.search(raw) and (exact := numbers.moment(raw, "", self.zone)):
            return exact, key == "date"
        on, clock = self._day_and_clock(row, key)
        # A spreadsheet writes a day as its midnight.
        since = clock if clock else self._clock(row, "time")
        if key == "made":  # when the report was made says nothing of the hour of its takings
            since = None
        found = numbers.local(datetime.combine(on, time()) + (NOON if since is None else since), self.zone)
        if found is None:
            raise row.unreadable(key, WRITE_MOMENT)
        return found.astimezone(UTC), since is not None

    def _day_and_clock(self, row: Row, key: str) -> tuple[date, timedelta | None]:
        raw = row.short(key, WRITE_DAY)
        bare, clock = _split(raw)
        found = day(bare, self.forms[key]) if self.forms.get(key) else None
        found = found or numbers.day(bare)
        if found is None or found.year not in YEARS:
            raise row.unreadable(key, WRITE_DAY)
        return found, _since(clock) if clock else None

    def _clock(self, row: Row, key: str) -> timedelta | None:
        return _since(row.short(key, WRITE_MOMENT)) if row[key] else None

    def _optional_day(self, row: Row, key: str) -> date | None:
        return self._day_and_clock(row, key)[0] if row[key] and not is_open(row[key]) else None

    def _until(self, row: Row, at: datetime) -> datetime | None:
        """When it ended: a departure, the end of an appointment (which may be a time of day alone)."""
        on = at.astimezone(self.zone).date()
        if row["nights"] and not row["until"]:
            found = numbers.decimal(re.sub(r"\s*\D*$", "", row["nights"]))
            last = on + timedelta(days=int(found)) if found is not None and 0 < found < 1000 else None
            return _noon(last, self.zone) if last else None
        if not row["until"]:
            return None
        bare, _ = _split(row["until"])
        if (since := _since(row["until"])) is not None and numbers.day(bare) is None:
            ends = numbers.local(datetime.combine(on, time()) + since, self.zone)
        else:
            last, since = self._day_and_clock(row, "until")
            ends = numbers.local(datetime.combine(last, time()) + (since or NOON), self.zone)
        return ends if ends is not None and ends >= at else None

    # money

    def _value(self, row: Row) -> tuple[Money | None, bool, Decimal | None]:
        """What a row brings, whether with VAT, and the rate of that VAT; net wins where both stand there."""
        rate = share(row["rate"], percent=True) if row["rate"] else None
        if row["net"]:
            return self._amount(row, "net"), False, rate
        split = [(key, self._amount(row, key)) for key in RATES if row[key]]
        if split and self._is_whole(row, sum(amount.cents for _, amount in split)):
            return Money(sum(half_up(a.cents / (1 + RATES[key])) for key, a in split)), False, None
        if not row["gross"] and not row["sum"] and row["night_price"]:
            nights = self._nights(row)
            return self._amount(row, "night_price") * nights, True, rate
        if not row["gross"] and not row["sum"]:
            parts = [self._amount(row, key) for key in ("cash", "card") if row[key]]
            return (sum(parts[1:], parts[0]), True, rate) if parts else (None, True, rate)
        gross = self._amount(row, "gross" if row["gross"] else "sum")
        if row["taxes"]:
            return gross - self._amount(row, "taxes"), False, rate
        return gross, True, rate

    def _is_whole(self, row: Row, cents: int) -> bool:
        """Whether the amounts by rate are all that a row brings."""
        key = "gross" if row["gross"] else "sum" if row["sum"] else ""
        return not key or self._amount(row, key).cents == cents

    def _nights(self, row: Row) -> int:
        at = self._at(row)[0]
        until = self._until(row, at)
        return (
            max((until.astimezone(self.zone).date() - at.astimezone(self.zone).date()).days, 1)
            if until
            else 1
        )

    def _amount(self, row: Row, key: str) -> Money:
        raw = row.short(key, WRITE_AMOUNT)
        unit = (row["currency"] or currency_of(row.heading(key)) or "EUR").strip().upper()
        unit = numbers.SYMBOLS.get(unit.lower(), unit)
        named = re.search(r"\b([A-Z]{3})\b|([$£])", raw)
        if unit not in ("EUR", "EURO", "€") or (named and (named[1] or named[2]) not in ("EUR",)):
            raise row.reject(
                "row.currency",
                text(
                    "Row {row} was not read: it is in {currency}, and a claim is worked out in euro.",
                    row=row.number,
                    currency=(named and (named[1] or named[2])) or unit,
                ),
                text("Enter the amount in euro with the rate of the day and its source."),
                key,
            )
        bare = _UNIT.sub("", raw).strip()
        found = numbers.decimal(bare, self.mark)
        if found is None or row.torn(key):
            raise row.unreadable(key, WRITE_AMOUNT)
        return Money(half_up(found * 100))


def _split(raw: str) -> tuple[str, str]:
    """Day and time of day of a cell that may hold both."""
    bare = _WEEKDAY.sub("", raw.strip()[:LONGEST])
    match = _PARTS.match(bare)
    return (match[1].rstrip(","), match[2]) if match else (bare, "")


def _since(raw: str) -> timedelta | None:
    """A time of day, on a clock of 24 or of 12 hours."""
    if match := _CLOCK12.fullmatch(raw.strip()):
        hours = int(match[1]) % 12 + (12 if match[3] in "Pp" else 0)
        return timedelta(hours=hours, minutes=int(match[2]))
    bare = re.sub(r"(?<!\s)\s*(?:Z|[+-]\d{2}:?\d{2})$", "", raw.strip())
    return numbers.clock(bare.split(".")[0] if bare.count(":") > 1 else bare)


def _noon(on: date, zone: ZoneInfo) -> datetime | None:
    return numbers.local(datetime.combine(on, time()) + NOON, zone)
