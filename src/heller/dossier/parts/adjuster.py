"""The loss as an adjuster sets it out: expected, actual, saved and spent, the bridge, the documents, method and limits.

Every figure is one of the two worlds; what is asked for and not here is said too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from heller.dossier.blocks import Block, Cell, Heading, Para, Part, Table, TableColumn, TableRow
from heller.dossier.names import GRADES
from heller.dossier.writer import Pen
from heller.model.case import Exhibit
from heller.model.kinds.bank_entry import BankEntry
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.device_log import DeviceLog
from heller.model.kinds.fact import Fact
from heller.model.kinds.hit_log import HitLog
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.mail import Mail
from heller.model.kinds.order import Order
from heller.model.kinds.posting import Posting
from heller.model.kinds.probe_log import ProbeLog
from heller.model.kinds.shift import Shift
from heller.model.kinds.unit import Unit
from heller.model.kinds.wage import Wage
from heller.model.money import Money, total
from heller.model.scheme import SchemeKind, SchemeLine
from heller.model.text import Text, text

KINDS: dict[SchemeKind, Text] = {
    SchemeKind.EARNINGS: text("Earnings: expected and actual"),
    SchemeKind.SAVED: text("Cost saved, by account"),
    SchemeKind.AVERTED: text("Cost of reducing the loss"),
    SchemeKind.FURTHER: text("Further loss"),
    SchemeKind.BENEFIT: text("Benefits that come off"),
}
ASKED: tuple[tuple[Text, tuple[type, ...]], ...] = (
    (text("Measurements and logs of the line"), (ProbeLog, DeviceLog, HitLog)),
    (text("Reports, calls and letters"), (Contact, Mail)),
    (text("Takings and {units}"), (Order, Unit)),
    (text("Bookings of the firm"), (Posting,)),
    (text("Invoices"), (Invoice,)),
    (text("Payments on the account"), (BankEntry,)),
    (text("Hours worked"), (Shift,)),
    (text("Wages"), (Wage,)),
    (text("Statements of the firm"), (Fact,)),
)
MOST = 8  # exhibits of one kind that are named


def part(pen: Pen) -> Part | None:
    """The scheme, its bridge, the documents, method and limits; None where there is no loss."""
    lines = pen.claim.assessment.scheme
    if not lines:
        return None
    blocks = (
        Para(pen(_LEAD)),
        _scheme(pen, lines),
        Heading(pen(text("Bridge from the expected to the actual result"))),
        _bridge(pen, lines),
        Heading(pen(text("Documents asked for and seen"))),
        _documents(pen),
        Heading(pen(text("Method and limits"))),
        *_method(pen),
    )
    return Part("adjuster", pen(text("The loss in an adjuster's scheme")), blocks, fresh=True)


_LEAD = text(
    "The flows of money without and with the outage once more, as a loss adjuster asks for them: "
    "what was expected and what came, which cost was saved, what was spent to keep the loss low. Money in is positive, "
    "money out negative; likely figures, in euros."
)


def _columns(pen: Pen, first: Text) -> tuple[TableColumn, ...]:
    ends = (text("expected"), text("actual"), text("loss"))
    return (
        TableColumn(pen(first), "left", "1fr"),
        *(TableColumn(pen(one), "right", "24mm") for one in ends),
    )


def _scheme(pen: Pen, lines: Iterable[SchemeLine]) -> Table:
    lines, rows = tuple(lines), list[TableRow]()
    for kind, title in KINDS.items():
        mine = [line for line in lines if line.kind is kind]
        if mine:
            rows.append(TableRow((Cell(pen(title)),), "group"))
            labels = dict.fromkeys(pen(one.label) for one in mine)
            rows += [_row(pen, Cell(label), [o for o in mine if pen(o.label) == label]) for label in labels]
        if len(mine) > 1:
            rows.append(_row(pen, Cell(pen(text("Sum"))), mine, "sum"))
    rows.append(_row(pen, Cell(pen(text("Loss"))), lines, "total"))
    return Table(_columns(pen, text("Flow of money")), tuple(rows), size="small")


def _row(pen: Pen, label: Cell, lines: Iterable[SchemeLine], kind: str = "plain") -> TableRow:
    lines = tuple(lines)
    sums = (total(one.expected for one in lines), total(one.actual for one in lines))
    return TableRow((label, *(Cell(pen.bare(one)) for one in (*sums, sums[0] - sums[1]))), kind)


def _bridge(pen: Pen, lines: tuple[SchemeLine, ...]) -> Table:
    """From what was expected, kind by kind, to what came."""
    expected, actual = total(one.expected for one in lines), total(one.actual for one in lines)
    rows = [_step(pen, pen(text("Result without the outage")), expected, "sum")]
    for kind, title in KINDS.items():
        mine = [line for line in lines if line.kind is kind]
        if mine:
            rows.append(_step(pen, pen(title), -total(one.expected - one.actual for one in mine)))
    rows.append(_step(pen, pen(text("Result as it happened")), actual, "total"))
    columns = (
        TableColumn(pen(text("Step")), "left", "1fr"),
        TableColumn(pen(text("euros")), "right", "28mm"),
    )
    return Table(columns, tuple(rows), size="small")


def _step(pen: Pen, label: str, amount: Money, kind: str = "plain") -> TableRow:
    return TableRow((Cell(label), Cell(pen.bare(amount))), kind)


def _documents(pen: Pen) -> Table:
    rows = [_document(pen, title, kinds) for title, kinds in ASKED]
    asked = [
        one
        for one in pen.case.records(Contact)
        if one.kind is ContactKind.INVITATION and one.incoming and one.at.date() <= pen.claim.waterfall.as_of
    ]
    note = ""
    if asked:
        note = pen(text("The other side asked for receipts on {day:day}.", day=max(one.at for one in asked)))
    columns = (
        TableColumn(pen(text("What an adjuster asks for")), "left", "1fr"),
        TableColumn(pen(text("Seen")), "left", "72mm"),
    )
    return Table(columns, tuple(rows), note, size="small")


def _document(pen: Pen, title: Text, kinds: tuple[type, ...]) -> TableRow:
    found = [e for e in pen.case.exhibits if not e.withdrawn and _holds(e, kinds)]
    noted = any(isinstance(one, kinds) for one in pen.case.noted)
    names = [pen.refs.name(one.number) for one in found[:MOST]]
    if len(found) > MOST:
        names.append(pen(text("{n} more", n=len(found) - MOST)))
    if noted:
        names.append(pen(text("noted in the journal")))
    return TableRow((Cell(pen(title)), Cell(", ".join(names) or pen(text("no part of this case")))))


def _holds(exhibit: Exhibit, kinds: tuple[type, ...]) -> bool:
    return any(isinstance(one, kinds) for one in exhibit.reading.records)


def _method(pen: Pen) -> Iterator[Block]:
    yield Para(pen(_METHOD))
    whole = pen.claim.assessment.total.likely
    rows = [
        TableRow((Cell(pen(GRADES[grade])), *pen.three(amount)))
        for grade, amount in pen.claim.assessment.by_grade
    ]
    columns = (TableColumn(pen(text("By proof, in euros")), "left", "1fr"), *pen.three_columns())
    if rows and whole:
        yield Table(columns, tuple(rows), size="small")
    yield Para(pen(_LIMITS))


_METHOD = text(
    "Method: expected is what the firm's own history of like days gives, or what receipts and records show for the "
    "single thing; actual is what they show for the time of the outage. Cost that varies with takings comes off by the "
    "contribution margin, account by account where the bookings are here."
)
_LIMITS = text(
    "Limits: what is estimated is a range, and the claim rests on its cautious end; what each input that is typed or "
    "estimated moves stands under the schedule of damages. Nobody from outside has looked at the books for this; "
    "documents that are no part of this case were not seen."
)
