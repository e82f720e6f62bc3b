"""Half the line: IPv4 dead while IPv6 carried, or the other way round. It is no complete outage and is said apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from heller.model.finding import Finding
from heller.model.outage import Family, FamilyOutage, Strength
from heller.model.span import Bounds, Span, union, without
from heller.model.text import text
from heller.outage.line import Line, address
from heller.outage.rule import LASTS, SURE
from heller.outage.silence import Cut, Silences, find


def family_of(line: Line, track: int) -> Family | None:
    """The family by which an outer target was asked; None where it is known by a name only."""
    probed = line.outer[track].probed
    found = address(probed.address or probed.name)
    return None if found is None else Family.SIX if found.version == 6 else Family.FOUR


class Halves(NamedTuple):
    """The times in which one family was dead and the other was not, their cuts, and how often each outer target was
    silent while others of its own family were not."""

    outages: tuple[FamilyOutage, ...]
    cuts: tuple[Cut, ...]
    alone: Mapping[int, int]


def halves(line: Line, found: Silences) -> Halves:
    """What each family alone shows beside the outages of both; both have to have answered once."""
    members = {
        family: [i for i in range(len(line.outer)) if family_of(line, i) is family] for family in Family
    }
    parts = {family: one for family, mine in members.items() if (one := _part(line, mine)) is not None}
    if len(parts) < 2:
        return Halves((), (), found.alone)
    whole = union(Span(cut.start.earliest, cut.end.latest) for cut in found.cuts)
    out: list[FamilyOutage] = []
    cuts: list[Cut] = []
    alone = {track: n for track, n in found.alone.items() if family_of(line, track) is None}
    for family, one in parts.items():
        own = find(one)
        alone |= {members[family][track]: n for track, n in own.alone.items()}
        cuts += own.cuts
        pieces = [_half(line, family, cut, at) for cut in own.cuts for at in without(cut.certain, whole)]
        out += [piece for piece in pieces if piece.span.length >= LASTS]
    return Halves(tuple(sorted(out, key=lambda half: half.start.latest)), tuple(cuts), alone)


def _part(line: Line, mine: Sequence[int]) -> Line | None:
    """The line as some of its targets alone show it; None where none of them ever answered."""
    if not any(not lost for i in mine for lost in line.outer[i].runs["lost"]):
        return None
    return line._replace(
        outer=tuple(line.outer[i] for i in mine),
        covered=tuple(line.covered[i] for i in mine),
        late=tuple(line.late[i] for i in mine),
    )


def _half(line: Line, family: Family, cut: Cut, piece: Span) -> FamilyOutage:
    start = cut.start if piece.start == cut.certain.start else Bounds(piece.start, piece.start)
    end = cut.end if piece.end == cut.certain.end else Bounds(piece.end, piece.end)
    other = Family.FOUR if family is Family.SIX else Family.SIX
    reason = text(
        "{lost} probes over {family} stayed without an answer while {other} answered.",
        lost=cut.lost,
        family=family.value,
        other=other.value,
    )
    strength = Strength.MEASURED if cut.belief >= SURE else Strength.SUSPECTED
    return FamilyOutage(family, start, end, strength, reason, line.name)


def doubts(found: Sequence[FamilyOutage]) -> tuple[Finding, ...]:
    """What the other side may say of it."""
    return tuple(
        Finding(
            "outage.half",
            text(
                "From {start} to {end} only {family} was down; by the other family the line worked. The other "
                "side may say that it was no complete outage, and it is not counted as one.",
                start=half.start.latest,
                end=half.end.earliest,
                family=half.family.value,
            ),
            text(
                "If what the firm needs goes over {family} only, note which services failed.",
                family=half.family.value,
            ),
        )
        for half in found
    )
