"""Mails that the office's own server could not hand on: a sign of failure of its own.

One other server that does not answer may be dead itself, so two of them must have been out of reach, three
times in all, with no mail handed on between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.queue_log import Attempt, QueueLog
from heller.model.outage import Cause, Outage, Strength, Witness
from heller.model.span import Bounds, Span
from heller.model.text import text

LEAST = 3  # failed attempts
RELAYS = 2  # other servers out of reach
LASTS = timedelta(minutes=5)


def from_queues(logs: Sequence[QueueLog]) -> tuple[list[Outage], list[Finding]]:
    """The outages that queues show, and what they show too little of."""
    outages: list[Outage] = []
    findings: list[Finding] = []
    for log in logs:
        for before, failed, after in _runs(log.attempts):
            if len({a.relay for a in failed}) < RELAYS:
                findings += _one_relay(log, failed)
            elif len(failed) >= LEAST and failed[-1].at - failed[0].at >= LASTS:
                outages.append(_outage(log, before, failed, after))
    return outages, findings


def _runs(
    attempts: Sequence[Attempt],
) -> Iterator[tuple[Attempt | None, list[Attempt], Attempt | None]]:
    """Failed attempts between two that were answered."""
    before: Attempt | None = None
    failed: list[Attempt] = []
    for attempt in attempts:
        if not attempt.ok:
            failed.append(attempt)
            continue
        if failed:
            yield before, failed, attempt
            failed = []
        before = attempt
    if failed:
        yield before, failed, None


def _outage(
    log: QueueLog, before: Attempt | None, failed: Sequence[Attempt], after: Attempt | None
) -> Outage:
    """The line failed between the last mail handed on and the first that could not be, and likewise back."""
    unsure = timedelta(seconds=log.uncertainty)
    dead, last = failed[0].at + unsure, failed[-1].at - timedelta(seconds=failed[-1].waited) - unsure
    start = Bounds(min((before or failed[0]).at - unsure, dead), dead)
    end = Bounds(last, max((after or failed[-1]).at + unsure, last))
    saw = text(
        "{n} attempts to hand a mail on to {relays} servers failed, none went through.",
        n=len(failed),
        relays=len({a.relay for a in failed}),
    )
    source = Locator(log.source.object, f"row {failed[0].row}", "", log.source.member)
    return Outage(
        start=start,
        end=end,
        cause=Cause.UNKNOWN,
        strength=Strength.SUSPECTED,
        cause_reason=text(
            "The own mail server could reach no other one; whether line, router or its own network failed, its"
            " log does not say."
        ),
        witnesses=(
            Witness(
                text("Mail queue of {server}", server=log.server), saw, source, Span(dead, max(dead, last))
            ),
        ),
    )


def _one_relay(log: QueueLog, failed: Sequence[Attempt]) -> Iterator[Finding]:
    if len(failed) < LEAST:
        return
    told = text(
        "From {start} on only {relay} was out of reach of {server}; that server may have failed itself.",
        start=failed[0].at,
        relay=failed[0].relay,
        server=log.server,
    )
    source = Locator(log.source.object, f"row {failed[0].row}", "", log.source.member)
    yield Finding("outage.one_relay", told, None, Weight.NOTE, source)
