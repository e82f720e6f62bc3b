"""The contribution margin of the shop: what is left of takings when the variable cost is paid (HEAD-05)."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from msgspec import Struct

from heller.damage.receipts import is_share
from heller.model.case import Case
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Fact
from heller.model.text import text


class Margin(Struct, frozen=True):
    """The share, where it stands, and what is wrong with it. `share` is None where it cannot be used."""

    share: Decimal | None = None
    sources: tuple[Locator, ...] = ()
    findings: tuple[Finding, ...] = ()


def margin(case: Case) -> Margin:
    """The stated margin, refused where it is no share between 0 and 100 %."""
    said = [fact for fact in case.records(Fact) if fact.key == "shop.margin"]
    if not said:
        return Margin()
    fact = said[-1]
    sources = (fact.source,) if fact.source else ()
    try:
        share = Decimal(fact.value)
    except InvalidOperation:
        share = Decimal("NaN")
    if is_share(share) and share > 0:
        return Margin(share, sources)
    odd = Finding(
        "damage.margin",
        text("The contribution margin '{value}' is not between 0 and 100 %: no lost sales are counted.",
             value=fact.value),
        text("State it as a share of net takings, for example 38 %, and hand in the business "
             "figures behind it."),
        Weight.REFUSED, fact.source,
    )  # fmt: skip
    return Margin(None, sources, (odd,))
