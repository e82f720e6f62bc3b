"""The damage of a case: every head in turn, each thing spent once, honest totals. It names no head."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from heller.damage import closed_sums, methods, reasonableness, vat
from heller.damage import mitigation as measures
from heller.damage.adjuster import scheme
from heller.damage.all_heads import heads
from heller.damage.draws import SEED, combine
from heller.damage.event import event_of, slow_spans
from heller.damage.head import Head, HeadLoss, Inputs
from heller.damage.ledger import GRADES, Settled, settle
from heller.damage.lost_originals import graded, lost_in
from heller.damage.margin import margin
from heller.damage.missing import kept_by_others, rank, with_security
from heller.damage.sensitivity import sensitivity
from heller.damage.unassigned import without_head
from heller.damage.waiting import waiting
from heller.intake.across.chains import chains, links_of
from heller.model.amount import ProofGrade, Range, WorkingLine
from heller.model.case import Case
from heller.model.closing import StatedSums
from heller.model.damage import Assessment, Flow, Position
from heller.model.errors import HellerError
from heller.model.finding import Finding, Weight
from heller.model.heads import HEADS
from heller.model.outage import Detection
from heller.model.span import Span
from heller.model.text import Text, text


def work(
    case: Case, detection: Detection, given: Sequence[StatedSums] = (), others: tuple[Span, ...] = ()
) -> Assessment:
    """See `heller.damage.assess`."""
    event, findings = event_of(detection)
    net, case = vat.status(case).net, vat.apply(case)
    links, spans = links_of(chains(case)), event.spans if event else ()
    open_receipts, gaps = without_head(case, net, links, spans)
    if event is None:
        return Assessment((), (), Range(), (), missing=(), findings=(*findings, *open_receipts), seed=SEED)
    shared = margin(case, event.span.start.astimezone(case.tz).date())
    inputs = Inputs(case, event, net, shared, links, others, slow_spans(detection))
    lost = lost_in(case)
    found = [closed_sums.put(head, graded(_ask(head, inputs), lost), given) for head in heads()]
    settled = settle(flow for one in found for flow in one.flows)
    positions = tuple(
        sorted((_after_settling(p, settled) for one in found for p in one.positions), key=_place)
    )
    sales = tuple(sale for one in found for sale in one.sales)
    judged = reasonableness.judge(inputs, settled.flows, positions, sales)
    flows, positions = judged.flows, judged.positions
    absent = (
        *(m for one in found for m in one.missing),
        *gaps,
        *waiting(case, net, links, spans),
        *kept_by_others(case, event, positions),
    )
    doubts = (
        *(f for one in found for f in one.findings),
        *_questions(settled),
        *judged.findings,
        *measures.doubts(inputs),
    )
    return Assessment(
        flows=flows,
        positions=positions,
        total=combine(flows),
        by_grade=tuple(_by_grade(flows)),
        conflicts=settled.conflicts,
        sales=sales,
        missing=rank(with_security(absent, positions)),
        findings=(*findings, *vat.doubts(case), *doubts, *open_receipts),
        seed=SEED,
        methods=methods.of(flows),
        mitigation=measures.mitigation(inputs, positions),
        sensitivity=sensitivity(inputs, flows, sales),
        scheme=scheme(flows, positions, shared),
    )


def _ask(head: Head, inputs: Inputs) -> HeadLoss:
    """What a head finds. A head that breaks costs a finding and its own sum, never the case."""
    try:
        return head.assess(inputs)
    except HellerError as error:
        return HeadLoss(findings=(Finding("damage.head", error.what, error.do, Weight.REFUSED),))
    except Exception as error:  # whatever a head does wrong, the other heads still count
        what = text(
            "The head '{head}' could not be worked out ({error}); it counts nothing.",
            head=head.key,
            error=f"{type(error).__name__}: {error}",
        )
        do = text("Check the records under this head, and report the error.")
        return HeadLoss(findings=(Finding("damage.head_failed", what, do, Weight.REFUSED),))


def _place(position: Position) -> tuple[int, str, int]:
    return HEADS[position.head].rank, position.head, GRADES.index(position.grade)


def _questions(settled: Settled) -> Iterable[Finding]:
    """Where no rule but the order of the heads decided: which of the two is meant?"""
    for one in settled.conflicts:
        if one.asked:
            what = text(
                "'{thing}' is claimed under '{kept}' with {counted} and under '{dropped}' with {left}; "
                "'{kept}' counts until you decide.",
                thing=one.token.id.partition(":")[0],
                kept=head_title(one.kept),
                counted=one.counted.likely,
                dropped=head_title(one.dropped),
                left=one.left_out.likely,
            )
            do = text("Say under which of the two it belongs, or share it out between them.")
            yield Finding("damage.which", what, do)


def head_title(key: str) -> Text:
    """The name of a head of loss; a key that is none stays as it is."""
    return next((head.title for head in heads() if head.key == key), Text(key))


def _by_grade(flows: Sequence[Flow]) -> Iterable[tuple[ProofGrade, Range]]:
    for grade in ProofGrade:
        chosen = [flow for flow in flows if flow.grade is grade]
        if chosen:
            yield grade, combine(chosen)


def _after_settling(position: Position, settled: Settled) -> Position:
    """A position with what is left of it when things spent twice are settled, and the reason."""
    if not position.recoverable:
        return position
    mine = frozenset(position.flows)
    left = combine(f for f in settled.flows if f.id in mine)
    if left == position.amount:
        return position
    taken = Range.exact(left.likely - position.amount.likely)
    rules = [c.rule for c in settled.conflicts if c.dropped == position.head]
    lines = [WorkingLine(rule) for n, rule in enumerate(rules) if rule not in rules[:n]]
    cut = WorkingLine(text("taken out because it counts elsewhere"), taken)
    return replace(position, amount=left, working=(*position.working, cut, *lines))
