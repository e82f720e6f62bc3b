"""Contacts: what every room needs to know of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum

from msgspec import Struct

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_field import (
    NOW,
    AnswerSet,
    RecordForm,
    choice,
    day,
    moment,
    money,
    person,
    prose,
    share,
    words,
)
from heller.model.record_kind import ChronologyEvent, RecordKind, RecordNoun
from heller.model.terms import WAIVER_ANSWERS, Terms
from heller.model.text import Text, text


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


class Admission(Enum):
    """What the other side let slip of its own fault. A person marks it in what was said; a court weighs it."""

    ORDER_LOST = "order_lost"  # the order had been deleted, was never booked
    HINTS_OVERLOOKED = "hints_overlooked"  # the technician's own hints were not followed
    UNDERSTAFFED = "understaffed"  # a backlog of cases, too few people: how the provider is organised
    KNOWN_FAULT = "known_fault"  # the fault was known before


WRITTEN = ("mail", "brief", "letter", "fax", "schreiben", "schriftlich", "post", "written")


class SentLetter(Struct, frozen=True):
    """A letter of the case that has gone out: which one (a name of `heller.dossier.letters`), to whom, its text as
    sent, what proves the sending ('' where nothing does)."""

    kind: str
    to: str
    body: str
    proof: str = ""


class Contact(RecordNoun, frozen=True, tag="contact"):
    """Who said what to whom, when, by which channel. `incoming`: the other side spoke.

    Of an offer `amount` is the cash, `until` the day on which it expires, `terms` the rest. `about` is the instant
    of the contact that this one confirms or answers, `letter` the letter that was sent, `admits` what the other side
    let slip of its own fault.
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
    about: datetime | None = None
    letter: SentLetter | None = None
    admits: Admission | None = None

    @property
    def written(self) -> bool:
        """Whether it went in writing, by the words of its channel."""
        return self.letter is not None or any(word in self.channel.lower() for word in WRITTEN)


NAMES: dict[ContactKind, Text] = {
    ContactKind.CONTACT: text("Contact"),
    ContactKind.FAULT_REPORT: text("Fault report"),
    ContactKind.PROMISE: text("Promise"),
    ContactKind.ONLINE_CLAIM: text("Line declared working"),
    ContactKind.DAMAGE_WARNING: text("Warning of the damage"),
    ContactKind.INVITATION: text("Invitation to prove the damage"),
    ContactKind.DEMAND: text("Demand"),
    ContactKind.OFFER: text("Offer"),
    ContactKind.REFUSAL: text("Refusal"),
    ContactKind.ACCEPTANCE: text("Acceptance of the offer"),
}


def _event(record: Contact) -> ChronologyEvent:
    more = [text("Date set: {day}.", day=record.until)] if record.until else []
    return ChronologyEvent(
        record.at,
        "theirs" if record.incoming else "ours",
        NAMES[record.kind],
        who=", ".join(filter(None, (record.who, record.channel))),
        ours=not record.incoming,
        by=record.by,
        quoted=record.said,
        more=tuple(more),
        amount=record.amount,
        sources=(record.source,) if record.source else (),
    )


WORDS: dict[str, ContactKind] = {
    "Gespräch": ContactKind.CONTACT,
    "Kontakt": ContactKind.CONTACT,
    "Telefonat": ContactKind.CONTACT,
    "Anruf": ContactKind.CONTACT,
    "Störungsmeldung": ContactKind.FAULT_REPORT,
    "Zusage": ContactKind.PROMISE,
    "Freigabe": ContactKind.ONLINE_CLAIM,
    "Schadenswarnung": ContactKind.DAMAGE_WARNING,
    "Schadenwarnung": ContactKind.DAMAGE_WARNING,
    "Aufforderung": ContactKind.INVITATION,
    "Anspruchsschreiben": ContactKind.DEMAND,
    "Angebot": ContactKind.OFFER,
    "Ablehnung": ContactKind.REFUSAL,
    "Annahme": ContactKind.ACCEPTANCE,
}
KINDS = AnswerSet(NAMES, WORDS)
SIDES: dict[bool, Text] = {True: text("The other side said it"), False: text("We said it")}
ADMISSIONS: dict[Admission, Text] = {
    Admission.ORDER_LOST: text("the order was deleted or never booked"),
    Admission.HINTS_OVERLOOKED: text("hints of its technicians were overlooked"),
    Admission.UNDERSTAFFED: text("a backlog, too few people: its own organisation"),
    Admission.KNOWN_FAULT: text("the fault was known before"),
}
ADMITTED = AnswerSet(
    ADMISSIONS,
    {
        "Auftrag gelöscht": Admission.ORDER_LOST,
        "Hinweise übersehen": Admission.HINTS_OVERLOOKED,
        "Rückstand": Admission.UNDERSTAFFED,
        "Organisation": Admission.UNDERSTAFFED,
        "Störung bekannt": Admission.KNOWN_FAULT,
    },
)
CHANNELS = (
    text("Phone"),
    text("E-mail"),
    text("Letter"),
    text("On site"),
    text("Chat"),
    text("Customer portal"),
)
FIELDS = (
    moment("at", text("When was it?"), default=NOW, listed=True),
    choice("kind", text("What was it?"), KINDS, default="contact", listed=True),
    choice("incoming", text("Who said it?"), AnswerSet(SIDES), flag="ours"),
    person(
        "who", text("Who was it on the other side?"), needed=False, hint=text("Name and role"), listed=True
    ),
    person("by", text("Who was it on our side?")),
    words("channel", text("By which way?"), needed=False, near=CHANNELS),
    prose("said", text("What was said?"), hint=text("As exactly as you can"), listed=True),
    choice("admits", text("Did they admit a fault of their own?"), ADMITTED, needed=False),
    day("until", text("Date that was set or promised")),
    money("amount", text("Amount that was named")),
    money("terms.credit", text("Credit on future bills")),
    share("terms.credit_worth", text("Share of the credit that it is worth to us"), option="worth"),
    day("terms.exit", text("Day on which the contract ends early"), option="exit"),
    choice("terms.waiver", text("What is given up with it?"), WAIVER_ANSWERS, option="waives"),
    moment(
        "about", text("Which one does it answer or confirm?"), needed=False, hint=text("Its day and time")
    ),
    words("letter.kind", text("Letter of the case"), needed=False, option="letter"),
    person("letter.to", text("Sent to"), needed=False, option="sent_to"),
    prose("letter.body", text("Its text"), needed=False, option="letter_text"),
    words("letter.proof", text("Proof of the sending"), needed=False, option="proof"),
)
FORMS = (
    RecordForm(
        "contact",
        10,
        text("A contact, a promise, a statement"),
        ("kind", "said"),
        ("at", "who", "by", "channel", "incoming", "until", "amount", "about", "admits"),
    ),
    RecordForm(
        "offer",
        15,
        text("An offer"),
        ("said",),
        (
            "at",
            "who",
            "by",
            "channel",
            "incoming",
            "until",
            "amount",
            *(f.name for f in FIELDS if f.name.startswith("terms.")),
            "about",
        ),
        preset={"kind": ContactKind.OFFER},
        german="angebot",
        noon=True,
    ),
    RecordForm(
        "acceptance",
        16,
        text("The acceptance of an offer"),
        ("said",),
        ("at", "who", "by", "channel", "incoming", "until"),
        preset={"kind": ContactKind.ACCEPTANCE},
        german="annahme",
        noon=True,
    ),
)


def _faults(record: Contact) -> Iterator[tuple[str, Text]]:
    terms = record.terms or Terms()
    nothing = record.amount is None and terms.credit is None and terms.exit is None
    if record.kind is ContactKind.OFFER and nothing:
        yield (
            "amount",
            text("An offer needs an amount, here or as a credit, or an early end of the contract."),
        )


KIND = RecordKind(
    Contact,
    text("Contacts"),
    "contacts",
    FIELDS,
    FORMS,
    event_of=_event,
    faults=_faults,
    known_of=lambda record: record.at,
)
