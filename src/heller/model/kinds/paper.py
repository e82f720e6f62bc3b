"""Receipts on paper: what every room needs to know of them."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from heller.model.document_class import Classification, DocumentClass, Reference
from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_field import prose, words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text
from heller.model.value import Support, Value

WAITING = frozenset({Support.READ, Support.SEEN})  # these wait for a person before they enter a claim
FIELDS = ("number", "date", "seller", "net", "vat", "gross", "currency", "type", "pay")
NEEDED = ("date", "seller", "net", "vat", "gross", "currency")  # what an invoice in a claim must have
AMOUNTS = frozenset({"net", "vat", "gross", "pay"})


class Paper(RecordNoun, frozen=True, tag="paper", dict=True):
    """What a paper says, so far as it could be read. It is no invoice of the claim before a person looked.

    Values are canonical (`104.00`, `2016-01-19`, `EUR`); `free` is set where the paper says that no VAT is
    charged (§ 19 UStG); `tax_ids` are the tax numbers it prints, `words` what else it says, for a proposal of the head.
    `kind` says what the document is, `refers` which others it names, `prepaid` and `fees` what it takes off as
    paid before and demands besides (a reminder's fee and interest).
    """

    values: dict[str, Value]
    source: Locator
    credit: bool = False
    free: bool = False
    tax_ids: tuple[str, ...] = ()
    words: str = ""
    left: bool = False  # a person said that it is no receipt for this claim
    kind: Classification = Classification(DocumentClass.INVOICE)
    buyer: str = ""
    refers: tuple[Reference, ...] = ()
    prepaid: Money | None = None
    fees: Money | None = None

    def said(self, name: str) -> str:
        """A value, empty where the paper does not say it."""
        found = self.values.get(name)
        return str(found.value) if found and found.value is not None else ""

    @property
    def issued(self) -> date | None:
        """The day of the paper."""
        return date.fromisoformat(self.said("date")) if self.said("date") else None

    def money(self, name: str) -> Money | None:
        """An amount; None where the amount or its currency is missing."""
        said = self.said(name)
        return Money.of(said, self.said("currency")) if said and self.said("currency") else None

    @cached_property
    def waiting(self) -> tuple[str, ...]:
        """The values that a person has to look at: read or seen only, or needed and missing.

        A document that is known to be no cost needs none of them, nor does one of no known class without a sum.
        """
        asked = self.kind.is_money or (self.kind.of is DocumentClass.OTHER and "gross" in self.values)
        if self.left or not asked:
            return ()
        return tuple(
            name
            for name in FIELDS
            if ((found := self.values.get(name)) and found.grade in WAITING)
            or (found is None and name in NEEDED)
        )


def _line(record: Paper) -> tuple[object, ...]:
    return tuple(filter(None, map(record.said, ("number", "date", "seller", "gross", "currency"))))


_FIELDS = (
    prose("values", text("Values")),
    words("tax_ids", text("Tax numbers"), many=True),
    prose("words", text("Words of the paper")),
    words("kind", text("Kind of document")),
    prose("buyer", text("Buyer")),
    words("refers", text("Documents that it names"), many=True),
)
KIND = RecordKind(
    Paper,
    text("Receipts on paper"),
    None,
    _FIELDS,
    alone=True,
    line_of=_line,
    known_of=lambda record: record.issued,
)
