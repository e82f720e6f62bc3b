"""What suing costs in Germany: both lawyers, the court, one instance or two, by the tables of RVG and GKG."""

from __future__ import annotations

from heller.law.book.fees import tops as tops_of
from heller.law.de import costs, pre_trial
from heller.law.de.rules import book, norm
from heller.law.facts_of_case import Fees
from heller.law.suing.court import CostLaw
from heller.model.amount import Range, WorkingLine
from heller.model.decision import Costs
from heller.model.money import ZERO, Money
from heller.model.text import text


def risk(fees: Fees, value: Money, instances: int = 1) -> Money:
    """Both lawyers and the court, through one or two instances. Raises LawRefused beyond the tables."""
    if not value:
        return ZERO
    mandate, pending, gross = fees.agreed, fees.pending, fees.with_vat
    lawyers = 2 * costs.first_instance(value, mandate).sum(with_vat=gross)
    first = lawyers + costs.court_fee(value, pending)
    if instances == 1:
        return first
    second = 2 * costs.appeal(value, mandate).sum(with_vat=gross)
    return first + second + costs.court_fee(value, pending, "GKG-1220")


def tops(fees: Fees, most: Money) -> tuple[Money, ...]:
    """The values below `most` up to which a fee stays the same, of the lawyer or of the court."""
    lawyer, court = book().for_sum("RVG-13", fees.agreed), book().for_sum("GKG-34", fees.pending)
    return tuple(sorted(tops_of(lawyer, most) | tops_of(court, most)))


def of(fees: Fees, value: Money) -> Costs:
    """All that it costs to pursue a value. Raises LawRefused beyond the tables."""
    mandate, pending, gross = fees.agreed, fees.pending, fees.with_vat
    before, own = costs.out_of_court(value, mandate), costs.first_instance(value, mandate)
    court = costs.court_fee(value, pending)
    lawyer = own.sum(with_vat=gross)
    factor = book().for_sum("RVG-2300", mandate).number("factor")
    credited = costs.credit(value, mandate, factor)
    local = costs.local_court(value, pending)
    lines = (
        *(WorkingLine(fee.label, Range.exact(fee.amount)) for fee in own.fees),
        *((WorkingLine(text("VAT"), Range.exact(own.vat)),) if gross else ()),
        WorkingLine(text("The other side's lawyer, the same"), Range.exact(lawyer)),
        WorkingLine(text("Court, 3.0 fee (Nr. 1210 KV GKG)"), Range.exact(court)),
        WorkingLine(
            text(
                "If the same lawyer worked out of court before, half of that fee is credited "
                "(Vorbem. 3 (4) VV RVG)"
            ),
            Range.exact(-credited),
        ),
    )
    return Costs(
        value=value,
        out_of_court=before.sum(with_vat=gross),
        own_lawyer=lawyer,
        other_lawyer=lawyer,
        court=court,
        risk=lawyer + lawyer + court,
        court_name=text("local court (Amtsgericht)") if local else text("regional court (Landgericht)"),
        lawyer_mandatory=not local,
        law=tables(fees),
        working=lines,
    )


def tables(fees: Fees) -> str:
    """'RVG 2013, GKG 2013'. Raises LawRefused."""
    lawyer = book().in_force("RVG-13", fees.agreed).since.year
    court = book().in_force("GKG-34", fees.pending).since.year
    return f"RVG {lawyer}, GKG {court}"


SUING = CostLaw(
    of=of,
    risk=risk,
    before=pre_trial.fee,
    tops=tops,
    tables=tables,
    quota=norm("ZPO-91/92"),
    notes=(
        text(
            "A court may put all costs on one side where too much was claimed by little, or where the sum "
            "hung on its own estimate (§ 92 (2) ZPO); that is not counted."
        ),
        text("Costs of witnesses and experts, and the fee for a settlement, are not counted."),
    ),
)
