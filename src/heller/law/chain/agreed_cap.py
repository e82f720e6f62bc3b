"""Where no statute caps a claim: an agreed cap counts, except for gross negligence or intent. A country brings its name
for the law, its rules and its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from heller.law.chain.cap import Cap, Lifter, Limit, Uncapped
from heller.law.chain.limits import CapLaw
from heller.law.chain.scenarios import Assumption
from heller.law.facts_of_case import Situation
from heller.model.damage import NormRef
from heller.model.kinds.pleading import FaultDegree
from heller.model.money import Money
from heller.model.text import Text, text


def agreed_cap(
    law: str, *, uncapped: NormRef, agreed: NormRef, words: Callable[[Money], Text], gross: Uncapped
) -> CapLaw:
    """The limits of such a country: `uncapped` is the rule where nothing was agreed, `agreed` the one that an agreed
    cap is measured by, `words` say it, `gross` holds for gross negligence or intent."""

    def limit(situation: Situation) -> Limit:
        amount = situation.given.contract.agreed_cap
        return none() if amount is None else Cap(amount, law, agreed, words(amount), agreed=True)

    def none() -> Uncapped:
        said = text(
            "No statute limits it. A cap may stand in the provider's terms: state it where one was agreed."
        )
        return Uncapped(law, uncapped, said)

    def on(outage: date) -> tuple[Limit, tuple[Lifter, ...]]:
        return none(), ()

    def degrees(situation: Situation) -> Iterator[Assumption]:
        yield Assumption("slight", text("Slight negligence"), limit(situation))
        yield Assumption("gross", text("Gross negligence or intent"), gross)

    def pleaded(situation: Situation, degree: FaultDegree) -> Limit:
        return limit(situation) if degree is FaultDegree.SIMPLE else gross

    return CapLaw(limit, on, pleaded=pleaded, free=lambda situation: gross, degrees=degrees)
