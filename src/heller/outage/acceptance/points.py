"""The points of an acceptance test, each from the rows that were seen. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from math import exp, lgamma, log
from typing import NamedTuple

from msgspec import Struct

from heller.model.kinds.acceptance import Check, Point
from heller.model.sample import ALIVE, LOST, PAGE, PATH, QUESTION, Carrier, Depth, Outcome, Target
from heller.outage.acceptance.promptness import RoundTrip, promptness
from heller.outage.carriage import is_among

SECOND = 1_000_000
THERE = (Outcome.OK, Outcome.LATE)


class Rules(Struct, frozen=True):
    """The figures that decide; they are printed with every verdict."""

    name: str = "heller-acceptance/3"
    quiet: int = 10 * SECOND  # without any answer from outside: rejected
    witnesses: int = 2  # targets that must be silent for that
    watched: int = 900 * SECOND
    loss: int = 100  # of so many probes of a target one may be lost
    in_a_row: int = 4  # lost probes, of whichever targets, that are a silence
    moment: int = SECOND // 2  # and how long it lasts at the least
    lossy: float = 0.02  # a line like this must not be accepted
    chance: float = 1e-4  # but with this probability
    dns: int = 100  # questions, all answered
    tries: int = 3  # sendings of a question, as a resolver does it
    https: int = 20  # pages, all there
    speed_percent: int = 90
    speed_tests: int = 3


class Agreed(Struct, frozen=True):
    """What was promised, where it is known, and what was found of it outside the probe loop. Rates in bit/s."""

    ipv6: bool = False
    address: str = ""
    addresses: tuple[str, ...] = ()  # public ones that the line is known to have
    hops: tuple[str, ...] = ()  # and the first routers of its provider
    seen_address: str | None = None  # None where nobody was asked, "" where nobody could say it
    down: int | None = None
    up: int | None = None
    downs: tuple[int, ...] | None = None  # what each test gave, 0 where it failed; None without a server
    ups: tuple[int, ...] | None = None
    usual: float | None = None  # seconds: 95th percentile of the answers in the case's own earlier watch


class Rows(NamedTuple):
    """What a test saw: the targets by number, the outcome by number and time of sending, the last instant, and how long
    the answers took, in seconds."""

    targets: Mapping[int, Target]
    outcomes: Mapping[tuple[int, int], int]
    now: int
    took: Mapping[tuple[int, int], float] = {}

    def of(self, depth: Depth, *protocols: str) -> list[tuple[int, int, int]]:
        """Sending, number and outcome of every such probe that says something, in order of time."""
        mine = {t.number for t in self.targets.values() if t.depth is depth and t.protocol in protocols}
        told = ((at, n, out) for (n, at), out in self.outcomes.items() if out != Outcome.LOCAL)
        return sorted(row for row in told if row[1] in mine)

    def outside(self) -> list[Target]:
        """The targets outside that are asked for nothing but an answer."""
        return [target for target in self.targets.values() if target.witness]

    def answers(self) -> list[RoundTrip]:
        """Every answer of an outside target that is asked for nothing else."""
        mine = {target.number for target in self.outside()}
        return [RoundTrip(n, at, took) for (n, at), took in self.took.items() if n in mine]

    def counts(self) -> dict[int, tuple[int, int]]:
        """Of each outside target: probes that say something, and how many of them were lost."""
        counts = {target.number: (0, 0) for target in self.outside()}
        for _, number, outcome in self.of(Depth.OUTSIDE, *PATH):
            if outcome in ALIVE or outcome in LOST:
                sent, lost = counts[number]
                counts[number] = sent + 1, lost + (outcome in LOST)
        return counts


def points(
    rows: Rows,
    rules: Rules,
    agreed: Agreed,
    watched: int,
    disturbed: int,
    carriers: Sequence[Carrier] = (),
    *,
    own_side: bool,
) -> Iterator[Point]:
    """All points; `watched` in microseconds, `disturbed` the times that the watch itself was disturbed,
    `own_side` whether the own side was there to the end."""
    yield _carrier(carriers, agreed)
    yield _who(rows)
    yield _own_side(rows, rules, own_side)
    yield Point(Check.UNDISTURBED, disturbed == 0, disturbed)
    long, needed = watched // SECOND, rules.watched // SECOND
    yield Point(Check.LONG_ENOUGH, watched >= rules.watched - SECOND, long, long, needed)
    yield from _losses(rows, rules)
    yield _silences(rows, rules)
    yield promptness(rows.answers(), agreed.usual)
    probes = sum(sent for sent, _ in rows.counts().values())
    yield Point(Check.SURE_ENOUGH, chance(rows, rules) <= rules.chance, probes, probes)
    if agreed.ipv6:
        yield _ipv6(rows, rules)
    yield _dns(rows, rules)
    yield _https(rows, rules)
    yield from _agreed(agreed, rules)


def chance(rows: Rows, rules: Rules) -> float:
    """That a lossy line passes with so many probes: exact binomials, each packet lost by itself."""
    product = 1.0
    for sent, _ in rows.counts().values():
        product *= at_most(sent // rules.loss, sent, rules.lossy)
    return product


def _carrier(carriers: Sequence[Carrier], agreed: Agreed) -> Point:
    """Who carried in each look: the line by its public address, else by its first router; not tested where neither is
    known. Two that took turns are one too many."""
    addresses = (*agreed.addresses, *((agreed.address,) if agreed.address else ()))
    told = [(look.address or look.hop, _is_line(look, addresses, agreed.hops)) for look in carriers]
    other = [name for name, is_line in told if is_line is False]
    good = sum(is_line is True for _, is_line in told)
    subject = (other or [name for name, _ in told] or [""])[-1]
    return Point(
        Check.CARRIER, False if other else True if good else None, good, len(told), len(told), subject
    )


def _is_line(look: Carrier, addresses: Sequence[str], hops: Sequence[str]) -> bool | None:
    if look.address and addresses:
        return is_among(look.address, addresses)
    return look.hop in hops if look.hop and hops else None


def _who(rows: Rows) -> Point:
    """How many of the questions and pages were answered by whom they were put to."""
    told = [o for _, _, o in rows.of(Depth.OUTSIDE, QUESTION, PAGE) if o in ALIVE or o == Outcome.OTHER]
    good = sum(outcome != Outcome.OTHER for outcome in told)
    return Point(Check.WHO, good == len(told) if told else None, good, len(told), len(told))


def _own_side(rows: Rows, rules: Rules, there: bool) -> Point:
    """Of the probes to the own router, how many it answered; own sending errors count against it."""
    own = [outcome for _, _, outcome in rows.of(Depth.GATEWAY, *PATH)]
    local = any(outcome == Outcome.LOCAL for outcome in rows.outcomes.values())
    good = sum(outcome in ALIVE for outcome in own)
    needed = max(len(own) - len(own) // rules.loss - 1, 0)
    if not own and not local and there:
        return Point(Check.OWN_SIDE, None)
    return Point(Check.OWN_SIDE, there and not local and good >= needed, good, len(own), needed)


def _losses(rows: Rows, rules: Rules) -> Iterator[Point]:
    for number, (sent, lost) in rows.counts().items():
        needed = sent - sent // rules.loss
        good = sent - lost
        yield Point(Check.LOSS, sent > 0 and good >= needed, good, sent, needed, rows.targets[number].address)


def _silences(rows: Rows, rules: Rules) -> Point:
    """How often several probes in a row, of whichever targets, were lost; the first of these times."""
    runs: list[int] = []
    run: list[int] = []
    for at, _, outcome in rows.of(Depth.OUTSIDE, *PATH):
        if outcome in LOST:
            run.append(at)
        elif outcome in ALIVE:
            runs += _silence(run, at, rules)
            run = []
    runs += _silence(run, rows.now, rules)
    first = datetime.fromtimestamp(runs[0] / SECOND, UTC).isoformat() if runs else ""
    return Point(Check.SILENCE, not runs, len(runs), subject=first)


def _silence(run: Sequence[int], until: int, rules: Rules) -> Sequence[int]:
    """When it began, where these lost probes are a silence."""
    return run[:1] if len(run) >= rules.in_a_row and until - run[0] >= rules.moment else ()


def _ipv6(rows: Rows, rules: Rules) -> Point:
    """Of the targets over IPv6, how many lost little."""
    tested = [count for n, count in rows.counts().items() if ":" in rows.targets[n].address]
    good = sum(sent > 0 and lost <= sent // rules.loss for sent, lost in tested)
    return Point(Check.IPV6, 0 < len(tested) == good, good, len(tested), max(len(tested), 1))


def _dns(rows: Rows, rules: Rules) -> Point:
    """A question is a few sendings one after the other, as a resolver repeats them; one answer is enough."""
    sent = [outcome in THERE for _, _, outcome in rows.of(Depth.OUTSIDE, QUESTION)]
    asked = [any(sent[i : i + rules.tries]) for i in range(0, len(sent) - rules.tries + 1, rules.tries)]
    good, of = sum(asked), len(asked)
    return Point(Check.DNS, of >= rules.dns and good == of, good, of, max(of, rules.dns))


def _https(rows: Rows, rules: Rules) -> Point:
    pages = [outcome in THERE for _, _, outcome in rows.of(Depth.OUTSIDE, PAGE)]
    good, of = sum(pages), len(pages)
    return Point(Check.HTTPS, of >= rules.https and good == of, good, of, max(of, rules.https))


def _agreed(agreed: Agreed, rules: Rules) -> Iterator[Point]:
    """The points of the contract: what is not known to be promised is no point, what could not be measured
    is not tested."""
    if agreed.address:
        same = None if agreed.seen_address is None else agreed.seen_address == agreed.address
        yield Point(Check.ADDRESS, same, subject=agreed.seen_address or "")
    for check, promised, found in (
        (Check.DOWN, agreed.down, agreed.downs),
        (Check.UP, agreed.up, agreed.ups),
    ):
        if promised is not None:
            yield _speed(check, promised * rules.speed_percent // 100_000, found, rules)


def _speed(check: Check, needed: int, found: Sequence[int] | None, rules: Rules) -> Point:
    """The slowest of the tests against what is needed, kbit/s."""
    if found is None:
        return Point(check, None, needed=needed)
    slowest = min(found, default=0) // 1000
    return Point(check, len(found) >= rules.speed_tests and slowest >= needed, slowest, len(found), needed)


def at_most(k: int, n: int, p: float) -> float:
    """The probability of at most `k` of `n` independent trials, each of probability `p` (binomial).

    >>> at_most(1, 2, 0.5)
    0.75
    >>> at_most(9, 900, 0.02) < 0.02
    True
    """
    if p <= 0 or k >= n:
        return 1.0
    if k < 0:
        return 0.0
    logs = (
        lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) + i * log(p) + (n - i) * log(1 - p)
        for i in range(k + 1)
    )
    return min(1.0, sum(exp(one) for one in logs))
