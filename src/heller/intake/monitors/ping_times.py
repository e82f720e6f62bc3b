"""When was each probe of a run of ping sent? Numbers that wrap, lines that come late or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from heller.intake.monitors.ping_lines import Numbers, PingEnd, PingLines, Seconds
from heller.model.column import Column
from heller.model.observation import Observations
from heller.model.sample import Outcome

FILLED = 4_000_000  # probes without a line that are put between others; of a larger leap none is
WRAP = 65536  # a sequence number has 16 bits (RFC 792)
SET_BACK = 0.5  # seconds that a stamp may lie before the one above it, for answers that overtake
SAME_PACE = 0.05  # how far, as a share, the time may stray from the numbers when a wrap is told
UNSENT = (PingEnd.NO_ANSWER_YET, PingEnd.LOCAL)  # printed when the next probe goes out


class Sent(NamedTuple):
    """Probes: `at` are the times of sending in seconds since 1970."""

    at: Seconds
    row: Numbers
    said: Numbers
    rtt: Seconds
    by: Numbers


class Timing(NamedTuple):
    """The probes of one run. `unplaced` were sent, nobody knows when; `set_back` is in seconds."""

    probes: Sent
    unplaced: int
    set_back: float


def in_order(parts: Sequence[Sent]) -> Sent:
    """The probes of several runs in order of time."""
    whole = joined(parts)
    if (whole.at[1:] >= whole.at[:-1]).all():
        return whole
    order = np.argsort(whole.at, kind="stable")
    return Sent._make(column[order] for column in whole)


def senders(probes: Sent) -> set[int]:
    """The numbers of those who sent an ICMP error that counts."""
    return set(np.unique(probes.by[probes.said == PingEnd.REFUSED]).tolist())


def observations(probes: Sent, owns: Sequence[int]) -> Observations:
    """The probes as they ended. A failure that the own host (`owns`: its numbers as a sender) reported is local:
    it never left the house."""
    refused = probes.said == PingEnd.REFUSED
    local = (probes.said == PingEnd.LOCAL) | (refused & np.isin(probes.by, owns))
    outcome = np.select(
        [probes.said == PingEnd.ANSWER, local, refused],
        [int(Outcome.OK), int(Outcome.LOCAL), int(Outcome.UNREACHABLE)],
        int(Outcome.TIMEOUT),
    )
    rest, whole = np.modf(probes.at)  # rounded as datetime does it: half to even
    at = whole.astype(np.int64) * 1_000_000 + np.rint(rest * 1_000_000).astype(np.int64)
    return Observations(
        Column.packed("q", at.astype("<i8").tobytes()),
        Column.packed("B", outcome.astype("u1").tobytes()),
        Column.packed("d", probes.rtt.astype("<f8").tobytes()),
        Column.packed("I", probes.row.astype("<u4").tobytes()),
        Column.of("q", ()),
    )


def joined(parts: Sequence[Sent]) -> Sent:
    """Many as one."""
    if len(parts) == 1:
        return parts[0]
    return Sent._make(np.concatenate(columns) for columns in zip(*parts, strict=True))


def steps(lines: PingLines) -> Seconds:
    """Seconds between the stamps of probes that follow each other."""
    told = lines.part(~np.isnan(lines.at) & (lines.seq >= 0) & (lines.said != PingEnd.REFUSED))
    sent = told.at - told.rtt
    apart = np.diff(sent)
    next_ = (np.diff(told.seq) % WRAP == 1) & (told.said[1:] == told.said[:-1])
    return np.asarray(apart[next_ & (apart > 0)])


def place(lines: PingLines, summary: Sequence[tuple[int, float | None]], step: float) -> Timing:
    """The probes of one run in order of their number, each with its time of sending.

    `summary` holds probes sent and seconds taken, where the run was ended properly; `step` in seconds.
    """
    plain = lines.part(lines.seq >= 0)
    at = _fill_forward(plain.at)
    number, set_back = _unwrapped(plain.seq, at, step)
    said = np.where(_after_local(lines), np.uint8(PingEnd.LOCAL), plain.said)
    known, n = _one_each(plain._replace(said=said), number)
    timed = ~np.isnan(known.at)
    if not timed.all():
        known, n = known.part(timed), n[timed]
    without_line = int((lines.seq < 0).sum()) - int((known.said == PingEnd.LOCAL).sum())
    probes, unplaced = _fill(_sendings(known, n, step), n, step, without_line)
    if len(n) and summary:
        tail, left = _tail(probes, int(n[0]), int(n[-1]), summary[-1], step)
        probes, unplaced = joined([probes, tail]), unplaced + left
    return Timing(probes, unplaced, set_back)


def _fill_forward(at: Seconds) -> Seconds:
    """Times of printing, one that is missing as the one before."""
    places = np.where(np.isnan(at), 0, np.arange(len(at)))
    return np.asarray(at[np.maximum.accumulate(places)]) if len(at) else at


def _after_local(lines: PingLines) -> NDArray[np.bool_]:
    """Of the numbered lines, each 'no answer yet' since the last of which the own host could not send:
    'sendmsg: Network is unreachable' has no number, it is the next probe's."""
    refusals = np.cumsum(lines.seq < 0)[lines.seq >= 0]
    open_ = lines.said[lines.seq >= 0] == PingEnd.NO_ANSWER_YET
    found = np.zeros(len(open_), bool)
    found[open_] = np.diff(refusals[open_], prepend=0) > 0
    return found


def _unwrapped(seq: Numbers, at: Seconds, step: float) -> tuple[Numbers, float]:
    """The whole numbers behind 16 bits, and how far the clock went back.

    Where a number is near the one before, and the time does not stand for a turn of the counter, it is that
    distance further; the few others are told one by one.
    """
    if not len(seq):
        return seq, 0.0
    elapsed = np.nan_to_num(np.diff(at, prepend=at[0]))
    set_back = float(max(-elapsed.min(), 0.0))
    ahead = (np.diff(seq) + WRAP // 2) % WRAP - WRAP // 2
    near = seq[0] + np.concatenate(([0], np.cumsum(ahead, dtype=np.int64)))
    below = np.maximum.accumulate(np.maximum(near, 0)) - near
    passed = elapsed / step
    odd = (np.abs(np.diff(near, prepend=near[0])) >= WRAP // 4) | (below >= WRAP // 4) | (passed >= WRAP // 4)
    last, turns, begin = 0, 0, 0
    found = near.copy()
    for n in [*np.flatnonzero(odd[1:]) + 1, len(seq)]:
        found[begin:n] += turns * WRAP
        last = max(last, int(found[begin:n].max())) if n > begin else last
        if n < len(seq):
            turns = (whole_number(int(seq[n]), last, float(passed[n])) - int(near[n])) // WRAP
        begin = n
    return found, set_back if set_back > SET_BACK else 0.0


def whole_number(seq: int, last: int, passed: float) -> int:
    """The whole number behind 16 bits; `passed` is the time since the last line, in steps.

    Without -O a long outage may hide a whole turn of the counter. A turn is only believed where the time
    fits to it: a computer that slept sends nothing, so its time is longer than its numbers.
    """
    near = last + (seq - last + WRAP // 2) % WRAP - WRAP // 2
    turns = round((last + passed - near) / WRAP)
    far = near + turns * WRAP
    fits = turns > 0 and abs(far - last - passed) <= SAME_PACE * passed
    return far if fits else near


def _one_each(lines: PingLines, number: Numbers) -> tuple[PingLines, Numbers]:
    """The line that counts for each probe, in order of the numbers, and the numbers.

    An answer beats 'no answer yet' (it came late and proves that the line was up); the first answer
    beats its duplicates.
    """
    if (np.diff(number) > 0).all():
        return lines, number
    order = np.argsort(number, kind="stable")
    lines, number = lines.part(order), number[order]
    first = np.flatnonzero(np.diff(number, prepend=number[0] - 1))
    ends = np.append(first[1:], len(number))
    for begin, end in zip(first[ends - first > 1], ends[ends - first > 1], strict=True):
        for other in range(begin + 1, end):
            _settle(lines, begin, other)
    return lines.part(first), number[first]


def _settle(lines: PingLines, one: int, other: int) -> None:
    """Of two lines about one probe the one that counts, in the place of the first.

    An ICMP error and 'no answer yet' for the same probe: the error says why, the other says when.
    """
    said, also = lines.said[one], lines.said[other]
    if also == PingEnd.ANSWER != said:
        taken: tuple[str, ...] = PingLines._fields
    elif PingEnd.REFUSED not in (said, also):
        return
    else:
        plain = other if said == PingEnd.REFUSED else one
        error = one + other - plain
        if lines.said[plain] != PingEnd.NO_ANSWER_YET:
            taken = PingLines._fields if plain == other else ()
        elif error == other:
            taken = ("said", "seq", "rtt", "by")
        else:
            taken = ("at", "row")
    for name in taken:
        getattr(lines, name)[one] = getattr(lines, name)[other]


def _sendings(known: PingLines, n: Numbers, step: float) -> Sent:
    """When each probe was sent: exactly where it was answered or the one before it was given up."""
    follows = np.diff(n, prepend=n[:1] - 2) == 1
    sent, answered = known.at - known.rtt, known.said == PingEnd.ANSWER
    guess = np.where(known.said == PingEnd.REFUSED, known.at, known.at - step)
    guess = np.where(follows, np.maximum(guess, _before(sent)), guess)
    guess = np.where(follows & np.isin(_before(known.said), UNSENT), _before(known.at), guess)
    return Sent(
        np.where(answered, sent, guess), known.row, known.said, np.where(answered, known.rtt, 0.0), known.by
    )


def _before(column: NDArray[Any]) -> NDArray[Any]:
    """For each the one before it; the first for itself."""
    return np.concatenate((column[:1], column[:-1]))


def _fill(timed: Sent, n: Numbers, step: float, local: int) -> tuple[Sent, int]:
    """Put the numbers that have no line between their neighbours, where the time fits to the numbers."""
    apart = np.diff(n)
    missing = apart - 1
    each = np.diff(timed.at) / apart
    fits = (missing > 0) & (each >= 0.5 * step) & (each <= 1.5 * step)
    fits &= np.cumsum(np.where(fits, missing, 0)) <= FILLED
    at = np.repeat(np.flatnonzero(fits), missing[fits])
    if not len(at):
        return timed, int(missing.sum())
    turn = np.arange(len(at)) - np.repeat(np.cumsum(missing[fits]) - missing[fits], missing[fits]) + 1
    said = np.full(len(at), np.uint8(PingEnd.MISSING))
    said[: max(local, 0)] = PingEnd.LOCAL
    none = np.zeros(len(at))
    more = Sent(timed.at[at] + turn * each[at], timed.row[at + 1], said, none, none.astype(np.int32))
    order = np.argsort(np.concatenate((n, n[at] + turn)), kind="stable")
    return Sent._make(column[order] for column in joined([timed, more])), int(missing[~fits].sum())


def _tail(
    probes: Sent, first: int, last: int, summary: tuple[int, float | None], step: float
) -> tuple[Sent, int]:
    """The last probes never get a line; the summary counts them. They are placed if its time agrees."""
    sent, took = summary
    missing = sent - last
    nothing = Sent._make(column[:0] for column in probes)
    if missing <= 0:
        return nothing, 0
    if took is not None and first <= 1:
        each = (probes.at[0] + took - probes.at[-1]) / missing
        if not 0.5 * step <= each <= 1.5 * step:
            return nothing, missing
    elif missing > 1:
        return nothing, missing
    turn, none = np.arange(1, missing + 1), np.zeros(missing)
    row = np.full(missing, probes.row[-1])
    said = np.full(missing, np.uint8(PingEnd.MISSING))
    return Sent(probes.at[-1] + turn * step, row, said, none, none.astype(np.int32)), 0
