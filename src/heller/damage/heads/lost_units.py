"""Lost units of business whose fate is known: the appointments, stays, hours that did not take place, one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from heller.damage.head import Head, HeadLoss, Inputs, Item, flows_of, schedule
from heller.damage.orders import loss_span
from heller.damage.priced import Priced, terms
from heller.damage.units import in_span, units
from heller.model.amount import ProofGrade, Range, WorkingLine
from heller.model.damage import Flow, Missing, Token
from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.kinds.sales_channel import SalesChannel
from heller.model.kinds.unit import Fate, channel_name
from heller.model.money import ZERO, Money, total
from heller.model.span import days_of, without
from heller.model.text import Text, text

ROW = HeadOfLoss(
    "lost_units",
    text("Lost {units}"),
    rank=115,
    insured=InsuredAs.MARGIN,
)

ENOUGH = 20  # units before the outage that tell how many are lost in any case
REASON = text(
    "These {units} were to take place during the outage and did not; what would have been left of each is lost. "
    "What was caught up on later is not claimed."
)


class Sorted(Struct, frozen=True):
    """The units of one channel that were to take place in the outage, by what became of them; `usual` is the share
    that is lost without an outage too, None where too few are known."""

    channel: str
    said: SalesChannel
    lost: tuple[Priced, ...]
    absent: tuple[Priced, ...]
    caught_up: tuple[Priced, ...]
    refunded: tuple[Priced, ...]
    all: tuple[Priced, ...]
    usual: Fraction | None


def assess(inputs: Inputs) -> HeadLoss:
    """Each lost unit without VAT x the margin of its channel; refunds in full; nothing for what was caught up."""
    found = units(inputs)
    channels = [_sorted(inputs, channel, own) for channel, own in found.known.items()]
    gaps = (*_unpriced(inputs), *(gap for one in channels for gap in _gaps(inputs, one)))
    items = [item for one in channels if (item := _item(inputs, one)) is not None]
    shared = any(terms(inputs.case, one.channel).margin is None for one in channels)
    return HeadLoss(
        flows_of(items),
        schedule(HEAD, items, REASON, inputs.norm(HEAD.key), closing=inputs.margin.working if shared else ()),
        gaps,
        (*found.findings, *(inputs.margin.findings if items and shared else ())),
    )


def _sorted(inputs: Inputs, channel: str, own: Sequence[Priced]) -> Sorted:
    whole = loss_span(inputs)[0]
    spans = tuple(
        both
        for span in inputs.event.spans
        for part in without(span, inputs.event.detours)
        if (both := part.meet(whole)) is not None
    )
    days = {day for span in spans for day in days_of(span, inputs.case.tz)}
    inside = [one for one in own if in_span(one.unit, spans, days, inputs.case.tz)]
    return Sorted(
        channel,
        terms(inputs.case, channel),
        tuple(one for one in inside if one.unit.fate in (Fate.LOST, Fate.CANCELLED)),
        tuple(one for one in inside if one.unit.fate is Fate.ABSENT),
        tuple(one for one in inside if one.unit.fate is Fate.CAUGHT_UP),
        tuple(
            one
            for one in inside
            if one.unit.fate is Fate.REFUNDED or (one.unit.back and one.unit.fate is Fate.HELD)
        ),
        tuple(inside),
        _usual(own, min(days), inputs) if days else None,
    )


def _is_refunded(one: Priced) -> bool:
    return one.unit.fate is Fate.REFUNDED or (one.unit.fate is Fate.HELD and bool(one.unit.back))


def _usual(own: Sequence[Priced], first: date, inputs: Inputs) -> Fraction | None:
    before = [one for one in own if one.unit.at.astimezone(inputs.case.tz).date() < first]
    worth = total(one.net for one in before)
    if len(before) < ENOUGH or worth <= ZERO:
        return None
    gone = total(one.net for one in before if one.unit.fate in (Fate.LOST, Fate.CANCELLED))
    return Fraction(gone.cents, worth.cents)


def attributable(one: Sorted) -> Fraction:
    """The share of the lost value that a substitute could not have carried: it carried a share from a moment on, and no
    more than the rest of what was to come then can be owed."""
    carried, since = one.said.carried, one.said.carried_from
    lost = total(unit.net for unit in one.lost)
    if carried is None or since is None or lost <= ZERO:
        return Fraction(1)
    later = total(unit.net for unit in one.all if unit.unit.at >= since)
    gone_later = total(unit.net for unit in one.lost if unit.unit.at >= since)
    left = lost - gone_later + min(gone_later, later * (1 - carried))
    return Fraction(left.cents, lost.cents)


def _share(inputs: Inputs, one: Sorted) -> Decimal | None:
    return one.said.margin if one.said.margin is not None else inputs.margin.share


def _item(inputs: Inputs, one: Sorted) -> Item | None:
    share = _share(inputs, one)
    if share is None or not (one.lost or one.absent or one.caught_up or one.refunded):
        return None
    part = attributable(one)
    flows = [*_lost(inputs, one, share, part), *_caught_up(inputs, one, share), *_refunded(one, share)]
    return Item(tuple(flows), tuple(_working(inputs, one, share, part))) if flows else None


def _range(one: Sorted, part: Fraction) -> Range:
    """What was lost without VAT: exactly what the list says, less at most what is lost in any case, more at most what
    nobody came to and a VAT that it may not hold."""
    likely = total(unit.net for unit in one.lost) * part
    usual = total(unit.net for unit in one.all) * (one.usual or 0)
    more = total(unit.net for unit in one.absent) + total(unit.doubt for unit in one.lost) * part
    return Range(max(likely - usual, ZERO), likely, likely + more)


def _lost(inputs: Inputs, one: Sorted, share: Decimal, part: Fraction) -> Iterator[Flow]:
    if not one.lost and not one.absent:
        return
    lost = _range(one, part)
    low = inputs.margin.low if one.said.margin is None and inputs.margin.low is not None else share
    high = inputs.margin.high if one.said.margin is None and inputs.margin.high is not None else share
    margin = Range(lost.low * min(low, share), lost.likely * share, lost.high * max(high, share))
    yield _flow(
        one,
        "lost",
        text("{channel}: lost {units}", channel=channel_name(one.channel)),
        margin,
        Range(),
        (*one.lost, *one.absent),
    )


def _caught_up(inputs: Inputs, one: Sorted, share: Decimal) -> Iterator[Flow]:
    if one.caught_up:
        same = Range.exact(total(unit.net for unit in one.caught_up) * share)
        label = text("{channel}: {units} that were caught up on", channel=channel_name(one.channel))
        yield _flow(one, "caught up", label, same, same, one.caught_up)


def _back(one: Priced) -> Money:
    """What was given back of a unit, without VAT in the same proportion as its value."""
    back, value = one.unit.back, one.unit.value
    if back is None or value is None or not value:
        return one.net
    return min(one.net * Fraction(back.cents, value.cents), one.net)


def _refunded(one: Sorted, share: Decimal) -> Iterator[Flow]:
    """What took place and was paid back is lost whole: its cost was not saved; at least its margin is."""
    if one.refunded:
        back = total(_back(unit) for unit in one.refunded)
        label = text("{channel}: refunds", channel=channel_name(one.channel))
        yield _flow(one, "refunded", label, Range(back * share, back, back), Range(), one.refunded)


def _flow(one: Sorted, key: str, label: Text, without_: Range, actual: Range, mine: Sequence[Priced]) -> Flow:
    stated = any(unit.stated for unit in mine)
    return Flow(
        id=f"lost_units:{one.channel}:{key}",
        head="lost_units",
        label=label,
        without=without_,
        actual=actual,
        grade=ProofGrade.STATED if stated else ProofGrade.RECORD,
        tokens=frozenset(Token("unit", f"{one.channel}:{unit.place}") for unit in mine),
        sources=tuple(dict.fromkeys(unit.unit.source for unit in mine if unit.unit.source is not None)),
    )


def _working(inputs: Inputs, one: Sorted, share: Decimal, part: Fraction) -> Iterator[WorkingLine]:
    name, zone = channel_name(one.channel), inputs.case.tz
    lost = total(unit.net for unit in one.lost)
    days: dict[date, list[Priced]] = {}
    for unit in one.lost:
        days.setdefault(unit.unit.at.astimezone(zone).date(), []).append(unit)
    for day, mine in sorted(days.items()):
        yield WorkingLine(
            text(
                "{channel}: {n} {units} of {day} did not take place",
                "{channel}: {a_unit} of {day} did not take place",
                channel=name,
                n=len(mine),
                day=day,
            ),
            Range.exact(total(unit.net for unit in mine)),
            tuple(unit.unit.source for unit in mine if unit.unit.source is not None),
        )
    if part != 1:
        cut = lost * part - lost
        yield WorkingLine(text("{channel}: less what ran over a substitute", channel=name), Range.exact(cut))
    if one.lost:
        yield WorkingLine(
            text("{channel}: x contribution margin {share:percent}", channel=name, share=share),
            Range.exact(lost * part * share),
        )
    yield from _beside(one, name)


def _beside(one: Sorted, name: str | Text) -> Iterator[WorkingLine]:
    """What is said and not claimed in full."""
    if one.caught_up:
        worth = total(unit.net for unit in one.caught_up)
        yield WorkingLine(
            text(
                "{channel}: {n} {units} were caught up on ({sum}): nothing is claimed for them",
                "{channel}: {a_unit} was caught up on ({sum}): nothing is claimed for it",
                channel=name,
                n=len(one.caught_up),
                sum=worth,
            )
        )
    if one.refunded:
        yield WorkingLine(
            text(
                "{channel}: refunds of {n} {units}",
                "{channel}: one refund",
                channel=name,
                n=len(one.refunded),
            ),
            Range.exact(total(map(_back, one.refunded))),
        )
    if one.absent:
        yield WorkingLine(
            text(
                "{channel}: to {n} {units} nobody came; they count in the high figure only",
                "{channel}: to {a_unit} nobody came; it counts in the high figure only",
                channel=name,
                n=len(one.absent),
            )
        )
    if one.usual:
        yield WorkingLine(
            text(
                "{channel}: {share:percent} were lost before too; the low figure is less them",
                channel=name,
                share=Decimal(one.usual.numerator) / one.usual.denominator,
            )
        )


def _gaps(inputs: Inputs, one: Sorted) -> Iterator[Missing]:
    name, share = channel_name(one.channel), _share(inputs, one)
    lost = total(unit.net for unit in one.lost)
    if share is None and lost > ZERO:
        gap = text(
            "Contribution margin of {channel}: lost {units} worth {lost} wait for it.",
            channel=name,
            lost=lost,
        )
        yield Missing(HEAD.key, gap, Range(ZERO, ZERO, lost))
    doubt = total(unit.doubt for unit in one.lost)
    if share is not None and doubt > ZERO:
        gap = text("Rate of VAT of {channel}: without it the highest one is taken off.", channel=name)
        yield Missing(HEAD.key, gap, Range(ZERO, ZERO, doubt * share))


def _unpriced(inputs: Inputs) -> Iterator[Missing]:
    """What one unit brings, where nobody said it and units of the outage wait for it."""
    days = {day for span in inputs.event.spans for day in days_of(span, inputs.case.tz)}
    for channel, own in units(inputs).unpriced.items():
        inside = [one for one in own if in_span(one, inputs.event.spans, days, inputs.case.tz)]
        lost = [one for one in inside if one.fate in (Fate.LOST, Fate.CANCELLED, Fate.REFUNDED)]
        if lost:
            gap = text(
                "{channel}: what one of them brings. {n} wait for it.",
                "{channel}: what one of them brings. One waits for it.",
                channel=channel_name(channel),
                n=len(lost),
            )
            yield Missing(HEAD.key, gap)


HEAD = Head(ROW, assess)
