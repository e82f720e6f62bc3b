"""What the provider let slip of its own fault stands on the board, before or after the end; nobody weighs it."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from tests.law import law_world as world
from tests.law.law_world import contact, run

from heller.model.claim import Lift
from heller.model.kinds.contact import Admission, Contact, ContactKind
from heller.model.record import Record

NEW = date(2026, 2, 4)


def admitted(what: Admission, day: date) -> Contact:
    """A sentence of the hotline that a person marked."""
    said = replace(contact(ContactKind.CONTACT, day), said="Wir haben 50.000 offene Vorgänge.")
    return replace(said, admits=what)


def lift(key: str, *records: Record) -> Lift:
    """One row of the board in 2026, where gross negligence lifts the cap."""
    fall = run(*records, as_of=date(2026, 6, 30), detection=world.outage(NEW, date(2026, 2, 18)))
    return next(one for one in fall.lifts if one.key == key)


@pytest.mark.parametrize("what", Admission)
@pytest.mark.parametrize("day", [date(2026, 2, 10), date(2026, 3, 20)])
def test_what_was_admitted_speaks_for_gross_negligence(what: Admission, day: date) -> None:
    """During the outage and after its end alike; whether it is met a court says."""
    found = lift("gross_negligence", admitted(what, day))
    assert [(ground.on, "Admitted" in ground.text.id) for ground in found.speaks_for] == [(day, True)]
    assert found.met is None


def test_only_a_fault_that_was_known_speaks_for_intent() -> None:
    """A backlog, an order that was deleted, an overlooked hint are carelessness; nor does a report speak for intent."""
    report = contact(ContactKind.FAULT_REPORT, date(2026, 2, 4), incoming=False)
    every = [admitted(what, date(2026, 3, 20)) for what in Admission]
    assert [one.text.args["said"] for one in lift("intent", report, *every).speaks_for] == [every[-1].said]
    assert len(lift("gross_negligence", report, *every).speaks_for) == 1 + len(every)
