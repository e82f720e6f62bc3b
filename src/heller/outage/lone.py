"""Outages without outside probes: from routers' logs alone, or from what people said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from heller.model.finding import Finding, Weight
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.device_log import DeviceLog, DeviceSign
from heller.model.outage import Cause, CompetingEnd, Detection, OpenEnd, Outage, Strength, Stretch, Witness
from heller.model.span import Bounds, Span, union, without
from heller.model.text import Text, text
from heller.outage.detours import of_router, with_detours
from heller.outage.ends import ends_claimed
from heller.outage.evidence.device import place
from heller.outage.evidence.router import Down, downs
from heller.outage.rule import COARSE, NOTICES, REPORTED, RULE, SESSION_BREAK
from heller.outage.silence import Cut
from heller.outage.together import witnessed

ROUTER_ALONE = "outage.router_alone"
# Ports that carry a line to a provider, if the device has one of them; others may lead to a desk.
_OUTWARD = (
    "",
    "wan",
    "WAN",
    "ppp",
    "dsl",
    "Dialer",
    "Di",
    "ATM",
    "Serial",
    "VDSL",
    "ADSL",
    "EFM",
    "Cellular",
    "Virtual-",
    "Vi",
    "Pos",
)


def from_routers(
    devices: Sequence[DeviceLog], contacts: Sequence[Contact], *, inside_only: bool
) -> Detection:
    """Outages as routers alone saw them: with bounds as wide as a router is slow. What two logs say of the same time is
    one outage with two witnesses; a list that somebody kept stands beside what a device noted itself."""
    outages: list[Outage] = []
    findings: list[Finding] = []
    unknown: list[Span] = []
    events = sorted(e.at for log in devices for e in log.events)
    for log in sorted(devices, key=lambda log: (log.stated, log.uncertainty)):
        ports, doubt = _ports(log)
        findings += doubt
        periods = list(_periods(log, ports))
        long = [p for p in periods if _counts(log, p, contacts)]
        unknown += [Span(p.end, p.again.at) for p in long if p.again]
        outages = witnessed(
            outages, with_detours([_outage(log, period, contacts) for period in long], of_router(log))
        )
        findings += [finding for period in periods for finding in _open(log, period)]
        findings += _short(log, sum(p.last is not None for p in periods if p not in long))
    observed = Span(events[0], events[-1])
    outages.sort(key=lambda o: o.start.latest)
    down = union(part for o in outages for part in o.cut_off)
    bridged = union(part for o in outages for part in without(o.span, o.cut_off))
    neither = tuple(part for span in union(unknown) for part in without(span, (*down, *bridged)))
    up = without(observed, (*down, *bridged, *neither))
    states = (("down", down), ("detour", bridged), ("unobserved", neither), ("up", up))
    runs = [Stretch(both, state) for state, spans in states for s in spans if (both := s.meet(observed))]
    return Detection(
        outages=tuple(outages),
        unobserved=neither,
        observed=observed,
        stretches=tuple(sorted(runs, key=lambda s: s.span)),
        findings=(*([_no_probes(devices, inside_only=inside_only)] if outages else ()), *findings),
        rule=RULE,
    )


def _ports(log: DeviceLog) -> tuple[set[str], list[Finding]]:
    """The ports that are taken as the line: those that lead outward by their name, else all."""
    ports = {d.port for d in downs(log)}
    outward = {p for p in ports if p == "" or p.removeprefix("Controller ").startswith(_OUTWARD[1:])}
    several = {p for p in outward if p.lower().startswith("wan")}
    if not ports or (outward and len(several) < 2):
        return outward, []
    ports = outward or ports
    told = text(
        "The log of {device} does not say which port is the line: {ports}.",
        device=log.device,
        ports=", ".join(sorted(ports)),
    )
    do = text("Say which one it is; until then each counts.")
    return ports, [Finding("outage.which_port", told, do, source=log.source)]


def _periods(log: DeviceLog, ports: set[str]) -> Iterator[Down]:
    """The times in which any of the ports was down, joined where they overlap."""
    joined: Down | None = None
    for down in downs(log):
        if down.port not in ports:
            continue
        if joined and down.first.at <= joined.end + (NOTICES if joined.again else timedelta()):
            joined = _both(joined, down)
        else:
            if joined:
                yield joined
            joined = down
    if joined:
        yield joined


def _counts(log: DeviceLog, period: Down, contacts: Sequence[Contact]) -> bool:
    """Whether a time down is more than a renewed session. One with which the log ends is, where the line itself went
    down or somebody reported it: nobody saw it come back."""
    whole = period.longest
    if period.last and any(
        e.sign is DeviceSign.RESTART and e.at >= whole.start and e.width for e in log.events
    ):
        whole = Span(
            whole.start, whole.end + timedelta(seconds=period.last.width)
        )  # its clock had started anew
    if whole.length >= (timedelta(seconds=1) if log.stated else SESSION_BREAK):
        return True
    reported = (c.at for c in contacts if c.kind is ContactKind.FAULT_REPORT)
    return period.last is None and (
        period.line or any(period.end <= at <= period.end + REPORTED for at in reported)
    )


def _both(joined: Down, down: Down) -> Down:
    """Two layers or ports that were down together: as long as either was, or may have been."""
    joined = joined._replace(line=joined.line or down.line)
    again = max((d.again for d in (joined, down) if d.again), key=lambda event: event.at, default=None)
    later = down if down.end > joined.end or (down.last is None and not down.again) else joined
    if again and again.at > later.end:
        return joined._replace(last=None, end=later.end, again=again)
    return joined._replace(last=later.last, end=later.end, again=None)


def _outage(log: DeviceLog, period: Down, contacts: Sequence[Contact]) -> Outage:
    unsure = timedelta(seconds=log.uncertainty)
    # A time that the clock showed twice is as wide as that hour.
    twice = [timedelta(seconds=event.width if event else 0.0) for event in (period.first, period.last)]
    slow = timedelta() if log.stated else NOTICES  # a list tells what its author saw, no router's slowness
    start = Bounds(period.first.at - unsure - slow, period.first.at + twice[0] + unsure)
    late = unsure + twice[1] + (slow if period.last else timedelta())
    last = (
        period.end - unsure if period.last else max(period.end - unsure, start.latest)
    )  # it was dead by then
    end = Bounds(last, max(period.end + late, last))
    if period.again:  # the line was back before it went down again
        end = Bounds(end.earliest, max(period.end, period.again.at - unsure - slow - SESSION_BREAK))
    open_end = period.last is None and not period.again
    cut = Cut(start, end, frozenset(), 0, open_start=False, open_end=open_end, unobserved=())
    certain = Span(start.latest, max(start.latest, end.earliest))
    source = place(log, period.first)
    name = text("Log of {device}", device=log.device)
    saw = text("It reported the line as down for {length}.", length=_seconds(period.span))
    if log.stated:
        name = text("List {name}", name=log.device)
        saw = text("Whoever kept it wrote the line down as down for {length}.", length=_seconds(period.span))
    reason, why = _cause(log, period)
    ends = tuple(ends_claimed(cut, None, contacts))
    later = [one.at for one in ends if one.holds and cut.open_end]
    return Outage(
        start=start,
        end=end if not open_end else Bounds(end.earliest, max(later)) if later else OpenEnd(end.earliest),
        cause=why,
        strength=Strength.MEASURED if log.uncertainty <= COARSE and not log.stated else Strength.SUSPECTED,
        cause_reason=reason,
        witnesses=(Witness(name, saw, source, certain),),
        ends=ends,
    )


def _cause(log: DeviceLog, period: Down) -> tuple[Text, Cause]:
    """The line, unless the router restarted just then; a list that was kept says nothing about the cause."""
    if log.stated:
        return text("A list of outages says so; how it was kept is for its author to tell."), Cause.UNKNOWN
    near = Span(period.first.at - NOTICES, period.first.at + NOTICES)
    for event in log.events:
        if event.sign is DeviceSign.RESTART and near.contains(event.at) and event.width <= NOTICES.seconds:
            return text(
                "The router restarted at {at:time}, when the outage began.", at=event.at
            ), Cause.ROUTER
    return text("The router itself reported the line as down."), Cause.LINE


def _open(log: DeviceLog, period: Down) -> Iterator[Finding]:
    if period.again:
        told = text(
            "The log of {device} says that the line went down at {first} and again at {again}, and not when it "
            "came back between them: it counts as down only as long as the log says so.",
            device=log.device,
            first=period.first.at,
            again=period.again.at,
        )
        do = text("Note when it came back, and who knows it; or add another log of that time.")
        yield Finding("outage.up_lost", told, do, source=place(log, period.again))
    elif period.last is None:
        told = text("The log of {device} ends with the line down; the end is not known.", device=log.device)
        yield Finding("outage.open_end", told, text("Add the log of the time after it."), source=log.source)


def _short(log: DeviceLog, n: int) -> Iterator[Finding]:
    if n:
        told = text(
            "{n} breaks in the log of {device} are shorter than a minute; they were taken for renewed sessions.",
            "One break in the log of {device} is shorter than a minute; it was taken for a renewed session.",
            n=n,
            device=log.device,
        )
        yield Finding("outage.short_breaks", told, None, Weight.NOTE, log.source)


def _no_probes(devices: Sequence[DeviceLog], *, inside_only: bool) -> Finding:
    if devices and all(log.stated for log in devices):
        told = text(
            "No target outside was probed; the outages come from a list that somebody kept, and from it alone."
        )
    elif inside_only:
        told = text(
            "Only targets inside the house were probed; the outages come from the router's log alone."
        )
    else:
        told = text("No target outside was probed; the outages come from the router's log alone.")
    do = text("Any other record helps: a server's access log, a monitor, mails that could not be sent.")
    return Finding(ROUTER_ALONE, told, do, source=devices[0].source if devices else None)


def from_contacts(contacts: Sequence[Contact], *, inside_only: bool) -> Detection:
    """An outage as people said it: from the report of the fault to a release. It is a suspicion."""
    if inside_only:
        told = text("Only targets inside the house were probed; that shows no outage.")
    else:
        told = text("There is no measurement of the line; what people said is all there is.")
    do = text("Look for the router's log, a server's access log, a monitor.")
    findings = [Finding("outage.not_measured", told, do)]
    report = min(
        (c for c in contacts if c.kind is ContactKind.FAULT_REPORT), key=lambda c: c.at, default=None
    )
    if report is None:
        return Detection(findings=tuple(findings), rule=RULE)
    claims = sorted(
        (c for c in contacts if c.kind is ContactKind.ONLINE_CLAIM and c.at > report.at), key=lambda c: c.at
    )
    if not claims:
        told = text("The fault was reported on {at}; nobody said when the line worked again.", at=report.at)
        do = text("Note when it worked again, and who said so.")
        findings.append(Finding("outage.no_end", told, do, source=report.source))
        return Detection(findings=tuple(findings), rule=RULE)
    return Detection(outages=(_outage_by_report(report, claims),), findings=tuple(findings), rule=RULE)


def _outage_by_report(report: Contact, claims: Sequence[Contact]) -> Outage:
    """The cautious reading ends with the first release, the widest with the last."""
    ends = []
    for claim in claims:
        last = claim is claims[-1]
        why = (
            text("The last release; nothing was measured.")
            if last
            else text("A later release of {at} speaks against it; nothing was measured.", at=claims[-1].at)
        )
        ends.append(CompetingEnd(claim.at, claim.who, last, why, (claim.source,) if claim.source else ()))
    return Outage(
        start=Bounds(report.at, report.at),
        end=Bounds(claims[0].at, claims[-1].at),
        cause=Cause.UNKNOWN,
        strength=Strength.SUSPECTED,
        cause_reason=text("Nothing was measured; the outage began before it was reported."),
        witnesses=tuple(
            Witness(text("Report of the fault"), text("Reported on {at}.", at=report.at), report.source)
            for _ in [report]
            if report.source
        ),
        ends=tuple(ends),
    )


def _seconds(span: Span) -> timedelta:
    return timedelta(seconds=span.seconds)
