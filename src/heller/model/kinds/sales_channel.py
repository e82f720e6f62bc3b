"""Channels through which a firm earns: the telephone, the reception, the restaurant, a project. What holds of one of
them alone is said here; what holds of all is a fact of the firm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_field import RecordForm, moment, money, share, words, yes_no
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import Text, text


class SalesChannel(RecordNoun, frozen=True, tag="channel"):
    """What is stated of one channel by its `name`, '' of all; each None where nobody said.

    `margin`: what is left of its takings when the variable cost is paid. `vat`: the rate that its amounts hold.
    `value`: what one of its units brings, with VAT where that is `gross`. Of its customers between `later_least` and
    `later_most` come later. A substitute carried the share `carried` of it from `carried_from` on.
    """

    name: str
    margin: Decimal | None = None
    vat: Decimal | None = None
    value: Money | None = None
    gross: bool = True
    later_least: Decimal | None = None
    later_most: Decimal | None = None
    carried: Decimal | None = None
    carried_from: datetime | None = None
    source: Locator | None = None


FIELDS = (
    words("name", text("Which channel?"), listed=True),
    share("margin", text("Contribution margin of it"), listed=True),
    share("vat", text("Rate of VAT that its amounts hold"), listed=True),
    money("value", text("What does one of its units bring?"), listed=True),
    yes_no("gross", text("Does that hold VAT?")),
    share("later_least", text("Which share of its {customers} comes later, at least?"), listed=True),
    share("later_most", text("Which share of its {customers} comes later, at most?"), listed=True),
    share("carried", text("Which share of it ran over a substitute?"), listed=True),
    moment("carried_from", text("From when on was it in use?"), listed=True),
)
FORMS = (RecordForm("channel", 63, text("What holds of one channel"), ("name",), german="kanal"),)


def _faults(record: SalesChannel) -> Iterator[tuple[str, Text]]:
    least, most = record.later_least, record.later_most
    if least is not None and most is not None and least > most:
        yield "later_most", text("It cannot be less than the least.")
    if record.carried is not None and record.carried_from is None:
        yield "carried_from", text("This is needed.")


KIND = RecordKind(
    SalesChannel,
    text("Channels"),
    "notes",
    FIELDS,
    FORMS,
    faults=_faults,
    timeless=True,
)
