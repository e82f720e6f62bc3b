"""What documents say: one frozen noun per kind of record, each with its place in the document."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from heller.model.acceptance import Acceptance as Acceptance
from heller.model.document_class import Classification, DocumentClass, Payment, Reference
from heller.model.event import AnnouncedWork as AnnouncedWork
from heller.model.event import Belonging as Belonging
from heller.model.event import Grouping as Grouping
from heller.model.finding import Finding, Locator
from heller.model.hits import Attempt as Attempt
from heller.model.hits import HitLog as HitLog
from heller.model.hits import QueueLog as QueueLog
from heller.model.line import AccessLine as AccessLine
from heller.model.kinds.assignment import Assignment as Assignment
from heller.model.kinds.movement import Movement as Movement
from heller.model.kinds.settlement import Settlement as Settlement
from heller.model.kinds.succession import Succession as Succession
from heller.model.loss import CustomerClaim as CustomerClaim
from heller.model.loss import Measure as Measure
from heller.model.loss import Posting as Posting
from heller.model.loss import QuickEstimate as QuickEstimate
from heller.model.money import Money
from heller.model.observation import Failure as Failure
from heller.model.observation import Observation as Observation
from heller.model.observation import Observations
from heller.model.paper import Decided, Paper
from heller.model.span import Span
from heller.model.speed import Promised as Promised
from heller.model.speed import SpeedTest as SpeedTest
from heller.model.terms import Policy, Terms
from heller.model.text import Text
from heller.model.value import Support as Support
from heller.model.value import Value as Value


class Blob(Struct, frozen=True):
    """A file exactly as received. `digest` is its SHA-256 in hex; `beside` is a file that belongs to it and
    was received with it, the write-ahead log of a database. Nothing in it was written after the day `until`,
    as the archive around it or a person says: the year of logs that write none."""

    name: str
    data: bytes
    digest: str
    until: date | None = None
    beside: Blob | None = None


class ContactKind(Enum):
    """What a contact was. The legal weight differs, so each has its own word."""

    CONTACT = "contact"
    FAULT_REPORT = "fault_report"  # starts periods
    PROMISE = "promise"
    ONLINE_CLAIM = "online_claim"  # 'you can go online now'
    DAMAGE_WARNING = "damage_warning"  # warning of unusually high damage
    INVITATION = "invitation"  # 'prove it with receipts': the start of negotiations
    DEMAND = "demand"  # claim letter with a date: starts default
    OFFER = "offer"
    REFUSAL = "refusal"  # ends negotiations
    ACCEPTANCE = "acceptance"  # of the last offer of the other side: it becomes a settlement


class Contact(Struct, frozen=True, tag="contact"):
    """Who said what to whom, when, by which channel. `incoming`: the other side spoke.

    Of an offer `amount` is the cash, `until` the day on which it expires, `terms` the rest.
    """

    at: datetime
    kind: ContactKind
    channel: str
    who: str
    said: str
    incoming: bool = True
    by: str = ""
    until: date | None = None
    amount: Money | None = None
    source: Locator | None = None
    terms: Terms | None = None


class Fact(Struct, frozen=True, tag="fact"):
    """One stated fact of the case, in canonical form (see `heller.model.facts`), with its source; `line` names the one
    line that it is about ('': all that say nothing else)."""

    key: str
    value: str
    basis: str = ""
    source: Locator | None = None
    line: str = ""


class Proposed(Struct, frozen=True, tag="proposed"):
    """What a document states as a fact or a contact, with its place: it counts once a person has confirmed it."""

    record: Fact | Contact
    source: Locator


class InvoiceLine(Struct, frozen=True):
    """One line of an invoice."""

    text: str
    net: Money
    source: Locator
    quantity: Decimal | None = None


class NoDeduction(Enum):
    """Why input VAT of an invoice is not deducted."""

    NOT_VAT = "not_vat"
    WITHOUT_RIGHT = "without_right"  # § 14c UStG
    FOREIGN = "foreign"
    NO_NUMBER = "no_number"
    NO_SELLER = "no_seller"
    BEFORE = "before"  # the day from which the firm deducts at all
    SHARE = "share"  # the firm deducts a part only


class Undeducted(Struct, frozen=True):
    """The reason why the firm bears VAT, with the day or the share that it speaks of."""

    reason: NoDeduction
    since: date = date.min
    share: Decimal = Decimal(0)


class Invoice(Struct, frozen=True, tag="invoice"):
    """An invoice as it states itself; nothing is recomputed in place.

    `proven_by` names the independent paths that agree: `net+vat`, `lines`, `bank`, `posting`, `twin`.
    `syntax` is `cii`, `ubl` or `fatturapa` for an e-invoice, else ''; `canonical` the SHA-256 (hex) of its
    XML in canonical form (C14N 1.0), '' where there is none. `payee` holds the accounts and the name of who
    is to be paid, as compared: letters and digits only, sorted.
    A credit note has `credit` set and positive amounts. `kind` says what the document is and how sure that is,
    `refers` which other documents it names, `prepaid` what it takes off as paid before, `payments` what was
    booked for it; `seller_ids` and `buyer_ids` are the tax numbers of the parties as an e-invoice states them.
    """

    number: str
    issued: date
    seller: str
    net: Money
    vat: Money
    gross: Money
    source: Locator
    buyer: str = ""
    credit: bool = False
    lines: tuple[InvoiceLine, ...] = ()
    places: dict[str, Locator] = {}
    proven_by: tuple[str, ...] = ()
    taxes: tuple[str, ...] = ()  # the kinds of tax that it names
    tax_ids: tuple[str, ...] = ()  # tax numbers that its paper prints
    untaxed: bool = False  # it says that no VAT is charged
    borne: Money | None = None  # what of its VAT the firm cannot deduct, and why
    borne_why: Undeducted | None = None
    syntax: str = ""
    canonical: str = ""
    payee: tuple[str, ...] = ()
    kind: Classification = Classification(DocumentClass.INVOICE)
    refers: tuple[Reference, ...] = ()
    prepaid: Money | None = None
    payments: tuple[Payment, ...] = ()
    discount: Money | None = None  # gross that a payment left off for being early (Skonto)
    seller_ids: tuple[str, ...] = ()
    buyer_ids: tuple[str, ...] = ()


class BankEntry(Struct, frozen=True, tag="bank_entry"):
    """One booked entry of an account; money out is negative."""

    account: str
    booked: date
    amount: Money
    counterparty: str
    purpose: str
    source: Locator


class Order(Struct, frozen=True, tag="order"):
    """One order of a shop, net of VAT, without the customer's name."""

    number: str
    at: datetime
    net: Money
    channel: str
    source: Locator
    cancelled: bool = False
    customer: str = ""


class ShiftKind(Enum):
    """What an hour of work was."""

    IDLE = "idle"  # paid, could not work
    OVERTIME = "overtime"  # backlog, beyond the usual hours
    REMOVAL = "removal"  # removing the damage: emergency line, rerouting, manual work-arounds
    PURSUIT = "pursuit"  # finding out and pursuing the claim
    WORK = "work"  # the sheet does not say what it was: it enters no sum
    PLANNING = "planning"  # planning, ordering and setting up the emergency line


class Shift(Struct, frozen=True, tag="shift"):
    """A stretch of one person's work. `minutes` is without the pause."""

    person: str
    span: Span
    minutes: int
    kind: ShiftKind
    source: Locator
    note: str = ""


class Wage(Struct, frozen=True, tag="wage"):
    """What an hour of a person costs: gross pay, employer's share included; surcharge as a share."""

    person: str
    per_hour: Money
    overtime_surcharge: Decimal
    source: Locator


class Purpose(Struct, frozen=True, tag="purpose"):
    """A person's decision what a receipt is for: which head, which share, what is left of its worth,
    and which share of it would have been bought without the outage too (`anyway`)."""

    invoice: str
    head: str
    share: Decimal
    reason: str
    residual: Decimal = Decimal(0)
    source: Locator | None = None
    anyway: Decimal = Decimal(0)


class Mail(Struct, frozen=True, tag="mail"):
    """An e-mail. `orders` are the order numbers that it names."""

    at: datetime
    sender: str
    to: str
    subject: str
    body: str
    source: Locator
    orders: tuple[str, ...] = ()


class ProbeLog(Struct, frozen=True, tag="probe_log"):
    """Probes of one target in order of time, as columns. `step` is their usual distance in seconds, from the end of one
    probe's width to the next probe; `uncertainty` what the clock may be off, in seconds."""

    target: str
    observations: Observations
    step: float
    source: Locator
    uncertainty: float = 0.0


class DeviceSign(Enum):
    """What a device's log line says about the line."""

    LINE_DOWN = "line_down"
    LINE_UP = "line_up"
    SESSION_DOWN = "session_down"
    SESSION_UP = "session_up"
    RESTART = "restart"
    OWN_ACT = "own_act"  # 'administratively down': the customer's own act
    DETOUR_UP = "detour_up"  # another way stands ready or carries: the mobile network, a second line
    DETOUR_DOWN = "detour_down"


class DeviceEvent(Struct, frozen=True):
    """One line of a router's log that says something about the line. `width`: it happened within
    [at, at + width] seconds, where the wall clock showed its time twice and nothing tells which it was. `source`:
    the file, where it is not that of its log."""

    at: datetime
    sign: DeviceSign
    message: str
    row: int
    port: str = ""  # the interface, where the device has several
    width: float = 0.0
    source: Locator | None = None


class DeviceLog(Struct, frozen=True, tag="device_log"):
    """A router's log in order of time. `stated`: it is no device's own log but another's word for when the line was
    down, a list that somebody or another monitor kept; it proves nothing by itself."""

    device: str
    events: tuple[DeviceEvent, ...]
    source: Locator
    uncertainty: float = 1.0
    stated: bool = False


class Summary(Struct, frozen=True, tag="summary"):
    """What a document says as a whole where none of its parts is a record of its own.

    It feeds no head of damage: a list of calls, a calendar, postings, an invoice read without all its sums.
    """

    kind: str
    values: dict[str, Value]
    source: Locator


Record: TypeAlias = (
    Contact
    | Fact
    | Proposed
    | Policy
    | Invoice
    | BankEntry
    | Order
    | Shift
    | Wage
    | Purpose
    | CustomerClaim
    | Posting
    | QuickEstimate
    | Measure
    | Mail
    | ProbeLog
    | DeviceLog
    | SpeedTest
    | Acceptance
    | HitLog
    | QueueLog
    | Summary
    | Paper
    | Decided
    | AccessLine
    | AnnouncedWork
    | Belonging
    | Grouping
)


class Account(Struct, frozen=True):
    """One page of an account statement: its balances as stated, and how many entries it was read with.

    Money is None where the page states no balance; `pending` entries are announced, not booked; `announced`
    are their amounts where the page is a report of the day (camt.052), which is made of them; `closes` where
    the opening balance and the entries give the closing balance. A page in the middle of a statement does
    not begin or end it.
    """

    name: str
    entries: int
    source: Locator
    pending: int = 0
    opening: Money | None = None
    closing: Money | None = None
    closes: bool = False
    announced: tuple[Money, ...] = ()
    begins: bool = True
    ends: bool = True


class Reading(Struct, frozen=True):
    """What one file says, and what about it is uncertain. `rows_rejected` were loudly rejected.

    `accounts` has the balances of account statements, page by page. `score` (0 to 100) and `why` say
    how the reader knew the file.
    """

    reader: str
    title: str
    records: tuple[Record, ...] = ()
    findings: tuple[Finding, ...] = ()
    rows: int = 0
    rows_rejected: int = 0
    accounts: tuple[Account, ...] = ()
    score: int = 0
    why: Text | None = None
