"""Units of business as the damage counts them: each once, without VAT, by channel; what is known of it and what not.

Where the fate of the units of a channel is known, nothing is estimated: they are counted one by one. The units of the
others are takings like orders, and what would have come of them is worked out. It claims nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from heller.damage.head import Inputs
from heller.damage.priced import Priced, priced_of, terms
from heller.damage.same_money import at_the_till, counted_once, same_money
from heller.damage.unit_lists import each_once
from heller.model.finding import Finding, Locator
from heller.model.kinds.order import Order
from heller.model.kinds.unit import Fate, Unit, UnitKind, channel_key
from heller.model.money import ZERO, total
from heller.model.span import Span, days_of

SHORT = timedelta(minutes=30)  # an appointment whose end is not said
MARKED = frozenset({Fate.LOST, Fate.CANCELLED, Fate.CAUGHT_UP, Fate.REFUNDED, Fate.ABSENT})


class Units(Struct, frozen=True):
    """The units of a case by channel: those whose fate is `known` in the outage, and the takings of the others."""

    known: Mapping[str, tuple[Priced, ...]] = {}
    takings: tuple[Order, ...] = ()
    unpriced: Mapping[str, tuple[Unit, ...]] = {}
    findings: tuple[Finding, ...] = ()

    @property
    def none(self) -> bool:
        """Whether the case has no units at all."""
        return not self.known and not self.takings and not self.unpriced


def units(inputs: Inputs) -> Units:
    """The units of a case, seen from its outage."""
    case, spans = inputs.case, inputs.event.spans
    by_channel: dict[str, list[Priced]] = defaultdict(list)
    bare: dict[str, list[Unit]] = defaultdict(list)
    every, findings = each_once(case.records(Unit))
    said = {channel: terms(case, channel) for channel in {channel_key(unit) for unit in every}}
    for unit in every:
        channel = channel_key(unit)
        priced = priced_of(case, unit, said[channel], channel)
        if priced is not None:
            by_channel[channel].append(priced)
        elif unit.fate is not Fate.OPEN:
            bare[channel].append(unit)
    days = {day for span in spans for day in days_of(span, case.tz)}
    fates = {
        name for name, own in by_channel.items() if any(_is_marked(one.unit, days, case.tz) for one in own)
    }
    tables = at_the_till(by_channel, bare)
    counted = {name: own for name, own in sorted(by_channel.items()) if name not in dict(tables)}
    known = {name: tuple(sorted(own, key=_order)) for name, own in counted.items() if name in fates}
    open_ = {name: own for name, own in counted.items() if name not in fates}
    same = (*tables, *(same_money(known, open_, min(days), case.tz) if days else ()))
    left = {name: own for name, own in open_.items() if name not in {takings for takings, _ in same}}
    return Units(
        known,
        tuple(order for name, own in left.items() for order in _as_orders(name, own, case.tz)),
        {name: tuple(own) for name, own in sorted(bare.items()) if name not in dict(tables)},
        (*findings, *(counted_once(takings, other) for takings, other in same)),
    )


def _order(one: Priced) -> tuple[object, ...]:
    return (one.unit.at, one.unit.number, one.net.cents, one.unit.customer, one.unit.fate.value)


def in_span(unit: Unit, spans: Sequence[Span], days: frozenset[date] | set[date], zone: ZoneInfo) -> bool:
    """Whether a unit was to take place while the line was dead; one without a time of day on such a day. What was
    called off before the first of these days was not called off because of it."""
    first = unit.at.astimezone(zone).date()
    if days and unit.called_off is not None and unit.called_off < min(days):
        return False
    if not unit.timed:
        last = unit.until.astimezone(zone).date() if unit.until and unit.kind is UnitKind.NIGHT else first
        nights = max((last - first).days, 1)
        return any(first + timedelta(n) in days for n in range(min(nights, 400)))
    until = unit.until if unit.until is not None and unit.until > unit.at else unit.at + SHORT
    return any(Span(unit.at, until).overlaps(span) for span in spans)


def _is_marked(unit: Unit, days: set[date], zone: ZoneInfo) -> bool:
    """Whether the list says of a unit of these days that it did not simply take place."""
    if unit.kind is UnitKind.TAKINGS or unit.fate not in MARKED:
        return False
    whole = replace(unit, timed=False) if unit.kind is not UnitKind.NIGHT else unit
    return in_span(whole, (), days, zone)


def _as_orders(channel: str, own: Sequence[Priced], zone: ZoneInfo) -> Iterator[Order]:
    """The units of a channel as orders, hour by hour: what was paid back comes off the takings of its day."""
    days: dict[date, list[Priced]] = defaultdict(list)
    for one in own:
        days[one.unit.at.astimezone(zone).date()].append(one)
    for day, mine in sorted(days.items()):
        cancelled = {Fate.LOST, Fate.CANCELLED, Fate.ABSENT, Fate.OPEN}
        held = [one for one in mine if one.unit.fate not in cancelled]
        if not held:
            continue
        hours: dict[object, list[Priced]] = defaultdict(list)
        apart = all(one.net.cents >= 0 for one in held)
        for one in held:
            hours[one.unit.at.replace(minute=0, second=0, microsecond=0) if apart else day].append(one)
        for n, (_, some) in enumerate(sorted(hours.items(), key=lambda pair: str(pair[0]))):
            first = min(some, key=_order)
            net = max(total(one.net for one in some), ZERO)
            source = first.unit.source or Locator("", "")
            yield Order(f"{channel} {day} {n}", first.unit.at, net, channel, source)
