"""What is stated of a channel, put to its estimate: who comes later, and what a substitute carried of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from heller.damage import carried
from heller.damage.estimates import Estimate
from heller.damage.head import Inputs
from heller.model.facts import emergency, shop
from heller.model.kinds.order import Order
from heller.model.kinds.sales_channel import SalesChannel
from heller.model.text import Text, text


def comes_later(inputs: Inputs, said: SalesChannel) -> bool | tuple[float, float] | None:
    """Whether customers of a channel come later, or between which shares of them; None where nobody said."""
    least = said.later_least if said.later_least is not None else said.later_most
    most = said.later_most if said.later_most is not None else said.later_least
    stated = (
        (least, most) if least is not None and most is not None else inputs.case.facts[shop.CUSTOMERS_RETURN]
    )
    if not isinstance(stated, tuple):
        return stated
    return (float(stated[0]), float(stated[1])) if stated[1] else False


def share_owed(
    inputs: Inputs, said: SalesChannel, days: Sequence[date], result: Estimate, mine: Sequence[Order]
) -> Decimal:
    """The share of the loss that no substitute could have carried."""
    since, share = said.carried_from, said.carried
    if share is None or since is None:
        since = inputs.case.facts[emergency.WORKS_SINCE]
        share = Decimal(1) if inputs.case.facts[emergency.CARRIES_SHOP] else None
    if share is None or since is None or since.astimezone(inputs.case.tz).date() > days[-1]:
        return Decimal(1)
    expected = [float(value) for value in result.steps[: len(days)]]
    part = carried.attributable(share, since, days, expected, mine, inputs.case.tz)
    return Decimal(part).quantize(Decimal("0.0001"))


def owed(result: Estimate, part: float) -> Estimate:
    """An estimate whose loss is the share that is owed; the forecast itself stays as it is."""
    if part == 1:
        return result
    keys = ("lost", "lo", "hi", "gross", "gross_lo", "gross_hi", "catch_up", "catch_up_lo", "catch_up_hi")
    return replace(result, **{key: getattr(result, key) * part for key in keys})


def words_of_share(part: Decimal) -> tuple[Text, ...]:
    """What is said of a share that is owed."""
    if part == 1:
        return ()
    said = text(
        "Part of these days ran over a substitute: {share:percent} of their loss is owed for the outage.",
        share=part,
    )
    return (said,)
