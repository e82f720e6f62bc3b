"""Dates that only German law and its carriers know: the arbitration body, what the provider owes by when, what
carriers delete, the advance of an insurer; and the end of limitation as the frame asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from heller.law.book.calendar import plus_months
from heller.law.book.versions import choose, in_force
from heller.law.chain.limitation import LimitationLaw, TimeBar
from heller.law.de.limitation import limitation
from heller.law.de.rules import book, norm
from heller.law.de.who import Right, customer, right
from heller.law.duties.deadlines import deadline
from heller.law.facts_of_case import Dealings, Situation, Talks, TalksEnd
from heller.model.claim import Deadline
from heller.model.damage import NormRef
from heller.model.kinds.policy import POLICIES
from heller.model.retention import CONNECTION_DATA, ONLINE_INVOICES, SIPGATE_CALLS
from heller.model.text import Text, text

TELEKOM = NormRef("CARRIER-TELEKOM", "Telekom (RechnungOnline)", "VP", "Telekom, help pages, read")
SIPGATE = NormRef("CARRIER-SIPGATE", "sipgate (help.sipgate.de)", "VP", "help.sipgate.de, read")


def bar(began: date, dealings: Dealings) -> TimeBar:
    """The safe day, and the other one that somebody might count, with a warning."""
    known = dealings.acknowledged
    end = limitation(began, dealings.talks, acknowledged=known)
    hopeful = limitation(began, dealings.longest_talks, acknowledged=known, talks_before_start_count=True)
    computation = end.computation
    for one in dealings.talks:
        computation = text("{computation} {talks}", computation=computation, talks=_talked(one))
    if hopeful.end <= end.end:
        return TimeBar(end.end, computation)
    said = text(
        "{computation} Counting all days of negotiations would give {day}; do not rely on it.",
        computation=computation,
        day=hopeful.end,
    )
    return TimeBar(end.end, said)


def _talked(one: Talks) -> Text:
    """From when to when there were talks, and how they ended."""
    match one.ended:
        case TalksEnd.REFUSED:
            return text(
                "Talks from {first} to {last}, when they were refused.", first=one.first, last=one.last
            )
        case TalksEnd.SETTLED:
            return text(
                "Talks from {first} to {last}, when they were settled.", first=one.first, last=one.last
            )
        case TalksEnd.SILENCE:
            return text(
                "Talks from {first} to {last}: then the next word had not come for a month, and talks that fall "
                "asleep are over.",
                first=one.first,
                last=one.last,
            )
    return text("Talks since {first}; they go on.", first=one.first)


LIMITATION = LimitationLaw(
    norm("BGB-199"),
    bar,
    check=text(
        "Have a lawyer check at once whether anything suspended or restarted limitation (§§ 203, 204, 212 BGB)."
    ),
    stops=text("Only that suspends limitation safely (§ 204 BGB); letters and reminders do not."),
    silence=int(book().rule("BGB-203-silence").versions[-1].number("months")),
    plea=norm("BGB-214"),
)


def arbitration(situation: Situation) -> tuple[Deadline, ...]:
    """The last day to apply to the arbitration body."""
    return choose(situation.began, (_arbitration_2004, _arbitration_2021))(situation)


@in_force(since="2012-07-02", until="2021-11-30")
def _arbitration_2004(situation: Situation) -> tuple[Deadline, ...]:
    """Whether the regulator's body suspended limitation before 2016 is an open reading: no day to rely on."""
    return ()


@in_force(since="2021-12-01")
def _arbitration_2021(situation: Situation) -> tuple[Deadline, ...]:
    """§ 68 TKG: for lump sums and the duties of §§ 51-67, not for damages under §§ 69, 70 by name."""
    dealings = situation.given.dealings
    end = limitation(situation.began, dealings.talks, acknowledged=dealings.acknowledged)
    return (
        deadline(
            situation,
            end.end,
            text("Last day to apply to the arbitration body (lump sums and duties, not damages by name)"),
            norm("TKG21-68"),
            text("The request suspends limitation if it arrives by {day}.", day=end.end),
            text(
                "It is free of charge and binds nobody; the court stays open as long as limitation has not ended."
            ),
        ),
    )


def information(situation: Situation) -> Iterator[Deadline]:
    """§ 58 (2) TKG: not mended within one calendar day, the provider informs by the end of the next."""
    given, reported = situation.given, situation.given.dealings.reported
    rights = right(customer(given.party, given.contract), situation.began, Right.OUTAGE_SUM)
    if reported is None or rights.has is False:
        return
    on = reported + timedelta(2)
    if situation.back < on:
        return
    yield deadline(
        situation,
        on,
        text("The provider must have said what it does and how long it will take"),
        norm("TKG21-58-2"),
        text(
            "Reported on {day}; not mended within one calendar day, it informs by the end of the following day. "
            "For consumers, micro and small firms.",
            day=reported,
        ),
        text("Ask for its documentation of the report: what is missing there speaks against it."),
    )


def carriers(situation: Situation) -> Iterator[Deadline]:
    """What carriers delete: it cannot be had again."""
    began, back = situation.began, situation.back
    yield deadline(
        situation,
        CONNECTION_DATA.until(began),
        text("Connection data of the first day of the outage are deleted"),
        TELEKOM,
        text(
            "{n} days after {day}, as Telekom says of itself; other carriers may be faster.",
            "One day after {day}, as Telekom says of itself; other carriers may be faster.",
            n=CONNECTION_DATA.days,
            day=began,
        ),
        text("They show which connection the firm worked over, and nobody can give them back."),
    )
    yield deadline(
        situation,
        SIPGATE_CALLS.until(began),
        text("Lists of single calls are gone from the portal"),
        SIPGATE,
        text(
            "{n} months after {day}, as sipgate says of its lists.",
            "One month after {day}, as sipgate says of its lists.",
            n=SIPGATE_CALLS.months,
            day=began,
        ),
        text("Without them nobody sees which calls were rerouted, and what they cost."),
    )
    yield deadline(
        situation,
        ONLINE_INVOICES.until(back),
        text("Mobile invoices are gone from the customer's account"),
        TELEKOM,
        text(
            "{n} months after {day}, as Telekom says of itself.",
            "One month after {day}, as Telekom says of itself.",
            n=ONLINE_INVOICES.months,
            day=back,
        ),
        text("Then the carrier must be asked for copies."),
    )


def advance(situation: Situation) -> Iterator[Deadline]:
    """§ 14 VVG: an advance a month after the notice."""
    for policy in situation.given.insured.policies:
        if policy.notified is not None:
            yield deadline(
                situation,
                plus_months(policy.notified, 1),
                text("{policy}: an advance may be asked for", policy=POLICIES[policy.kind]),
                norm("VVG-14"),
                text("One month after the notice of {day}.", day=policy.notified),
                text("Nothing is lost; from then on the insurer owes what is certain, on request."),
            )
