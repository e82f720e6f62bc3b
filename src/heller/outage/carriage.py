"""When another way carried the firm while its line was dead, from the looks at who carries and the probes between.

One changed router is no proof: providers lead their customers by other ways. It takes two signs, or a public
address that is known not to be the line's; and a way that never came back is suspected only, and asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import NamedTuple

from heller.model.finding import Finding
from heller.model.outage import Cause, Detour, OpenEnd, OpenStart, Outage, Strength, Witness
from heller.model.sample import Carrier
from heller.model.span import Bounds, Span
from heller.model.text import Text, text
from heller.outage.columns import Track
from heller.outage.line import Line
from heller.outage.micros import Edge, instant
from heller.outage.probes_around import OtherWay, TargetProbes
from heller.outage.rule import LOOK, SILENT, USUAL_OVER

_DAY = 86_400_000_000
_USUAL, _LOOK = USUAL_OVER // timedelta(microseconds=1), LOOK // timedelta(microseconds=1)


class Signs(NamedTuple):
    """What speaks for another way, and between which instants (microseconds) the line carried no more: the bounds of
    beginning and end, None where they lie outside the time that was watched."""

    said: tuple[Text, ...]
    start: tuple[int, int] | None
    end: tuple[int, int] | None
    first: int
    last: int


def other_ways(line: Line) -> Iterator[OtherWay]:
    """The runs of looks that did not show the line."""
    mine = own(line.carriers, line.addresses)
    run: list[Carrier] = []
    before: int | None = None
    for look in line.carriers:
        is_own = mine(look)
        if is_own is None:
            continue
        if not is_own:
            run.append(look)
            continue
        if run:
            yield OtherWay(tuple(run), before, look.first)
            run = []
        before = look.last
    if run:
        yield OtherWay(tuple(run), before, None)


class Own:
    """What the line's own carrier looks like: its first routers, its addresses as they were said, the usual one."""

    def __init__(self, hops: frozenset[str], addresses: Sequence[str], usual: str) -> None:
        self.hops, self.addresses, self.usual = hops, addresses, usual

    def __call__(self, look: Carrier) -> bool | None:
        """Whether a look shows the line itself; None where it cannot be told."""
        if self.addresses and look.address:
            return is_among(look.address, self.addresses)
        if look.hop and self.hops:
            return look.hop in self.hops or bool(look.address and look.address == self.usual)
        return look.address == self.usual if look.address and self.usual else None


def own(carriers: Sequence[Carrier], addresses: Sequence[str]) -> Own:
    """What the line's own carrier looks like: that with the address it is said to have, else the first that was
    seen, unless another carried for a day longer: a watch may begin while the line is dead."""
    said = [look for look in carriers if look.address and is_among(look.address, addresses)]
    if said:
        return Own(frozenset(look.hop for look in said if look.hop), addresses, said[-1].address)
    if addresses and any(look.address for look in carriers):
        return Own(frozenset(), addresses, "")
    length: dict[str, int] = {}
    for look in carriers:
        key = look.hop or look.address
        length[key] = length.get(key, 0) + look.last - look.first + _LOOK
    usual = max(length, key=lambda key: length[key] + _DAY * (key == next(iter(length))), default="")
    mine = [look for look in carriers if usual in (look.hop, look.address)]
    address = mine[-1].address if mine else ""
    return Own(frozenset(look.hop for look in mine if look.hop), (), address)


def own_hops(line: Line) -> tuple[Track, ...]:
    """The first routers that are the line's own; all of them where nobody looked who carried."""
    mine = own(line.carriers, line.addresses).hops
    return tuple(track for track in line.hops if not mine or track.probed.address in mine)


def is_among(address: str, known: Sequence[str]) -> bool:
    """Whether an address is one of these, or lies in one of these prefixes."""
    for one in known:
        try:
            if ip_address(address) in ip_network(one, strict=False):
                return True
        except ValueError:
            continue
    return False


def carried(line: Line) -> tuple[tuple[Outage, ...], tuple[Finding, ...]]:
    """The times in which the line was dead and another way carried, as outages that are one detour; and what is to
    be asked."""
    outages, findings = [], []
    for way in other_ways(line):
        found = signs(line, way)
        if found is None:
            continue
        if len(found.said) < 2:
            findings.append(_changed(line, way))
            continue
        outage = _outage(line, way, found)
        outages.append(outage)
        if outage.strength is Strength.SUSPECTED:
            findings.append(_question(line, way))
    return tuple(outages), tuple(findings)


def signs(line: Line, way: OtherWay) -> Signs | None:
    """What speaks for it; None where the line's own first router answered meanwhile as ever: then only the way of
    the provider was another."""
    begin = way.edge[0] - _USUAL if way.before is None else way.before - _LOOK
    finish = way.edge[1] + _USUAL if way.after is None else way.after + _LOOK
    mine = own(line.carriers, line.addresses)
    hops = own_hops(line) if mine.hops else ()
    probes = [TargetProbes(track, way, (begin, finish)) for track in (*hops, *line.outer)]
    first = max((proof for one in probes for proof in one.of_the_line(before=way.edge[0])), default=None)
    last = min((proof for one in probes for proof in one.of_the_line(after=way.edge[1])), default=None)
    low = begin if first is None else first[0]
    high, heard = (finish, finish) if last is None else last
    told = list(_signs(line, way, [TargetProbes(track, way, (low, high)) for track in hops], probes, mine))
    if any(one is None for one in told):
        return None
    others = sorted(at for one in probes for at in one.of_another((low, high)))
    begun, still = min([way.edge[0] + _LOOK, *others]), max([way.edge[1], *others])
    start = None if way.before is None else (low, max(low, begun))
    end = None if way.after is None else (min(still, high), heard)
    return Signs(tuple(one for one in told if one is not None), start, end, begun, max(begun, still))


def _signs(
    line: Line, way: OtherWay, hops: Sequence[TargetProbes], probes: Sequence[TargetProbes], mine: Own
) -> Iterator[Text | None]:
    """The signs in words; None where one speaks against it."""
    last = way.looks[-1]
    if line.addresses and last.address:
        yield text("the public address was {address}, not the line's", address=last.address)
        yield text("the line's address was said: {address}", address=", ".join(line.addresses))
        return
    if last.hop and mine.hops:
        yield text("the first router on the way was {hop}", hop=last.hop)
    if last.address and mine.usual and last.address != mine.usual:
        yield text("the public address was {address}", address=last.address)
    for hop in hops:
        sent, good, same = hop.answers()
        if good and same:
            yield None
        elif sent >= 3 and good <= SILENT * sent:
            yield text("{hop}, the line's first router, was silent", hop=hop.track.probed.address)
        elif good:
            yield text(
                "{hop}, the line's first router, answered from further off", hop=hop.track.probed.address
            )
    outer = [one for one in probes if one.track in line.outer]
    networks = {one.track.probed.network for one in outer if one.turned}
    if len(networks) > 1:
        yield text("answers came with another time to live")
    slower = {one.track.probed.network for one in outer if one.at_another_pace()}
    if len(slower) > 1:
        yield text("round trips were at another level")


def _outage(line: Line, way: OtherWay, found: Signs) -> Outage:
    known = bool(line.addresses and way.looks[-1].address)
    start = OpenStart(instant(found.first)) if found.start is None else _bounds(found.start, line)
    end = OpenEnd(instant(found.last)) if found.end is None else _bounds(found.end, line)
    why = _why(found.said)
    closed = Bounds(end.earliest, end.earliest if isinstance(end, OpenEnd) else end.latest)
    opened = Bounds(start.latest if isinstance(start, OpenStart) else start.earliest, start.latest)
    source = line.source
    span = Span(start.latest, max(start.latest, end.earliest))
    return Outage(
        start=start,
        end=end,
        cause=Cause.LINE,
        strength=Strength.MEASURED if known or (found.start and found.end) else Strength.SUSPECTED,
        cause_reason=why,
        witnesses=(Witness(text("What was in use"), why, source, span, "detour"),),
        line=line.name,
        detours=(Detour(opened, closed, why, way.name),),
    )


def _why(said: Sequence[Text]) -> Text:
    """The two or three signs in one sentence."""
    if len(said) == 2:
        return text("Another connection was in use: {one}; {two}.", one=said[0], two=said[1])
    return text(
        "Another connection was in use: {one}; {two}; {three}.", one=said[0], two=said[1], three=said[2]
    )


def _bounds(edge: Edge, line: Line) -> Bounds:
    return Bounds(instant(edge[0]) - line.unsure, instant(max(edge)) + line.unsure)


def _changed(line: Line, way: OtherWay) -> Finding:
    told = text(
        "From {at} on the way out of the firm was another ({way}); nothing else speaks for another line.",
        at=instant(way.edge[0]),
        way=way.name,
    )
    do = text("If the router has a second way out, note which public address or first router is the line's.")
    return Finding("outage.carrier_changed", told, do, source=line.source)


def _question(line: Line, way: OtherWay) -> Finding:
    told = text(
        "Since {at} the firm goes out by {way}, and the line's first router is silent: the line is down, or its "
        "provider leads it another way since then.",
        at=instant(way.edge[0]),
        way=way.name,
    )
    do = text("Say which public address is the line's: address in watch.toml, or the fact line.addresses.")
    return Finding("outage.carrier_unknown", told, do, source=line.source)
