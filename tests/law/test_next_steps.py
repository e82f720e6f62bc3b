"""What to do next, worked out from what the case already shows."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace
from tests.law import law_world as world

from heller import law
from heller.model.claim import NextStep
from heller.model.damage import Missing
from heller.model.kinds.contact import ContactKind
from heller.model.kinds.policy import Policy, PolicyKind
from heller.model.outage import Detection
from heller.model.record import Record
from heller.model.text import text


def steps(
    *records: Record,
    as_of: date,
    detection: Detection | None = None,
    missing: tuple[Missing, ...] = (),
    **facts: str,
) -> tuple[NextStep, ...]:
    """The next steps of a case with some damage."""
    case, found = (
        world.case(records, **facts),
        replace(world.assessment(world.position("hardware", world.exact("900"))), missing=missing),
    )
    seen = detection or world.outage()
    return law.next_steps(case, seen, found, law.waterfall(case, seen, found, as_of))


def about(word: str, found: tuple[NextStep, ...]) -> NextStep:
    """The one step that speaks of something."""
    (one,) = [step for step in found if word in step.text.id]
    return one


def test_on_the_first_day_the_fault_is_reported_and_damage_warned_of() -> None:
    """Nothing is in the case yet: both are to do today, and the demand letter too."""
    found = steps(as_of=date(2015, 2, 4))
    for word in ("Report the fault", "Warn the provider", "demand letter"):
        assert (about(word, found).done, about(word, found).until) == (False, date(2015, 2, 4))


def test_what_the_case_shows_is_done() -> None:
    """A report, a warning and a demand with a date are ticked off and stand at the end."""
    found = steps(
        world.contact(ContactKind.FAULT_REPORT, date(2015, 2, 4), incoming=False),
        world.contact(ContactKind.DAMAGE_WARNING, date(2015, 2, 5), incoming=False),
        world.demand(),
        as_of=date(2015, 3, 1),
    )
    assert [step.done for step in found] == sorted(step.done for step in found)
    for word in ("Report the fault", "Warn the provider", "Demand payment"):
        assert about(word, found).done


def test_a_warning_after_the_outage_averts_nothing() -> None:
    """It is not asked for any more; the waterfall names the gap instead."""
    assert not [step for step in steps(as_of=date(2015, 6, 30)) if "Warn" in step.text.id]


def test_a_spoken_promise_is_confirmed_while_that_helps() -> None:
    """Open within the week, done with a letter, a note for the file when it is too late."""
    promise = world.contact(ContactKind.PROMISE, date(2015, 2, 11))
    letter = world.contact(ContactKind.CONTACT, date(2015, 2, 12), incoming=False, channel="E-Mail")
    assert not about("Confirm in writing", steps(promise, as_of=date(2015, 2, 12))).done
    assert about("Confirm in writing", steps(promise, letter, as_of=date(2015, 6, 30))).done
    assert about("Write down what was promised", steps(promise, as_of=date(2015, 6, 30))).text.args == {
        "n": 1
    }


def test_a_written_promise_needs_no_confirmation() -> None:
    """What came by e-mail is proven already."""
    promise = world.contact(ContactKind.PROMISE, date(2015, 2, 11), channel="E-Mail")
    assert not [s for s in steps(promise, as_of=date(2015, 2, 12)) if "Confirm" in s.text.id]


def test_what_others_delete_is_fetched_in_time() -> None:
    """One step for all of it, by the first day; what is gone is no step, what has no day neither."""
    gaps = (
        Missing("mobile_data", text("invoices"), until=date(2016, 8, 18)),
        Missing("mobile_data", text("connections"), until=date(2015, 4, 25), kept_by=text("80 days")),
        Missing("hardware", text("a decision")),
    )
    first = about("Fetch what others", steps(as_of=date(2015, 4, 25), missing=gaps))
    assert (first.until, first.text.args, first.why) == (date(2015, 4, 25), {"n": 2}, text("80 days"))
    later = about("Fetch what others", steps(as_of=date(2015, 4, 26), missing=gaps))
    assert (later.until, later.text.args) == (date(2016, 8, 18), {"n": 1})
    assert not [s for s in steps(as_of=date(2017, 1, 1), missing=gaps) if "Fetch what" in s.text.id]


def test_suing_has_the_date_of_limitation() -> None:
    """31 December 2018, and no such step once it has passed."""
    assert about("Sue or apply", steps(as_of=date(2015, 6, 30))).until == date(2018, 12, 31)
    assert not [s for s in steps(as_of=date(2019, 1, 1)) if "Sue" in s.text.id]


def test_in_default_a_lawyer_is_worth_mandating() -> None:
    """Not before default; ticked off with the fact."""
    assert not [s for s in steps(world.demand(), as_of=date(2015, 3, 17)) if "Mandate" in s.text.id]
    assert not about("Mandate", steps(world.demand(), as_of=date(2015, 3, 18))).done
    assert about("Mandate", steps(world.demand(), as_of=date(2015, 6, 30), lawyer__mandate="2015-03-20")).done


def test_without_an_outage_there_is_still_something_to_do() -> None:
    """No log yet: report, keep the router, tell the insurers; nothing is thrown."""
    found = steps(as_of=date(2015, 2, 4), detection=Detection())
    assert about("Keep the old router", found).until is None
    assert about("Report the fault", found)


def test_a_letter_that_says_what_it_is_about_confirms_that_promise() -> None:
    """Of two promises of one day the named one is confirmed, the other is written down for the file."""
    first, second = (
        replace(world.contact(ContactKind.PROMISE, date(2015, 2, 11)), at=world.at(date(2015, 2, 11), hour))
        for hour in (9, 15)
    )
    letter = replace(
        world.contact(ContactKind.CONTACT, date(2015, 2, 12), incoming=False, channel="E-Mail"),
        about=first.at,
    )
    found = steps(first, second, letter, as_of=date(2015, 6, 30))
    assert about("Confirm in writing", found).done
    assert about("Write down what was promised", found).text.args == {"n": 1}


def test_a_refusal_of_the_own_insurer_is_objected_to() -> None:
    """Only the policy whose insurer refused, on the day of the case."""
    refused = Policy(PolicyKind.LEGAL_EXPENSES, refused=date(2015, 5, 4), refusal="Höhere Gewalt")
    found = steps(Policy(PolicyKind.CYBER), refused, as_of=date(2015, 6, 30))
    step = about("Object to the refusal", found)
    assert (step.until, step.text.args["day"]) == (date(2015, 6, 30), date(2015, 5, 4))
