"""Who owes an answer since when: what was sent with a day, and which reply came. It judges no reply."""

from __future__ import annotations

from collections.abc import Iterable

from heller.law.facts_of_case import Dealings
from heller.model.advice import OwedAnswer
from heller.model.kinds.contact import Contact, ContactKind

REPLIES = frozenset(ContactKind) - {
    ContactKind.PROMISE,
    ContactKind.ONLINE_CLAIM,
}  # a promise may be about anything
ON_A_DEMAND = frozenset(
    {ContactKind.OFFER, ContactKind.REFUSAL, ContactKind.INVITATION}
)  # an insurer's answer too


def answers_owed(dealings: Dealings) -> tuple[OwedAnswer, ...]:
    """What we sent with a day, and nobody answered: the longest overdue first."""
    ours = [one for one in dealings.contacts if not one.incoming and one.until is not None]
    owed = (_owed_answer(one, dealings) for one in ours if not _answer(one, dealings.contacts))
    return tuple(sorted(owed, key=lambda one: (one.until, one.sent)))


def _owed_answer(ours: Contact, dealings: Dealings) -> OwedAnswer:
    assert ours.until is not None
    sent = dealings.day(ours)
    return OwedAnswer(ours.said, ours.who, sent, ours.until, max((dealings.as_of - ours.until).days, 0))


def _answer(ours: Contact, contacts: Iterable[Contact]) -> bool:
    """A reply that says what it answers, else one that came later and says nothing of the kind."""
    later = [one for one in contacts if one.incoming and one.at > ours.at and one.kind in REPLIES]
    if any(one.about == ours.at for one in later):
        return True
    unsaid = [one for one in later if one.about is None]
    if ours.kind is ContactKind.DEMAND:
        return any(one.kind in ON_A_DEMAND for one in unsaid)
    return any(one.who and one.who == ours.who for one in unsaid)
