"""Penalties that a customer kept back from a payment: set off against what he owed the firm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from heller.damage.head import Head, HeadLoss, Inputs, Item, flows_of, schedule
from heller.damage.heads import customer_claims
from heller.model.amount import ProofGrade, Range, WorkingLine
from heller.model.damage import Flow, Missing
from heller.model.finding import Locator
from heller.model.head import HeadOfLoss
from heller.model.kinds.bank_entry import BankEntry
from heller.model.kinds.customer_claim import CustomerClaim
from heller.model.kinds.invoice import Invoice
from heller.model.money import ZERO
from heller.model.text import text

ROW = HeadOfLoss(
    "withheld_penalties",
    text("Penalties kept back by {customers}"),
    rank=61,
    words=("Einbehalt", "Einbehaltene Vertragsstrafe", "Withheld penalty"),
)


def assess(inputs: Inputs) -> HeadLoss:
    """What was kept back, proven by the payment that came in short by it."""
    good, findings = customer_claims.sorted_out(inputs)
    kept = [one for one in good if one.withheld_from]
    bank = [entry for entry in inputs.case.records(BankEntry) if entry.amount > ZERO]
    proofs = [_short_payment(inputs, one, bank) for one in kept]
    items = [_item(inputs, one, proof) for one, proof in zip(kept, proofs, strict=True)]
    reason = text("This was set off against a bill of the firm because of the outage, and less was paid.")
    return HeadLoss(
        flows_of(items),
        schedule(HEAD, items, reason, inputs.norm(HEAD.key)),
        tuple(_gaps(kept, proofs)),
        (
            *(f for f in findings if f.source in {one.source for one in kept}),
            *([customer_claims.NOTE] if kept else []),
        ),
    )


def _short_payment(inputs: Inputs, one: CustomerClaim, bank: Sequence[BankEntry]) -> tuple[Locator, ...]:
    """The entry of the account that names the bill or its customer and is short by what was kept back, and the bill;
    nothing where none is."""
    number = _plain(one.withheld_from)
    bills = [bill for bill in inputs.case.records(Invoice) if _plain(bill.number) == number]
    for entry in bank:
        said = _plain(f"{entry.counterparty} {entry.purpose}")
        short = [bill for bill in bills if entry.amount == bill.gross - one.amount]
        if short and (number in said or _plain(one.customer)[:12] in said):
            return (entry.source, short[0].source)
        if not bills and number in said and "einbehalt" in said + _plain(one.reason):
            return (entry.source,)
    return ()


def _plain(said: str) -> str:
    return "".join(char for char in said.casefold() if char.isalnum())


def _item(inputs: Inputs, one: CustomerClaim, proof: tuple[Locator, ...]) -> Item:
    amount = Range.exact(customer_claims.borne(inputs, one))
    token = customer_claims.token_of(one)
    flow = Flow(
        id=f"{HEAD.key}:{token.id}",
        head=HEAD.key,
        label=text(
            "{customer}, kept back from bill {number}", customer=one.customer, number=one.withheld_from
        ),
        without=Range(),
        actual=-amount,
        grade=ProofGrade.RECEIPT if proof else ProofGrade.RECORD if one.source else ProofGrade.STATED,
        tokens=frozenset({token}),
        sources=(*((one.source,) if one.source else ()), *proof),
    )
    said = text(
        "{customer}, kept back from bill {number} on {day}: {reason}",
        customer=one.customer,
        number=one.withheld_from,
        day=one.paid or one.at,
        reason=one.reason or "-",
    )
    return Item((flow,), (WorkingLine(said, amount, flow.sources),))


def _gaps(kept: Sequence[CustomerClaim], proofs: Sequence[tuple[Locator, ...]]) -> Iterable[Missing]:
    for one, proof in zip(kept, proofs, strict=True):
        if not proof:
            said = text(
                "The own bill {number} and the bank statement that shows that it was paid short by {amount}.",
                number=one.withheld_from,
                amount=one.amount,
            )
            yield Missing(HEAD.key, said)


HEAD = Head(ROW, assess)
