"""Makes values of printed words: each with its grade and its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from heller.intake.paper import rates
from heller.intake.paper.amounts import Amount
from heller.intake.paper.layout import Word
from heller.model.finding import Locator
from heller.model.value import Support, Value

if TYPE_CHECKING:
    from heller.intake.paper.totals import Totals


class Pen:
    """Makes values of words: each with its grade and its place."""

    def __init__(self, source: Locator, *, seen: bool, turned: Mapping[int, int] | None = None) -> None:
        self.source, self.grade, self.turned = source, Support.SEEN if seen else Support.READ, turned or {}

    def at(self, words: Sequence[Word], raw: str) -> Locator:
        """'page 1 at 412,655,468,667': points from the upper left of a PDF's page, pixels of a picture."""
        x0, y0 = min(w.x0 for w in words), min(w.y0 for w in words)
        x1, y1 = max(w.x1 for w in words), max(w.y1 for w in words)
        angle = self.turned.get(words[0].page, 0)
        turned = f" turned {angle}" if angle else ""
        place = f"page {words[0].page}{turned} at {x0:.0f},{y0:.0f},{x1:.0f},{y1:.0f}"
        return Locator(self.source.object, place, raw, self.source.member)

    def value(
        self,
        value: str,
        words: Sequence[Word],
        raw: str = "",
        *,
        by: tuple[str, ...] = (),
        grade: Support | None = None,
    ) -> Value:
        """A value with the words it stands in."""
        return Value(value, grade or self.grade, self.at(words, raw or value), by)


def of_totals(totals: Totals, pen: Pen) -> dict[str, Value]:
    """Net, VAT, gross and the amount to be paid, as far as they are printed or follow."""
    grade = Support.PROVEN if totals.proven and not totals.coupon else pen.grade
    made: dict[str, Value] = {}

    def put(name: str, amount: Amount | None, value: Decimal | None = None, grade: Support = grade) -> None:
        if amount is not None:
            worth = amount.value if value is None else value
            made[name] = pen.value(
                str(worth.quantize(rates.CENT)), amount.words, amount.raw, by=totals.by, grade=grade
            )

    put("gross", totals.gross, grade=Support.PROVEN if totals.cash and not totals.coupon else grade)
    put("net", totals.net)
    put("vat", totals.vat)
    if totals.vat is None and totals.tax is not None:
        put("vat", totals.gross, totals.tax)
    if totals.net is None and totals.base is not None:
        put("net", totals.gross, totals.base)
    put("pay", totals.due, grade=grade if totals.due is totals.gross or _same(totals) else pen.grade)
    return made


def _same(totals: Totals) -> bool:
    """Whether the amount to be paid is the proven gross, printed again."""
    return bool(totals.due and totals.gross and totals.due.value == totals.gross.value)
