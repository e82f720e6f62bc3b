"""The draft of a statement of claim, for the lawyer who signs it: parties, motions, facts with evidence, law.

It is a draft: what only a person knows stands in brackets, and nothing in it is more than the case holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Heading, Letter, Para
from heller.dossier.letter_due import interest_runs, other_interest_runs, pre_trial, principal, something_due
from heller.dossier.letter_frame import LetterKind, Occasion, contacts, facts_of, provider_address
from heller.dossier.letter_phrases import letter, numbered, para, required
from heller.dossier.names import head_name
from heller.dossier.outage_words import outage_stated
from heller.dossier.pleaded_words import auxiliary, conclusion, grounds
from heller.dossier.writer import Pen
from heller.model.damage import Position
from heller.model.kinds.contact import ContactKind
from heller.model.pleaded_fault import Auxiliary
from heller.model.text import Text, text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The draft. Raises InputRefused where the country names no rule for it or nothing is due."""
    required(pen, "statement_of_claim", LETTER.title)
    something_due(pen)
    costs = pen.claim.waterfall.costs
    court = pen(costs.court_name) if costs else pen(text("[court]"))
    return letter(
        pen,
        pen(text("Statement of claim (draft)")),
        (*_parties(pen), *_motions(pen), *_facts(pen), *_law(pen)),
        recipient=(court, pen(text("[seat of the court]"))),
        form=True,
    )


def _parties(pen: Pen) -> Iterator[Block]:
    facts = facts_of(pen.case)
    firm = ", ".join(
        filter(None, (facts.get("firm.name") or pen(text("[your firm]")), *_oneline(facts, "firm")))
    )
    provider = ", ".join((*provider_address(facts, pen.words), *_represented(facts, "provider")))
    yield Para(f"{firm}\n    – {pen(text('claimant'))} –")
    lawyer = pen.case.fact("lawyer.name")
    if lawyer:
        yield para(pen, text("represented in the proceedings by {lawyer}", lawyer=lawyer))
    yield para(pen, text("against"))
    yield Para(f"{provider}\n    – {pen(text('defendant'))} –")
    value = pen.words.money(principal(pen))
    yield para(pen, text("for payment (provisional value in dispute: {value})", value=value))


def _oneline(facts: dict[str, str], whose: str) -> tuple[str, ...]:
    address = facts.get(f"{whose}.address", "")
    return (*(line.strip() for line in address.splitlines() if line.strip()), *_represented(facts, whose))


def _represented(facts: dict[str, str], whose: str) -> tuple[str, ...]:
    said = facts.get(f"{whose}.represented")
    return (said,) if said else ()


def _motions(pen: Pen) -> Iterator[Block]:
    yield Heading(pen(text("Motions")))
    yield numbered(pen, _moved(pen))


def _moved(pen: Pen) -> Iterator[Text]:
    since = interest_runs(pen)
    yield text(
        "The defendant is ordered to pay the claimant {amount} with interest of five percentage points above the base "
        "rate {since}.",
        amount=principal(pen),
        since=since or text("from the day after service on"),
    )
    before, other = pre_trial(pen), auxiliary(pen)
    if before:
        yield text(
            "The defendant is ordered to pay the claimant costs before the lawsuit of {amount}.",
            amount=before,
        )
    if other is not None:
        yield from _in_the_alternative(pen, other)
    yield text("The defendant bears the costs of the proceedings.")
    yield text("The judgment is provisionally enforceable.")


def _in_the_alternative(pen: Pen, other: Auxiliary) -> Iterator[Text]:
    """The auxiliary motion: what is left where the court finds no more than simple negligence."""
    since = other_interest_runs(pen, other) or text("from the day after service on")
    said = text(
        "In the alternative to the motion for payment: the defendant is ordered to pay the claimant {amount} with "
        "interest of five percentage points above the base rate {since}.",
        amount=other.principal.low,
        since=since,
    )
    if other.costs.low:
        said = text(
            "In the alternative to the motions for payment: the defendant is ordered to pay the claimant {amount} with "
            "interest of five percentage points above the base rate {since} and costs before the lawsuit of {costs}.",
            amount=other.principal.low,
            since=since,
            costs=other.costs.low,
        )
    yield said


def _facts(pen: Pen) -> Iterator[Block]:
    yield Heading(pen(text("Statement of facts")))
    name, number = pen.case.fact("line.product"), pen.case.fact("line.number")
    if name:
        yield para(pen, text("Between the parties there is a contract on the line {product}.", product=name))
    if number:
        yield para(pen, text("The contract number is {number}.", number=number))
    yield para(pen, outage_stated(pen))
    yield from _evidence(pen, _witnesses(pen))
    yield from _dealings(pen)
    yield para(pen, text("The outage caused the claimant the following damage:"))
    for position in pen.claim.assessment.positions:
        if position.recoverable and position.amount.low:
            yield from _position(pen, position)
    apart = [one for one in pen.claim.assessment.positions if one.apart and one.amount.low]
    if apart:
        yield para(pen, text("Beside the damage the claimant has these claims of its own:"))
    for position in apart:
        yield from _position(pen, position)


def _witnesses(pen: Pen) -> list[str]:
    outages = pen.claim.outages
    found = [witness.source for outage in outages for witness in outage.witnesses]
    return [ref.label for ref in pen.refs(found)]


def _dealings(pen: Pen) -> Iterator[Block]:
    """The fault report and the demand: from the one periods run, from the other default."""
    for report in contacts(pen, ContactKind.FAULT_REPORT, incoming=False)[:1]:
        yield para(pen, text("The claimant reported the fault on {at}.", at=report.at))
        yield from _evidence(pen, [ref.label for ref in pen.refs((report.source,))])
    for demand in contacts(pen, ContactKind.DEMAND, incoming=False)[:1]:
        if demand.until:
            said = text(
                "With a letter of {at:day} the claimant demanded payment by {until:day}.",
                at=demand.at,
                until=demand.until,
            )
            yield para(pen, said)
            yield from _evidence(pen, [ref.label for ref in pen.refs((demand.source,))])


def _position(pen: Pen, position: Position) -> Iterator[Block]:
    low = pen.words.money(position.amount.low)
    yield para(
        pen,
        text("{head}: {amount}. {reason}", head=head_name(position.head), amount=low, reason=position.reason),
    )
    yield from _evidence(pen, [ref.label for ref in pen.refs(position.sources)])


def _evidence(pen: Pen, labels: list[str]) -> Iterator[Block]:
    if labels:
        yield Para(f"    {pen(text('Evidence: {exhibits}', exhibits='; '.join(labels)))}")


def _law(pen: Pen) -> Iterator[Block]:
    yield Heading(pen(text("Law")))
    yield para(
        pen,
        text(
            "The defendant has breached its duty under the contract; that it is not answerable is for it to prove."
        ),
        "breach",
    )
    yield para(pen, text("It answers for the persons whom it employs for its performance."), "helpers")
    yield para(
        pen, text("The damage is the difference between the state without and with the outage."), "damage"
    )
    yield para(
        pen, text("Lost profit is what was to be expected in the ordinary course of things."), "lost_profit"
    )
    yield para(
        pen,
        text("The amount may be estimated by the court; what the estimate rests on is set out above."),
        "estimate",
    )
    yield from _degree(pen)
    yield from _cap(pen)
    yield para(pen, text("[What the lawyer adds: jurisdiction, further law.]"))


def _degree(pen: Pen) -> Iterator[Block]:
    """The degree of fault that the main motion stands on, with its grounds."""
    pleaded = pen.claim.waterfall.pleaded
    if pleaded is None:
        yield para(pen, text("[Degree of fault: decide on it, heller note CASE pleading]"))
        return
    yield para(pen, conclusion(pen))
    yield Para("\n".join(grounds(pen)))


def _cap(pen: Pen) -> Iterator[Block]:
    """The cap where it takes something, or what it takes in the alternative."""
    fall, other = pen.claim.waterfall, auxiliary(pen)
    for step in fall.steps:
        if step.key == "cap" and step.effect.low:
            yield para(pen, text("{label}: {reason}", label=step.label, reason=step.reason))
    if other is not None:
        said = text("In the alternative, {amount}: {reason}", amount=other.principal.low, reason=other.reason)
        yield para(pen, said)


LETTER = LetterKind("statement_of_claim", 150, text("Statement of claim (draft)"), compose)
