"""Beside an action: a payment order, arbitration; and who bears what when only a part is won."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct

from heller.law.book.answer import Figure
from heller.law.book.refusals import LawRefused
from heller.law.de import costs, online, ways
from heller.law.de.costs import Bill
from heller.law.de.rules import book
from heller.model.money import ZERO, Money
from heller.model.text import Text, text


def figures(value: Money, on: date, vat: Decimal | None) -> dict[str, Figure]:
    """What the other ways cost; None where the rules do not carry the day."""
    order, arbitrated = _order(value, on, vat), _arbitrated(value, on, vat)
    ordered: Mapping[str, Figure] | None = None
    if order is not None:
        ordered = {"lawyer_net": order.lawyer.net, "lawyer_gross": order.lawyer.gross, "court": order.court}
    body: Mapping[str, Figure] | None = None
    if arbitrated is not None:
        body = {"body": ZERO, "lawyer_net": arbitrated.net, "lawyer_gross": arbitrated.gross}
    by_net: Money | None = online.court_fee(value, on) if online.fits(value, on) else None
    return {"payment_order": ordered, "arbitration": body, "online_court": by_net}


def said(value: Money, on: date, vat: Decimal | None) -> Iterator[Text]:
    """The same for people."""
    order, arbitrated = _order(value, on, vat), _arbitrated(value, on, vat)
    if order is None:
        yield text(
            "Payment order: not worked out, the court's minimum on this day is not verified (Nr. 1100 KV GKG)."
        )
    else:
        yield text(
            "Payment order first: lawyer {lawyer} net, court {court}; the 1.0 fee is credited in full on the "
            "action (Nr. 3305 VV RVG).",
            lawyer=order.lawyer.net,
            court=order.court,
        )
    if online.fits(value, on):
        yield text(
            "Online procedure: the court asks {fee} instead of {usual} (Nr. 1216 KV GKG).",
            fee=online.court_fee(value, on),
            usual=costs.court_fee(value, on),
        )
    if arbitrated is not None:
        yield text(
            "Arbitration: free of charge; a lawyer is not needed and would cost {lawyer} net (Nr. 2303 VV RVG).",
            lawyer=arbitrated.net,
        )


def _order(value: Money, on: date, vat: Decimal | None) -> ways.PaymentOrder | None:
    try:
        return ways.payment_order(value, on, vat=vat)
    except LawRefused:
        return None


def _arbitrated(value: Money, on: date, vat: Decimal | None) -> Bill | None:
    """Arbitration as it is today began in December 2021."""
    try:
        book().in_force("SCHL-02", on)
    except LawRefused:
        return None
    return ways.arbitration(value, on, vat=vat)


class Part(Struct, frozen=True):
    """A part is won: the quota without and with VAT; what is `owed` for the work out of court, and what
    the own lawyer `charged` on the whole value, both without VAT."""

    net: ways.Quota
    gross: ways.Quota
    owed: Money
    charged: Money

    @property
    def figures(self) -> Mapping[str, Figure]:
        """For machines."""
        return {
            "won": self.net.won,
            "share": f"{self.net.percent / 100:.4f}",
            "borne_net": self.net.borne,
            "borne_gross": self.gross.borne,
            "left_net": self.net.left,
            "left_gross": self.gross.left,
            "pretrial_owed_net": self.owed,
            "pretrial_gap_net": self.charged - self.owed,
        }

    @property
    def said(self) -> tuple[Text, ...]:
        """For people."""
        return (
            text(
                "Who sues for {value} and wins {won} bears {share:percent} of the costs: {net} net, {gross} "
                "with VAT; left are {left} net.",
                value=self.net.asked,
                won=self.net.won,
                share=1 - self.net.percent / 100,
                net=self.net.borne,
                gross=self.gross.borne,
                left=self.net.left,
            ),
            text(
                "Out of court only the fee on what is justified is owed, {owed} net; the own lawyer asks "
                "{asked}: a gap of {gap}.",
                owed=self.owed,
                asked=self.charged,
                gap=self.charged - self.owed,
            ),
        )
