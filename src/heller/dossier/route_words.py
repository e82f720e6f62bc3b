"""How gates and ways are said: the same on the screen, in the browser and in the advice."""

from __future__ import annotations

from collections.abc import Iterator

from heller.model.claim import Waterfall
from heller.model.decision import ClaimGate, ClaimRoute
from heller.model.text import Text, text


def lead(fall: Waterfall) -> Text | None:
    """What is said before everything else: that nothing is left of the claim in court; None where that isn't so."""
    shut = fall.decision.shut if fall.decision else None
    if shut is None or fall.decision is None:
        return None
    return text("{why} {columns}", why=shut.why, columns=columns(shut))


def columns(gate: ClaimGate) -> Text:
    """The two columns of a gate in one sentence."""
    if gate.closes is None:
        return text(
            "Raised, suing is worth {raised}; not raised, {open}. Which of both nobody knows: it is not counted.",
            raised=gate.raised,
            open=gate.open,
        )
    return text("Raised, suing is worth {raised}; not raised, {open}.", raised=gate.raised, open=gate.open)


def beside(route: ClaimRoute) -> Iterator[Text]:
    """What stands below a way's name: what follows, what it does to limitation, how long it takes."""
    yield route.words
    yield route.limitation
    if route.unpaid:
        yield text("Nobody pays back {cost}.", cost=route.unpaid)
    if route.months and route.months_from is not None:
        yield text(
            "Taken as {n} months ({basis}).",
            "Taken as one month ({basis}).",
            n=route.months,
            basis=route.months_from,
        )
    elif route.months_from is not None:
        yield route.months_from
