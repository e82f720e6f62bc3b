"""Hours of work: shifts with what they cost, quarter hour by quarter hour. It decides no head's merits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from heller.damage.head import Event, Inputs, Item, unique
from heller.damage.owners import is_owner
from heller.model.amount import ProofGrade, Range, WorkingLine
from heller.model.damage import Flow, Missing, Token
from heller.model.finding import Finding, Weight
from heller.model.kinds.shift import Shift, ShiftKind
from heller.model.kinds.wage import Wage
from heller.model.money import Money
from heller.model.span import Span
from heller.model.text import Text, text

MINUTE, QUARTER = timedelta(minutes=1), timedelta(minutes=15)
LONGEST = timedelta(hours=24)
DURING = (ShiftKind.IDLE, ShiftKind.UNPAID, ShiftKind.LEAVE)  # while the line was dead, or not at all
LATE = timedelta(days=28)  # work this long after the end needs a word of explanation


class Worked(Struct, frozen=True):
    """A shift with the wage of its person and the quarter hours it takes."""

    shift: Shift
    wage: Wage
    tokens: frozenset[Token]

    @property
    def hours(self) -> Fraction:
        """Paid hours."""
        return Fraction(self.shift.minutes, 60)

    @property
    def id(self) -> str:
        """One name for one row of an hour sheet."""
        return f"{self.shift.kind.value}:{self.shift.source.object}:{self.shift.source.place}:{self.shift.person}:{self.shift.span.start:%Y-%m-%dT%H:%M}"  # noqa: E501 -- one name


class Hours(Struct, frozen=True):
    """What the hour sheets say of one kind of work."""

    worked: tuple[Worked, ...] = ()
    missing: tuple[Missing, ...] = ()
    findings: tuple[Finding, ...] = ()

    def by_person(self) -> Mapping[str, tuple[Worked, ...]]:
        """The shifts of each person, in order of names."""
        out: dict[str, tuple[Worked, ...]] = {}
        for one in sorted(self.worked, key=lambda w: (w.shift.person, w.shift.span)):
            out[one.shift.person] = (*out.get(one.shift.person, ()), one)
        return out


def quarters(person: str, span: Span) -> frozenset[Token]:
    """The quarter hours of which a span holds more than half; its first minute where it holds none.

    >>> sorted(t.id for t in quarters("M01", Span.of(datetime(2015, 2, 5, 8, tzinfo=UTC), minutes=30)))
    ['M01:2015-02-05T08:00Z', 'M01:2015-02-05T08:15Z']
    """
    first = span.start.astimezone(UTC).replace(second=0, microsecond=0)
    at, found = first - timedelta(minutes=first.minute % 15), []
    while at < span.end:
        meet = span.meet(Span(at, at + QUARTER))
        if meet and meet.length * 2 > QUARTER:
            found.append(at)
        at += QUARTER
    return frozenset(Token("hour", f"{person}:{moment:%Y-%m-%dT%H:%MZ}") for moment in found or [first])


def hours(inputs: Inputs, kind: ShiftKind, head: str) -> Hours:
    """The shifts of one kind that can be counted, with what is wrong about the others."""
    wages = {wage.person: wage for wage in inputs.case.records(Wage)}
    worked: list[Worked] = []
    findings: list[Finding] = []
    unpaid: list[Shift] = []
    own: list[Shift] = []
    for shift in (s for s in inputs.case.records(Shift) if s.kind is kind):
        wrong = _wrong(shift, inputs.event)
        wage = wages.get(shift.person)
        if wrong:
            findings.append(_refused(shift, wrong))
        elif is_owner(inputs.case, shift.person):
            own.append(shift)
        elif wage is None:
            unpaid.append(shift)
        elif not _sensible(wage):
            findings.append(_odd_wage(wage))
        else:
            counted = _cut_off(shift.counted, inputs.event)
            findings += [_shortened(shift, counted)] if counted.minutes < shift.counted.minutes else []
            worked.append(Worked(counted, wage, quarters(shift.person, shift.span)))
    return Hours(tuple(worked), tuple(_unpaid(unpaid, wages, head)), (*findings, *_of_owners(own)))


def _of_owners(own: Sequence[Shift]) -> Iterable[Finding]:
    """Hours of owners, one finding for each: nobody pays a wage for them (BGH III ZR 117/17 for extra work)."""
    for person in dict.fromkeys(shift.person for shift in own):
        mine = [shift for shift in own if shift.person == person]
        what = text(
            "{person} owns the firm: no wage is paid for {hours} hours, so they count nothing.",
            person=person,
            hours=decimal(Fraction(sum(shift.minutes for shift in mine), 60)),
        )
        do = text("Note what was left undone meanwhile: what it would have earned is a loss of its own.")
        yield Finding("damage.owner_hours", what, do, Weight.NOTE, mine[0].source)


def _cut_off(shift: Shift, event: Event) -> Shift:
    """A shift with no more idle minutes than are left beside the time in which another way carried the firm."""
    left = int((shift.span.length - _carried_time(shift, event)) / MINUTE)
    return replace(shift, minutes=left) if left < shift.minutes else shift


def _carried_time(shift: Shift, event: Event) -> timedelta:
    """How long another way carried the firm in an idle shift."""
    if shift.kind is not ShiftKind.IDLE:
        return timedelta()
    return sum((both.length for way in event.detours if (both := way.meet(shift.span))), timedelta())


def _shortened(shift: Shift, counted: Shift) -> Finding:
    return Finding(
        "damage.detour",
        text(
            "Of the idle time of {person} on {day:day} {n} minutes are counted: meanwhile the firm worked over "
            "another connection.",
            person=shift.person, day=shift.span.start, n=counted.minutes,
        ),
        text("Note separately why they could not work over it; the hour sheet stays as it is."),
        Weight.NOTE, shift.source,
    )  # fmt: skip


def _wrong(shift: Shift, event: Event) -> Text | None:
    """Why a shift cannot be counted."""
    outage = event.span
    if shift.minutes <= 0:
        return text("it has no working time")
    if shift.span.length > LONGEST:
        return text("it is longer than a day")
    if timedelta(minutes=shift.minutes) > shift.span.length:
        return text("more minutes than lie between its beginning and its end")
    if shift.span.end <= outage.start:
        return text("it ended before the line was down")
    if shift.kind in DURING and shift.span.start >= outage.end:
        return text("it began after the line worked again")
    if shift.span.length - _carried_time(shift, event) < MINUTE:
        return text("the firm worked over another connection meanwhile")
    return None


def _refused(shift: Shift, why: Text) -> Finding:
    return Finding(
        "damage.shift",
        text("The shift of {person} on {day:day} is not counted: {why}.", person=shift.person,
             day=shift.span.start, why=why),
        text("Leave the hour sheet as it is; where a row is wrong, note the correction beside it, with day and name."),
        Weight.REFUSED, shift.source,
    )  # fmt: skip


def _sensible(wage: Wage) -> bool:
    surcharge = wage.overtime_surcharge
    return (
        wage.per_hour.cents > 0
        and wage.per_hour.currency == "EUR"
        and surcharge.is_finite()
        and 0 <= surcharge <= 2
    )


def _odd_wage(wage: Wage) -> Finding:
    return Finding(
        "damage.wage",
        text(
            "The wage of {person} cannot be right (not above zero, not in euros, or a surcharge outside 0 to 200 "
            "%): their hours are not counted.",
            person=wage.person,
        ),
        text("Leave the list of wages as it is; note the correction beside it, with day and name."),
        Weight.REFUSED,
        wage.source,
    )


def _unpaid(unpaid: Iterable[Shift], wages: Mapping[str, Wage], head: str) -> Iterable[Missing]:
    """Shifts of persons without a wage: worth as much as the known wages span."""
    rates = sorted(wage.per_hour for wage in wages.values() if _sensible(wage))
    people: dict[str, int] = {}
    for shift in unpaid:
        people[shift.person] = people.get(shift.person, 0) + shift.minutes
    for person, minutes in sorted(people.items()):
        part = Fraction(minutes, 60)
        worth = Range(*(r * part for r in (rates[0], rates[len(rates) // 2], rates[-1]))) if rates else None
        if head == "idle_hours":
            worth = None  # whatever their wage, it stands in both worlds
        yield Missing(
            head,
            text(
                "Proof of what an hour of {person} costs (pay slip): {hours} hours wait for it.",
                person=person,
                hours=decimal(part),
            ),
            worth,
        )


def decimal(hours: Fraction) -> Decimal:
    """Hours with two places, as they are printed."""
    return Decimal(hours.numerator * 100 // hours.denominator) / 100


def sum_hours(worked: Iterable[Worked]) -> Decimal:
    """Hours of several shifts, as they are printed."""
    return decimal(sum((one.hours for one in worked), Fraction()))


def late(worked: Iterable[Worked], end: datetime, head: str) -> tuple[Finding, ...]:
    """Work long after the end is counted, but the link to the outage has to be explained."""
    far = [one for one in worked if one.shift.span.start > end + LATE]
    if not far:
        return ()
    return (
        Finding(
            "damage.late_hours",
            text(
                "{n} shifts under '{head}' lie more than four weeks after the outage; they are counted.",
                "One shift under '{head}' lies more than four weeks after the outage; it is counted.",
                n=len(far),
                head=head,
            ),
            text("Note for each what it still had to do with the outage."),
            Weight.WARNING,
            far[0].shift.source,
        ),
    )


def cost(worked: Sequence[Worked], factor: Fraction = Fraction(1)) -> Money:
    """What all these hours of one person cost, rounded once, as the line of working says it."""
    return worked[0].wage.per_hour * (sum((one.hours for one in worked), Fraction()) * factor)


def item(
    head: str,
    worked: Sequence[Worked],
    said: Text,
    *,
    factor: Fraction = Fraction(1),
    both_worlds: bool = False,
    saved: bool = False,
) -> Item:
    """One person's shifts as flows, one each, and one line of working for all.

    The cost is shared out to the shifts by their minutes. `both_worlds`: the money would have been
    paid without the outage too, so it adds nothing; `saved`: only without the outage it would have been paid.
    """
    whole = cost(worked, factor)
    parts = whole.split([one.shift.minutes for one in worked])
    flows = tuple(
        Flow(
            id=f"{head}:{one.id}",
            head=head,
            label=text("{person}, {day:day}", person=one.shift.person, day=one.shift.span.start),
            without=Range.exact(-part) if both_worlds or saved else Range(),
            actual=Range() if saved else Range.exact(-part),
            grade=ProofGrade.RECEIPT if one.shift.signed else ProofGrade.RECORD,
            tokens=one.tokens,
            sources=(one.shift.source, one.wage.source),
            group=text("{person}, {n} shifts", "{person}, one shift", person=one.shift.person, n=len(worked)),
        )
        for one, part in zip(worked, parts, strict=True)
    )
    sources = unique(source for flow in flows for source in flow.sources)
    return Item(flows, (WorkingLine(said, Range.exact(-whole if saved else whole), sources),))


def plain_line(person: str, worked: Sequence[Worked]) -> Text:
    """Hours times the cost of an hour, as it is printed."""
    rate = worked[0].wage.per_hour
    return text("{person}: {hours} hours x {rate}", person=person, hours=sum_hours(worked), rate=rate)


def in_both_worlds(head: str, done: Hours) -> list[Item]:
    """Each person's hours as money that was owed without the outage too."""
    return [
        item(head, worked, plain_line(person, worked), both_worlds=True)
        for person, worked in done.by_person().items()
    ]
