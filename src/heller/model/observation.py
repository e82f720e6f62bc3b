"""Probes of one target: one of them as a noun, a million of them as columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from enum import Enum

from msgspec import Struct

from heller.model.column import Column
from heller.model.sample import Outcome

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)


class Failure(Enum):
    """The one way in which a probe failed."""

    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"  # somebody remote said so
    LOCAL = "local"  # the own host could not send: says nothing about the line
    NAME = "name"  # the name was not resolved, so no probe was sent: says nothing about the line
    OTHER = "other"  # somebody else answered in the target's name: no proof of the line, and no loss


class Observation(Struct, frozen=True):
    """One probe: it was answered, or it failed in exactly one way. `at` is the time of sending,
    `rtt` the seconds until the answer came, where the log says so. `width`: seconds within which the probe
    was sent, [at, at + width], where a log gives no more than its step (a monitor's beat, a count of five
    minutes); a failure over a width means that nothing was answered in it."""

    at: datetime
    row: int
    failure: Failure | None = None
    rtt: float = 0.0
    width: float = 0.0


OUTCOMES = {
    None: Outcome.OK,
    Failure.TIMEOUT: Outcome.TIMEOUT,
    Failure.UNREACHABLE: Outcome.UNREACHABLE,
    Failure.LOCAL: Outcome.LOCAL,
    Failure.NAME: Outcome.DNS_ERROR,
    Failure.OTHER: Outcome.OTHER,
}
_FAILURES = {int(outcome): failure for failure, outcome in OUTCOMES.items()}


class Observations(Struct, frozen=True):
    """Observations in order of time, as columns; each can be had as a noun.

    `at` are microseconds since 1970 in UTC, `outcome` numbers of `Outcome` (those of `OUTCOMES`), `rtt` seconds,
    `row` rows of the file. `width` are microseconds; it is empty where all are 0.
    """

    at: Column
    outcome: Column
    rtt: Column
    row: Column
    width: Column

    @classmethod
    def of(cls, seen: Iterable[Observation]) -> Observations:
        """These observations, which are in order of time."""
        probes = tuple(seen)
        widths = [round(probe.width * 1_000_000) for probe in probes]
        return cls(
            Column.of("q", ((probe.at - _EPOCH) // _MICRO for probe in probes)),
            Column.of("B", (OUTCOMES[probe.failure] for probe in probes)),
            Column.of("d", (probe.rtt for probe in probes)),
            Column.of("I", (probe.row for probe in probes)),
            Column.of("q", widths if any(widths) else ()),
        )

    def __len__(self) -> int:
        return len(self.at)

    def __getitem__(self, n: int) -> Observation:
        width = self.width[n] / 1_000_000 if len(self.width) else 0.0
        failure = _FAILURES[self.outcome[n]]
        return Observation(_EPOCH + self.at[n] * _MICRO, self.row[n], failure, self.rtt[n], width)

    def __iter__(self) -> Iterator[Observation]:
        widths = self.width if len(self.width) else [0] * len(self)
        columns = zip(self.at, self.row, self.outcome, self.rtt, widths, strict=True)
        for at, row, outcome, rtt, width in columns:
            yield Observation(_EPOCH + at * _MICRO, row, _FAILURES[outcome], rtt, width / 1_000_000)

    def before(self, moment: datetime) -> int:
        """How many were sent before an instant."""
        return bisect_left(self.at, (moment - _EPOCH) // _MICRO)

    def until(self, moment: datetime) -> int:
        """How many were sent before an instant or at it."""
        return bisect_right(self.at, (moment - _EPOCH) // _MICRO)
