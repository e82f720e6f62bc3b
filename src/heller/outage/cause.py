"""Whose part failed, from the inside out: own host, local network, router, line, beyond.

The gateway's answers and the router's log decide; without them the cause stays unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from heller.model.outage import Cause
from heller.model.span import Span
from heller.model.text import Text, text
from heller.outage.columns import Track
from heller.outage.evidence.router import DOWNS, Match
from heller.outage.line import answer_counts
from heller.outage.rule import ALIVE, CARRIED, NOTICES, SILENT
from heller.outage.silence import Cut


class Gateway(NamedTuple):
    """What the targets inside the house did during an outage: the best and the worst of them."""

    best: tuple[str, int, int]
    worst: tuple[str, int, int]


def gateway(inside: Sequence[Track], span: Span) -> Gateway | None:
    """Name, probes sent and probes answered of the inside targets; None where none was probed."""
    seen = [(track.probed.name, sent, good) for track, sent, good in answer_counts(inside, span)]
    if not seen:
        return None
    seen.sort(key=lambda s: s[2] / s[1])
    return Gateway(seen[-1], seen[0])


def cause(
    cut: Cut, inside: Sequence[Track], hops: Sequence[Track], matches: Sequence[Match]
) -> tuple[Cause, Text]:
    """The cause and the sentence that gives the reason."""
    own = [e for m in matches for e in m.own_acts]
    if own:
        return Cause.ROUTER, text(
            "The router's log shows an act of the own side at the beginning: {message}",
            message=own[0].message,
        )
    near = cut.start.latest + NOTICES
    restarts = [at for m in matches for at in m.restarts if at <= near]
    house = gateway(inside, cut.certain)
    down = any(m.agrees and not m.log.stated for m in matches)  # a list is not the router itself
    if house and house.worst[2] <= SILENT * house.worst[1]:
        return _house_silent(house, down=down)
    if restarts and not down:
        told = text("The router restarted at {at:time}, when the outage began.", at=restarts[0])
        return Cause.ROUTER, told
    hop = gateway(hops, cut.certain)
    if hop and not down and hop.best[2] >= CARRIED * hop.best[1]:
        return Cause.BEYOND, text(
            "{hop}, the provider's first hop, answered {good} of {sent} probes: the fault lies beyond the line.",
            hop=hop.best[0],
            good=hop.best[2],
            sent=hop.best[1],
        )
    if house and house.worst[2] >= ALIVE * house.worst[1]:
        return _behind_the_gateway(house, hop, matches, cut, down=down)
    if house:
        name, sent, good = house.worst
        if down:
            told = text(
                "The router reported the line as down; {gateway} answered only in part.", gateway=name
            )
            return Cause.LINE, told
        return Cause.UNKNOWN, text(
            "{gateway} answered {good} of {sent} probes: too few to rule out the own network.",
            gateway=name,
            good=good,
            sent=sent,
        )
    if down:
        return Cause.LINE, text("The router itself reported the line as down.")
    return Cause.UNKNOWN, text(
        "Nothing inside the house was probed, so the place of the fault is not proven."
    )


def _house_silent(house: Gateway, *, down: bool) -> tuple[Cause, Text]:
    """A silent gateway: the fault may lie on this side of the line."""
    name, sent, good = house.worst
    if house.best[2] >= ALIVE * house.best[1]:
        told = text(
            "{gateway} answered {good} of {sent} probes while {other} beside it answered: the router failed.",
            gateway=name,
            good=good,
            sent=sent,
            other=house.best[0],
        )
        return Cause.ROUTER, told
    if down:
        told = text(
            "{gateway} was silent too, but the router was running and reported the line as down.",
            gateway=name,
        )
        return Cause.UNKNOWN, told
    return Cause.ROUTER, text(
        "{gateway} answered {good} of {sent} probes: router or local network failed, not the line alone.",
        gateway=name,
        good=good,
        sent=sent,
    )


def _behind_the_gateway(
    house: Gateway, hop: Gateway | None, matches: Sequence[Match], cut: Cut, *, down: bool
) -> tuple[Cause, Text]:
    """A gateway that answered throughout: the fault lies behind it."""
    name, sent, good = house.worst
    if down:
        told = text(
            "{gateway} answered {good} of {sent} probes, and the router reported the line as down.",
            gateway=name,
            good=good,
            sent=sent,
        )
        return Cause.LINE, told
    if hop and hop.best[2] <= SILENT * hop.best[1]:
        return Cause.LINE, text(
            "{gateway} answered {good} of {sent} probes, {hop}, the provider's first hop, was silent: the line.",
            gateway=name,
            good=good,
            sent=sent,
            hop=hop.best[0],
        )
    if any(_link_stayed_up(m, cut) for m in matches):
        told = text(
            "{gateway} answered {good} of {sent} probes, the router's link stayed up: the fault lies beyond.",
            gateway=name,
            good=good,
            sent=sent,
        )
        return Cause.BEYOND, told
    return Cause.LINE, text(
        "{gateway} answered {good} of {sent} probes: the fault lies behind it, in the line or beyond.",
        gateway=name,
        good=good,
        sent=sent,
    )


def _link_stayed_up(found: Match, cut: Cut) -> bool:
    """Whether a log that goes on before and after the outage saw no line down in it."""
    events = [(e.at + found.offset, e.sign) for e in found.log.events]
    whole = bool(events) and events[0][0] < cut.start.earliest and events[-1][0] > cut.end.latest
    inside = Span(cut.start.earliest - timedelta(minutes=5), cut.end.latest)
    return whole and not any(sign in DOWNS and inside.contains(at) for at, sign in events)
