"""The two-world ledger: flows, tokens, positions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from heller.model.amount import ProofGrade, Range, WorkingLine
from heller.model.finding import Finding, Locator
from heller.model.money import Money
from heller.model.scheme import SchemeLine
from heller.model.text import Text, text


class Token(Struct, frozen=True, order=True):
    """A real thing that can be spent once: this order, this quarter of an hour of this person,
    this receipt line, this day of this channel, this day of the line.

    `kind` is one of order, hour, receipt, channel_day, line_day.
    """

    kind: str
    id: str


class Flow(Struct, frozen=True):
    """A movement of money in the two worlds; money in is positive, money out negative.

    Damage is `without` minus `actual`. Flows with the same `risk` are uncertain together; a risk
    `-name` moves against `name`, as saved cost falls when takings rise. A printed table may show the
    flows of one `group` of a head as one line.
    """

    id: str
    head: str
    label: Text
    without: Range
    actual: Range
    grade: ProofGrade
    tokens: frozenset[Token] = frozenset()
    sources: tuple[Locator, ...] = ()
    risk: str = ""
    group: Text | None = None


class Conflict(Struct, frozen=True):
    """A thing that two heads wanted to spend, and the printed rule that settled it.

    `counted` and `left_out` are the two amounts. `asked` is set where nothing but the order of the
    heads decided: then a person is asked which of the two is meant.
    """

    token: Token
    kept: str
    dropped: str
    rule: Text
    counted: Range = Range()
    left_out: Range = Range()
    asked: bool = False


class NormRef(Struct, frozen=True):
    """A legal rule as it is cited: `mark` is VS, VP, CALC, INF or UNVERIFIED."""

    id: str
    cite: str
    mark: str
    source: str = ""


NO_RULE = NormRef("", "–", "UNVERIFIED")  # where the law of the country is not known here


class Position(Struct, frozen=True):
    """One line of the schedule of damages. `recoverable` false: in no sum of damages. Of these one that is `apart` is a
    claim of its own beside the damage, which nothing cuts; the others are shown and never added.

    `flows` are the ids of the flows that it sums.
    """

    head: str
    title: Text
    amount: Range
    grade: ProofGrade
    norm: NormRef
    reason: Text
    working: tuple[WorkingLine, ...] = ()
    sources: tuple[Locator, ...] = ()
    recoverable: bool = True
    flows: tuple[str, ...] = ()
    apart: bool = False


class Missing(Struct, frozen=True):
    """A proof that is not there: what it would add, and until when it can be had.

    `secures` is what is counted already and would be better proven with it. `kept_by` says who keeps
    it that long, and where that was read. `gone`: the day has passed.
    """

    head: str
    text: Text
    worth: Range | None = None
    until: date | None = None
    secures: Range | None = None
    kept_by: Text | None = None
    gone: bool = False


class Method(Struct, frozen=True):
    """One way to work out the same loss, line by line. A refused one counts something twice."""

    key: str
    name: Text
    lines: tuple[WorkingLine, ...]
    sum: Money
    refused: bool = False


class Option(Struct, frozen=True):
    """A measure against the loss it avoids, in figures of one day. `net` is what it saves a day once
    it runs (negative: it costs more than it avoids), `pays_after` the days until the cost of setting it
    up is earned, None where it never is. `lost_by_waiting` is what the days between offer and taking cost."""

    name: str
    once: Money
    per_day: Money
    avoids: Range
    net: Range
    pays_after: int | None
    offered: date | None = None
    taken: date | None = None
    why: str = ""
    waited: int = 0
    lost_by_waiting: Range = Range()
    sources: tuple[Locator, ...] = ()


class Mitigation(Struct, frozen=True):
    """What a day of the outage cost and what could be done about it.

    `without` and `with_line` are the loss of a day before and after an emergency line carried the firm;
    `cut_off` is the day from which loss is no longer attributed to the outage.
    """

    without: Range = Range()
    with_line: Range = Range()
    cut_off: date | None = None
    options: tuple[Option, ...] = ()
    words: tuple[Text, ...] = ()


class LikeDay(Struct, frozen=True):
    """One row of the table that a loss adjuster draws up by hand. Amounts in cents of turnover."""

    day: date
    comparable: tuple[int, ...]  # the last like days, newest first
    mean: int
    expected: int
    observed: int


class Backtest(Struct, frozen=True):
    """How the method did on quiet windows of the firm's own history.

    `median_error` and `bias` are shares of the window's turnover, `coverage` the share of windows
    whose truth lay inside the range, `detectable` the smallest share of the turnover of such a
    window that could have been seen at all.
    """

    windows: int
    effective: float
    median_error: float
    worst_error: float
    bias: float
    coverage: float
    detectable: float


class PathDay(Struct, frozen=True):
    """One day of the picture, in cents: what was expected, its band, what came."""

    day: date
    expected: int
    low: int
    high: int
    observed: int


class ByHand(Struct, frozen=True):
    """What an adjuster works out by hand for the takings of a window: `ways` beside the forecast, the `bridge` from the
    first of them to it, and `apart`, where one lies outside the range of the forecast."""

    ways: tuple[WorkingLine, ...] = ()
    bridge: tuple[WorkingLine, ...] = ()
    apart: Text | None = None


class SalesEstimate(Struct, frozen=True):
    """What a channel would have sold: net loss of turnover over outage and recovery."""

    channel: str
    lost: Range
    gross: Range
    catch_up: Range
    detectable: bool
    path: tuple[PathDay, ...]
    like_days: tuple[LikeDay, ...]
    backtest: Backtest | None
    words: tuple[Text, ...]
    by_hand: ByHand = ByHand()


class Sensitivity(Struct, frozen=True):
    """What the claim moves by, downwards and upwards, when one input moves by its own `doubt`."""

    name: Text
    doubt: Text
    low: Money
    high: Money


class Assessment(Struct, frozen=True):
    """The damage: flows, positions, totals. `total` counts the recoverable positions only."""

    flows: tuple[Flow, ...]
    positions: tuple[Position, ...]
    total: Range
    by_grade: tuple[tuple[ProofGrade, Range], ...]
    conflicts: tuple[Conflict, ...] = ()
    sales: tuple[SalesEstimate, ...] = ()
    missing: tuple[Missing, ...] = ()
    findings: tuple[Finding, ...] = ()
    seed: int = 0
    methods: tuple[Method, ...] = ()
    mitigation: Mitigation = Mitigation()
    sensitivity: tuple[Sensitivity, ...] = ()
    scheme: tuple[SchemeLine, ...] = ()

    @property
    def apart(self) -> Range:
        """The claims of their own beside the damage."""
        return sum((one.amount for one in self.positions if one.apart), Range())

    def of_event(self, key: str, name: Text) -> Assessment:
        """The same beside those of other events: its flows and positions say which event they are of."""
        ids = {flow.id: f"{key}: {flow.id}" for flow in self.flows}
        return replace(
            self,
            flows=tuple(replace(flow, id=ids[flow.id]) for flow in self.flows),
            positions=tuple(
                replace(
                    one,
                    title=text("{title} ({event})", title=one.title, event=name),
                    flows=tuple(ids.get(id, id) for id in one.flows),
                )
                for one in self.positions
            ),
        )

    @classmethod
    def of_all(cls, found: Sequence[Assessment]) -> Assessment:
        """The damage of several events; the ids of their flows differ. The range is the sum of theirs: what is high
        of one may be high of all."""
        grades: dict[ProofGrade, Range] = {}
        for grade, amount in (pair for one in found for pair in one.by_grade):
            grades[grade] = grades.get(grade, Range()) + amount
        return cls(
            flows=tuple(flow for one in found for flow in one.flows),
            positions=tuple(position for one in found for position in one.positions),
            total=sum((one.total for one in found), Range()),
            by_grade=tuple((grade, grades[grade]) for grade in ProofGrade if grade in grades),
            conflicts=tuple(conflict for one in found for conflict in one.conflicts),
            sales=tuple(sale for one in found for sale in one.sales),
            missing=tuple(missing for one in found for missing in one.missing),
            findings=tuple(finding for one in found for finding in one.findings),
            seed=found[0].seed if found else 0,
            methods=found[0].methods if len(found) == 1 else (),
            sensitivity=tuple(one for each in found for one in each.sensitivity),
            scheme=tuple(one for each in found for one in each.scheme),
            mitigation=max((one.mitigation for one in found), key=_days_worth, default=Mitigation()),
        )


def _days_worth(mitigation: Mitigation) -> Money:
    return mitigation.without.likely
