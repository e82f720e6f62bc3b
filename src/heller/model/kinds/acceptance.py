"""Acceptance tests: what every room needs to know of them."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from msgspec import Struct

from heller.model.finding import Locator
from heller.model.record_field import AnswerSet, choice, moment, person, prose, words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.span import Bounds
from heller.model.text import Text, text


class Verdict(Enum):
    """How the test ended."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"  # nothing answered for too long: the line is not there
    OPEN = "open"  # not accepted: some points do not hold, or could not be tested


class Check(Enum):
    """A point of the test, in the order in which it is said."""

    CARRIER = "carrier"  # the line itself carried, no other way out of the firm
    WHO = "who"  # who was asked answered, nobody else
    OWN_SIDE = "own_side"  # the own computer sends, the own router answers
    UNDISTURBED = "undisturbed"  # the watch ran through
    LONG_ENOUGH = "long_enough"  # seconds watched
    LOSS = "loss"  # of one target
    SILENCE = "silence"  # nothing answered for a moment
    PROMPT = "prompt"  # stretches of ten seconds without late answers, by what is usual of the line
    SURE_ENOUGH = "sure_enough"  # enough probes to tell 1 % of loss from 2 %
    IPV6 = "ipv6"
    DNS = "dns"
    HTTPS = "https"
    ADDRESS = "address"  # the public address that was agreed
    DOWN = "down"  # throughput against what was promised, kbit/s
    UP = "up"


class Point(Struct, frozen=True):
    """One point: `good` of `of` tries, where `needed` had to be good (or kbit/s, or seconds: see Check).

    `holds` is None where the point was not tested. `subject` is the target, the address that was seen, or
    the instant (ISO) of the first silence.
    """

    check: Check
    holds: bool | None
    good: int = 0
    of: int = 0
    needed: int = 0
    subject: str = ""


class Announcement(Struct, frozen=True):
    """Who said what, when: the reason for the test."""

    what: str
    who: str
    at: datetime
    channel: str = ""


class Acceptance(RecordNoun, frozen=True, tag="acceptance"):
    """An acceptance test that was done. No float in it: it is an entry of the journal.

    `silence` bounds the start of the silence that led to a rejection; it lasted at least until `ended`, and
    `lost` probes were sent in it. `chance` is the probability (as a decimal) that a line that loses 2 % of
    its packets, each by itself, passes the points LOSS with as many probes; "" where it was rejected.
    """

    started: datetime
    ended: datetime
    verdict: Verdict
    points: tuple[Point, ...]
    rule: str
    targets: tuple[str, ...] = ()
    probes: int = 0
    said: Announcement | None = None
    silence: Bounds | None = None
    lost: int = 0
    chance: str = ""
    source: Locator | None = None
    clock_us: int = -1  # what the clock may be off, -1 where that is not known

    @property
    def open(self) -> tuple[Point, ...]:
        """The points that keep the line from being accepted."""
        return tuple(point for point in self.points if point.holds is False)


VERDICTS: dict[Verdict, Text] = {
    Verdict.ACCEPTED: text("accepted"),
    Verdict.REJECTED: text("rejected: the line does not work"),
    Verdict.OPEN: text("not accepted: points are open"),
}


def _line(record: Acceptance) -> tuple[object, ...]:
    return (record.started, VERDICTS[record.verdict], record.said.what if record.said else "")


FIELDS = (
    moment("started", text("Begun")),
    choice("verdict", text("Result"), AnswerSet(VERDICTS)),
    words("rule", text("Rule of the test")),
    words("targets", text("Targets"), many=True),
    prose("said.what", text("What was said?")),
    person("said.who", text("Who was it on the other side?")),
    words("said.channel", text("By which way?")),
    words("points", text("Points")),
    words("chance", text("Chance that a bad line passes")),
)
KIND = RecordKind(
    Acceptance, text("Acceptance tests"), "notes", FIELDS, line_of=_line, known_of=lambda record: record.ended
)
