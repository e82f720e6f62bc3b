"""The law of Schilda: other steps, another cap, other interest, costs, periods and words than any real country."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from heller.law.book.calendar import Calendar, no_region
from heller.law.book.fees import fee_by_steps, tops
from heller.law.book.interest import Interest, simple
from heller.law.book.rules import load_folder
from heller.law.chain import lifts, steps
from heller.law.chain.cap import Cap, Lifter, Uncapped
from heller.law.chain.claim_chain import ClaimChain, Footing
from heller.law.chain.limitation import LimitationLaw, TimeBar
from heller.law.chain.limits import CapLaw
from heller.law.chain.running import RunningSteps, each
from heller.law.chain.scenarios import Assumption
from heller.law.country import Country
from heller.law.duties import deadlines, mitigation
from heller.law.duties import doubts as doubt
from heller.law.duties import next_steps as step
from heller.law.facts_of_case import Dealings, Fees, Situation
from heller.law.suing.court import CostLaw
from heller.model.amount import Range, WorkingLine
from heller.model.claim import Alternative, Lift
from heller.model.decision import Costs
from heller.model.kinds.policy import PolicyKind
from heller.model.money import Money
from heller.model.text import text

BOOK = load_folder("xs", Path(__file__).parent)
norm, open_norm = BOOK.norm, BOOK.open_norm
NAME = "Stadtrecht von Schilda"
MONDAY = 0


def works(day: date, region: str) -> bool:
    """Nobody works on a Monday; on Sundays light is carried."""
    return day.weekday() != MONDAY


CALENDAR = Calendar(no_region, works)


def default_begins(until: date, region: str) -> date:
    """The third day after the one that the letter names, for letters go by snail."""
    return until + timedelta(3)


def salt(chain: RunningSteps, footing: Footing) -> None:
    """A tenth of every claim is sown on the salt field: a step that no other country has."""
    share = 1 - BOOK.for_sum("SX-SALT", footing.situation.began).number("share")

    def rest(amount: Money) -> Money:
        return amount * share

    reason = text("A tenth is sown on the salt field.")
    chain.to(each(chain.running, rest), "salt", text("Salt tithe"), reason, norm("SX-SALT"), of_one=rest)


def cap(on: date) -> Cap:
    """Seven sacks of light."""
    rule = BOOK.for_sum("SX-CAP", on)
    amount = rule.money("each") * int(rule.number("sacks"))
    return Cap(
        amount, NAME, norm("SX-CAP"), text("More light than {cap} does not fit into seven sacks.", cap=amount)
    )


def lifters() -> tuple[Lifter, ...]:
    """Only who hid the light owes more."""
    return (Lifter("intent", text("The light was hidden on purpose."), norm("SX-INTENT"), fault=True),)


def free(situation: Situation) -> Uncapped:
    """Who hid it owes all."""
    return Uncapped(NAME, norm("SX-INTENT"), lifters()[0].text)


def degrees(situation: Situation) -> Iterator[Assumption]:
    """Foolish or wicked: there is nothing between."""
    yield Assumption("foolish", text("Foolishness"), cap(situation.began))
    yield Assumption("wicked", text("Wickedness"), free(situation))


def of_law(made: ClaimChain) -> Iterator[Lift]:
    """What lifts the cap."""
    return lifts.of_law(made, lifters())


def earned(principal: Money, first: date, last: date) -> Interest:
    """Salt grows evenly, at one rate and above none."""
    return simple(principal, first, last, BOOK.rule("SX-INTEREST"), Decimal(0))


INTEREST = steps.InterestLaw(
    norm("SX-INTEREST"),
    earned,
    lambda: date(2099, 12, 31),
    lambda made, first, last: text("Salt grows from {first} to {last}.", first=first, last=last),
)


def bar(began: date, dealings: Dealings) -> TimeBar:
    """A year and a day, whoever talks in between."""
    return TimeBar(date(began.year + 1, began.month, began.day) + timedelta(1), text("A year and a day."))


LIMITATION = LimitationLaw(
    norm("SX-YEAR"),
    bar,
    check=text("Dive for the bell."),
    stops=text("Only crying under the lime tree stops it."),
)


def clerk(fees: Fees, value: Money) -> Money:
    """The fee of the town clerk, who is the only lawyer and paid once."""
    table = BOOK.for_sum("SX-LIME", fees.pending)
    return max(fee_by_steps(value, table), table.money("minimum"))


def costs(fees: Fees, value: Money) -> Costs:
    """The clerk writes for both sides."""
    fee = clerk(fees, value)
    nothing = Money(0)
    return Costs(
        value=value,
        out_of_court=nothing,
        own_lawyer=nothing,
        other_lawyer=nothing,
        court=fee,
        risk=fee,
        court_name=text("the council under the lime tree"),
        lawyer_mandatory=False,
        law=NAME,
        working=(WorkingLine(text("The clerk"), Range.exact(fee)),),
    )


SUING = CostLaw(
    of=costs,
    risk=lambda fees, value, instances: clerk(fees, value) * instances if value else value,
    before=lambda fees, value: Money(0),
    tops=lambda fees, most: tuple(sorted(tops(BOOK.for_sum("SX-LIME", fees.pending), most))),
    tables=lambda fees: NAME,
    quota=norm("SX-LIME"),
    notes=(text("What the council drinks meanwhile is not counted."),),
)


def bell(made: ClaimChain) -> Alternative:
    """A reading that nobody has verified: shown, never added."""
    return Alternative(
        "bell", text("The bell in the lake may be worth a sack."), Range.exact(Money(100)), norm("SX-BELL")
    )


COUNTRY = Country(
    code="XS",
    book=BOOK,
    grounds={
        "damage": "SX-DAMAGE",
        "gross": "SX-DAMAGE",
        "not_recoverable": "SX-VANITY",
        "warning": "SX-WARNING",
        "quota": "SX-LIME",
    },
    calendar=CALENDAR,
    default_begins=default_begins,
    cap=CapLaw(
        lambda situation: cap(situation.began), lambda on: (cap(on), lifters()), free, degrees, (of_law,)
    ),
    steps=(
        steps.gross(norm("SX-DAMAGE")),
        steps.not_recoverable(norm("SX-VANITY")),
        salt,
        steps.contributory_fault(norm("SX-FAULT")),
        steps.cap,
        steps.insurers(norm("SX-INSURER")),
        steps.interest(INTEREST),
    ),
    interest=INTEREST,
    limitation=LIMITATION,
    insurance=dict.fromkeys(PolicyKind, norm("SX-INSURER")),
    suing=SUING,
    alternatives=(bell,),
    deadlines=(
        deadlines.payment(norm("SX-INTEREST"), CALENDAR),
        deadlines.limitation(LIMITATION),
        deadlines.offers,
    ),
    duties=(mitigation.warning(norm("SX-WARNING")),),
    doubts=(doubt.no_warning(norm("SX-WARNING")),),
    next_steps=(
        step.report,
        step.demand(text("Without a letter no salt grows."), CALENDAR),
        step.sue(LIMITATION),
    ),
    letter=(text("If you do not pay, we shall cry under the lime tree (§ 9 Schildaer Neuzeitrecht)."),),
)
