"""The values of each kind of document as plain strings and counts, each with its grade and place.

A value is `proven` where two independent paths in the file agree on it, `stated` where the file says it,
`computed` where it was counted or worked out from what the file says.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

from heller.intake.bank.statement import chain
from heller.intake.business_values import counted, instant, orders_of, units_of
from heller.intake.written import numbers
from heller.model.column import Column
from heller.model.finding import Locator
from heller.model.kinds import kind_of
from heller.model.kinds.bank_entry import BankEntry
from heller.model.kinds.device_log import DeviceLog
from heller.model.kinds.fact import Fact
from heller.model.kinds.hit_log import HitLog
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.mail import Mail
from heller.model.kinds.paper import FIELDS, Paper
from heller.model.kinds.probe_log import ProbeLog
from heller.model.kinds.queue_log import QueueLog
from heller.model.kinds.shift import Shift
from heller.model.kinds.speed_test import SpeedTest
from heller.model.kinds.summary import Summary
from heller.model.money import NO_CURRENCY, Money
from heller.model.record import Account, Record
from heller.model.sample import Outcome
from heller.model.value import Support, Value

PROVEN, STATED, COMPUTED = Support.PROVEN, Support.STATED, Support.COMPUTED
PATHS = frozenset({"net+vat", "lines", "rates", "picture"})  # inside an invoice; two of them must agree
ACROSS = frozenset({"bank", "posting", "twin"})  # another document with the same gross


def document_of(record: Record | Account) -> tuple[str, bool]:
    """The kind of document a record belongs to, and whether each record is a document of its own."""
    if isinstance(record, Account):
        return "statement", False
    if isinstance(record, Invoice | Paper):
        return record.kind.of.value, True
    if isinstance(record, Summary):
        return record.kind, True
    kind = kind_of(record)
    return kind.document or "notes", kind.alone


def _invoice(records: list[Record | Account]) -> dict[str, Value]:
    """An invoice: amounts with the signs of the file; its type code and what is to be paid as stated."""
    if isinstance(records[0], Paper):
        return _paper(records[0])
    invoice = next(r for r in records if isinstance(r, Invoice))
    at = invoice.places.get
    proven = PROVEN if len(PATHS & set(invoice.proven_by)) > 1 else STATED

    def amount(name: str, sum_: Money) -> Value:
        place = at(name)
        shown = at(f"picture:{name}")  # the same sum on the pages that people see
        borne = PROVEN if name == "gross" and ACROSS & set(invoice.proven_by) else proven
        grade = borne if place else COMPUTED
        return Value(str(sum_.decimal), grade, place, invoice.proven_by, (shown,) if shown else ())

    return {
        "number": Value(invoice.number or None, STATED, at("number")),
        "date": Value(invoice.issued.isoformat(), STATED, at("issued")),
        "seller": Value(invoice.seller or None, STATED, at("seller")),
        "net": amount("net", invoice.net),
        "vat": amount("vat", invoice.vat),
        "gross": amount("gross", invoice.gross),
        "currency": Value(invoice.net.currency, STATED, invoice.source),
        "type": _raw(at("kind")),
        "pay": _decimal(at("payable")),
    }


def _paper(paper: Paper) -> dict[str, Value]:
    """What is printed: each value with its grade, absent where it cannot be told."""
    said = {name: paper.values.get(name, Value(None, Support.ABSENT)) for name in FIELDS}
    return said | (
        {"fees": Value(str(paper.fees.decimal), Support.COMPUTED, paper.source)} if paper.fees else {}
    )


def _raw(place: Locator | None) -> Value:
    return Value(place.raw if place else None, STATED, place)


def _decimal(place: Locator | None) -> Value:
    value = numbers.plain(place.raw) if place else None
    return Value(None if value is None else str(Money.of(value).decimal), STATED, place)


def _statement(records: list[Record | Account]) -> dict[str, Value]:
    """An account statement. Sums of several currencies and balances of several accounts are not mixed.

    Counts and sums are proven where every page closes: its opening balance and entries give its closing.
    """
    entries = [r for r in records if isinstance(r, BankEntry)]
    pages = [r for r in records if isinstance(r, Account)]
    names = {page.name for page in pages} | {entry.account for entry in entries}
    stated = [b for page in pages for b in (page.opening, page.closing) if b is not None]
    moved = [entry.amount for entry in entries] + [amount for page in pages for amount in page.announced]
    units = ({amount.currency for amount in moved} or {b.currency for b in stated}) - {NO_CURRENCY}
    at = pages[0].source if pages else entries[0].source
    closes = bool(pages) and all(page.closes for page in pages)
    grade = PROVEN if closes else COMPUTED
    one, unit = len(names) == 1, next(iter(units), None) if len(units) == 1 else None
    order = chain(pages, pages[0].name) if pages and one else None  # no balances where a page is missing
    opening, closing = (
        (order[0].opening, order[-1].closing) if order else _outer(pages) if one else (None, None)
    )
    proven = ("balances",) if closes else ()

    def side(way: int) -> Value:
        cents = sum(abs(amount.cents) for amount in moved if amount.cents * way > 0)
        mixed = len({amount.currency for amount in moved}) > 1
        return Value(None if mixed else str(Money(cents).decimal), grade, at, proven)

    return {
        "account": Value((next(iter(names)) or None) if one else None, STATED, at),
        "currency": Value(unit, STATED, at),
        "entries": Value(len(moved), grade, at, proven),
        "pending": Value(sum(page.pending for page in pages), COMPUTED, at),
        "credit": side(1),
        "debit": side(-1),
        "opening": _sum(opening, closes, at, proven),
        "closing": _sum(closing, closes, at, proven),
    }


def _outer(pages: list[Account]) -> tuple[Money | None, Money | None]:
    """The balances of the first and the last page where the pages say which they are."""
    first, last = [p for p in pages if p.begins], [p for p in pages if p.ends]
    return (first[0].opening, last[0].closing) if len(first) == len(last) == 1 else (None, None)


def _sum(balance: Money | None, closes: bool, at: Locator, proven: tuple[str, ...]) -> Value:
    said = None if balance is None else str(balance.decimal)
    return Value(said, PROVEN if closes else STATED, at, proven)


def _table(records: list[Record | Account]) -> dict[str, Value]:
    return {"rows": Value(len(records), COMPUTED, records[0].source)}


def _hours(records: list[Record | Account]) -> dict[str, Value]:
    """Hours of work without the pauses, in decimal hours with four places."""
    shifts = [r for r in records if isinstance(r, Shift)]
    hours = Decimal(sum(shift.minutes for shift in shifts)) / 60
    people = len({shift.person for shift in shifts})
    return _table(records) | {
        "hours": Value(str(hours.quantize(Decimal("0.0001"))), COMPUTED, shifts[0].source),
        "people": Value(people, COMPUTED, shifts[0].source),
    }


def _facts(records: list[Record | Account]) -> dict[str, Value]:
    facts = [r for r in records if isinstance(r, Fact)]
    return {fact.key: Value(fact.value, STATED, fact.source) for fact in facts}


def _mail(records: list[Record | Account]) -> dict[str, Value]:
    mail = next(r for r in records if isinstance(r, Mail))
    said = {"date": instant(mail.at), "sender": mail.sender, "to": mail.to, "subject": mail.subject}
    return {key: Value(value, STATED, mail.source) for key, value in said.items()}


def _probes(records: list[Record | Account]) -> dict[str, Value]:
    log = next(r for r in records if isinstance(r, ProbeLog))
    seen = log.observations
    lost = len(seen) - seen.outcome.data.count(Outcome.OK)
    said: dict[str, str | int | None] = {
        "target": log.target,
        "probes": len(seen),
        "unanswered": lost,
        "from": instant(seen[0].at) if seen else None,
        "to": instant(seen[-1].at) if seen else None,
    }
    return {key: Value(value, counted(value), log.source) for key, value in said.items()}


def _device(records: list[Record | Account]) -> dict[str, Value]:
    log = next(r for r in records if isinstance(r, DeviceLog))
    said: dict[str, str | int | None] = {
        "device": log.device,
        "events": len(log.events),
        "from": instant(log.events[0].at) if log.events else None,
        "to": instant(log.events[-1].at) if log.events else None,
    }
    return {key: Value(value, counted(value), log.source) for key, value in said.items()}


def _speed(records: list[Record | Account]) -> dict[str, Value]:
    """Measurements of throughput: how many, how many failed, and the slowest of each way in bit/s."""
    tests = [r for r in records if isinstance(r, SpeedTest)]
    said: dict[str, str | int | None] = {
        "tests": len(tests),
        "failed": sum(bool(test.failed) for test in tests),
        "slowest_down": min((t.down for t in tests if t.down is not None), default=None),
        "slowest_up": min((t.up for t in tests if t.up is not None), default=None),
        "from": instant(min(test.at for test in tests)),
        "to": instant(max(test.at for test in tests)),
    }
    return {key: Value(value, counted(value), tests[0].source) for key, value in said.items()}


def _hits(records: list[Record | Account]) -> dict[str, Value]:
    log = next(r for r in records if isinstance(r, HitLog))
    said: dict[str, str | int | None] = {
        "server": log.server,
        "hits": len(log.times),
        "clients": len(log.clients),
        "from": _second(log.times, 0),
        "to": _second(log.times, -1),
    }
    return {key: Value(value, counted(value), log.source) for key, value in said.items()}


def _second(column: Column, n: int) -> str | None:
    """The instant of one entry of a column of seconds; None in an empty one."""
    return instant(datetime.fromtimestamp(column[n], UTC)) if len(column) else None


def _queue(records: list[Record | Account]) -> dict[str, Value]:
    log = next(r for r in records if isinstance(r, QueueLog))
    said: dict[str, str | int | None] = {
        "server": log.server,
        "attempts": len(log.attempts),
        "failed": sum(not attempt.ok for attempt in log.attempts),
        "from": instant(log.attempts[0].at.replace(microsecond=0)) if log.attempts else None,
        "to": instant(log.attempts[-1].at.replace(microsecond=0)) if log.attempts else None,
    }
    return {key: Value(value, counted(value), log.source) for key, value in said.items()}


def values_of(kind: str, records: list[Record | Account]) -> dict[str, Value]:
    """The values of one document by key."""
    match records[0]:
        case Summary(values=values):
            return values
        case Invoice() | Paper():
            return _invoice(records)
        case _:
            return MAKERS.get(kind, _table)(records)


MAKERS: dict[str, Callable[[list[Record | Account]], dict[str, Value]]] = {
    "statement": _statement,
    "hours": _hours,
    "orders": orders_of,
    "units": units_of,
    "wages": _table,
    "contacts": _table,
    "purposes": _table,
    "facts": _facts,
    "mail": _mail,
    "probes": _probes,
    "device_log": _device,
    "speed_tests": _speed,
    "access_log": _hits,
    "mail_queue": _queue,
    "decisions": _table,
    "customer_claims": _table,
    "own_vouchers": _table,
    "notes": _table,
}
