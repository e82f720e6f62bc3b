"""When another answered in the name of who was asked: a page for those who are not released yet, a resolver in the way.

The line is up then, and carries nothing of its own: where the page of a host came in another name it counts as dead,
whatever an echo says; where only names were answered by another, it carried and was led astray. What an unproven
answer does not prove, it does not disprove either: it is no loss.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from heller.model.finding import Finding
from heller.model.outage import Cause, Degraded, Outage, Strength, Witness
from heller.model.sample import PAGE, QUESTION, Outcome
from heller.model.span import Bounds, Span
from heller.model.text import text
from heller.outage.columns import Track
from heller.outage.line import Line
from heller.outage.micros import instant
from heller.outage.probe_counts import samples
from heller.outage.rule import LASTS, OTHERS_IN_A_ROW, USUAL_OVER
from heller.outage.silence import Cut

_AROUND = USUAL_OVER // timedelta(microseconds=1)


class Redirected(NamedTuple):
    """A time in which all answers of some protocols were another's: `last` proof of who was asked before it, `first`
    and `final` answer of another, the `next` proof after it; microseconds, None where there is none."""

    last: int | None
    first: int
    final: int
    next: int | None
    answers: int
    protocols: frozenset[str]


def redirected(line: Line) -> tuple[Redirected, ...]:
    """All such times, those of the protocols together where they meet."""
    runs = [run for protocol in (QUESTION, PAGE) for run in _runs(line, protocol)]
    merged: list[Redirected] = []
    for run in sorted(runs, key=lambda one: one.first):
        before = merged[-1] if merged else None
        if before is not None and (before.next is None or run.first < before.next):
            merged[-1] = _both(before, run)
        else:
            merged.append(run)
    return tuple(run for run in merged if run.answers >= OTHERS_IN_A_ROW or len(run.protocols) > 1)


def _runs(line: Line, protocol: str) -> Iterator[Redirected]:
    """Answers of another one after the other, without one of who was asked between them."""
    mine = [track for track in line.outer if track.probed.protocol == protocol]
    others = sorted(at for track in mine for at in track.other)
    if not others:
        return
    found = [_proofs(track, others) for track in mine]
    before = sorted(at for befores, _ in found for at in befores)
    after = sorted(at for _, afters in found for at in afters)
    run: list[int] = []
    for at in others:
        if run and (i := bisect_right(after, run[-1])) < len(after) and after[i] < at:
            yield _run(run, before, after, protocol)
            run = []
        run.append(at)
    yield _run(run, before, after, protocol)


def _run(run: Sequence[int], before: Sequence[int], after: Sequence[int], protocol: str) -> Redirected:
    i, j = bisect_left(before, run[0]), bisect_right(after, run[-1])
    last, following = before[i - 1] if i else None, after[j] if j < len(after) else None
    return Redirected(last, run[0], run[-1], following, len(run), frozenset({protocol}))


def _proofs(track: Track, others: Sequence[int]) -> tuple[list[int], list[int]]:
    """Answers of who was asked, in the time of those of another and around it: those that may stand before them, and
    those that may stand after. Of names only where the answer next to it is one too: without a record that is known,
    only every other question tells who answers."""
    found = samples(track, (others[0] - _AROUND, others[-1] + _AROUND))
    told = found.filter(found["outcome"].is_in([int(Outcome.OK), int(Outcome.LATE), int(Outcome.OTHER)]))
    good, at = [o != Outcome.OTHER for o in told["outcome"]], told["at"].to_list()
    if track.probed.protocol == PAGE:
        proofs = [t for t, g in zip(at, good, strict=True) if g]
        return proofs, proofs
    pairs = [(one, other) for one, other in pairwise(range(len(at))) if good[one] and good[other]]
    return [at[one] for one, _ in pairs], [at[other] for _, other in pairs]


def _both(one: Redirected, other: Redirected) -> Redirected:
    lasts = [at for at in (one.last, other.last) if at is not None]
    nexts = [at for at in (one.next, other.next) if at is not None]
    return Redirected(
        max((at for at in lasts if at <= min(one.first, other.first)), default=None),
        min(one.first, other.first),
        max(one.final, other.final),
        min((at for at in nexts if at >= max(one.final, other.final)), default=None),
        one.answers + other.answers,
        one.protocols | other.protocols,
    )


def outages_of(line: Line, runs: Iterable[Redirected]) -> tuple[Outage, ...]:
    """Those that are outages: the page of a host came in another name."""
    return tuple(_outage(line, run) for run in runs if PAGE in run.protocols)


def _outage(line: Line, run: Redirected) -> Outage:
    start = Bounds(instant(run.first if run.last is None else run.last), instant(run.first))
    end = Bounds(instant(run.final), instant(run.final if run.next is None else run.next))
    why = text(
        "The line was up, but another answered in place of who was asked ({n} answers): not released, or redirected.",
        n=run.answers,
    )
    sure = len(run.protocols) > 1 and run.last is not None
    witness = Witness(
        text("Who answered"),
        text(
            "{n} answers were not those of who was asked.",
            "One answer was not that of who was asked.",
            n=run.answers,
        ),
        line.source,
        Span(start.latest, max(start.latest, end.earliest)),
    )
    strength = Strength.MEASURED if sure else Strength.SUSPECTED
    return Outage(start, end, Cause.REDIRECTED, strength, why, (witness,), line=line.name)


def degraded_of(line: Line, runs: Iterable[Redirected], cuts: Sequence[Cut]) -> Iterator[Degraded]:
    """Those in which only names were answered by another while the line carried."""
    for run in runs:
        span = Span(instant(run.first), instant(run.final))
        if PAGE in run.protocols or span.length < LASTS or any(cut.certain.overlaps(span) for cut in cuts):
            continue
        yield Degraded(
            Bounds(instant(run.first if run.last is None else run.last), span.start),
            Bounds(span.end, instant(run.final if run.next is None else run.next)),
            Cause.REDIRECTED,
            text(
                "Name servers were answered for by another ({n} answers); the line worked, and names led astray.",
                n=run.answers,
            ),
            line.name,
        )


def explained(outages: Iterable[Outage], runs: Sequence[Redirected]) -> tuple[Outage, ...]:
    """The outages of the probes; where another answered meanwhile, that is the cause: the line was up."""
    return tuple(_explained(outage, runs) for outage in outages)


def _explained(outage: Outage, runs: Sequence[Redirected]) -> Outage:
    for run in runs:
        if outage.span.overlaps(Span(instant(run.first), instant(run.final + 1))):
            why = text(
                "Another answered in place of who was asked ({n} answers) while nobody else did: the line was "
                "up, but not released or redirected.",
                n=run.answers,
            )
            return replace(outage, cause=Cause.REDIRECTED, cause_reason=why)
    return outage


def doubts(line: Line, runs: Sequence[Redirected]) -> Iterator[Finding]:
    """What has to be said of answers that prove nothing."""
    pages = [run for run in runs if PAGE in run.protocols]
    if pages:
        told = text(
            "Echoes that were answered while pages came in another name count as nobody's: who answers for one "
            "may answer for all.",
        )
        do = text(
            "A proxy of the firm's own that signs pages itself does the same: say so, and watch another page."
        )
        yield Finding("outage.redirected", told, do, source=line.source)
