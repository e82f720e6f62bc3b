"""The claim: from gross damage to money in hand, one chain of named steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from heller.model.account import ClaimAccount
from heller.model.advice import Against, Duty, OwedAnswer, Question
from heller.model.amount import Range, WorkingLine
from heller.model.case import Case
from heller.model.damage import Assessment, Missing, NormRef
from heller.model.decision import Costs, Decision
from heller.model.dispute import Dispute
from heller.model.event import DebtorDebt, GroupingChoice, LineEvent
from heller.model.finding import Finding, Ground, Locator
from heller.model.kinds.policy import Policy
from heller.model.money import Money
from heller.model.objection import Objection
from heller.model.outage import Detection, Outage
from heller.model.pleaded_fault import PleadedFault
from heller.model.text import Text

ACCOUNT = "account"  # the key of the step that takes off what was paid
AGREED = "agreed"  # the key of the step that says what of what is due nobody disputes
AFTER_PRINCIPAL = ("interest", "pre_trial", ACCOUNT)  # the steps behind what bears interest


class Step(Struct, frozen=True):
    """One step of the waterfall: its effect (negative takes away), what stands after it, and why."""

    key: str
    label: Text
    effect: Range
    running: Range
    reason: Text
    norm: NormRef | None = None
    working: tuple[WorkingLine, ...] = ()


class Alternative(Struct, frozen=True):
    """Another reading of the law, shown with its worth and never summed by itself."""

    key: str
    text: Text
    worth: Range
    norm: NormRef


class Lift(Struct, frozen=True):
    """A fact that could lift the cap, the euros it is worth, and what speaks for and against it here.

    `met` is True or False where the case decides it, None where it is open.
    """

    text: Text
    worth: Range
    norm: NormRef
    met: bool | None
    sources: tuple[Locator, ...] = ()
    key: str = ""
    speaks_for: tuple[Ground, ...] = ()
    speaks_against: tuple[Ground, ...] = ()

    @property
    def stand(self) -> str:
        """`for`, `against`, or `open` where nothing or something on both sides speaks."""
        if self.met is not None:
            return "for" if self.met else "against"
        if bool(self.speaks_for) == bool(self.speaks_against):
            return "open"
        return "for" if self.speaks_for else "against"


class Outside(Struct, frozen=True):
    """An amount that the cap does not touch, or may not touch where `norm` is not verified."""

    key: str
    text: Text
    amount: Range
    norm: NormRef


class Scenario(Struct, frozen=True):
    """The chain under one assumption. `running` stands beside the steps of the waterfall, one each;
    `cap` is None where there is none; the `claimed` one is what the waterfall stands on."""

    key: str
    label: Text
    reason: Text
    norm: NormRef
    cap: Money | None
    running: tuple[Range, ...]
    due: Range
    claimed: bool = False


class PolicyCover(Struct, frozen=True):
    """What an own policy would pay of the damage. `pays` is what passes to the insurer once he pays it;
    `covered` is None where its terms are not known."""

    policy: Policy
    covered: bool | None
    reason: Text
    pays: Range
    norm: NormRef
    notice_by: date | None = None


class Deadline(Struct, frozen=True):
    """A date that matters: rule, computation, and what happens when it passes."""

    on: date
    what: Text
    norm: NormRef
    computation: Text
    otherwise: Text
    passed: bool = False


class Jurisdiction(Struct, frozen=True):
    """The country whose law is applied, as two letters ('': nobody knows it); whether a person `stated` it or
    `why` it is assumed; whether its law is `known` here: else no cap, no cost and no letter is worked out.

    `grounds` are the rules that letters and pages name, by topic; `pay_by` is the day that a letter sets for paying,
    `answer_by` the one for a mere answer, `letter` what it says there beside what it says everywhere. `rates_until` is
    the last day for which the rates of interest are known, `runs_on` how it is owed after that.
    """

    code: str
    stated: bool
    why: Text
    known: bool = False
    grounds: Mapping[str, NormRef] = {}
    pay_by: date | None = None
    answer_by: date | None = None
    letter: tuple[Text, ...] = ()
    rates_until: date | None = None
    runs_on: Text | None = None


class Waterfall(Struct, frozen=True):
    """Who owes what under which rule and up to which cap. `due` is what may be demanded now,
    the interest so far and pre-trial costs included: `interest` is a part of it, never added again.
    `beyond` are the steps behind it, for the firm alone: costs, worth of suing, the offer. `accounts` are those of the
    cautious figure, which is demanded: debtor by debtor, the firm's before those of other creditors. `pleaded` is the
    degree of fault that the steps stand on, None where nobody decided on one."""

    as_of: date
    law: str
    steps: tuple[Step, ...]
    due: Range
    interest: Range
    jurisdiction: Jurisdiction
    alternatives: tuple[Alternative, ...] = ()
    lifts: tuple[Lift, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    costs: Costs | None = None
    overclaim: Costs | None = None
    findings: tuple[Finding, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    outside: tuple[Outside, ...] = ()
    duties: tuple[Duty, ...] = ()
    covers: tuple[PolicyCover, ...] = ()
    decision: Decision | None = None
    beyond: tuple[Step, ...] = ()
    accounts: tuple[ClaimAccount, ...] = ()
    pleaded: PleadedFault | None = None

    @property
    def before_account(self) -> tuple[Step, ...]:
        """The steps of the claim as such: those that each scenario has."""
        return tuple(step for step in self.steps if step.key not in (ACCOUNT, AGREED))

    @property
    def over(self) -> bool:
        """Whether each account of the firm is settled, paid or given up: the claim itself is no longer demanded."""
        own = [one for one in self.accounts if not one.creditor]
        return bool(own) and all(one.over for one in own)

    @property
    def interest_until(self) -> date:
        """The day up to which interest was worked out: the one asked for, or the last with a known rate."""
        return min(self.as_of, self.jurisdiction.rates_until or self.as_of)

    @property
    def principal(self) -> Range:
        """What bears interest: what stands before interest and costs of pursuing it."""
        at = next((n for n, step in enumerate(self.steps) if step.key in AFTER_PRINCIPAL), len(self.steps))
        return self.steps[at - 1].running if at else Range()

    @property
    def cautious(self) -> tuple[tuple[Step, Money], ...]:
        """Each step with what it does to the cautious figure, which is the one that is demanded."""
        before = (Range(), *(step.running for step in self.steps))
        return tuple(
            (step, step.running.low - was.low) for step, was in zip(self.steps, before, strict=False)
        )

    def effect(self, key: str) -> Range:
        """What a step adds or takes away; nothing where the chain has no such step."""
        return next((step.effect for step in self.steps if step.key == key), Range())


class NextStep(Struct, frozen=True):
    """What to do, until when, and why it matters. `key` names the deed, for who leads to the place where it is done."""

    text: Text
    why: Text
    until: date | None = None
    done: bool = False
    key: str = ""


class EventClaim(Struct, frozen=True):
    """What one event comes to on a day: its damage, and its own chain to what is due. What is owed once for the
    whole matter is not in it."""

    event: LineEvent
    debtor: str
    assessment: Assessment
    waterfall: Waterfall


class DebtorClaim(Struct, frozen=True):
    """What one debtor owes on a day: all its events as one chain, and the same as a debt for the account."""

    debt: DebtorDebt
    waterfall: Waterfall


class Claim(Struct, frozen=True):
    """All that a dossier, a screen or a table shows of a case."""

    case: Case
    detection: Detection
    assessment: Assessment
    waterfall: Waterfall
    missing: tuple[Missing, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    estimates: tuple[Against, ...] = ()
    owed: tuple[OwedAnswer, ...] = ()
    events: tuple[LineEvent, ...] = ()  # all that were found, also those that enter no claim
    by_event: tuple[EventClaim, ...] = ()
    by_debtor: tuple[DebtorClaim, ...] = ()
    choices: tuple[GroupingChoice, ...] = ()
    objections: tuple[Objection, ...] = ()  # of the other side; worked out where they are printed
    floor: Range = Range()  # what survives all objections that nothing answers; worked out with them
    dispute: Dispute | None = None  # what is agreed and what is not, where the other side answered

    @property
    def seen(self) -> tuple[Outage, ...]:
        """All outages of the main line and of the other lines that are stated, in order of time."""
        stated = {line.name for line in self.case.lines}
        others = (o for one in self.detection.others if one.line in stated for o in one.outages)
        return tuple(sorted((*self.detection.outages, *others), key=lambda o: o.start.latest))

    @property
    def outages(self) -> tuple[Outage, ...]:
        """The outages that are counted; where none is, all that were found."""
        return tuple(o for one in self.by_event for o in one.event.outages) or self.detection.outages

    def against(self, debtor: str) -> Claim:
        """The claim against one debtor alone; raises LookupError for a name that is none of theirs."""
        found = next((one for one in self.by_debtor if one.debt.debtor == debtor), None)
        if found is None:
            raise LookupError(debtor)
        if len(self.by_debtor) == 1:
            return self
        mine = tuple(one for one in self.by_event if one.debtor == debtor)
        keys = {one.event.key for one in mine}
        named = tuple(one.assessment.of_event(one.event.key, one.event.name) for one in mine)
        lines = {one.event.line for one in mine}
        return replace(
            self,
            case=replace(self.case, line=mine[0].event.line) if mine else self.case,
            assessment=mine[0].assessment if len(mine) == 1 else Assessment.of_all(named),
            waterfall=found.waterfall,
            events=tuple(event for event in self.events if event.key in keys or event.line in lines),
            by_event=mine,
            by_debtor=(found,),
        )

    @property
    def debts(self) -> tuple[DebtorDebt, ...]:
        """What each debtor owes before anything was paid: what the account starts from."""
        return tuple(one.debt for one in self.by_debtor)
