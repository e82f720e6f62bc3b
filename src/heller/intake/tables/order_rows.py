"""From the rows of a list to its orders: the rows of one number are one order, with what was paid back apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from heller.intake.tables import order_refusals, sum_rows
from heller.intake.tables.office_orders import NO_ORDER, STANDS, customer, is_cancelled
from heller.intake.tables.order_cells import OrderCells
from heller.intake.tables.order_doubts import OrderDoubts
from heller.intake.tables.order_totals import OrderTotals
from heller.intake.tables.profile import TableProfile
from heller.intake.tables.row import Rejected, Row
from heller.intake.tables.sum_rows import Labelled
from heller.intake.written.canonical import fold
from heller.model.finding import Finding, Weight
from heller.model.kinds.order import Order
from heller.model.money import NO_CURRENCY, Money
from heller.model.text import text


class OrderRows:
    """The rows of one list, read by a profile."""

    def __init__(
        self, profile: TableProfile, rows: Sequence[Row], zone: ZoneInfo, doubts: OrderDoubts
    ) -> None:
        self.profile, self.rows, self.doubts = profile, rows, doubts
        self.head = rows[0].head.places if rows else {}
        self.cells = OrderCells(profile, rows, zone, doubts)
        self._sums = {} if profile.rows == "sum" else self._find_sums()
        if rows and not {"net", "taxes", "rate"} & self.head.keys() and not profile.rate and not profile.tax:
            self.doubts.gross_only = "gross" in self.head
            self.doubts.headings = rows[0].head.cells

    def _find_sums(self) -> dict[int, bool]:
        """The places of rows that are sums, with whether they add up."""
        labelled = []
        for row in self.rows:
            value = self.cells.plain(row, "net") if "net" in self.head else self.cells.plain(row, "gross")
            words = tuple(cell.strip() for cell in row.cells)
            bare = not row["number"] and not row["date"]
            labelled.append(Labelled(words, None if value is None else value.decimal, row["number"], bare))
        return {one.at: one.agrees for one in sum_rows.find(labelled)}

    def sums(self) -> Iterator[Finding]:
        """What is said of the rows that are sums."""
        for at, agrees in self._sums.items():
            row = self.rows[at]
            yield sum_rows.note(row.number, agrees, row.digest, " ".join(row.cells))

    def left(self) -> Iterator[Row]:
        """The rows that are no sums."""
        return (row for at, row in enumerate(self.rows) if at not in self._sums)

    def order(
        self, number: str, own: Sequence[Row], told: list[Finding]
    ) -> tuple[OrderTotals, Order | None] | None:
        """The order of these rows; None where none of them can be read, which goes into `told`."""
        if self.profile.rows == "sum":
            return self._guard(lambda: self._summed(number, own), own, told)
        valued = [row for row in own if row["net"] or row["gross"] or row["taxes"]]
        if self.profile.rows != "first" or not valued:
            valued = list(own)
        read: list[tuple[Row, OrderTotals, Order | None]] = []
        for row in valued:
            try:
                read.append((row, *self._one(number, row)))
            except Rejected as refusal:
                told.append(refusal.finding)
                told += [order_refusals.with_its_order(other, number) for other in own if other not in valued]
        return self._one_order(number, read, told) if read else None

    def _guard(
        self, of: object, own: Sequence[Row], told: list[Finding]
    ) -> tuple[OrderTotals, Order | None] | None:
        try:
            found: tuple[OrderTotals, Order | None] = of()  # type: ignore[operator]
        except Rejected as refusal:
            told.append(refusal.finding)
            told += [order_refusals.with_its_order(row, row["number"]) for row in own[1:]]
            return None
        return found

    def _one_order(
        self, number: str, read: list[tuple[Row, OrderTotals, Order | None]], told: list[Finding]
    ) -> tuple[OrderTotals, Order | None] | None:
        """One order of its rows: the same again counts once, what is below zero was paid back."""
        back = [one for one in read if _worth(one[1]).cents < 0]
        kept = [one for one in read if _worth(one[1]).cents >= 0]
        if not kept:
            self.doubts.negative += [row.number for row, _, _ in back]
            first = min(back, key=lambda one: (one[2].at.timestamp() if one[2] else 0, one[0].number))
            return self._credit(first, back)
        first = kept[0]
        if len({_contents(one) for one in kept}) > 1:
            told += [order_refusals.contradicts(row, number) for row, _, _ in kept]
            return None
        if self.profile.rows != "same":
            told += [order_refusals.twice(row, number, first[0].number) for row, _, _ in kept[1:]]
        refunds = [_worth(totals) for _, totals, _ in back]
        totals = first[1]
        if refunds:
            paid = sum(refunds, Money(0, refunds[0].currency))
            before = totals.refunded or Money(0, paid.currency)
            totals = OrderTotals(
                number, totals.gross, totals.net, before - paid, totals.cancelled, totals.currency
            )
        self._note_refund(first[0], totals)
        return totals, first[2]

    def _credit(
        self,
        first: tuple[Row, OrderTotals, Order | None],
        back: Sequence[tuple[Row, OrderTotals, Order | None]],
    ) -> tuple[OrderTotals, Order | None]:
        """Rows below zero whose order is not in the list, together."""
        _, totals, order = first
        worth = sum((_worth(one[1]) for one in back), Money(0, _worth(totals).currency))
        net = worth if totals.net is not None else None
        gross = totals.gross if totals.net is not None else worth
        joined = OrderTotals(totals.number, gross, net, None, totals.cancelled, totals.currency)
        if order is None or net is None:
            return joined, None
        return joined, Order(
            order.number, order.at, net, order.channel, order.source, order.cancelled, order.customer
        )

    def _one(self, number: str, row: Row) -> tuple[OrderTotals, Order | None]:
        status = row["status"]
        if fold(status) in NO_ORDER:
            said = text(
                "Row {row}: by its status '{status}' nothing came of it.", row=row.number, status=status
            )
            raise row.skip("order.none", said)
        unit, at = self.cells.unit(row), self.cells.moment(row)
        net, gross = self.cells.net_and_gross(row, unit)
        cancelled = is_cancelled(status) or self._marked_cancelled(row)
        if status and not cancelled and fold(status) not in STANDS:
            self.doubts.unknown.setdefault(status, []).append(row.number)
        back = self.cells.amount(row, "refunded", unit) if row["refunded"] else None
        totals = OrderTotals(number, gross, net, back, cancelled, "" if unit == NO_CURRENCY else unit)
        if net is None or net.currency != "EUR":
            return totals, None
        key = "net" if row["net"] else "gross"
        channel = row["channel"] or self.profile.channel
        source = row.at(*filter(lambda k: k in self.head, (key, "taxes") if key == "gross" else (key,)))
        return totals, Order(number, at, net, channel, source, cancelled, customer(row["customer"]))

    def _marked_cancelled(self, row: Row) -> bool:
        """A column that holds a day or a mark where the order was cancelled."""
        return fold(row["cancelled"]) not in ("", "0", "nein", "no", "false", "n")

    def _summed(self, number: str, own: Sequence[Row]) -> tuple[OrderTotals, Order | None]:
        """An order whose rows add up, one for each item."""
        units = {row["currency"] for row in own} - {""}
        unit = units.pop() if len(units) == 1 else NO_CURRENCY
        add = [self.cells.item(row, name, unit) for row in own for name in self.profile.plus]
        off = [self.cells.item(row, name, unit) for row in own for name in self.profile.minus]
        tax = [self.cells.item(row, name, unit) for row in own for name in self.profile.tax]
        cancelled = all(is_cancelled(row["status"]) for row in own)
        if all(amount is None for amount in add):
            self.doubts.no_price.append(own[0].number)
            return OrderTotals(number, None, None, None, cancelled, "" if unit == NO_CURRENCY else unit), None
        zero = Money(0, unit)
        gross = sum((a for a in add if a), zero) - sum((a for a in off if a), zero)
        net = gross - sum((a for a in tax if a), zero) if any(a is not None for a in tax) else None
        totals = OrderTotals(number, gross, net, None, cancelled, "" if unit == NO_CURRENCY else unit)
        if net is None or net.currency != "EUR":
            return totals, None
        first = min(own, key=lambda row: row.number)
        at = self.cells.moment(first)
        channel = first["channel"] or self.profile.channel
        return totals, Order(number, at, net, channel, first.at("number"), cancelled)

    def _note_refund(self, row: Row, totals: OrderTotals) -> None:
        if totals.refunded:
            row.doubt(
                "order.refund",
                text(
                    "Row {row}: of {number}, {amount} were paid back.",
                    row=row.number,
                    number=totals.number,
                    amount=totals.refunded,
                ),
                text("It is read in full; the refund is not taken off."),
                Weight.NOTE,
            )


def _worth(totals: OrderTotals) -> Money:
    found = totals.net if totals.net is not None else totals.gross
    assert found is not None
    return found


def _contents(one: tuple[Row, OrderTotals, Order | None]) -> tuple[object, ...]:
    _, totals, order = one
    return totals.gross, totals.net, totals.cancelled, order.at if order else None
