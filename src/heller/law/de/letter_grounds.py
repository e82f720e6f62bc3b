"""Rules that a letter may name only for some customers: who has them is decided by `who`. It writes no letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from heller.law.book.refusals import LawRefused
from heller.law.de.who import Right, customer, right
from heller.law.facts_of_case import LegalFacts

REPAIR = {"repair": "TKG21-58-1", "report": "TKG21-58-2", "lump_sum": "TKG21-58-3"}
OLD_LINE = {"old_line": "TKG04-46-2"}  # to serve on until the change has worked
PERSON = {"personal_data": "GDPR-15"}


def granted(given: LegalFacts, outage: date) -> Mapping[str, str]:
    """The rules on repair for consumers and small firms that did not waive them, the old line at a change of
    provider, the own data for a natural person."""
    who = customer(given.party, given.contract)
    found = dict(PERSON) if given.party.natural else {}
    try:
        if right(who, outage, Right.OUTAGE_SUM).has:
            found |= REPAIR
        if right(who, outage, Right.SHORT_CHANGE).has:
            found |= OLD_LINE
    except LawRefused:  # an outage before the rules that were read
        pass
    return found
