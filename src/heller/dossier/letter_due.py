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
from heller.model.claim import Step
from heller.model.errors import InputRefused
from heller.model.event import EventDebt
from heller.model.money import Money, total
from heller.model.pleaded_fault import Auxiliary
from heller.model.text import Text, text

BEFORE_CLAIM = ("gross", "not_recoverable")  # steps that only say what the damage is


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
        fall, when = one.waterfall, pen(bounds(one.event))
        interest = fall.interest.low
        name = f"{one.event.line}: {when}" if one.event.line else when
        rows.append(row(name, pen.words.money(fall.principal.low)))
        if interest and (first := since[one.event.key]) is not None:
            label = text("Interest from {first} until {day}", first=first, day=fall.interest_until)
            rows.append(row(pen(label), pen.words.money(interest)))
    if len(pen.claim.by_event) > 1:
        yield Table((TableColumn("", "left", "1fr"), TableColumn("", "right")), tuple(rows))


def due_table(pen: Pen) -> Table:
    """What is due, taken apart: the interest is a part of it and is never added a second time."""
    total = row(pen(text("To be paid")), pen.words.money(pen.claim.waterfall.due.low), kind="total")
    rows = letter_account.rows(pen) or _parts_of_claim(pen)
    return Table((TableColumn("", "left", "1fr"), TableColumn("", "right")), (*rows, total))


def _parts_of_claim(pen: Pen) -> list[TableRow]:
    """The steps of the claim that move the cautious figure, each by its name and rule; none where one alone does."""
    rows = []
    for step, moved in pen.claim.waterfall.cautious:
        if step.key not in BEFORE_CLAIM and moved:
            rows += [
                row(_by_rule(pen, label, step), pen.words.money(amount))
                for label, amount in _lines(pen, step, moved)
            ]
    damage = pen.claim.assessment.total.low
    if damage:
        rows.insert(0, row(pen(text("Damage")), pen.words.money(damage)))
    return rows if len(rows) > 1 else []


def _lines(pen: Pen, step: Step, moved: Money) -> list[tuple[Text, Money]]:
    """A step as a letter names it: interest with its last day, claims of their own one by one."""
    if step.key == "interest":
        return [(text("Interest until {day}", day=pen.claim.waterfall.interest_until), moved)]
    if step.key == "own_claims":
        return [(line.text, line.amount.low) for line in step.working if line.amount]
    return [(step.label, moved)]


def _by_rule(pen: Pen, label: Text, step: Step) -> str:
    known = step.norm is not None and step.norm.id
    return f"{pen(label)} ({pen.norm(step.norm)})" if known and step.norm else pen(label)


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
    return left.principal if left is not None else fall.principal.low


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
