"""The report by which a till closes its day (Z-Bericht): the takings of a day, where two figures of it bear them out.

A till prints its sum more than once: by rates of VAT, by ways of payment, as net and tax. What agrees with none of them
is not taken over; a person types it. It reads no single receipts and no report of the time between (X-Bericht).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, groupby

from msgspec import Struct

from heller.intake.paper.amounts import Amount, Figures, figures
from heller.intake.paper.days import days, order
from heller.intake.paper.layout import Cell, Sheet, sheet
from heller.intake.paper.vocabulary import hits
from heller.model.money import Money, half_up

HEAD = 14  # lines of a page among which its title stands
SHORT = 48  # characters of a title
CENT = Decimal("0.01")
NIGHT = 6  # o'clock: until then a till closes the day before
_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.]([0-5]\d)(?!\d)")
_NUMBER = re.compile(r"[A-Z]{0,3}[-/]?\d[\d/\-]{0,12}\b", re.IGNORECASE)


class TillReport(Struct, frozen=True):
    """A closing as printed: its day (None where it names none, or several), the takings with VAT and what of it is net,
    None where nothing bears them out; `said` is the sum as far as it can be told, for a person. `late`: closed after
    midnight, and counted on the day before. `page` and `words` say where it stands."""

    page: int
    words: tuple[Cell, ...]
    number: str = ""
    day: date | None = None
    late: bool = False
    gross: Money | None = None
    net: Money | None = None
    said: Money | None = None

    @property
    def rate(self) -> Decimal | None:
        """The rate of VAT over all of it; None where its net is not borne out."""
        if self.gross is None or self.net is None or not self.net:
            return None
        return (Decimal((self.gross - self.net).cents) / self.net.cents).quantize(Decimal("1e-8"))


class TillLine(Struct, frozen=True):
    """A line of the report: its sense, its amounts from left to right, the rates of VAT that it names."""

    sense: str
    amounts: tuple[Decimal, ...]
    rates: frozenset[Decimal]


def reports(whole: Sheet) -> tuple[TillReport, ...]:
    """The closings on a paper, each from its title to the next; none where it bears no such title."""
    pages = [list(lines) for _, lines in groupby(whole.lines, key=lambda line: line[0].page)]
    starts = [n for n, lines in enumerate(pages) if _title(lines) is not None]
    if not starts or starts[0] != 0:
        return ()
    ends = [*starts[1:], len(pages)]
    parts = [[line for page in pages[a:b] for line in page] for a, b in zip(starts, ends, strict=True)]
    return tuple(report for lines in parts if (report := _report(lines)) is not None)


def _title(lines: Sequence[Sequence[Cell]]) -> Cell | None:
    """A short cell near the top that begins with the name of such a report."""
    cells = (cell for line in lines[:HEAD] for cell in line if len(cell.text) <= SHORT)
    return next((cell for cell in cells if any(hit.start < 4 for hit in hits("till_title", cell.text))), None)


def _report(lines: Sequence[Sequence[Cell]]) -> TillReport | None:
    """What the lines say; None where they name no takings."""
    part = sheet([word for line in lines for cell in line for word in cell.words])
    printed = figures(part)
    rows = list(_rows(part, printed))
    if not any(row.sense in ("gross", "total", "tender") for row in rows):
        return None
    gross, net, said = _takings(rows, printed.rates)
    on, late = _day(part)
    title = _title(part.lines)
    assert title is not None
    money = [None if value is None else Money(half_up(value * 100)) for value in (gross, net, said)]
    return TillReport(title.page, (title,), _number(part), on, late, *money)


def _rows(part: Sheet, printed: Figures) -> Iterator[TillLine]:
    found: dict[int, list[Amount]] = {}
    for amount in printed.amounts:
        found.setdefault(amount.line, []).append(amount)
    for n, amounts in sorted(found.items()):
        said = " ".join(cell.text for cell in part.lines[n])
        first = hits("till_row", said[: said.find(amounts[0].raw)] if amounts[0].raw in said else said)
        sense = "other" if any(hit.sense == "other" for hit in first) else first[-1].sense if first else ""
        yield TillLine(sense, tuple(a.value for a in amounts), frozenset().union(*(a.rates for a in amounts)))


def _takings(
    rows: Sequence[TillLine], rates: frozenset[Decimal]
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Gross and net as far as another path bears them out, and the gross as it is named."""
    named = [row.amounts[-1] for sense in ("gross", "total") for row in rows if row.sense == sense]
    by_rate = list(_by_rate(rows))
    if by_rate:
        named.append(sum((gross for gross, _ in by_rate), Decimal(0)))
    said = named[0] if named else None
    for gross in dict.fromkeys(value for value in named if value > 0):
        nets = list(_nets(gross, rows, by_rate))
        if nets or _paid(gross, rows):
            return gross, nets[0] if nets else _single(gross, rates), said
    return None, None, said


def _by_rate(rows: Sequence[TillLine]) -> Iterator[tuple[Decimal, Decimal]]:
    """Gross and net of each rate of VAT, where net, tax and gross of its line add up and the tax is its rate."""
    for row in rows:
        for rate in row.rates:
            for a, b in combinations(row.amounts, 2):
                base, tax = max(a, b), min(a, b)
                if any(abs(value) == a + b for value in row.amounts) and _is_tax(tax, base, rate):
                    yield a + b, base
                    break


def _is_tax(tax: Decimal, base: Decimal, rate: Decimal) -> bool:
    """Whether a tax is its rate of the base, but for the cents that single receipts are rounded by."""
    return abs(base * rate / 100 - tax) <= max(CENT * 5, base * Decimal("0.0005"))


def _nets(
    gross: Decimal, rows: Sequence[TillLine], by_rate: Sequence[tuple[Decimal, Decimal]]
) -> Iterator[Decimal]:
    """What may be the net of a gross: the rates add up to it, or net and tax do."""
    printed = any(gross in row.amounts for row in rows if row.sense in ("gross", "total"))
    if by_rate and sum(whole for whole, _ in by_rate) == gross and (printed or len(by_rate) > 1):
        yield sum((net for _, net in by_rate), Decimal(0))
    nets = [row.amounts[-1] for row in rows if row.sense == "net"]
    taxes = [row.amounts[-1] for row in rows if row.sense == "tax"]
    whole = [sum(taxes, Decimal(0)), *taxes]
    yield from (net for net in nets if any(tax and net + tax == gross for tax in whole))


def _paid(gross: Decimal, rows: Sequence[TillLine]) -> bool:
    """Whether the ways of payment add up to it; a line of their sum among them is passed over."""
    paid = [row.amounts[-1] for row in rows if row.sense == "tender"]
    return bool(paid) and sum(paid) == gross


def _single(gross: Decimal, rates: frozenset[Decimal]) -> Decimal | None:
    """The net where the report names one rate of VAT and no other."""
    if len(rates) != 1:
        return None
    return (gross / (1 + next(iter(rates)) / 100)).quantize(CENT)


def _number(part: Sheet) -> str:
    """The number of the closing, beside its label or its title."""
    for line in part.lines:
        said = " ".join(cell.text for cell in line)
        marks = [*hits("till_row", said), *hits("till_title", said)]
        for mark in (m for m in marks if m.sense in ("number", "report")):
            after = said[mark.end :].lstrip(" .:#")
            after = re.sub(r"^(?:nr|no|nummer|number)\b[\s.:#]*", "", after, flags=re.IGNORECASE)
            if (found := _NUMBER.match(after)) and not after[found.end() :].startswith("."):
                return found[0]
    return ""


def _day(part: Sheet) -> tuple[date | None, bool]:
    """The day whose takings these are, and whether the till was closed after its midnight. It is named as the day of
    business, else the report begins on it and ends no later than the next; else it is the only one that is printed."""
    first, found = order(part), dict[str, list[tuple[date, int | None]]]()
    for line in part.lines:
        said = " ".join(cell.text for cell in line)
        for written in days(said, first):
            if written.value is None:
                continue
            labels = [
                h.sense for h in hits("till_row", said[: written.start]) if h.sense in ("day", "begin", "end")
            ]
            clock = _CLOCK.search(said, written.end)
            at = int(clock[1]) if clock and clock.start() - written.end < 12 else None
            found.setdefault(labels[-1] if labels else "", []).append((written.value, at))
    if "day" in found:
        return found["day"][0][0], False
    every = {on for those in found.values() for on, _ in those}
    if "begin" in found:
        begun = found["begin"][0][0]
        return (begun, False) if max(every) - begun <= timedelta(1) and min(every) == begun else (None, False)
    if len(every) != 1:
        return None, False
    (on,) = every
    at = next((hour for those in found.values() for _, hour in those if hour is not None), None)
    late = at is not None and at < NIGHT
    return (on - timedelta(1), True) if late else (on, False)
