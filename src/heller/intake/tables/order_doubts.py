"""What is uncertain about a list of orders as a whole, each doubt with the first row that it concerns."""

from __future__ import annotations

from collections.abc import Iterator

from heller.intake.tables.profile import TableProfile
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob
from heller.model.text import Text, text

IDENTIFIER = 32  # letters of a state that is an identifier and no word


class OrderDoubts:
    """What was seen in the rows, for what only the whole list can tell."""

    def __init__(self) -> None:
        self.unknown: dict[str, list[int]] = {}  # status -> rows
        self.days_only: list[int] = []
        self.negative: list[int] = []
        self.euro_assumed: list[int] = []
        self.no_currency: list[int] = []
        self.no_price: list[int] = []
        self.gross_only = False
        self.headings: tuple[str, ...] = ()

    def findings(self, blob: Blob, profile: TableProfile) -> Iterator[Finding]:
        """The doubts, in the order of their weight."""
        for code, said, rows, do in (*self._amounts(), *self._days_and_states()):
            yield Finding(code, said, do, Weight.WARNING, Locator(blob.digest, f"row {rows[0]}"))

    def _amounts(self) -> Iterator[tuple[str, Text, list[int], Text | None]]:
        if self.gross_only:
            said = text(
                "The amounts are gross, and neither the tax nor its rate is in the list; there are: {headings}.",
                headings=", ".join(filter(None, self.headings))[:300],
            )
            do = text(
                "Export the net amounts too, or say the rate: heller profile FILE --rate 19 --save. Until then "
                "none of it enters the claim."
            )
            yield "order.gross_only", said, [1], do
        if rows := self.euro_assumed:
            said = text(
                "{n} {units} name no currency; they were read as euro.",
                "{a_unit:cap} names no currency; it was read as euro.",
                n=len(rows),
            )
            yield "orders.no_currency", said, rows, text("Check that all of it is in euro.")
        if rows := self.no_currency:
            said = text("The list names no currency, so its amounts enter no claim.")
            yield "orders.no_currency", said, rows, text("Export the currency as well.")
        if rows := self.no_price:
            said = text(
                "{n} {units} have no price: the export leaves it out where they were called off.",
                "{a_unit:cap} has no price: the export leaves it out where it was called off.",
                n=len(rows),
            )
            do = text(
                "What they were worth must come from elsewhere: the own system, or the mail that came with it."
            )
            yield "order.no_amount", said, rows, do

    def _days_and_states(self) -> Iterator[tuple[str, Text, list[int], Text | None]]:
        if rows := self.days_only:
            said = text(
                "{n} {units} have a day and no time of day; noon stands for the day.",
                "{a_unit:cap} has a day and no time of day; noon stands for the day.",
                n=len(rows),
            )
            do = text("Export them with the time: it tells what came before the outage began.")
            yield "orders.no_time", said, rows, do
        if rows := self.negative:
            said = text(
                "{n} {units} have a negative amount; they were read as credits.",
                "{a_unit:cap} has a negative amount; it was read as a credit.",
                n=len(rows),
            )
            yield "orders.negative", said, rows, None
        words = {status: rows for status, rows in self.unknown.items() if len(status) < IDENTIFIER}
        if len(words) < len(self.unknown):
            rows = min(rows for status, rows in self.unknown.items() if status not in words)
            said = text("The states are identifiers, not words: what was called off cannot be told.")
            yield "orders.state_id", said, rows, text("Export the name of the state as well.")
        for status, rows in words.items():
            said = text(
                "{n} {units} have the unknown status '{status}'; they were read as not cancelled.",
                "{a_unit:cap} has the unknown status '{status}'; it was read as not cancelled.",
                n=len(rows),
                status=status[:60],
            )
            yield (
                "orders.status",
                said,
                rows,
                text(
                    "If they were cancelled, leave the export as it is and add a marked copy that says "
                    "'storniert' or 'cancelled' beside it."
                ),
            )
