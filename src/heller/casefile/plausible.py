"""What is odd about a record that was just written down: it is asked, never refused. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from heller.intake.written import canonical
from heller.model.case import Case
from heller.model.claim import Claim
from heller.model.facts import FACTS
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.decided import Decided
from heller.model.kinds.fact import Fact
from heller.model.money import Money
from heller.model.record import Record
from heller.model.text import Text, text
from heller.model.value_form import ValueKind

TIMES = 10  # more than this many times the usual, or less than one part in as many
BEFORE = timedelta(days=366)  # a contact this long before the outage is probably of another year


def questions(record: Record, before: Claim | None, now: datetime) -> Iterator[Text]:
    """What is to be asked of a record, beside the claim as it was before it."""
    yield from _days(record, before, now)
    yield from _names(record)
    if isinstance(record, Contact) and record.kind is ContactKind.DEMAND and record.incoming:
        yield text(
            "A demand that came in is theirs: it starts no default of theirs. If it is ours, note it with --ours."
        )
    if isinstance(record, Fact):
        yield from _fact(record, before.case if before else None)
    elif before is not None:
        yield from _amounts(record, before)
    if isinstance(record, Decided) and record.changed and before is not None:
        yield from _against_proven(record, before.case)


def _days(record: Record, before: Claim | None, now: datetime) -> Iterator[Text]:
    if isinstance(record, Fact):
        return
    for name in ("at", "on", "offered", "taken", "paid"):
        found = getattr(record, name, None)
        day = found.date() if isinstance(found, datetime) else found
        if not isinstance(day, date):
            continue
        if day > now.date():
            yield text("{day} lies in the future. Is that the day?", day=day)
        outages = before.detection.outages if before else ()
        if outages and day < min(one.span.start for one in outages).date() - BEFORE:
            yield text("{day} lies more than a year before the outage. Is that the year?", day=day)


def _names(record: Record) -> Iterator[Text]:
    for name in ("who", "by", "person", "customer"):
        said = getattr(record, name, "")
        if isinstance(said, str) and said and canonical.unknown(said):
            yield text("'{said}' stands where a name belongs. Leave it out if nobody knows it.", said=said)


def _fact(record: Fact, case: Case | None) -> Iterator[Text]:
    spec = FACTS.get(record.key)
    earlier = case.facts.said.get(record.key) if case else None
    if record.value.startswith("-"):
        yield text(
            "{name} is negative: {value}. Is that meant?",
            name=spec.label if spec else record.key,
            value=record.value,
        )
    if spec is None or not record.value:
        return
    if earlier and spec.kind in (ValueKind.MONEY, ValueKind.NUMBER) and _far(earlier.value, record.value):
        yield text(
            "{name} was {old} and is {new} now: more than ten times as much, or less than a tenth. Is the decimal "
            "point where it belongs?",
            name=spec.label,
            old=earlier.value,
            new=record.value,
        )


def _far(old: str, new: str) -> bool:
    try:
        one, other = abs(float(old)), abs(float(new))
    except ValueError:
        return False
    return min(one, other) > 0 and max(one, other) >= TIMES * min(one, other)


def _amounts(record: Record, before: Claim) -> Iterator[Text]:
    """An amount that is ten times all that was worked out so far."""
    whole = before.assessment.total.likely
    for name in ("amount", "once", "per_day"):
        found: Any = getattr(record, name, None)
        if isinstance(found, Money) and found.currency == whole.currency and whole.cents > 0:
            if found.cents >= TIMES * whole.cents:
                yield text(
                    "{amount} is more than ten times the damage so far ({damage}). Is that the sum?",
                    amount=found,
                    damage=whole,
                )
            if found.cents < 0:
                yield text("{amount} is negative. Is that meant?", amount=found)


def _against_proven(record: Decided, case: Case) -> Iterator[Text]:
    """A value that a person changed although two independent places in the document agreed on it."""
    exhibit = case.exhibit_of(record.object)
    for paper in exhibit.reading.records if exhibit else ():
        proven = getattr(paper, "proven_by", ()) or ()
        sums = {"net", "vat", "gross"} & set(record.changed)
        if len(proven) > 1 and sums:
            yield text(
                "The document proves its sum by itself ({by}); what you gave is another one. Is that meant?",
                by=", ".join(proven),
            )
