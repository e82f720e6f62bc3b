"""What to do now, until when, and why: worked out from the case, done where the case already shows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from heller.law.de import dates
from heller.law.de.deadlines import next_working_day
from heller.law.duties.insurance import notice_by
from heller.law.facts_of_case import LegalFacts, day_of, first_day, gather, last_day
from heller.model.amount import Range
from heller.model.case import Case
from heller.model.claim import NextStep, Waterfall
from heller.model.damage import Assessment, Missing
from heller.model.outage import Detection
from heller.model.record import Contact, ContactKind
from heller.model.terms import POLICIES
from heller.model.text import text

DAYS_TO_PAY = 14
DAYS_TO_CONFIRM = 7  # an objection to a letter of confirmation is too late after about a week (KBS-01)
WRITTEN = ("mail", "brief", "letter", "fax", "schreiben", "schriftlich", "post", "written")


class _Days(Struct, frozen=True):
    """The days that steps depend on; None where no outage is known."""

    began: date | None
    back: date | None

    def over(self, on: date) -> bool:
        return self.back is not None and self.back <= on


def next_steps(
    case: Case, detection: Detection, assessment: Assessment, waterfall: Waterfall
) -> tuple[NextStep, ...]:
    """Open steps first, the most urgent at the top; then what is done."""
    given = gather(case, waterfall.as_of)
    days = _days(case, detection)
    steps = (
        *_report(given, days),
        *_confirm(case, given),
        *_warn(given, days),
        *_keep(given, days),
        *_fetch(given, assessment),
        *_demand(given, assessment),
        *_pursue(given, days, waterfall),
    )
    return tuple(sorted(steps, key=lambda step: (step.done, step.until or date.max)))


def _days(case: Case, detection: Detection) -> _Days:
    if not detection.outages:
        return _Days(None, None)
    outage = min(detection.outages, key=lambda one: one.start.latest)
    return _Days(first_day(case, outage), last_day(case, outage))


def _report(given: LegalFacts, days: _Days) -> Iterator[NextStep]:
    done = bool(given.of(ContactKind.FAULT_REPORT))
    why = text("The provider's periods run from the fault report, and it shows that the fault was known.")
    if done or not days.over(given.as_of):
        what = text("Report the fault to the provider and note the ticket number.")
        yield NextStep(what, why, None if done else given.as_of, done)
    else:
        yield NextStep(text("Write down when, how and to whom the fault was reported."), why, given.as_of)


def _confirm(case: Case, given: LegalFacts) -> Iterator[NextStep]:
    """What was promised by word of mouth: a letter of confirmation while it works, later a note."""
    late = 0
    for promise in given.of(ContactKind.PROMISE, ContactKind.INVITATION):
        if not promise.incoming or _is_written(promise):
            continue
        said_on = day_of(case, promise)
        done = any(_confirms(case, letter, said_on) for letter in given.contacts)
        if not done and given.as_of > said_on + timedelta(DAYS_TO_CONFIRM):
            late += 1
            continue
        yield NextStep(
            text(
                "Confirm in writing what {who} said on {day}, with the words as you remember them.",
                who=promise.who,
                day=said_on,
            ),
            text(
                "Among businesses silence on a prompt letter of confirmation counts as consent; "
                "without it word stands against word."
            ),
            None if done else given.as_of,
            done,
        )
    if late:
        yield NextStep(
            text("Write down what was promised by word of mouth, who heard it and when: {n} times.", n=late),
            text("It is too late for a letter of confirmation; a witness and an early note still count."),
            given.as_of,
        )


def _confirms(case: Case, letter: Contact, said_on: date) -> bool:
    late = said_on + timedelta(DAYS_TO_CONFIRM)
    return not letter.incoming and _is_written(letter) and said_on <= day_of(case, letter) <= late


def _is_written(contact: Contact) -> bool:
    return any(word in contact.channel.lower() for word in WRITTEN)


def _warn(given: LegalFacts, days: _Days) -> Iterator[NextStep]:
    done = bool(given.of(ContactKind.DAMAGE_WARNING))
    if not done and days.over(given.as_of):
        return  # too late to avert anything; the waterfall names it as a doubt
    yield NextStep(
        text("Warn the provider in writing how high the loss of each day is."),
        text("Who does not warn of unusually high damage bears part of it (§ 254 (2) BGB)."),
        None if done else given.as_of,
        done,
    )


def _keep(given: LegalFacts, days: _Days) -> Iterator[NextStep]:
    end = dates.time_bar(given, days.began) if days.began else None
    yield NextStep(
        text("Keep the old router as it is, with its log, and reset nothing."),
        text("It is a witness of the outage; an expert can only read what is still there."),
        end.end if end else None,
    )


def _fetch(given: LegalFacts, assessment: Assessment) -> Iterator[NextStep]:
    """The proofs that others delete, as one step; what each of them is stands among what is missing."""
    soon = sorted((m for m in assessment.missing if m.until and m.until >= given.as_of), key=_until)
    if soon:
        yield NextStep(
            text("Fetch what others delete ({n} proofs, see what is missing).", n=len(soon)),
            soon[0].kept_by or soon[0].text,
            soon[0].until,
        )


def _until(gap: Missing) -> date:
    assert gap.until is not None
    return gap.until


def _demand(given: LegalFacts, assessment: Assessment) -> Iterator[NextStep]:
    if given.demand is not None and given.demand.until is not None:
        yield NextStep(
            text("Demand payment in writing by {day}.", day=given.demand.until),
            text("The date puts the provider in default; from the day after it owes interest (§ 286 BGB)."),
            done=True,
        )
    elif assessment.total != Range():
        pay_by = next_working_day(given.as_of + timedelta(DAYS_TO_PAY), given.state)
        yield NextStep(
            text("Send the demand letter with the dossier and ask for payment by {day}.", day=pay_by),
            text("The date puts the provider in default; from the day after it owes interest (§ 286 BGB)."),
            given.as_of,
        )


def _pursue(given: LegalFacts, days: _Days, waterfall: Waterfall) -> Iterator[NextStep]:
    if given.customer.provider_change is None:
        yield NextStep(
            text("Find out whether this was a change of provider or a takeover inside the same one."),
            text("At a change the service may stop for one day at most; it decides the basis of the claim."),
        )
    yield from _insurers(given, days)
    if given.default is not None and given.default <= given.as_of and waterfall.due.likely:
        yield NextStep(
            text("Mandate a lawyer."),
            text(
                "The provider is in default, so the pre-trial fee on the justified value "
                "is owed as damage too."
            ),
            done=given.mandate is not None,
        )
    best = waterfall.decision.best if waterfall.decision else None
    if best is not None:
        yield NextStep(text("Decide on the offer of {offer}.", offer=best.worth), best.words, best.until)
    end = dates.time_bar(given, days.began) if days.began else None
    if end is not None and end.end >= given.as_of:
        yield NextStep(
            text("Sue or apply for a payment order before the claim is time-barred."),
            text("Only that suspends limitation safely (§ 204 BGB); letters and reminders do not."),
            end.end,
        )


def _insurers(given: LegalFacts, days: _Days) -> Iterator[NextStep]:
    """Each policy that was written down is told of the loss; without any, somebody looks for them."""
    why = text("The policy asks for it without delay (§ 30 VVG); what they pay is taken off here.")
    if given.insurance_none:
        return
    if not given.policies:
        told = bool(given.insured)
        what = text("Report the loss to your own insurers.")
        yield NextStep(what, why, None if told else given.as_of, told)
    for policy in given.policies:
        told = policy.notified is not None or bool(given.insured)
        yield NextStep(
            text("Report the loss to your insurer: {policy}.", policy=POLICIES[policy.kind]),
            why,
            None if told else notice_by(policy, days.began) or given.as_of,
            told,
        )
