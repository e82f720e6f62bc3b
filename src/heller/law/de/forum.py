"""The wrong court (§ 281 ZPO): what a stated court means for a value."""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.book.refusals import LawRefused
from heller.law.de import costs
from heller.law.de.rules import norm
from heller.law.facts_of_case import Situation
from heller.law.suing.gates import Bar
from heller.model.money import Money
from heller.model.text import text


def forum(situation: Situation, due: Money) -> Iterator[Bar]:
    """Where the stated court isn't the one that the value belongs to. It refers the case on request, so nothing is
    counted; without the request all is lost."""
    stated = situation.given.suit.local_court
    try:
        local = costs.local_court(due, situation.given.fees.pending)
    except LawRefused:
        return
    if stated is None or stated is local:
        return
    why = (
        text("{due} belongs before the local court, not the regional one.", due=due)
        if local
        else text(
            "{due} belongs before the regional court, not the local one, unless only a part is sued for.",
            due=due,
        )
    )
    said = text(
        "{why} Ask for referral at once: without it the action is dismissed, with it the added costs stay with the "
        "claimant even if he wins.",
        why=why,
    )
    yield Bar("forum", text("Wrong court"), said, norm("ZPO-281"), None)
