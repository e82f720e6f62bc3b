"""What speed tests say, as findings: how many, the slowest, and how they stand to what was promised.

A slow line is not a dead one: nothing here makes an outage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from heller.model.finding import Finding, Weight
from heller.model.kinds.speed_test import Promised, SpeedTest, mbit
from heller.model.text import Arg, Text, text
from heller.outage.speed.campaign import WAYS, Campaign, Criterion, check

WAY = {"down": text("download"), "up": text("upload")}


def findings(
    tests: Sequence[SpeedTest], zone: ZoneInfo, promised: Promised | None = None, *, consumer: bool = True
) -> Iterator[Finding]:
    """All that the tests say; `promised` counts before what a file states itself. Whether they are a campaign of the
    authority matters to a `consumer` only (§ 57 (4) TKG is not among the rules of § 71 (3)): a firm is not told to
    make one."""
    if not tests:
        return
    ordered = sorted(tests, key=lambda test: test.at)
    agreed = promised or next((test.promised for test in ordered if test.promised), None)
    yield from _slowest(ordered, agreed)
    failed = [test for test in ordered if test.failed]
    if failed:
        told = text(
            "{failed} of {n} speed tests failed; the first, at {at}, says: {why}",
            failed=len(failed),
            n=len(tests),
            at=failed[0].at,
            why=failed[0].failed,
        )
        yield Finding("speed.failed", told, None, Weight.NOTE, failed[0].source)
    if consumer:
        yield from _campaign(ordered, check(ordered, agreed, zone), agreed)


def _slowest(tests: Sequence[SpeedTest], agreed: Promised | None) -> Iterator[Finding]:
    """For each way the slowest test, against the promised minimum or the least that is known."""
    for way in WAYS:
        measured = [test for test in tests if test.rate(way) is not None and not test.failed]
        if not measured:
            continue
        slowest = min(measured, key=lambda test: test.rate(way) or 0)
        said: dict[str, Arg] = {
            "n": len(measured),
            "way": WAY[way],
            "rate": mbit(slowest.rate(way) or 0),
            "at": slowest.at,
        }
        most, normal, least = (agreed or Promised()).of(way)
        speed = least or normal or most
        if speed is None:
            told = text("{n} speed tests, {way}: the slowest gave {rate:2} Mbit/s, at {at}.", **said)
        else:
            name = text("at least") if least else text("normally") if normal else text("at most")
            told = text(
                "{n} speed tests, {way}: the slowest gave {rate:2} of {name} {speed:2} Mbit/s promised, at {at}.",
                **said,
                name=name,
                speed=mbit(speed),
            )
        yield Finding("speed.tests", told, None, Weight.NOTE, slowest.source)


def _campaign(tests: Sequence[SpeedTest], found: Campaign, agreed: Promised | None) -> Iterator[Finding]:
    """Whether the tests are a campaign of the authority and what its criteria give."""
    source = tests[0].source
    if not found.complete:
        told = text(
            "The speed tests are no full campaign by Allgemeinverfügung 99/2021: {why}", why=found.missing[0]
        )
        do = text(
            "Plan one: ten measurements on each of three days, wired, with at least a day between them."
        )
        yield Finding("speed.no_campaign", told, do, Weight.NOTE, source)
        return
    if agreed is None:
        told = text("The promised speeds are not known, so the campaign cannot be judged.")
        do = text("They stand in the contract's summary or in the product information sheet.")
        yield Finding("speed.promise_unknown", told, do, source=source)
    else:
        for criterion in found.criteria:
            if criterion.deviates:
                yield Finding("speed.deviates", _deviation(criterion), source=source)
        if found.deviates is False:
            told = text("The campaign shows no deviation by Allgemeinverfügung 99/2021.")
            yield Finding("speed.holds", told, None, Weight.NOTE, source)
    if found.pauses:
        told = text(
            "Between the fifth and the sixth measurement of a day lie {pause} at the least; how long the order "
            "wants it, is not settled here.",
            pause=min(found.pauses),
        )
        do = text("Measure with the authority's own program, which keeps the pause.")
        yield Finding("speed.pause", told, do, Weight.NOTE, source)


def _deviation(found: Criterion) -> Text:
    """A criterion that is met, in a sentence."""
    way, speed = WAY[found.way], mbit(found.speed or 0)
    if found.letter == "a":
        return text(
            "{way}: 90 % of the promised maximum of {speed:2} Mbit/s was reached on {count} of {of} days only.",
            way=way,
            speed=speed,
            count=found.count,
            of=found.of,
        )
    if found.letter == "b":
        return text(
            "{way}: the normal speed of {speed:2} Mbit/s was reached in {count} of {of} measurements only.",
            way=way,
            speed=speed,
            count=found.count,
            of=found.of,
        )
    return text(
        "{way}: the promised minimum of {speed:2} Mbit/s was undercut on {count} of {of} days.",
        way=way,
        speed=speed,
        count=found.count,
        of=found.of,
    )
