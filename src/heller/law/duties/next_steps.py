"""What to do now, until when, and why: worked out from the case, done where the case already shows it.

Each step is made with the reason that a country's law gives for it; a country sets which steps there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import TypeAlias

from msgspec import Struct

from heller.law.book.calendar import Calendar
from heller.law.chain.limitation import LimitationLaw, time_bar
from heller.law.duties.insurance import notice_by
from heller.law.facts_of_case import Dealings, LegalFacts, Situation
from heller.model.amount import Range
from heller.model.claim import NextStep, Waterfall
from heller.model.damage import Assessment, Missing
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.policy import POLICIES
from heller.model.scan import modules
from heller.model.text import Text, text

DAYS_TO_PAY = 14
DAYS_TO_CONFIRM = 7  # an objection to a letter of confirmation is too late after about a week (KBS-01)


class Standing(Struct, frozen=True):
    """Where a case stands: the facts, the outage (None: none is known), damage and claim."""

    given: LegalFacts
    situation: Situation | None
    assessment: Assessment
    waterfall: Waterfall

    @property
    def over(self) -> bool:
        """Whether the service is back."""
        return self.situation is not None and self.situation.back <= self.given.as_of


StepTo: TypeAlias = Callable[[Standing], Iterable[NextStep]]


def in_order(package: str) -> tuple[StepTo, ...]:
    """The steps that the files of a country's folder make, in the order of their places."""
    return tuple(module.STEP for module in sorted(modules(package), key=lambda module: module.PLACE))


def next_steps(standing: Standing, steps: Iterable[StepTo]) -> tuple[NextStep, ...]:
    """Open steps first, the most urgent at the top; then what is done."""
    found = (step for of in steps for step in of(standing))
    return tuple(sorted(found, key=lambda step: (step.done, step.until or date.max)))


def pay_by(as_of: date, calendar: Calendar, region: str) -> date:
    """The day that a letter of demand sets: two weeks on, a working day."""
    return calendar.next_working_day(as_of + timedelta(DAYS_TO_PAY), region)


def answer_by(as_of: date, calendar: Calendar, region: str) -> date:
    """The day by which a letter asks for a mere answer: the next working day."""
    return calendar.next_working_day(as_of + timedelta(1), region)


def report(standing: Standing) -> Iterator[NextStep]:
    """The report of the fault."""
    given = standing.given
    done = bool(given.dealings.of(ContactKind.FAULT_REPORT))
    why = text("The provider's periods run from the fault report, and it shows that the fault was known.")
    if done or not standing.over:
        what = text("Report the fault to the provider and note the ticket number.")
        yield NextStep(what, why, None if done else given.as_of, done, key="report")
    else:
        yield NextStep(
            text("Write down when, how and to whom the fault was reported."), why, given.as_of, key="report"
        )


def confirm(why: Text) -> StepTo:
    """What was promised by word of mouth: a letter of confirmation while it works, later a note."""

    def steps(standing: Standing) -> Iterator[NextStep]:
        dealings, late = standing.given.dealings, 0
        for promise in _spoken(dealings):
            said_on = dealings.day(promise)
            done = any(_confirms(dealings, letter, promise) for letter in dealings.contacts)
            if not done and dealings.as_of > said_on + timedelta(DAYS_TO_CONFIRM):
                late += 1
                continue
            what = text(
                "Confirm in writing what {who} said on {day}, with the words as you remember them.",
                who=promise.who,
                day=said_on,
            )
            yield NextStep(what, why, None if done else dealings.as_of, done, key="confirm")
        if late:
            yield NextStep(
                text(
                    "Write down what was promised by word of mouth, who heard it and when: {n} times.", n=late
                ),
                text("It is too late for a letter of confirmation; a witness and an early note still count."),
                dealings.as_of,
                key="confirm",
            )

    return steps


def _confirms(dealings: Dealings, letter: Contact, promise: Contact) -> bool:
    """A letter says which promise it confirms; else it is about the last that the same person made before it, and
    only while a letter of confirmation works."""
    if letter.about is not None:
        return letter.about == promise.at and not letter.incoming
    if letter.incoming or not letter.written or not _same_person(letter.who, promise.who):
        return False
    late = dealings.day(promise) + timedelta(DAYS_TO_CONFIRM)
    before = [one for one in _spoken(dealings) if one.at <= letter.at and _same_person(one.who, letter.who)]
    return bool(before) and before[-1] is promise and dealings.day(letter) <= late


def _same_person(one: str, other: str) -> bool:
    return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()


def _spoken(dealings: Dealings) -> list[Contact]:
    """What the other side promised by word of mouth, in order of time."""
    said = dealings.of(ContactKind.PROMISE, ContactKind.INVITATION)
    return [one for one in said if one.incoming and not one.written]


def warn(why: Text) -> StepTo:
    """The warning of unusually high damage."""

    def steps(standing: Standing) -> Iterator[NextStep]:
        done = bool(standing.given.dealings.of(ContactKind.DAMAGE_WARNING))
        if not done and standing.over:
            return  # too late to avert anything; the waterfall names it as a doubt
        what = text("Warn the provider in writing how high the loss of each day is.")
        yield NextStep(what, why, None if done else standing.given.as_of, done, key="warn")

    return steps


def keep(law: LimitationLaw | None) -> StepTo:
    """The old router, until the claim is time-barred."""

    def steps(standing: Standing) -> Iterator[NextStep]:
        yield NextStep(
            text("Keep the old router as it is, with its log, and reset nothing."),
            text("It is a witness of the outage; an expert can only read what is still there."),
            _barred(standing, law),
            key="keep",
        )

    return steps


def _barred(standing: Standing, law: LimitationLaw | None) -> date | None:
    if law is None or standing.situation is None:
        return None
    bar = time_bar(law, standing.situation.began, standing.given.dealings)
    return bar.end if bar else None


def fetch(standing: Standing) -> Iterator[NextStep]:
    """The proofs that others delete, as one step; what each of them is stands among what is missing."""
    as_of = standing.given.as_of
    soon = sorted((m for m in standing.assessment.missing if m.until and m.until >= as_of), key=_until)
    if soon:
        yield NextStep(
            text(
                "Fetch what others delete ({n} proofs, see what is missing).",
                "Fetch what others delete (one proof, see what is missing).",
                n=len(soon),
            ),
            soon[0].kept_by or soon[0].text,
            soon[0].until,
            key="fetch",
        )


def _until(gap: Missing) -> date:
    assert gap.until is not None
    return gap.until


def demand(why: Text, calendar: Calendar) -> StepTo:
    """The letter of demand with a day."""

    def steps(standing: Standing) -> Iterator[NextStep]:
        given = standing.given
        sent = given.dealings.demand
        if sent is not None and sent.until is not None:
            yield NextStep(
                text("Demand payment in writing by {day}.", day=sent.until), why, done=True, key="demand"
            )
        elif (standing.assessment.total, standing.assessment.apart) != (Range(), Range()):
            by = pay_by(given.as_of, calendar, given.party.region)
            what = text("Send the demand letter with the dossier and ask for payment by {day}.", day=by)
            yield NextStep(what, why, given.as_of, key="demand")

    return steps


def insurers(why: Text) -> StepTo:
    """Each policy that was written down is told of the loss; without any, somebody looks for them."""

    def steps(standing: Standing) -> Iterator[NextStep]:
        insured, as_of = standing.given.insured, standing.given.as_of
        if insured.none:
            return
        if not insured.policies:
            told = bool(insured.paid)
            what = text("Report the loss to your own insurers.")
            yield NextStep(what, why, None if told else as_of, told, key="insurers")
        for policy in insured.policies:
            told = policy.notified is not None or bool(insured.paid)
            by = notice_by(policy, standing.situation.began) if standing.situation else as_of
            what = text("Report the loss to your insurer: {policy}.", policy=POLICIES[policy.kind])
            yield NextStep(what, why, None if told else by, told, key="insurers")

    return steps


def object_to_insurer(why: Text) -> StepTo:
    """A refusal of cover by an own insurer is answered while its reasons can still be met."""

    def steps(standing: Standing) -> Iterator[NextStep]:
        for policy in standing.given.insured.policies:
            if policy.refused is None:
                continue
            what = text(
                "Object to the refusal of {policy} of {day}, with reasons.",
                policy=POLICIES[policy.kind],
                day=policy.refused,
            )
            yield NextStep(what, why, standing.given.as_of, key="object_to_insurer")

    return steps


def mandate(why: Text) -> StepTo:
    """A lawyer, once the provider is in default."""

    def steps(standing: Standing) -> Iterator[NextStep]:
        given = standing.given
        if given.default is not None and given.default <= given.as_of and standing.waterfall.due.likely:
            yield NextStep(text("Mandate a lawyer."), why, done=given.fees.mandate is not None, key="mandate")

    return steps


def offer(standing: Standing) -> Iterator[NextStep]:
    """The best offer that is open."""
    decision = standing.waterfall.decision
    best = decision.best if decision else None
    if best is not None:
        yield NextStep(
            text("Decide on the offer of {offer}.", offer=best.worth), best.words, best.until, key="offer"
        )


def sue(law: LimitationLaw) -> StepTo:
    """Before the claim is time-barred."""

    def steps(standing: Standing) -> Iterator[NextStep]:
        end = _barred(standing, law)
        if end is not None and end >= standing.given.as_of:
            what = text("Sue or apply for a payment order before the claim is time-barred.")
            yield NextStep(what, law.stops, end, key="sue")

    return steps
