"""What several letters say: the outage, what is due, numbered demands, what a contact said, the rule behind a sentence.

Each sentence stands whole, with and without what is known: no placeholder holds a noun that needs an article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from heller.dossier import account_words, letter_account
from heller.dossier.blocks import Block, Letter, Para, Table, TableColumn, TableRow
from heller.dossier.event_table import bounds
from heller.dossier.explained import refuse_unexplained
from heller.dossier.letter_frame import UNWRITTEN, Occasion, facts_of, framed
from heller.dossier.names import law_name
from heller.dossier.writer import Pen, row
from heller.model.errors import InputRefused
from heller.model.event import EventDebt
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.quick_estimate import QuickEstimate
from heller.model.money import Money, total
from heller.model.outage import OpenEnd
from heller.model.text import Text, text


def letter(
    pen: Pen,
    subject: str | tuple[str, ...],
    blocks: Iterable[Block],
    *,
    enclosed: tuple[str, ...] = (),
    recipient: tuple[str, ...] = (),
    form: bool = False,
) -> Letter:
    """A letter of the case, on the day for which it is worked out."""
    return framed(
        facts_of(pen.case),
        pen.words,
        pen.claim.waterfall.as_of,
        (subject,) if isinstance(subject, str) else subject,
        tuple(blocks),
        reference=pen.case.id[:8],
        enclosed=enclosed,
        recipient=recipient,
        form=form,
    )


def refused(what: Text, do: Text) -> InputRefused:
    """A letter that cannot be written yet, and what to do first."""
    return InputRefused(what, UNWRITTEN, do)


def required(pen: Pen, topic: str, title: Text) -> None:
    """Refuses a letter that only some countries know, where the law of the case names no rule for it."""
    if topic not in pen.claim.waterfall.jurisdiction.grounds:
        raise refused(
            text("{letter}: no rule is known for it on this day in the law of the case.", letter=title),
            text("State the country of the line, or ask a lawyer."),
        )


def para(pen: Pen, said: Text, topic: str = "", style: str = "plain") -> Para:
    """A paragraph; with the rule behind it, before the last stop, where the law of the case names one."""
    words, norm = pen(said), pen.claim.waterfall.jurisdiction.grounds.get(topic)
    if norm is not None:
        words = f"{words.rstrip('.:')} ({pen.norm(norm)}){words[len(words.rstrip('.:')) :]}"
    return Para(words, style=style)


def numbered(pen: Pen, demands: Iterable[Text]) -> Para:
    """Demands under each other, each with its number."""
    return Para("\n".join(f"    {number}. {pen(said)}" for number, said in enumerate(demands, 1)))


def quoted(said: str) -> Para:
    """What somebody said, set in, in the quotation marks of no language."""
    return Para("\n".join(f"    {line}" for line in said.splitlines() if line.strip()))


def answer_by(pen: Pen, occasion: Occasion) -> date:
    """The day that is set for an answer: the wish, else the next working day of the country."""
    fall = pen.claim.waterfall
    return occasion.by or fall.jurisdiction.answer_by or fall.as_of


def pay_by(pen: Pen, occasion: Occasion) -> date:
    """The day that is set for paying: the wish, else the one that the country counts."""
    fall = pen.claim.waterfall
    return occasion.by or fall.jurisdiction.pay_by or fall.as_of


def product(pen: Pen) -> str:
    """The name of the product, '' where nobody stated it."""
    return pen.case.fact("line.product") or ""


def since(pen: Pen) -> datetime | None:
    """Since when the line is dead as far as anything says so: measured, else from the first estimate or report."""
    if pen.claim.outages:
        return pen.claim.outages[0].start.latest
    known = [made.since for made in pen.case.records(QuickEstimate)]
    known += [one.at for one in pen.case.records(Contact) if one.kind is ContactKind.FAULT_REPORT]
    return min(known, default=None)


def outage_said(pen: Pen, *, theirs: bool = True) -> Text:
    """The outage in one sentence: measured, still running, several, or only known by word. To the provider the line is
    `theirs`, to everybody else it is ours."""
    outages, name = pen.claim.outages, product(pen) if theirs else ""
    if not outages:
        return _by_word(pen, name)
    if len(pen.claim.by_event) > 1:
        return text(
            "We claim the damage of {n} outages. Exactly these are counted:", n=len(pen.claim.by_event)
        )
    if len(outages) != 1:
        return (
            text(
                "Your line {product} failed {n} times; the dossier shows when.", product=name, n=len(outages)
            )
            if name
            else text("Our line failed {n} times; the dossier shows when.", n=len(outages))
        )
    outage = outages[0]
    start, shortest = outage.start.latest, outage.shortest
    if isinstance(outage.end, OpenEnd):
        last = outage.end.earliest
        if name:
            return text(
                "Your line {product} has been without service since {start} and is still dead, last measured at "
                "{last}: at least {shortest} so far.",
                product=name,
                start=start,
                last=last,
                shortest=shortest,
            )
        return text(
            "Our line has been without service since {start} and is still dead, last measured at {last}: at "
            "least {shortest} so far.",
            start=start,
            last=last,
            shortest=shortest,
        )
    end = outage.end.latest
    if name:
        return text(
            "Your line {product} was without service from {start} to {end}: at least {shortest}.",
            product=name,
            start=start,
            end=end,
            shortest=shortest,
        )
    return text(
        "Our line was without service from {start} to {end}: at least {shortest}.",
        start=start,
        end=end,
        shortest=shortest,
    )


def _by_word(pen: Pen, name: str) -> Text:
    at = since(pen)
    if at is None:
        return (
            text("Your line {product} is without service since [day and time].", product=name)
            if name
            else text("Our line is without service since [day and time].")
        )
    return (
        text("Your line {product} has been without service since {since}.", product=name, since=at)
        if name
        else text("Our line has been without service since {since}.", since=at)
    )


def outage_named(pen: Pen) -> tuple[str, ...]:
    """The outage as a subject line goes on: from when to when."""
    outages = pen.claim.outages
    if not outages:
        return ()
    start, end = outages[0].start.latest, outages[-1].end
    if isinstance(end, OpenEnd):
        return (pen(text("since {start:day}, still dead", start=start)),)
    return (pen(text("from {start:day} to {end:day}", start=start, end=end.earliest)),)


def to_one_debtor(pen: Pen) -> Pen:
    """A letter goes to one debtor: of several to that of the main line, and it counts what that one owes."""
    debtors = [one.debtor for one in pen.claim.debts]
    if len(debtors) < 2:
        return pen
    named = pen.case.fact("provider.name") or ""
    return Pen(pen.claim.against(named if named in debtors else debtors[0]), pen.words.lang)


def events_table(pen: Pen) -> Iterator[Table]:
    """Each outage that is counted, where there are several: what is demanded for it, the interest in it, since when
    that runs."""
    since = {debt.event: debt.default for of in pen.claim.debts for debt in of.events}
    rows = []
    for one in sorted(pen.claim.by_event, key=lambda event: event.event.span):
        due, interest, when = one.waterfall.due.low, one.waterfall.interest.low, pen(bounds(one.event))
        name = f"{one.event.line}: {when}" if one.event.line else when
        rows.append(row(name, pen.words.money(due - interest)))
        if interest and (first := since[one.event.key]) is not None:
            label = text("Interest from {first} until {day}", first=first, day=one.waterfall.interest_until)
            rows.append(row(pen(label), pen.words.money(interest)))
    if len(pen.claim.by_event) > 1:
        yield Table((TableColumn("", "left", "1fr"), TableColumn("", "right")), tuple(rows))


def due_table(pen: Pen) -> Table:
    """What is due, taken apart: the interest is a part of it and is never added a second time."""
    total = row(pen(text("To be paid")), pen.words.money(pen.claim.waterfall.due.low), kind="total")
    rows = letter_account.rows(pen) or _parts_of_claim(pen)
    return Table((TableColumn("", "left", "1fr"), TableColumn("", "right")), (*rows, total))


def _parts_of_claim(pen: Pen) -> list[TableRow]:
    """Damages, interest, costs: of one event only where there is more than one of them."""
    fall = pen.claim.waterfall
    until, costs = text("Interest until {day}", day=fall.interest_until), fall.effect("pre_trial").low
    parts: tuple[tuple[Text, Money], ...] = ()
    if len(pen.claim.by_event) > 1:
        parts = (
            (text("Damages"), principal(pen)),
            (until, fall.interest.low),
            (text("Costs of the lawyer, once for all events"), costs),
        )
    elif fall.interest.low:
        parts = ((text("Damages"), fall.due.low - fall.interest.low), (until, fall.interest.low))
    return [row(pen(said), pen.words.money(amount)) for said, amount in parts if amount]


def due_blocks(pen: Pen) -> Iterator[Block]:
    """What is due, and how interest runs on after the last day for which a rate is known."""
    fall = pen.claim.waterfall
    yield due_table(pen)
    if fall.interest.low and fall.interest_until < fall.as_of and fall.jurisdiction.runs_on is not None:
        yield para(pen, fall.jurisdiction.runs_on)


def principal(pen: Pen) -> Money:
    """What is due without interest and without the lawyer before a lawsuit: in court that is asked for apart."""
    fall, left = pen.claim.waterfall, letter_account.open_parts(pen)
    return left.principal if left is not None else fall.due.low - fall.interest.low - pre_trial(pen)


def pre_trial(pen: Pen) -> Money:
    """What is due of the lawyer before a lawsuit."""
    left = letter_account.open_parts(pen)
    return left.costs if left is not None else pen.claim.waterfall.effect("pre_trial").low


def interest_runs(pen: Pen) -> Text | None:
    """From which day on interest runs, on which sum where events differ; None before any default."""
    on, left = pen.claim.waterfall.as_of, letter_account.open_parts(pen)
    if left is not None and left.interest:
        return text(
            "of {amount} until {day} and from {next} on", amount=left.interest, day=on, next=on + timedelta(1)
        )
    debts = [debt for of in pen.claim.debts for debt in of.events if debt.default and debt.default <= on]
    days = sorted({debt.default for debt in debts if debt.default})
    if not days:
        return None
    if len(days) == 1:
        return text("from {day} on", day=days[0])
    parts = (pen(text("on {amount} from {day} on", amount=_sum_of(debts, day), day=day)) for day in days)
    return text("{parts}", parts=", ".join(parts))


def _sum_of(debts: Iterable[EventDebt], day: date) -> Money:
    return total(debt.principal.low for debt in debts if debt.default == day)


def enclosed(pen: Pen) -> tuple[str, ...]:
    """The dossier with its exhibits."""
    count = len(pen.case.exhibits)
    said = [text("Dossier")]
    if count == 1:
        said.append(text("Exhibit K 1"))
    elif count:
        said.append(text("Exhibits K 1 to K {n}, with their originals attached to the dossier", n=count))
    said.append(text("The claim in machine-readable form"))
    return tuple(pen(what) for what in said)


def known_law(pen: Pen) -> None:
    """Refuses a letter about money where no law is known that grants it, and where statements about the line cannot
    both be right and nobody has said yet what explains them."""
    if not pen.claim.waterfall.jurisdiction.known:
        raise InputRefused(
            text("No letter of demand is written: law applied: {law}.", law=law_name(pen.claim.waterfall)),
            text("What may be demanded, by when and with which interest, the law of the country says."),
            text("State the country of the line, or have a lawyer of that country write the letter."),
        )
    refuse_unexplained(pen.claim)


def something_due(pen: Pen) -> None:
    """Refuses a letter that demands money where nothing is due."""
    known_law(pen)
    if not pen.claim.waterfall.due.low:
        own = letter_account.moved(pen)
        if own:
            raise refused(
                account_words.conclusion(own[0]), text("What is owed and when: heller account CASE")
            )
        raise refused(
            text("Nothing is due on this day, so nothing is demanded."),
            text("See why: heller claim CASE"),
        )


def spoken(pen: Pen, contact: Contact) -> Iterator[Block]:
    """Who said what and when, as a letter repeats it."""
    who = ", ".join(filter(None, (contact.who, contact.channel)))
    said = text("On {at} we were told ({who}):", at=contact.at, who=who)
    yield Para(pen(said if who else text("On {at} we were told:", at=contact.at)))
    yield quoted(contact.said)
