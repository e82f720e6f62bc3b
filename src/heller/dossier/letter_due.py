"""What a letter demands: of whom, event by event, what is due, how interest runs; and when it may demand nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from heller.dossier import account_words, letter_account
from heller.dossier.blocks import Block, Table, TableColumn, TableRow
from heller.dossier.event_table import bounds
from heller.dossier.explained import refuse_unexplained
from heller.dossier.letter_phrases import para, refused
from heller.dossier.names import law_name
from heller.dossier.pleaded_words import pleaded_blocks
from heller.dossier.writer import Pen, row
from heller.model.claim import Auxiliary
from heller.model.errors import InputRefused
from heller.model.event import EventDebt
from heller.model.money import Money, total
from heller.model.text import Text, text


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
    yield from pleaded_blocks(pen)
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


def other_interest_runs(pen: Pen, other: Auxiliary) -> Text | None:
    """The same of what is claimed in the alternative: with its sum so far where there is more than one day."""
    said, fall = interest_runs(pen), pen.claim.waterfall
    alone = len(pen.claim.by_event) == 1 and letter_account.open_parts(pen) is None
    if said is None or alone:
        return said
    until = fall.interest_until
    return text(
        "of {amount} until {day} and from {next} on",
        amount=other.interest.low,
        day=until,
        next=until + timedelta(1),
    )


def _sum_of(debts: Iterable[EventDebt], day: date) -> Money:
    return total(debt.principal.low for debt in debts if debt.default == day)


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
