"""The damage of a case: every head in turn, each thing spent once, honest totals. It names no head."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from heller.damage import vat
from heller.damage.draws import SEED, combine
from heller.damage.event import event_of
from heller.damage.head import Found, Head, Inputs, heads
from heller.damage.ledger import GRADES, HEADS, Settled, settle
from heller.damage.receipts import unassigned
from heller.model.amount import Grade, Range, WorkingLine
from heller.model.case import Case
from heller.model.damage import Assessment, Flow, Missing, Position
from heller.model.errors import HellerError
from heller.model.finding import Finding, Weight
from heller.model.outage import Detection
from heller.model.text import text


def work(case: Case, detection: Detection) -> Assessment:
    """See `heller.damage.assess`."""
    event, findings = event_of(detection)
    net, case = vat.status(case).net, vat.applied(case)
    open_receipts, gaps = unassigned(case, net)
    if event is None:
        return Assessment((), (), Range(), (), missing=(), findings=(*findings, *open_receipts), seed=SEED)
    inputs = Inputs(case, event, net)
    found = [_ask(head, inputs) for head in heads()]
    settled = settle(flow for one in found for flow in one.flows)
    positions = [_settled(p, settled) for one in found for p in one.positions]
    return Assessment(
        flows=settled.flows,
        positions=tuple(sorted(positions, key=_place)),
        total=combine(settled.flows),
        by_grade=tuple(_by_grade(settled.flows)),
        conflicts=settled.conflicts,
        sales=tuple(sale for one in found for sale in one.sales),
        missing=tuple(_in_order([*(m for one in found for m in one.missing), *gaps])),
        findings=(*findings, *vat.doubts(case), *(f for one in found for f in one.findings), *open_receipts),
        seed=SEED,
    )


def _ask(head: Head, inputs: Inputs) -> Found:
    """What a head finds. A head that breaks costs a finding and its own sum, never the case."""
    try:
        return head.assess(inputs)
    except HellerError as error:
        return Found(findings=(Finding("damage.head", error.what, error.do, Weight.REFUSED),))
    except Exception as error:  # whatever a head does wrong, the other heads still count
        what = text("The head '{head}' could not be worked out ({error}); it counts nothing.", head=head.key,
                    error=f"{type(error).__name__}: {error}")  # fmt: skip
        do = text("Check the records under this head, and report the error.")
        return Found(findings=(Finding("damage.head_failed", what, do, Weight.REFUSED),))


def _place(position: Position) -> tuple[int, str, int]:
    known = HEADS.index(position.head) if position.head in HEADS else len(HEADS)
    return known, position.head, GRADES.index(position.grade)


def _in_order(missing: Iterable[Missing]) -> Sequence[Missing]:
    """What would raise the sum most comes first."""
    return sorted(missing, key=lambda m: -m.worth.high.cents if m.worth else 0)


def _by_grade(flows: Sequence[Flow]) -> Iterable[tuple[Grade, Range]]:
    for grade in Grade:
        chosen = [flow for flow in flows if flow.grade is grade]
        if chosen:
            yield grade, combine(chosen)


def _settled(position: Position, settled: Settled) -> Position:
    """A position with what is left of it when things spent twice are settled, and the reason."""
    if not position.recoverable:
        return position
    left = combine(f for f in settled.flows if f.head == position.head and f.grade is position.grade)
    if left == position.amount:
        return position
    taken = Range.exact(left.likely - position.amount.likely)
    rules = [c.rule for c in settled.conflicts if c.dropped == position.head]
    lines = [WorkingLine(rule) for n, rule in enumerate(rules) if rule not in rules[:n]]
    cut = WorkingLine(text("taken out because it counts elsewhere"), taken)
    return replace(position, amount=left, working=(*position.working, cut, *lines))
