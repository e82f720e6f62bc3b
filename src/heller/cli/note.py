"""heller note: write down what was said, a fact, what a receipt is for, a policy, or a correction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from cyclopts import Parameter

from heller import casefile
from heller.cli import agreed, screen
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.intake.written import canonical, numbers
from heller.model.errors import InputRefused
from heller.model.fact_spec import HOW, FactKind
from heller.model.heads import HEADS, RECEIPT_HEADS
from heller.model.record import Contact, CustomerClaim, Fact, Measure, Purpose, Record
from heller.model.text import Text, text

PLACE = 30
VERB = text("Write down a contact, a promise, a fact, what a receipt is for, or a correction.")


@Parameter(name="*")
@dataclass(frozen=True)
class Details:
    """What may go with a note."""

    at: Annotated[
        str | None, Parameter(help=tr("When it happened, e.g. '04.02.2015 08:35'; now if left out."))
    ] = None
    who: Annotated[str, Parameter(help=tr("Who spoke on the other side."))] = ""
    by: Annotated[str, Parameter(help=tr("Who spoke on our side."))] = ""
    channel: Annotated[str, Parameter(help=tr("Phone, e-mail, letter, on site ..."))] = ""
    ours: Annotated[bool, Parameter(help=tr("We said it, not the other side."))] = False
    until: Annotated[str | None, Parameter(help=tr("A date that was set or promised."))] = None
    amount: Annotated[str | None, Parameter(help=tr("An amount that was named."))] = None
    basis: Annotated[str, Parameter(help=tr("Where a fact comes from."))] = ""
    share: Annotated[str, Parameter(help=tr("Share of a receipt that is due to the outage."))] = "100 %"
    residual: Annotated[str, Parameter(help=tr("Share of its worth that is left."))] = "0 %"
    credit: Annotated[str | None, Parameter(help=tr("Offer: a credit on future bills."))] = None
    worth: Annotated[str | None, Parameter(help=tr("Offer: share of the credit that it is worth to us."))] = (
        None
    )
    waives: Annotated[str | None, Parameter(help=tr("Offer: what is given up: nothing, outage or all."))] = (
        None
    )
    deductible: Annotated[str | None, Parameter(help=tr("Policy: what the firm bears itself."))] = None
    limit: Annotated[str | None, Parameter(help=tr("Policy: the most that it pays."))] = None
    waiting: Annotated[str | None, Parameter(help=tr("Policy: hours until it begins to pay."))] = None
    waiting_deducted: Annotated[
        str | None, Parameter(help=tr("Policy: do the hours of waiting stay unpaid? yes or no."))
    ] = None
    notice: Annotated[str | None, Parameter(help=tr("Policy: days in which the loss must be reported."))] = (
        None
    )
    notified: Annotated[str | None, Parameter(help=tr("Policy: the day on which it was reported."))] = None
    covers: Annotated[
        str | None, Parameter(help=tr("Policy: do its terms cover this outage (or lawsuit)? yes or no."))
    ] = None
    anyway: Annotated[
        str, Parameter(help=tr("Share that would have been bought without the outage too."))
    ] = "0 %"
    paid: Annotated[str | None, Parameter(help=tr("customer_claim: the day on which it was paid."))] = None
    once: Annotated[str, Parameter(help=tr("measure: what setting it up costs."))] = "0"
    per_day: Annotated[str, Parameter(help=tr("measure: what a day of it costs."))] = "0"
    avoids: Annotated[str, Parameter(help=tr("measure: share of the daily loss that it avoids."))] = "100 %"
    offered: Annotated[str | None, Parameter(help=tr("measure: since when it could be had."))] = None
    taken: Annotated[str | None, Parameter(help=tr("measure: the day on which it was taken."))] = None
    why: Annotated[str, Parameter(help=tr("measure: why not earlier, or why not at all."))] = ""


def run(
    case: CaseFolder,
    kind: Annotated[
        str,
        Parameter(
            help=tr(
                "A kind of contact (promise, offer ...), or fact, purpose, policy, customer_claim, measure, correct."
            )
        ),
    ],
    words: Annotated[
        list[str],
        Parameter(
            help=tr(
                "What was said; fact: NAME VALUE; purpose: INVOICE HEAD [REASON]; policy: KIND [INSURER]; "
                "customer_claim: CUSTOMER REASON; measure: NAME; correct: NUMBER WHY."
            )
        ),
    ],
    details: Details = Details(),
) -> None:
    """Write down a contact, a promise, an offer, a fact, what a receipt is for, a policy, or a correction."""
    said = [word.strip() for word in words if word.strip()]
    if kind in ("correct", "korrektur"):
        number = _two(said, text("Say which entry is corrected, and why."))
        entry = casefile.correct(case, _number(number), " ".join(said[1:]))
    else:
        entry = casefile.note(case, record(kind, said, details, casefile.zone(case)))
    screen.out().print(screen.words()(text("Written as entry {n}.", n=entry)))


def record(kind: str, said: list[str], details: Details, zone: ZoneInfo) -> Record:
    """The record that a note writes; raises InputRefused for what cannot be read."""
    if kind in ("fact", "angabe"):
        return _fact(said, details, zone)
    if kind in ("purpose", "beleg"):
        return _purpose(said, details)
    if kind in ("policy", "police"):
        return agreed.policy(said, details)
    if kind in ("customer_claim", "kundenforderung"):
        return _customer_claim(said, details)
    if kind in ("measure", "massnahme"):
        return _measure(said, details)
    return _contact(kind, said, details, zone)


def _fact(said: list[str], details: Details, zone: ZoneInfo) -> Fact:
    name = _two(said, text("Say which fact, and its value."))
    spec = canonical.fact_of(name)
    if spec is None:
        raise _refused(
            text("There is no fact called {name}.", name=name),
            text("Did you mean {near}?", near=canonical.nearest(name)),
        )
    value = canonical.canonical(spec, " ".join(said[1:]), zone)
    if value is None:
        raise _refused(
            text("{raw} is no value for {name}.", raw=" ".join(said[1:]), name=spec.label),
            spec.how,
        )
    return Fact(spec.key, value, details.basis)


def _purpose(said: list[str], details: Details) -> Purpose:
    invoice = _two(said, text("Say which invoice, and which head it belongs to."))
    head = _receipt_head(said[1])
    share, residual, anyway = map(numbers.share, (details.share, details.residual, details.anyway))
    if share is None or residual is None or anyway is None:
        raise _refused(text("The share of the receipt cannot be read."), HOW[FactKind.SHARE])
    return Purpose(invoice, head, share, " ".join(said[2:]), residual, anyway=anyway)


def _receipt_head(word: str) -> str:
    """The head that a person names for a receipt; InputRefused for one under which no receipt would ever count."""
    head = canonical.head_of(word)
    if head in (canonical.NO_HEAD, *RECEIPT_HEADS):
        return str(head)
    said = (
        text("There is no head of damage called {word}.", word=word)
        if head is None
        else text(
            "'{head}' is not paid by receipt; it is worked out from other records.", head=HEADS[head].title
        )
    )
    raise _refused(said, text("Receipts count under: {heads}.", heads=", ".join(canonical.receipt_heads())))


def _customer_claim(said: list[str], details: Details) -> CustomerClaim:
    customer = _two(said, text("Say which customer, and what for."))
    at = _day(details.at) or datetime.now(UTC).date()
    amount = None if details.amount is None else numbers.amount(details.amount)
    if amount is None:
        raise _refused(
            text("The amount is missing or cannot be read: {raw}.", raw=details.amount or "--amount"),
            text("Write days as 04.02.2015, times as 04.02.2015 08:35, amounts as 3.000,00."),
        )
    return CustomerClaim(customer, at, amount, " ".join(said[1:]), paid=_day(details.paid))


def _measure(said: list[str], details: Details) -> Measure:
    once, per_day = numbers.amount(details.once), numbers.amount(details.per_day)
    avoids = canonical.share(details.avoids)
    if not said or once is None or per_day is None or avoids is None:
        raise _refused(
            text("The name, a cost or the share of the measure is missing or cannot be read."),
            text(
                "For example: heller note CASE measure 'LTE router' --once 200 --per-day 15 --avoids '90 %'"
            ),
        )
    return Measure(
        " ".join(said), once, per_day, avoids, _day(details.offered), _day(details.taken), details.why
    )


def _day(raw: str | None) -> date | None:
    """A day as it was given; a time of day after it is not needed here."""
    if raw is None:
        return None
    found = numbers.day(raw.split()[0] if raw.strip() else raw)
    if found is None:
        raise _refused(
            text("{raw} cannot be read.", raw=raw or "''"),
            text("Write days as 04.02.2015, times as 04.02.2015 08:35, amounts as 3.000,00."),
        )
    return found


def _contact(kind: str, said: list[str], details: Details, zone: ZoneInfo) -> Contact:
    known = canonical.contact_kind(kind)
    if known is None:
        raise _refused(
            text("There is no kind of note called {kind}.", kind=kind),
            text("Kinds are: {kinds}.", kinds=", ".join(canonical.CONTACT_WORDS)),
        )
    at = datetime.now(UTC) if details.at is None else numbers.moment(details.at, "", zone)
    until = None if details.until is None else numbers.day(details.until)
    amount = None if details.amount is None else numbers.amount(details.amount)
    for raw, value in ((details.at, at), (details.until, until), (details.amount, amount)):
        if raw is not None and value is None:
            raise _refused(
                text("{raw} cannot be read.", raw=raw),
                text("Write days as 04.02.2015, times as 04.02.2015 08:35, amounts as 3.000,00."),
            )
    assert at is not None
    return Contact(
        at=at,
        kind=known,
        channel=details.channel,
        who=details.who,
        said=" ".join(said),
        incoming=not details.ours,
        by=details.by,
        until=until,
        amount=amount,
        terms=agreed.terms(details),
    )


def _two(said: list[str], need: Text) -> str:
    if len(said) < 2:
        raise _refused(need, text("See: heller note --help"))
    return said[0]


def _number(raw: str) -> int:
    if not raw.isdecimal():
        raise _refused(text("{raw} is no entry number.", raw=raw), text("See: heller journal show CASE"))
    return int(raw)


def _refused(what: Text, do: Text) -> InputRefused:
    return InputRefused(what, text("Nothing was written; the case is as it was."), do)
