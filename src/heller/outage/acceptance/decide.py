"""The acceptance test of a line, decided probe by probe. Pure: no socket, no clock; the same rows, the same verdict.

Rejected as soon as nothing outside answered for 10 s while the own router did. Accepted only after 15 minutes
in which every target lost at most 1 %, nothing fell silent, and names, pages and what was agreed were there.
Everything else is 'not accepted', with the points that are open.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import isnan

from heller.model.kinds.acceptance import Acceptance, Announcement, Verdict
from heller.model.sample import ALIVE, LOST, PAGE, QUESTION, Carrier, Depth, Outcome, Target, Upset, UpsetKind
from heller.model.span import Bounds
from heller.outage.acceptance.points import SECOND, Agreed, Rows, Rules, chance, points

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
RULES = Rules()
DISTURBING = (
    UpsetKind.SUSPEND,
    UpsetKind.FREEZE,
    UpsetKind.REBOOT,
    UpsetKind.LINK_DOWN,
    UpsetKind.PAUSE,
    UpsetKind.DISK_FULL,
)


class Trial:
    """One test as it runs. Hand it every row; `settled` says when it is decided early."""

    def __init__(self, targets: Sequence[Target], deadline: int, rules: Rules = RULES) -> None:
        self.targets = {target.number: target for target in targets}
        self.rules = rules
        self.settled: Verdict | None = None
        self._deadline = deadline  # microseconds after which a probe counts as lost
        self._rows: dict[tuple[int, int], int] = {}  # number and sending: outcome
        self._took: dict[tuple[int, int], float] = {}  # of answers: seconds
        self._upsets: list[Upset] = []
        self._carriers: list[Carrier] = []
        self._first = self._now = 0  # the first sending, the last instant that is known
        self._alive = self._heard = 0  # last answered probe of an outside target: sent, answer received
        self._lost: dict[tuple[int, int], None] = {}  # outside probes lost since, in order
        self._inside = 0  # when the own router last answered
        self._rtt = 0.0

    def target(self, target: Target) -> None:
        """Somebody is probed from now on."""
        self.targets[target.number] = target

    def upset(self, upset: Upset) -> None:
        """The watch was disturbed: no silence reaches over it."""
        self._upsets.append(upset)
        if upset.kind in DISTURBING:
            self._lost.clear()
            self._alive = self._heard = max(self._heard, upset.end)

    def carrier(self, look: Carrier) -> None:
        """Who carries the line while it is tested."""
        if not self.settled:
            self._carriers.append(look)

    def row(self, number: int, at: int, outcome: int, rtt: float) -> None:
        """One probe ended; a second row of the same probe replaces the first (a late answer). After the decision
        nothing counts any more."""
        target = self.targets.get(number)
        if target is None or outcome == Outcome.NOT_SENT or self.settled:
            return
        self._first = min(self._first or at, at)
        self._rows[number, at] = outcome
        if outcome in ALIVE and rtt > 0:
            self._took[number, at] = rtt
        answered = at + int((0.0 if isnan(rtt) else rtt) * SECOND)
        self._now = max(self._now, at + self._deadline if outcome in LOST else answered)
        if target.depth is Depth.GATEWAY and outcome in ALIVE:
            self._inside = max(self._inside, answered)
        elif target.witness:
            self._outside(number, at, outcome, answered)
        self._settle()

    def _outside(self, number: int, at: int, outcome: int, answered: int) -> None:
        if outcome in ALIVE:
            self._rtt = max(self._rtt, (answered - at) / SECOND)
            self._alive, self._heard = max(self._alive, at), max(self._heard, answered)
            # A probe that was sent before the answered one may be lost by itself; the silence is over.
            self._lost = {key: None for key in self._lost if key[1] > self._alive}
        elif outcome in LOST and at > self._alive:
            self._lost[number, at] = None

    def _settle(self) -> None:
        """Decide early: nothing outside for too long, or the own side is not there either."""
        if self.settled or self._now - max(self._quiet_from(), self._heard) < self.rules.quiet:
            return
        routed = not self._has_router() or self._inside >= self._now - self.rules.quiet // 3
        if not routed or not self._lost:
            self.settled = Verdict.OPEN
        elif (
            self._witnesses() >= self.rules.witnesses
            and self._span() >= self.rules.quiet - 2 * self._deadline
        ):
            self.settled = Verdict.REJECTED

    def _quiet_from(self) -> int:
        """When the answer to the first lost probe should have come."""
        first = min((at for _, at in self._lost), default=self._first)
        return first + int(self._rtt * SECOND)

    def _witnesses(self) -> int:
        """How many targets are silent."""
        return len({number for number, _ in self._lost})

    def _span(self) -> int:
        """From the first lost probe of the silence to the last."""
        sent = [at for _, at in self._lost]
        return max(sent) - min(sent) if sent else 0

    def _has_router(self) -> bool:
        return any(target.depth is Depth.GATEWAY for target in self.targets.values())

    @property
    def watched(self) -> int:
        """Microseconds from the first probe to the last that is known."""
        return self._now - self._first if self._rows else 0

    def so_far(self) -> tuple[int, int]:
        """How many outside probes were sent, and how many of them were lost."""
        counts = Rows(self.targets, self._rows, self._now).counts().values()
        return sum(sent for sent, _ in counts), sum(lost for _, lost in counts)

    @property
    def enough(self) -> bool:
        """Whether as many questions and pages were asked as are needed, where any are asked at all."""
        asked = [self.targets[number].protocol for number, _ in self._rows]
        dns, pages = asked.count(QUESTION), asked.count(PAGE)
        return dns >= self.rules.dns * self.rules.tries * bool(dns) and pages >= self.rules.https * bool(
            pages
        )

    def conclude(self, agreed: Agreed, said: Announcement | None = None, clock: int = -1) -> Acceptance:
        """What is to be said of the test as far as it ran."""
        rows = Rows(self.targets, self._rows, self._now, self._took)
        disturbed = sum(upset.kind in DISTURBING for upset in self._upsets)
        own_side = self.settled is not Verdict.OPEN
        found = tuple(
            points(rows, self.rules, agreed, self.watched, disturbed, self._carriers, own_side=own_side)
        )
        rejected = self.settled is Verdict.REJECTED
        good = all(point.holds is not False for point in found)
        return Acceptance(
            started=_moment(self._first),
            ended=_moment(self._now),
            verdict=Verdict.REJECTED if rejected else Verdict.ACCEPTED if good else Verdict.OPEN,
            points=found,
            rule=self.rules.name,
            targets=tuple(target.address for target in rows.outside()),
            probes=sum(sent for sent, _ in rows.counts().values()),
            said=said,
            silence=self._silence() if rejected else None,
            lost=len(self._lost) if rejected else 0,
            chance="" if rejected else f"{chance(rows, self.rules):.1e}",
            clock_us=clock,
        )

    def _silence(self) -> Bounds:
        """Since when: from the last answered probe (or the very first) to the first lost one and an answer's way."""
        return Bounds(_moment(self._alive or self._first), _moment(self._quiet_from()))


def _moment(at: int) -> datetime:
    return EPOCH + timedelta(microseconds=at)
