"""What the law needs to know of a case, in groups: whoever uses one group is handed that one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.model.finding import Finding
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.pleading import Pleading
from heller.model.kinds.policy import Policy
from heller.model.kinds.settlement import Settlement
from heller.model.money import ZERO, Money
from heller.model.outage import Outage

Shares = tuple[Decimal, Decimal, Decimal]


class TalksEnd(Enum):
    """How talks ended."""

    REFUSED = "refused"
    SILENCE = "silence"  # the next word did not come
    SETTLED = "settled"


class Talks(Struct, frozen=True):
    """Negotiations about the claim, first and last day included; `ended` is None where they go on."""

    first: date
    last: date
    ended: TalksEnd | None = None

    def __lt__(self, other: Talks) -> bool:
        """In order of time."""
        return (self.first, self.last) < (other.first, other.last)

    @property
    def days(self) -> int:
        """How long they lasted."""
        return (self.last - self.first).days + 1


class Dealings(Struct, frozen=True):
    """What was said between the parties up to the day asked for, in order of time. `talks` can be relied on, the
    `longest_talks` cannot. On the days `acknowledged` the debtor acknowledged the debt by paying on it.
    `settlements` are those with the provider of the case, accepted offers among them."""

    as_of: date
    zone: ZoneInfo
    contacts: tuple[Contact, ...]
    talks: tuple[Talks, ...]
    longest_talks: tuple[Talks, ...] = ()
    acknowledged: tuple[date, ...] = ()
    settlements: tuple[Settlement, ...] = ()

    def of(self, *kinds: ContactKind) -> tuple[Contact, ...]:
        """The contacts of some kinds, in order of time."""
        return tuple(contact for contact in self.contacts if contact.kind in kinds)

    def day(self, contact: Contact) -> date:
        """The calendar day of a contact at the site."""
        return contact.at.astimezone(self.zone).date()

    @property
    def demand(self) -> Contact | None:
        """Our first letter of demand that names a day; a demand that came in starts nothing."""
        return next((one for one in self.of(ContactKind.DEMAND) if one.until and not one.incoming), None)

    @property
    def offers(self) -> tuple[Contact, ...]:
        """Offers that are worth something: money, a credit on future bills, or an early end of the contract."""
        return tuple(one for one in self.of(ContactKind.OFFER) if _has_worth(one))

    @property
    def reported(self) -> date | None:
        """The day on which the fault was reported first."""
        return next((self.day(one) for one in self.of(ContactKind.FAULT_REPORT)), None)


class Party(Struct, frozen=True):
    """The firm as the law sees it; None: not stated. `region` is the part of the country whose public
    holidays count ('': unknown), `small` says micro or small, `natural` a natural person,
    `fault` is its own share: at least, likely, at most."""

    region: str
    fault: Shares
    deducts_vat: bool | None = None
    staff: Decimal | None = None
    small: bool | None = None
    consumer: bool | None = None
    natural: bool | None = None


class Contract(Struct, frozen=True):
    """The line as it was agreed and used; None: not stated. `left` is the day since which it is used no longer,
    `term_end` the one on which the contract ends by itself."""

    monthly_fee: Money | None = None
    agreed_cap: Money | None = None
    individual_terms: bool | None = None
    provider_change: bool | None = None
    rights_waived: bool | None = None
    all_dead: bool | None = None
    publicly_available: bool | None = None
    missed_appointments: int = 0
    left: date | None = None
    term_end: date | None = None


class Insured(Struct, frozen=True):
    """The own insurances: what they paid, whether for loss of the kind that is claimed (None: not stated), the
    policies, whether it is said that there is none."""

    paid: Money = ZERO
    same_kind: bool | None = None
    policies: tuple[Policy, ...] = ()
    none: bool | None = None


class Emergency(Struct, frozen=True):
    """The emergency connection: since when it worked, whether it carried the shop."""

    works: datetime | None = None
    carries: bool | None = None


class Duration(Struct, frozen=True):
    """How many months a way takes, as the firm states it, and what it rests that on ('': it doesn't say)."""

    months: int
    basis: str = ""


class Suit(Struct, frozen=True):
    """What a lawsuit would be worked out with. `odds` that the claim succeeds on the merits are the
    user's, None where he stated none; `durations` are those of single ways by their key, '' that of any other;
    `money_rate` is what money costs the firm a year, `open_bills` what it still owes the provider; `local_court` says
    before which court it is or will be brought. `own_cost` of a way without a lawyer and what a lawyer's agreed fee
    exceeds the statutory one by (`above_statute`) are paid back by nobody."""

    odds: tuple[Decimal, Decimal] | None = None
    instances: int = 1
    durations: Mapping[str, Duration] = {}
    money_rate: Decimal = Decimal(0)
    funding_share: Decimal | None = None
    open_bills: Money | None = None
    local_court: bool | None = None
    own_cost: Money = ZERO
    above_statute: Money = ZERO

    def lasts(self, way: str = "") -> Duration | None:
        """How long a way takes: what is stated of it, else of a lawsuit as such."""
        return self.durations.get(way) or self.durations.get("")


class Fees(Struct, frozen=True):
    """What selects a table of fees: the day of the mandate (None: nobody is mandated), the day on which the
    case would be brought to court, whether VAT on a bill is borne."""

    mandate: date | None
    pending: date
    with_vat: bool = False

    @property
    def agreed(self) -> date:
        """The day whose table counts for the lawyer: that of the mandate, else the day asked for."""
        return self.mandate or self.pending


class LegalFacts(Struct, frozen=True):
    """The legally relevant facts, group by group. `default` is the first day of default, None before a
    demand with a date; `pleading` is the degree of fault that is pleaded, None where nobody decided on one."""

    dealings: Dealings
    party: Party
    contract: Contract
    insured: Insured
    emergency: Emergency
    suit: Suit
    fees: Fees
    default: date | None
    findings: tuple[Finding, ...]
    pleading: Pleading | None = None

    @property
    def as_of(self) -> date:
        """The day asked for."""
        return self.dealings.as_of


class Situation(Struct, frozen=True):
    """The facts, and the outage whose day selects the law: first and last calendar day at the site."""

    given: LegalFacts
    outage: Outage
    began: date
    back: date

    @property
    def back_at_the_earliest(self) -> date:
        """The day on which the service may have been back: what is counted by days ends here."""
        return self.outage.end.earliest.astimezone(self.given.dealings.zone).date()


def _has_worth(offer: Contact) -> bool:
    """An offer names money, a credit on future bills, or an early end of the contract."""
    terms = offer.terms
    return bool(offer.amount) or (terms is not None and bool(terms.credit or terms.exit))
