"""A country's law as one constant, and how it is found: a folder beside this file that holds a `country.py`.

The frame names what every country must say of itself; what it says lies in its folder. Nobody registers one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from heller.law.account.account_law import AccountLaw
from heller.law.book.calendar import PLAIN, Calendar
from heller.law.book.papers import PLAIN_VAT, Retention, RetentionOf, VatLaw
from heller.law.book.refusals import NoSuchCountry
from heller.law.book.rules import Rulebook
from heller.law.chain.claim_chain import ClaimChain, StepOf
from heller.law.chain.limitation import LimitationLaw
from heller.law.chain.limits import CapLaw, ahead
from heller.law.chain.steps import InterestLaw
from heller.law.duties.deadlines import DeadlineOf
from heller.law.duties.insurance import Grants
from heller.law.duties.mitigation import DutyOf
from heller.law.duties.next_steps import StepTo, answer_by
from heller.law.duties.questions import QuestionOf
from heller.law.facts_of_case import LegalFacts, Situation
from heller.law.objections import ObjectionOf
from heller.law.suing.court import CostLaw
from heller.law.suing.gates import GateOf
from heller.law.suing.routes import RouteOf
from heller.model.advice import CapAhead
from heller.model.claim import Alternative
from heller.model.damage import NO_RULE, NormRef
from heller.model.filing import FilingRules
from heller.model.finding import Finding
from heller.model.money import Money
from heller.model.text import Text, text

BY_OUTAGE = "day of the outage"  # what selects the version of a rule, in the words of the rule books
DAMAGE = "damage"  # the rule of a head of loss that a country names none for


class Country(Struct, frozen=True):
    """The law of a country. Each tuple is taken in its order.

    `code` has two letters (ISO 3166). `grounds` names the rule that something rests on, by the word of the frame;
    `damage` is the one for heads of loss that no rule of the book names (see `Rule.heads`). `default_begins` gives
    the first day of default after a demand for payment by a day, in a region. `once` are steps behind the others
    that a matter of several events takes once. `suing` is None where nobody knows what a lawsuit costs there: then
    nothing is said of it; `gates` stop a claim there beside limitation and settlement, `routes` are its ways to the
    money. `letter` are paragraphs that the letter of demand has there beside those that it has
    everywhere; `granted` are grounds that only some customers have, by the day of the outage; `retention` is how
    long papers are kept; `filing` is what a court takes by electronic filing on a day; `account` is None where nobody
    knows which debt a payment takes there: then the claim stands as if nothing was paid.
    """

    code: str
    book: Rulebook
    grounds: Mapping[str, str]
    calendar: Calendar
    default_begins: Callable[[date, str], date]
    cap: CapLaw
    steps: tuple[StepOf, ...]
    interest: InterestLaw
    limitation: LimitationLaw
    insurance: Grants
    once: tuple[StepOf, ...] = ()
    suing: CostLaw | None = None
    gates: tuple[GateOf, ...] = ()
    routes: tuple[RouteOf, ...] = ()
    alternatives: tuple[Callable[[ClaimChain], Alternative | None], ...] = ()
    deadlines: tuple[DeadlineOf, ...] = ()
    duties: tuple[DutyOf, ...] = ()
    doubts: tuple[Callable[[Situation], Iterable[Finding]], ...] = ()
    questions: tuple[QuestionOf, ...] = ()
    next_steps: tuple[StepTo, ...] = ()
    objections: tuple[ObjectionOf, ...] = ()
    letter: tuple[Text, ...] = ()
    granted: Callable[[LegalFacts, date], Mapping[str, str]] | None = None
    retention: tuple[RetentionOf, ...] = ()
    vat: VatLaw = PLAIN_VAT
    account: AccountLaw | None = None
    filing: Callable[[date], FilingRules] | None = None

    def head(self, key: str) -> NormRef:
        """The rule that grants a head of loss: its own, or that of damage as such."""
        return self.book.norm(self.book.granting.get(key, self.grounds[DAMAGE]))

    def ground(self, topic: str) -> NormRef:
        """The rule that something rests on; none where the country names none."""
        return self.book.norm(self.grounds[topic]) if topic in self.grounds else NO_RULE

    def cited(self, given: LegalFacts, outage: date | None) -> Mapping[str, NormRef]:
        """All grounds as they are cited, each in force on the day that selects it: that of the outage, or the one
        that is asked for. What is not in force then is cited by nobody."""
        more = self.granted(given, outage) if self.granted and outage else {}
        found = ((topic, self.book.rule(id)) for topic, id in {**self.grounds, **more}.items())
        day = outage or given.as_of
        return {
            topic: rule.norm
            for topic, rule in found
            if rule.holds(day if rule.selected_by == BY_OUTAGE else given.as_of)
        }


def look_in(folder: Path) -> None:
    """Find countries in another folder too: each as a folder of its own with a `country.py`."""
    _homes().append(str(folder))
    known.cache_clear()


def _homes() -> list[str]:
    """Where the countries lie: the folders that Python looks into for this package, so that each is one of it."""
    return import_module("heller.law").__path__  # type: ignore[return-value]


@cache
def known() -> tuple[str, ...]:
    """The names of the folders of all countries whose law is known here."""
    return tuple(sorted(_folders()))


def _folders() -> Iterator[str]:
    for home in _homes():
        yield from (file.parent.name for file in Path(home).glob("*/country.py"))


@cache
def country(name: str) -> Country:
    """The law of a country by its folder, whatever the case of the letters. Raises NoSuchCountry."""
    folder = name.lower()
    if folder not in known():
        raise NoSuchCountry(name, known())
    made: Country = import_module(f"heller.law.{folder}.country").COUNTRY
    return made


def perhaps(code: str) -> Country | None:
    """The law of a country, None where it is not known here."""
    return country(code) if code.lower() in known() else None


def head_norm(code: str, key: str) -> NormRef:
    """The rule that grants a head of loss in a country; none where its law is not known."""
    law = perhaps(code)
    return law.head(key) if law else NO_RULE


def ground(code: str, topic: str) -> NormRef:
    """The rule that something rests on in a country; none where it names none."""
    law = perhaps(code)
    return law.ground(topic) if law else NO_RULE


def calendar_of(code: str) -> Calendar:
    """The working days of a country; Monday to Friday where they are not known."""
    law = perhaps(code)
    return law.calendar if law else PLAIN


def vat_of(code: str) -> VatLaw:
    """When VAT cannot be deducted in a country."""
    law = perhaps(code)
    return law.vat if law else PLAIN_VAT


def filing_rules(code: str, on: date) -> FilingRules | None:
    """What a court of a country takes by electronic filing on a day; None where that is not known here."""
    law = perhaps(code)
    return law.filing(on) if law and law.filing else None


def retention(code: str, dated: date, today: date) -> tuple[Retention, ...]:
    """How long a paper of a day is kept in a country at least; nothing where its law is not known."""
    law = perhaps(code)
    return tuple(of(dated, today) for of in law.retention) if law else ()


def region(said: str | None) -> str:
    """A part of a country by any of its names, 'DE-NW' for 'Nordrhein-Westfalen'; '' where no country knows it."""
    for law in map(country, known()):
        if code := law.calendar.region(said):
            return f"{law.code}-{code}"
    return ""


def public_holidays(region: str, year: int) -> frozenset[date]:
    """Those of a part of a country as `region` names it, 'DE-NW'; none where no country knows it. Raises
    BeyondTheData outside the years that the country knows."""
    code, _, part = region.partition("-")
    return calendar_of(code).holidays(part, year)


def cap_ahead(code: str, outage: date, per_day: Money, on: date, state: str | None = None) -> CapAhead:
    """The cap that a running loss will meet in a country, by the day of the outage; estimated on a day, in a part of
    the country as it is stated."""
    law = perhaps(code)
    if law is not None:
        return replace(
            ahead(law.cap, outage, per_day),
            warning=law.ground("warning"),
            answer_by=answer_by(on, law.calendar, law.calendar.region(state)),
        )
    said = (
        text("The law of {code:country} is not known here: no cap is shown.", code=code)
        if code
        else text("The country of the line is not known: no cap is shown.")
    )
    return CapAhead(None, None, None, (said,), answer_by=answer_by(on, PLAIN, ""))
