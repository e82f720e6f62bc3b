"""Which letters of ours nobody has answered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from heller.casefile.unanswered import unanswered
from heller.model.kinds.contact import Contact, ContactKind

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DEMAND = Contact(
    AT, ContactKind.DEMAND, "Brief", "Anbieter", "Bitte zahlen Sie.", False, until=date(2026, 3, 16)
)


def theirs(days: float, kind: ContactKind, channel: str, about: datetime | None = None) -> Contact:
    """What the other side said so many days later."""
    return Contact(AT + timedelta(days=days), kind, channel, "Anbieter", "…", about=about)


CASES = {
    "before its day": ([], date(2026, 3, 16), False),
    "after its day": ([], date(2026, 3, 17), True),
    "answered in writing": ([theirs(3, ContactKind.CONTACT, "E-Mail")], date(2026, 3, 20), False),
    "refused by phone": ([theirs(3, ContactKind.REFUSAL, "Telefon")], date(2026, 3, 20), False),
    "a call is no answer": ([theirs(3, ContactKind.CONTACT, "Telefon")], date(2026, 3, 20), True),
    "but one that is about it": ([theirs(3, ContactKind.CONTACT, "Telefon", AT)], date(2026, 3, 20), False),
    "a letter before it": ([theirs(-3, ContactKind.REFUSAL, "Brief")], date(2026, 3, 20), True),
}


@pytest.mark.parametrize("name", CASES)
def test_a_letter_waits_for_an_answer(name: str) -> None:
    """By the day it set, and whatever counts as an answer."""
    answers, on, waits = CASES[name]
    assert unanswered([DEMAND, *answers], on) == ([(DEMAND, date(2026, 3, 16))] if waits else [])


def test_without_a_day_it_is_two_weeks() -> None:
    """And what is no letter waits for nothing."""
    open_end = Contact(AT, ContactKind.DEMAND, "Brief", "Anbieter", "Bitte zahlen Sie.", False)
    call = Contact(AT, ContactKind.FAULT_REPORT, "Telefon", "Anbieter", "Alles tot.", False)
    assert unanswered([open_end, call], date(2026, 3, 16)) == []
    assert unanswered([open_end, call], date(2026, 3, 17)) == [(open_end, date(2026, 3, 16))]
