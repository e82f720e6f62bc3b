"""What the cells of an order's row say: its currency, its amounts, its moment. Which rows are one order is said
elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from heller.intake.tables import order_refusals
from heller.intake.tables.order_doubts import OrderDoubts
from heller.intake.tables.profile import TableProfile
from heller.intake.tables.row import WRITE_AMOUNT, WRITE_MOMENT, Row, currency_of
from heller.intake.written import numbers
from heller.intake.written.day_forms import DATE_FORMS, day
from heller.model.money import NO_CURRENCY, Money, half_up
from heller.model.text import text

HIGHEST = 27  # per cent of VAT (Hungary)
PROOF = 3  # amounts that must show the same decimal mark, and none another, before it is taken as proven
_MARK = re.compile(r"\d([.,])\d{1,2}\s*(?:€|[A-Z]{3})?$", re.IGNORECASE)
_NAMED_DAY = re.compile(r"([A-Za-zäÄ]{3})[-. ](\d{1,2})[-. ](\d{2}|\d{4})")


class OrderCells:
    """Reads the cells of the rows of one list, by a profile; what had to be assumed is noted in `doubts`."""

    def __init__(
        self, profile: TableProfile, rows: Sequence[Row], zone: ZoneInfo, doubts: OrderDoubts
    ) -> None:
        self.profile, self.doubts = profile, doubts
        self.zone = ZoneInfo(profile.zone) if profile.zone else zone
        self.head = rows[0].head.places if rows else {}
        keys = [key for key in ("net", "gross", "taxes") if key in self.head]
        self.mark = profile.decimal or _proven_mark(rows, keys)
        self.rates = _are_rates(rows)

    def unit(self, row: Row) -> str:
        """The currency of a row: its column, its headings, beside the amount; an office's list is in euro."""
        named = row["currency"]
        unit = numbers.SYMBOLS.get(named.casefold(), named.upper() if len(named) == 3 else named)
        if re.fullmatch("[A-Z]{3}", unit):
            if unit != "EUR":
                raise order_refusals.foreign(row, unit)
            return unit
        if named and not _is_identifier(named):
            raise order_refusals.foreign(row, named)
        for key in ("net", "gross"):
            if key in self.head and (known := currency_of(row.heading(key))):
                return known
            if found := re.search(r"€|\b(?:EUR|Euro)\b", row[key], re.IGNORECASE):
                return numbers.SYMBOLS.get(found[0].lower(), "EUR")
        if self.profile.currency:
            return self.profile.currency
        if self.profile.name == "office":
            if row["net"][-1:].isdigit() and row["net"][:1].isdigit():
                self.doubts.euro_assumed.append(row.number)
            return "EUR"
        self.doubts.no_currency.append(row.number)
        return NO_CURRENCY

    def net_and_gross(self, row: Row, unit: str) -> tuple[Money | None, Money | None]:
        """Net and gross: as stated, by the taxes, or by a rate that the row or a person states."""
        gross = self.amount(row, "gross", unit) if row["gross"] else None
        if row["net"]:
            return self.amount(row, "net", unit), gross
        if gross is None:
            raise row.reject(
                "order.no_amount",
                text("Row {row} was not read: it has no amount.", row=row.number),
                text(
                    "Some exports leave out the price of what was called off: leave the export as it is and add "
                    "the list that has the price, too."
                ),
                "number",
            )
        if row["taxes"] and not self.rates:
            return gross - self.amount(row, "taxes", unit), gross
        said = row["rate"] or (row["taxes"] if self.rates else "")
        rate = _per_cent(said) if said else numbers.plain(self.profile.rate or "")
        if rate is None:
            return None, gross
        return Money(half_up(Decimal(gross.cents) * 100 / (100 + rate)), gross.currency), gross

    def plain(self, row: Row, key: str) -> Money | None:
        """An amount without a currency, for adding up columns; None for what is none."""
        found = numbers.amount(row[key], NO_CURRENCY, self.mark) if row[key] and len(row[key]) < 40 else None
        return None if found is None else Money(found.cents, NO_CURRENCY)

    def amount(self, row: Row, key: str, unit: str) -> Money:
        """An amount in the row's currency; raises Rejected for what is none."""
        raw = row.short(key, WRITE_AMOUNT)
        mark = self.mark or ("," if re.search(r"[A-Z]{3}.*,\d{2}$|,\d{2}\D+$", raw) else "")
        found = numbers.amount(raw, unit, mark)
        if found is None or row.torn(key):
            raise row.unreadable(key, WRITE_AMOUNT)
        if found.currency not in (unit, "EUR"):
            raise order_refusals.foreign(row, found.currency)
        return found

    def moment(self, row: Row) -> datetime:
        """When it was ordered: noon of the site where only the day stands; raises Rejected for what is none."""
        raw = row.need("date")
        forms = tuple(form for form in self.profile.dates if form in DATE_FORMS)
        on = day(raw, forms) if forms else None
        if "mon-dd-yy" in self.profile.dates and (match := _NAMED_DAY.fullmatch(raw.strip())):
            month = numbers.MONTHS.get(match[1].lower())
            year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
            on = numbers.day(f"{year}-{month}-{match[2]}") if month else None
        if on is not None:
            raw = on.isoformat()
        if (
            ":" not in raw
            and not row["time"]
            and numbers.day(row.short("date", WRITE_MOMENT) if on is None else raw)
        ):
            self.doubts.days_only.append(row.number)
            raw = f"{raw} 12:00" if on is None else f"{raw}T12:00"
        found = numbers.moment(
            raw.replace(" +00:00", "+00:00"), row["time"] if ":" not in raw else "", self.zone
        )
        if found is None or not 1990 <= found.year < 2100:
            raise row.unreadable("date", WRITE_MOMENT)
        return found

    def item(self, row: Row, name: str, unit: str) -> Money | None:
        """The part of an order's sum in one of its columns; None where the cell holds no amount."""
        raw = row[f"+{name}"]
        return numbers.amount(raw, unit, self.mark) if raw and len(raw) < 40 else None


def _per_cent(said: str) -> Decimal | None:
    return numbers.decimal(said.strip(" %"))


def _are_rates(rows: Sequence[Row]) -> bool:
    """Whether the column of taxes holds rates: each is none above the highest of the Union, and they are said in per
    cent or are not the tax in every gross sum."""
    said = [(row["taxes"], row["gross"]) for row in rows if "taxes" in row.head.places and row["taxes"]]
    rates = [_per_cent(one) for one, _ in said]
    if not said or any(rate is None or not 0 <= rate <= HIGHEST for rate in rates):
        return False
    if any("%" in one for one, _ in said):
        return True
    whole = all(re.fullmatch(r"\d{1,2}(?:[.,]\d)?", one) for one, _ in said)
    return whole and any(
        total is not None
        and total.cents != 0
        and half_up(Decimal(total.cents) * rate / (100 + rate)) != rate * 100
        for rate, (_, gross) in zip(rates, said, strict=True)
        if rate is not None and (total := numbers.amount(gross, NO_CURRENCY)) is not None
    )


def _proven_mark(rows: Sequence[Row], keys: Sequence[str]) -> str:
    """The decimal mark that all amounts show; '' where they differ or are too few."""
    marks = [m[1] for row in rows for key in keys if (m := _MARK.search(row[key][-16:]))]
    return marks[0] if len(marks) >= PROOF and len(set(marks)) == 1 else ""


def _is_identifier(raw: str) -> bool:
    return len(raw) >= 16 or raw.isdecimal()
