"""The claim: from gross damage to money in hand, one chain of named steps."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from heller.model.amount import Range, WorkingLine
from heller.model.case import Case
from heller.model.damage import Assessment, Missing, NormRef
from heller.model.finding import Finding, Locator
from heller.model.money import Money
from heller.model.outage import Detection
from heller.model.text import Text


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
    """A fact that could lift the cap, the euros it is worth, and what speaks for it in this case.

    `met` is True or False where the case decides it, None where it is open.
    """

    text: Text
    worth: Range
    norm: NormRef
    met: bool | None
    sources: tuple[Locator, ...] = ()


class Deadline(Struct, frozen=True):
    """A date that matters: rule, computation, and what happens when it passes."""

    on: date
    what: Text
    norm: NormRef
    computation: Text
    otherwise: Text
    passed: bool = False


class Costs(Struct, frozen=True):
    """What it costs to pursue a value: out of court, first instance, the whole risk; net of VAT
    where the firm deducts it. `working` shows each fee."""

    value: Money
    out_of_court: Money
    own_lawyer: Money
    other_lawyer: Money
    court: Money
    risk: Money
    court_name: Text
    lawyer_mandatory: bool
    law: str
    working: tuple[WorkingLine, ...] = ()


class Settlement(Struct, frozen=True):
    """An offer against suing. `break_even` is the chance of winning (0..1) from which suing beats
    the offer, None where it never does; `table` shows the worth of suing at some chances."""

    offer: Money
    break_even: float | None
    table: tuple[tuple[float, Money], ...]
    words: Text


class Waterfall(Struct, frozen=True):
    """Who owes what under which rule and up to which cap. `due` is what may be demanded now,
    the interest so far and pre-trial costs included: `interest` is a part of it, never added again."""

    as_of: date
    law: str
    steps: tuple[Step, ...]
    due: Range
    interest: Range
    alternatives: tuple[Alternative, ...] = ()
    lifts: tuple[Lift, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    costs: Costs | None = None
    overclaim: Costs | None = None
    settlement: Settlement | None = None
    findings: tuple[Finding, ...] = ()


class NextStep(Struct, frozen=True):
    """What to do, until when, and why it matters."""

    text: Text
    why: Text
    until: date | None = None
    done: bool = False


class Claim(Struct, frozen=True):
    """All that a dossier, a screen or a table shows of a case."""

    case: Case
    detection: Detection
    assessment: Assessment
    waterfall: Waterfall
    missing: tuple[Missing, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    findings: tuple[Finding, ...] = ()
