"""The lawyer's fee before a lawsuit, owed as damage once the debtor is in default (HEAD-12)."""

from __future__ import annotations

from heller.law.book.rules import usable
from heller.law.chain.claim_chain import PRE_TRIAL, Footing
from heller.law.chain.running import RunningSteps, figures
from heller.law.de import costs
from heller.law.de.rules import rule
from heller.law.facts_of_case import Fees, LegalFacts
from heller.model.amount import Range, WorkingLine
from heller.model.money import ZERO, Money
from heller.model.text import Text, text


def step(chain: RunningSteps, footing: Footing) -> None:
    """The 1.3 fee on the justified value: that of the principal, before interest."""
    given = footing.situation.given
    principal = chain.before("interest") if footing.value is None else footing.value
    label, grants = text("Pre-trial costs"), usable(rule("HEAD-12")).norm
    why_not = _why_not(given, principal)
    if why_not is not None:
        chain.stay(PRE_TRIAL, label, why_not, grants)
        return
    lines = _bill(given.fees, principal.likely)
    if principal.low != principal.likely and principal.low:
        lines = (
            WorkingLine(text("On the cautious figure"), Range.exact(fee(given.fees, principal.low))),
            *_bill(given.fees, principal.low),
            WorkingLine(text("On the likely figure"), Range.exact(fee(given.fees, principal.likely))),
            *lines,
        )
    reason = text(
        "The fee on the justified value of {value}, with the table of {day}.",
        value=principal.likely,
        day=given.fees.agreed,
    )
    sums = zip(figures(chain.running), figures(principal), strict=True)
    after = Range(*(total + fee(given.fees, value) for total, value in sums))
    chain.to(after, PRE_TRIAL, label, reason, grants, lines)


def _why_not(given: LegalFacts, principal: Range) -> Text | None:
    mandate = given.fees.mandate
    if mandate is None or mandate > given.as_of:
        return text("No lawyer is mandated yet; what one would cost stands under the costs.")
    if given.default is None or mandate < given.default:
        return text(
            "The lawyer was mandated before the provider was in default; the fee is not owed as damage."
        )
    if not principal.likely:
        return text("Nothing is due, so there is no value to charge a fee on.")
    return None


def _bill(fees: Fees, value: Money) -> tuple[WorkingLine, ...]:
    """The lines of the lawyer's bill on a value."""
    bill = costs.out_of_court(value, fees.agreed)
    lines = tuple(WorkingLine(one.label, Range.exact(one.amount)) for one in bill.fees)
    return (*lines, WorkingLine(text("VAT"), Range.exact(bill.vat))) if fees.with_vat else lines


def fee(fees: Fees, value: Money) -> Money:
    """The lawyer's fee out of court on a value, with the table of the mandate."""
    return costs.out_of_court(value, fees.agreed).sum(with_vat=fees.with_vat) if value else ZERO
