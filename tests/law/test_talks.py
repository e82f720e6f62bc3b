"""When there were talks about a claim: both sides, an end by silence, refusal or settlement."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from tests.law import law_world as world

from heller.law.de.dates import LIMITATION
from heller.law.facts_of_case import Talks, TalksEnd
from heller.law.facts_of_case.gather import SILENCE
from heller.law.facts_of_case.talks import longest_talks, talks
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.text import Text

AS_OF = date(2016, 12, 31)
D = date.fromisoformat


def said(*letters: tuple[str, str, ContactKind]) -> tuple[Contact, ...]:
    """Letters: whose ('we' or 'they'), on which day, what."""
    return tuple(world.contact(kind, D(day), incoming=who == "they") for who, day, kind in letters)


def found(*letters: tuple[str, str, ContactKind], ends: tuple[date, ...] = ()) -> tuple[Talks, ...]:
    """The talks that can be relied on."""
    return talks(said(*letters), lambda c: c.at.date(), AS_OF, SILENCE, ends)


OFFER, DEMAND, REFUSAL, CONTACT = (
    ContactKind.OFFER,
    ContactKind.DEMAND,
    ContactKind.REFUSAL,
    ContactKind.CONTACT,
)


@pytest.mark.parametrize("kind", [OFFER, DEMAND])
def test_an_own_letter_that_nobody_answers_suspends_nothing(kind: ContactKind) -> None:
    """Written three times, answered never: no talks in either reading."""
    letters = [("we", day, kind) for day in ("2016-01-10", "2016-03-10", "2016-08-01")]
    assert found(*letters) == ()
    assert longest_talks(said(*letters), lambda c: c.at.date(), AS_OF) == ()


def test_an_answer_within_a_month_opens_talks() -> None:
    """From the day of the answer; one of four months later to a letter long forgotten does not."""
    asked, late = ("we", "2016-01-10", DEMAND), ("they", "2016-05-20", CONTACT)
    answer = ("they", "2016-01-25", CONTACT)
    assert found(asked, answer) == (Talks(D("2016-01-25"), D("2016-02-25"), TalksEnd.SILENCE),)
    assert found(asked, late) == ()


def test_they_end_by_silence_a_month_after_the_last_word_that_counts() -> None:
    """Our answer gives the other side a month; our second letter buys nothing more."""
    letters = [
        ("they", "2016-03-01", OFFER),
        ("we", "2016-03-20", CONTACT),
        ("we", "2016-04-15", CONTACT),
    ]
    assert found(*letters) == (Talks(D("2016-03-01"), D("2016-04-20"), TalksEnd.SILENCE),)


def test_they_end_by_refusal_or_settlement() -> None:
    """On the day of the refusal, on that of the settlement; what is open goes on until the day asked for."""
    offer = ("they", "2016-11-20", OFFER)
    assert found(offer, ("they", "2016-12-01", REFUSAL)) == (
        Talks(D("2016-11-20"), D("2016-12-01"), TalksEnd.REFUSED),
    )
    assert found(offer, ends=(D("2016-12-05"),)) == (
        Talks(D("2016-11-20"), D("2016-12-05"), TalksEnd.SETTLED),
    )
    assert found(("they", "2016-12-20", OFFER)) == (Talks(D("2016-12-20"), AS_OF),)


def test_the_hopeful_reading_lasts_until_somebody_refuses() -> None:
    """Five months without a word: over for whoever is careful, not for whoever hopes."""
    letters = [("they", "2016-03-01", OFFER), ("they", "2016-08-01", REFUSAL)]
    assert found(*letters)[0].last == D("2016-04-01")
    (hope,) = longest_talks(said(*letters), lambda c: c.at.date(), AS_OF)
    assert hope.last == D("2016-08-01")


def test_the_long_reading_ends_with_a_settlement_of_its_own_day() -> None:
    """Talks since the offer of 1 March, settled on 1 May; what is said later begins nothing."""
    letters = said(("they", "2016-03-01", OFFER), ("they", "2016-06-01", CONTACT))
    held = longest_talks(letters, lambda c: c.at.date(), AS_OF, (D("2016-05-01"),))
    assert held == (Talks(D("2016-03-01"), D("2016-05-01"), TalksEnd.SETTLED),)


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        (TalksEnd.REFUSED, "refused"),
        (TalksEnd.SETTLED, "settled"),
        (TalksEnd.SILENCE, "fall asleep"),
        (None, "go on"),
    ],
)
def test_the_last_day_says_how_talks_ended(ended: TalksEnd | None, words: str) -> None:
    """A month of talks in the running period moves the last day, and the working names their end (§ 203 BGB)."""
    dealings = world.facts(world.case(), AS_OF).dealings
    one = Talks(D("2016-03-01"), D("2016-04-01"), ended)
    bar = LIMITATION.bar(D("2015-02-04"), replace(dealings, talks=(one,)))
    talked = bar.computation.args["talks"]
    assert isinstance(talked, Text) and words in talked.id
