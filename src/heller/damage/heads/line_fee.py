"""The fee paid for the dead line: for each whole dead day its share of that month's fee.

It stands in both worlds, so it is no damage: what was paid for nothing comes back as a claim of its own. What the
provider has refunded already is no longer claimed, and saved (`heads/refunded_fee.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from heller import law
from heller.damage.head import Event, Head, HeadLoss, Inputs, Item, flows_of, schedule
from heller.damage.receipts import HeadInvoice, grade, invoices_of, worth
from heller.law.book.fees import fee_for
from heller.model.amount import ProofGrade, Range, WorkingLine
from heller.model.damage import Flow, Missing, Position, Token
from heller.model.facts import line
from heller.model.finding import Finding, Locator, Weight
from heller.model.head import HeadOfLoss
from heller.model.money import ZERO, Money
from heller.model.text import text

ROW = HeadOfLoss(
    "line_fee",
    text("Fee for the days of the outage"),
    rank=80,
    receipts=True,
    whole=False,
    words=("Grundentgelt",),
)

DAY = timedelta(days=1)


def assess(inputs: Inputs) -> HeadLoss:
    """Monthly fee x dead days / days of that month. Oracle: 500.00 x 14/28 = 250.00."""
    receipts, findings, missing = invoices_of(inputs, HEAD.key)
    fee, basis = monthly_fee(inputs, receipts)
    if fee is None:
        gap = Missing(
            HEAD.key, text("The monthly fee of the line: it is to be refunded for every day of the outage.")
        )
        return HeadLoss(missing=(*missing, gap), findings=findings)
    days = dead_days(inputs)
    if fee.cents <= 0 or fee.currency != "EUR":
        return HeadLoss(missing=missing, findings=(*findings, _odd(str(fee))))
    if not days:
        return HeadLoss(missing=missing, findings=findings)
    proof = [one for one in receipts if worth(one.invoice, one.link, inputs.net) == fee]
    items = _items(fee, days, basis, proof, refunded(inputs))
    gap = Missing(HEAD.key, text("The provider's invoice for the month of the outage: it proves the fee."))
    reason = text(
        "For a day without service no fee is owed; what was paid for it is to be refunded. That is a claim of "
        "its own and no damages: it was paid with and without the outage, and nothing that cuts damages cuts it. "
        "Only whole days of certain outage are counted."
    )
    return HeadLoss(
        flows=flows_of(items),
        positions=_apart(schedule(HEAD, items, reason, inputs.norm(HEAD.key)), flows_of(items)),
        missing=missing if proof else (*missing, gap),
        findings=(*findings, *_differs(fee, receipts, proof)),
    )


def monthly_fee(inputs: Inputs, receipts: Sequence[HeadInvoice]) -> tuple[Money | None, tuple[Locator, ...]]:
    """What the firm bears of the fee of a month, as stated or else by the first receipt, and where that stands."""
    fee, said = inputs.case.facts[line.MONTHLY_FEE], inputs.case.facts.statement(line.MONTHLY_FEE)
    if said is not None and fee is not None:
        basis = (said.source,) if said.source else ()
        return (fee if inputs.net else _with_vat(inputs, fee, receipts)), basis
    if receipts:
        return worth(receipts[0].invoice, receipts[0].link, inputs.net), (receipts[0].invoice.source,)
    return None, ()


def refunded(inputs: Inputs) -> Money:
    """What the provider has refunded already of the fee for the dead days: no more than that fee."""
    back = inputs.case.facts[line.FEE_REFUNDED] or ZERO
    fee, _ = monthly_fee(inputs, invoices_of(inputs, HEAD.key)[0])
    return back if not back or fee is None else min(back, fee_for(fee, dead_days(inputs))[0])


def _apart(positions: Sequence[Position], flows: Sequence[Flow]) -> tuple[Position, ...]:
    """As claims of their own: what was paid in both worlds comes back."""
    paid = {flow.id: -flow.actual for flow in flows}
    return tuple(
        replace(one, amount=sum((paid[id] for id in one.flows), Range()), recoverable=False, apart=True)
        for one in positions
    )


def _with_vat(inputs: Inputs, fee: Money, receipts: Sequence[HeadInvoice]) -> Money:
    """What a firm that deducts no input VAT bears of a fee that is stated net: the gross of the invoice of that net,
    else with the rate of the day."""
    whole = next((one.invoice.gross for one in receipts if one.invoice.net == fee), None)
    rate = law.vat_of(inputs.country).rate(inputs.event.span.start.astimezone(inputs.case.tz).date())
    return whole if whole is not None else fee * (1 + rate)


def dead_days(inputs: Inputs) -> tuple[date, ...]:
    """One day for each full 24 hours of certain outage, on the date on which they begin.

    14 days and 2 hours are 14 days; what is left over is not claimed.
    """
    whole = inputs.event.dead // DAY
    return tuple(moment(inputs.event, n * DAY).astimezone(inputs.case.tz).date() for n in range(whole))


def moment(event: Event, dead: timedelta) -> datetime:
    """When a length of dead time was reached."""
    for span in event.spans:
        if dead < span.length:
            return span.start + dead
        dead -= span.length
    return event.spans[-1].end


def _months(days: Sequence[date]) -> Mapping[date, tuple[date, ...]]:
    out: dict[date, tuple[date, ...]] = {}
    for day in days:
        out[day.replace(day=1)] = (*out.get(day.replace(day=1), ()), day)
    return out


def _items(
    fee: Money,
    days: Sequence[date],
    basis: tuple[Locator, ...],
    proof: Sequence[HeadInvoice],
    returned: Money,
) -> list[Item]:
    # The invoice is spent once: by the first month; what was refunded comes off from the first month on.
    items = []
    for n, (month, dead) in enumerate(_months(days).items()):
        owed, (line,) = fee_for(fee, dead)
        off = min(owed, returned)
        returned -= off
        lines = (line, WorkingLine(text("refunded already"), Range.exact(-off))) if off else (line,)
        items.append(_item(owed - off, month, dead, lines, (basis, proof if n == 0 else ())))
    return items


def _item(
    back: Money,
    month: date,
    dead: tuple[date, ...],
    lines: tuple[WorkingLine, ...],
    rests: tuple[tuple[Locator, ...], Sequence[HeadInvoice]],
) -> Item:
    """The dead days of one month: in both worlds the fee was paid, in one of them for nothing."""
    basis, proof = rests
    sources = tuple(dict.fromkeys((*basis, *(one.invoice.source for one in proof))))
    best = min(
        (grade(one.invoice, one.link) for one in proof), key=list(ProofGrade).index, default=ProofGrade.STATED
    )
    receipts = {one.token for one in proof}
    flow = Flow(
        id=f"line_fee:{month:%Y-%m}",
        head="line_fee",
        label=text(
            "Fee of the line that was down, {n} days from {day}",
            "Fee of the line that was down, one day, {day}",
            n=len(dead),
            day=dead[0],
        ),
        without=Range.exact(-back),
        actual=Range.exact(-back),
        grade=best,
        tokens=frozenset({*(Token("line_day", f"{day}") for day in dead), *receipts}),
        sources=sources,
    )
    return Item((flow,), tuple(replace(one, sources=sources) for one in lines))


def _odd(value: str) -> Finding:
    return Finding(
        "damage.fee",
        text(
            "The monthly fee '{value}' is no amount above zero in euros: no fee is claimed back.", value=value
        ),
        text("Correct the monthly fee."),
        Weight.REFUSED,
    )


def _differs(
    fee: Money, receipts: Sequence[HeadInvoice], proof: Sequence[HeadInvoice]
) -> tuple[Finding, ...]:
    """The provider's invoice says another fee than the firm."""
    if not receipts or proof:
        return ()
    return (
        Finding(
            "damage.fee_differs",
            text(
                "The stated fee {fee} is not the amount of invoice {number}; the stated fee is used.",
                fee=fee,
                number=receipts[0].invoice.number,
            ),
            text("Check which of the two is the monthly fee of the line."),
            source=receipts[0].invoice.source,
        ),
    )


HEAD = Head(ROW, assess)
