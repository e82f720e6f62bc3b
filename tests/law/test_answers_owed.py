"""Who owes an answer since when, by what was sent with a day and what came back."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from tests.law import law_world as world

from heller import law
from heller.model.kinds.contact import Contact, ContactKind

AS_OF = date(2015, 5, 31)
OTHER = "Herr Anders"


def back(kind: ContactKind, day: date = date(2015, 3, 10), **more: object) -> Contact:
    """Something that came after the demand of 25 February, which asks for an answer by 17 March."""
    return replace(world.contact(kind, day), **more)


@pytest.mark.parametrize(
    ("reply", "answers"),
    [
        (back(ContactKind.OFFER), True),
        (back(ContactKind.REFUSAL, who=OTHER), True),  # an insurer may answer a demand
        (back(ContactKind.CONTACT), False),  # a call about something
        (back(ContactKind.OFFER, date(2015, 2, 20)), False),  # before it
        (back(ContactKind.CONTACT, about=world.demand().at), True),
        (back(ContactKind.OFFER, about=world.at(date(2015, 1, 2))), False),  # about another letter
        (back(ContactKind.PROMISE, about=world.demand().at), False),
    ],
)
def test_a_demand_is_answered_by_what_speaks_to_it(reply: Contact, answers: bool) -> None:
    """Until then the answer is 75 days late on 31 May."""
    owed = law.answers_owed(world.case((world.demand(), reply)), AS_OF)
    assert [one.late for one in owed] == ([] if answers else [75])


def test_another_letter_is_answered_by_its_addressee() -> None:
    """A request for records that he answers himself; a word of somebody else answers nothing."""
    asked = replace(world.demand(), kind=ContactKind.CONTACT)
    for who, late in ((asked.who, []), (OTHER, [75])):
        found = law.answers_owed(world.case((asked, back(ContactKind.CONTACT, who=who))), AS_OF)
        assert [one.late for one in found] == late
