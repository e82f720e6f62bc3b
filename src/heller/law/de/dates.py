"""Dates that matter: what the provider owes by when, when offers and data are gone, when insurers must know,
when the claim is time-barred. Each with its rule, its computation and what happens when it passes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from heller.law.book.refusals import LawRefused
from heller.law.book.rules import norm
from heller.law.book.versions import choose, in_force
from heller.law.de.deadlines import next_working_day, plus_months
from heller.law.de.limitation import Limitation, limitation
from heller.law.de.other_readings import Situation
from heller.law.de.who import Right, right
from heller.law.duties.insurance import notice_by
from heller.law.facts_of_case import LegalFacts
from heller.model.claim import Deadline
from heller.model.damage import NormRef
from heller.model.finding import Finding
from heller.model.retention import CONNECTION_DATA, ONLINE_INVOICES, SIPGATE_CALLS
from heller.model.terms import POLICIES, Policy
from heller.model.text import Text, text

TELEKOM = NormRef("CARRIER-TELEKOM", "Telekom (RechnungOnline)", "VP", "Telekom, help pages, read")
SIPGATE = NormRef("CARRIER-SIPGATE", "sipgate (help.sipgate.de)", "VP", "help.sipgate.de, read")
OFFER = NormRef("OFFER", "Angebot", "VS", "the offer itself")


def deadlines(given: LegalFacts, situation: Situation) -> tuple[Deadline, ...]:
    """In order of date; `passed` as seen on the day asked for."""
    found = (
        *_payment(given),
        *_limitation(given, situation.began),
        *choose(situation.began, (_arbitration_2004, _arbitration_2021))(given, situation.began),
        *_information(given, situation),
        *_data(given, situation),
        *_offers(given),
        *(one for policy in given.policies for one in _insurer(given, policy, situation.began)),
    )
    return tuple(sorted(found, key=lambda one: one.on))


def findings(given: LegalFacts, began: date) -> tuple[Finding, ...]:
    """A claim that may be time-barred."""
    end = time_bar(given, began)
    if end is None or given.as_of <= end.end:
        return ()
    return (
        Finding(
            "law.time_barred",
            text("The claim may be time-barred since {day}.", day=end.end),
            text(
                "Have a lawyer check at once whether anything suspended or restarted limitation "
                "(§§ 203, 204, 212 BGB)."
            ),
        ),
    )


def time_bar(given: LegalFacts, began: date) -> Limitation | None:
    """The end of limitation, None where the rules do not carry the day."""
    try:
        return limitation(began, given.talks)
    except LawRefused:
        return None


def _deadline(
    given: LegalFacts, on: date, what: Text, grants: NormRef, computation: Text, otherwise: Text
) -> Deadline:
    return Deadline(on, what, grants, computation, otherwise, passed=given.as_of > on)


def _payment(given: LegalFacts) -> Iterator[Deadline]:
    if given.demand is None or given.demand.until is None or given.default is None:
        return
    yield _deadline(
        given,
        next_working_day(given.demand.until, given.state),
        text("Payment was demanded by this day"),
        norm("BGB-286"),
        text(
            "The date set in the demand letter is {day}; a Saturday, Sunday or public holiday moves it "
            "to the next working day.",
            day=given.demand.until,
        ),
        text("From the day after, the provider is in default and owes interest."),
    )


def _limitation(given: LegalFacts, began: date) -> Iterator[Deadline]:
    end = limitation(began, given.talks)
    yield _deadline(
        given,
        end.end,
        text("The claim is time-barred after this day"),
        norm("BGB-199"),
        _computation(given, began, end),
        text("The provider may refuse to pay for good, however well the damage is proven."),
    )


@in_force(since="2012-07-02", until="2021-11-30")
def _arbitration_2004(given: LegalFacts, began: date) -> tuple[Deadline, ...]:
    """Whether the regulator's body suspended limitation before 2016 is an open reading: no day to rely on."""
    return ()


@in_force(since="2021-12-01")
def _arbitration_2021(given: LegalFacts, began: date) -> tuple[Deadline, ...]:
    """§ 68 TKG: for lump sums and the duties of §§ 51-67, not for damages under §§ 69, 70 by name."""
    end = limitation(began, given.talks)
    return (
        _deadline(
            given,
            end.end,
            text("Last day to apply to the arbitration body (lump sums and duties, not damages by name)"),
            norm("TKG21-68"),
            text("The request suspends limitation if it arrives by {day}.", day=end.end),
            text(
                "It is free of charge and binds nobody; the court stays open as long as limitation has not ended."
            ),
        ),
    )


def _computation(given: LegalFacts, began: date, end: Limitation) -> Text:
    """The safe day, and the other one that somebody might count, with a warning."""
    hopeful = limitation(began, given.talks, talks_before_start_count=True)
    if hopeful.end <= end.end:
        return end.computation
    return text(
        "{computation} Counting all days of negotiations would give {day}; do not rely on it.",
        computation=end.computation,
        day=hopeful.end,
    )


def _information(given: LegalFacts, situation: Situation) -> Iterator[Deadline]:
    """§ 58 (2) TKG: not mended within one calendar day, the provider informs by the end of the next."""
    rights = right(given.customer, situation.began, Right.OUTAGE_SUM)
    if given.reported is None or rights.has is False:
        return
    on = given.reported + timedelta(2)
    if situation.back < on:
        return
    yield _deadline(
        given,
        on,
        text("The provider must have said what it does and how long it will take"),
        norm("TKG21-58-2"),
        text(
            "Reported on {day}; not mended within one calendar day, it informs by the end of the following "
            "day. For consumers, micro and small firms.",
            day=given.reported,
        ),
        text("Ask for its documentation of the report: what is missing there speaks against it."),
    )


def _data(given: LegalFacts, situation: Situation) -> Iterator[Deadline]:
    """What carriers delete: it cannot be had again."""
    began, back = situation.began, situation.back
    yield _deadline(
        given,
        CONNECTION_DATA.until(began),
        text("Connection data of the first day of the outage are deleted"),
        TELEKOM,
        text(
            "{n} days after {day}, as Telekom says of itself; other carriers may be faster.",
            "One day after {day}, as Telekom says of itself; other carriers may be faster.",
            n=CONNECTION_DATA.days,
            day=began,
        ),
        text("They show which connection carried the firm, and nobody can give them back."),
    )
    yield _deadline(
        given,
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
    yield _deadline(
        given,
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


def _offers(given: LegalFacts) -> Iterator[Deadline]:
    for offer in given.offers:
        if offer.until is not None:
            yield _deadline(
                given,
                offer.until,
                text("An offer of {who} expires", who=offer.who or text("the other side")),
                OFFER,
                text("The day that the offer itself names."),
                text("It can no longer be accepted; a new one must be made."),
            )


def _insurer(given: LegalFacts, policy: Policy, began: date) -> Iterator[Deadline]:
    """§ 30 VVG: notice without delay, or within the days of the policy; § 14: the advance a month later."""
    by, name = notice_by(policy, began), POLICIES[policy.kind]
    if by is not None and policy.notified is None:
        yield _deadline(
            given,
            by,
            text("{policy}: report the loss", policy=name),
            norm("VVG-30/31"),
            text(
                "{n} days after {day}, as the policy says.",
                "One day after {day}, as the policy says.",
                n=policy.notice_days,
                day=began,
            )
            if policy.notice_days
            else text("Without delay after {day}; the policy names no number of days.", day=began),
            text("The insurer may cut or refuse what it would pay."),
        )
    if policy.notified is not None:
        yield _deadline(
            given,
            plus_months(policy.notified, 1),
            text("{policy}: an advance may be asked for", policy=name),
            norm("VVG-14"),
            text("One month after the notice of {day}.", day=policy.notified),
            text("Nothing is lost; from then on the insurer owes what is certain, on request."),
        )
