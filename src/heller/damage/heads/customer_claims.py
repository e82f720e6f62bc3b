"""What the firm's own customers demand for the outage: paid it counts, open it is a claim for release."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from heller.damage.by_receipt import by_receipt
from heller.damage.head import Head, HeadLoss, Inputs, Item, flows_of, schedule
from heller.damage.own_vouchers import without_vat
from heller.model.amount import ProofGrade, Range, WorkingLine
from heller.model.damage import Flow, Missing, Position, Token
from heller.model.finding import Finding, Locator, Weight
from heller.model.head import HeadOfLoss
from heller.model.kinds.bank_entry import BankEntry
from heller.model.kinds.customer_claim import CustomerClaim
from heller.model.money import ZERO, Money, total
from heller.model.text import text

ROW = HeadOfLoss(
    "customer_claims",
    text("Claims of the {customers}"),
    rank=60,
    receipts=True,
    words=("Kundenforderung", "Vertragsstrafe"),
)

NOTE = Finding(
    "damage.customer_claims_rule",
    text(
        "Claims of the {customers} rest on the rule of damages as such; no ruling on them after "
        "an outage is verified."
    ),
    text("Ask the lawyer whether they were owed and foreseeable."),
    Weight.NOTE,
)


def assess(inputs: Inputs) -> HeadLoss:
    """Paid: the amount. Not yet paid: only release from the debt can be asked for, so it is not added."""
    reason = text("The firm owed this to one of its {customers} because of the outage, and paid it.")
    invoiced = by_receipt(HEAD, inputs, reason)
    good, findings = sorted_out(inputs)
    good = [one for one in good if not one.withheld_from]  # a head of its own
    bank = inputs.case.records(BankEntry)
    paid = [_item(inputs, one, bank) for one in good if one.paid]
    owed = [one for one in good if not one.paid]
    positions = (*schedule(HEAD, paid, reason, inputs.norm(HEAD.key)), *_release(inputs, owed))
    return HeadLoss(
        (*invoiced.flows, *flows_of(paid)),
        (*invoiced.positions, *positions),
        (*invoiced.missing, *_gaps(paid, owed)),
        (*invoiced.findings, *findings, *((NOTE,) if good or invoiced.flows else ())),
    )


def sorted_out(inputs: Inputs) -> tuple[list[CustomerClaim], list[Finding]]:
    """The claims that can be counted, and a finding for each of the others."""
    good: list[CustomerClaim] = []
    findings: list[Finding] = []
    began = inputs.event.span.start.astimezone(inputs.case.tz).date()
    for one in inputs.case.records(CustomerClaim):
        if one.amount.currency != "EUR" or one.amount <= ZERO:
            why = text("its amount is not above zero in euros")
        elif one.at < began or (one.paid is not None and one.paid < began):
            why = text("it is older than the outage")
        else:
            good.append(one)
            continue
        what = text("The claim of {customer} is not counted: {why}.", customer=one.customer, why=why)
        do = text("Leave the row as it is; note the correction beside it, or that it is taken back.")
        findings.append(Finding("damage.customer_claim", what, do, Weight.REFUSED, one.source))
    return good, findings


def borne(inputs: Inputs, one: CustomerClaim) -> Money:
    """What of a demand the firm bears: without VAT that is in it, where it owes that no longer."""
    return without_vat(one.amount, one.vat) if one.vat and inputs.net else one.amount


def token_of(one: CustomerClaim) -> Token:
    """One demand of one customer on one day: handed in twice it counts once."""
    return Token("claim", f"{one.customer.casefold()}:{one.at}:{one.amount.cents}")


def _places(one: CustomerClaim) -> tuple[Locator, ...]:
    return (one.source,) if one.source else ()


def _item(inputs: Inputs, one: CustomerClaim, bank: Sequence[BankEntry]) -> Item:
    booked = _payment(one, bank)
    paid = Range.exact(borne(inputs, one))
    flow = Flow(
        id=f"customer_claims:{token_of(one).id}",
        head=HEAD.key,
        label=text("{customer}, demanded on {day}", customer=one.customer, day=one.at),
        without=Range(),
        actual=-paid,
        grade=ProofGrade.RECEIPT if booked else ProofGrade.RECORD if one.source else ProofGrade.STATED,
        tokens=frozenset({token_of(one)}),
        sources=(*_places(one), *((booked.source,) if booked else ())),
    )
    said = text(
        "{customer}, demanded on {day}, paid on {paid}: {reason}",
        customer=one.customer,
        day=one.at,
        paid=one.paid or one.at,
        reason=one.reason or "-",
    )
    return Item((flow,), (WorkingLine(said, paid, flow.sources),))


def _payment(one: CustomerClaim, bank: Sequence[BankEntry]) -> BankEntry | None:
    """The entry of the account that shows the payment: the amount, and a word of the customer's name."""
    words = [word for word in one.customer.casefold().split() if len(word) > 3]
    for entry in bank:
        said = f"{entry.counterparty} {entry.purpose}".casefold()
        if entry.amount == -one.amount and any(word in said for word in words):
            return entry
    return None


def _release(inputs: Inputs, owed: Sequence[CustomerClaim]) -> tuple[Position, ...]:
    """What is still open: shown with its amount, never added."""
    if not owed:
        return ()
    items = [
        Item(
            (
                Flow(
                    id=f"customer_claims:open:{token_of(one).id}",
                    head=HEAD.key,
                    label=text("{customer}, demanded on {day}, not paid", customer=one.customer, day=one.at),
                    without=Range(),
                    actual=Range(),
                    grade=ProofGrade.RECORD if one.source else ProofGrade.STATED,
                    sources=_places(one),
                ),
            ),
            (
                WorkingLine(
                    text(
                        "{customer}, demanded on {day}: {reason}",
                        customer=one.customer,
                        day=one.at,
                        reason=one.reason or "-",
                    ),
                    Range.exact(borne(inputs, one)),
                    _places(one),
                ),
            ),
        )
        for one in owed
    ]
    reason = text(
        "Demanded of the firm and not paid yet: until then only release from the debt can be asked for. "
        "Shown, not added."
    )
    made = schedule(HEAD, items, reason, inputs.norm(HEAD.key), recoverable=False)
    return tuple(replace(p, amount=_open_sum(inputs, p, owed)) for p in made)


def _open_sum(inputs: Inputs, position: Position, owed: Sequence[CustomerClaim]) -> Range:
    """The open sum of one grade."""
    sourced = position.grade is ProofGrade.RECORD
    return Range.exact(total(borne(inputs, one) for one in owed if bool(one.source) is sourced))


def _gaps(paid: Sequence[Item], owed: Sequence[CustomerClaim]) -> Iterable[Missing]:
    bare = [flow for item in paid for flow in item.flows if flow.grade is not ProofGrade.RECEIPT]
    if bare:
        said = text(
            "Bank statement that shows what was paid to {n} {customers}, and their letters.",
            "Bank statement that shows that the one claim was paid, and the letter of who made it.",
            n=len(bare),
        )
        yield Missing(HEAD.key, said)
    if owed:
        open_sum = total(one.amount for one in owed)
        said = text(
            "Payment of {n} claims, or judgment on them: before it only release can be asked for.",
            "Payment of one claim, or judgment on it: before it only release can be asked for.",
            n=len(owed),
        )
        yield Missing(HEAD.key, said, Range(ZERO, ZERO, open_sum))


HEAD = Head(ROW, assess)
