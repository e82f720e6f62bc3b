"""What moved the accounts of a case up to a day: what was noted, and the settlement that an accepted offer is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from heller.model.account import AccountRecords, SettlementPlan
from heller.model.case import Case
from heller.model.facts import provider
from heller.model.kinds.assignment import Assignment
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.instalment import Instalment
from heller.model.kinds.movement import Movement, MovementKind
from heller.model.kinds.settlement import Settlement
from heller.model.kinds.succession import Succession
from heller.model.money import ZERO, Money, total
from heller.model.terms import Waiver


def account_records(case: Case, as_of: date) -> AccountRecords:
    """All of them up to the end of a day, each under the name by which its debtor is known in the case."""
    name = _debtor(case, as_of)
    agreed = [replace(one, debtor=name(one.debtor)) for one in case.records(Settlement) if one.on <= as_of]
    accepted = [one for one in _accepted(case, as_of) if all(other.on < one.on for other in agreed)]
    every = sorted((*agreed, *(replace(one, debtor=name("")) for one in accepted)), key=lambda one: one.on)
    parts = [replace(one, debtor=name(one.debtor)) for one in case.records(Instalment)]
    return AccountRecords(
        tuple(replace(one, debtor=name(one.debtor)) for one in case.records(Movement) if one.on <= as_of),
        tuple(_plan(one, parts, every) for one in every),
        tuple(replace(one, debtor=name(one.debtor)) for one in case.records(Assignment) if one.on <= as_of),
    )


def _plan(agreed: Settlement, parts: Iterable[Instalment], every: Sequence[Settlement]) -> SettlementPlan:
    """The settlement with its instalments in the order of their days. What they leave of its sum is due on its own
    day; what they have too much is left out from the last one on."""
    last = max(one.on for one in every if one.debtor == agreed.debtor)
    own = [p for p in parts if p.debtor == agreed.debtor and (p.settlement or last) == agreed.on]
    left, found = agreed.amount, []
    for part in sorted(own, key=lambda one: (one.due or agreed.on, one.amount.cents)):
        if left:
            found.append(replace(part, amount=min(part.amount, left)))
            left -= found[-1].amount
    if left:
        found.append(Instalment(left, agreed.due))
    return SettlementPlan(agreed, tuple(found))


def _debtor(case: Case, as_of: date) -> Callable[[str], str]:
    """The name under which a debtor stands in the case: the provider's where none is said, and the former one where a
    later one is."""
    provided = case.facts[provider.NAME] or ""
    former = {
        one.name.casefold(): one.debtor or provided for one in case.records(Succession) if one.since <= as_of
    }

    def known(name: str) -> str:
        if not name or name.casefold() == provided.casefold():
            return provided
        return former.get(name.casefold(), name)

    return known


def _accepted(case: Case, as_of: date) -> Iterator[Settlement]:
    """Offers that were accepted. The day by which to pay is that of the acceptance, where it names one."""
    said = sorted(case.records(Contact), key=lambda one: one.at)
    for n, one in enumerate(said):
        day = one.at.astimezone(case.tz).date()
        if one.kind is not ContactKind.ACCEPTANCE or day > as_of:
            continue
        offers = [
            o for o in said[:n] if o.kind is ContactKind.OFFER and o.incoming is not one.incoming and o.amount
        ]
        if offers:
            yield _settlement(offers[-1], one, day)


def _settlement(offer: Contact, accepted: Contact, on: date) -> Settlement:
    """What an accepted offer comes to; where nobody said what is given up for it, it is the outage."""
    assert offer.amount is not None
    waives = offer.terms.waiver if offer.terms else Waiver.UNSTATED
    return Settlement(
        on,
        offer.amount,
        who=accepted.who or offer.who,
        due=accepted.until,
        waives=Waiver.OUTAGE if waives is Waiver.UNSTATED else waives,
        source=accepted.source,
    )


def paid_by_insurers(case: Case, as_of: date) -> Money:
    """What the own insurers paid up to a day, as noted: each payment adds."""
    paid = (
        one.amount
        for one in case.records(Movement)
        if one.kind is MovementKind.INSURER and one.on <= as_of and one.amount is not None
    )
    return total(paid, ZERO.currency)


def acknowledged(case: Case, as_of: date) -> tuple[date, ...]:
    """The days on which the provider acknowledged the debt by what it paid, up to a day; a payment of which nobody said
    so acknowledges nothing: that is the safe side."""
    own = ("", case.facts[provider.NAME] or "")
    found = (
        one.on for one in case.records(Movement) if one.acknowledges and one.on <= as_of and one.debtor in own
    )
    return tuple(sorted(set(found)))
