"""The two-world ledger: damage is what would have been minus what is, and each thing is spent once.

It decides nothing about law and draws nothing at random; ranges of sums are in `draws`.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from heller.model.amount import ProofGrade, Range
from heller.model.damage import Conflict, Flow, Token
from heller.model.heads import HEADS
from heller.model.money import total
from heller.model.text import Text, text

# The printed rule: receipts before records before computed figures before mere statements, then this order.
GRADES = tuple(ProofGrade)
NOTHING = Range()


def damage(flow: Flow) -> Range:
    """`without - actual` of one flow; exactly nothing where both worlds hold the same amount."""
    return NOTHING if flow.without == flow.actual else flow.without - flow.actual


def rank(flow: Flow) -> tuple[bool, int, int, str, str]:
    """The place of a flow in the fixed order in which things are spent.

    A flow that is equal in both worlds comes last, so it can never push out one that counts.
    """
    return (flow.without == flow.actual, GRADES.index(flow.grade), HEADS[flow.head].rank, flow.head, flow.id)


class Settled(Struct, frozen=True):
    """The flows that are left when every thing is spent once, in the fixed order, and the conflicts."""

    flows: tuple[Flow, ...]
    conflicts: tuple[Conflict, ...]


def settle(flows: Iterable[Flow]) -> Settled:
    """Spend every token once. The result does not depend on the order in which the flows come.

    A flow of hours shrinks by the share of its quarter hours that is already spent (they are alike);
    any other flow with a spent thing is dropped as a whole.
    """
    spent: dict[Token, Flow] = {}
    left: list[Flow] = []
    conflicts: list[Conflict] = []
    for flow in sorted(flows, key=_order):
        taken = sorted(token for token in flow.tokens if token in spent)
        conflicts += _conflicts(flow, taken, spent)
        rest = _rest(flow, taken)
        if rest is not None:
            left.append(rest)
            spent.update(dict.fromkeys(rest.tokens, rest))
    return Settled(tuple(left), tuple(conflicts))


def _order(flow: Flow) -> tuple[object, ...]:
    # Two flows may share an id by mistake: their amounts settle the order, so it never hangs on the input's.
    money = [(r.low.cents, r.likely.cents, r.high.cents) for r in (flow.without, flow.actual)]
    return (*rank(flow), money, sorted(flow.tokens))


def _rest(flow: Flow, taken: list[Token]) -> Flow | None:
    """What is left of a flow when some of its things are spent, None where nothing is."""
    if not taken:
        return flow
    kept = flow.tokens.difference(taken)
    if not kept or any(token.kind != "hour" for token in flow.tokens):
        return None
    part = Fraction(len(kept), len(flow.tokens))
    return replace(flow, tokens=kept, without=scale(flow.without, part), actual=scale(flow.actual, part))


def scale(amount: Range, part: Fraction) -> Range:
    """A range times a share between 0 and 1, each figure rounded half up to the cent."""
    return Range(amount.low * part, amount.likely * part, amount.high * part)


def _conflicts(flow: Flow, taken: list[Token], spent: dict[Token, Flow]) -> Iterable[Conflict]:
    """One conflict for each flow that was there before, however many things they share."""
    shared: dict[str, list[Token]] = {}
    for token in taken:
        shared.setdefault(spent[token].id, []).append(token)
    for tokens in shared.values():
        before = spent[tokens[0]]
        counts, falls = damage(before), _share_of(flow, len(tokens))
        yield Conflict(
            token=tokens[0],
            kept=before.head,
            dropped=flow.head,
            rule=_rule(before, flow, len(tokens)),
            counted=counts,
            left_out=falls,
            asked=_open(before, flow) and falls not in (counts, NOTHING),
        )


def _share_of(flow: Flow, taken: int) -> Range:
    """What falls away of a flow when some of its things are spent elsewhere."""
    hours = all(token.kind == "hour" for token in flow.tokens)
    return scale(damage(flow), Fraction(taken, len(flow.tokens))) if hours else damage(flow)


def _open(kept: Flow, dropped: Flow) -> bool:
    """Whether no rule but the order of the heads decides: only a person knows which of the two is meant."""
    named = (kept.head, dropped.head) == ("cancelled_orders", "lost_sales")
    hours = any(token.kind == "hour" for token in dropped.tokens)
    return kept.head != dropped.head and kept.grade == dropped.grade and not named and not hours


def _rule(kept: Flow, dropped: Flow, n: int) -> Text:
    """Why the first stays, as it is printed."""
    if kept.head == dropped.head:
        return text("The same thing was added twice under one head ({n} in common): it counts once.", n=n)
    if kept.head == "cancelled_orders" and dropped.head == "lost_sales":
        return text(
            "What is named by its number comes out of the takings that were worked out, so that it counts once."
        )
    if kept.grade != dropped.grade:
        return text("What is proven more strongly counts first: receipts, own records, computed, stated.")
    if all(token.kind == "hour" for token in dropped.tokens):
        return text(
            "One quarter of an hour of a person counts once ({n} in common): setting up the emergency line comes "
            "first, then removing the damage, then overtime, then hours that add nothing.",
            n=n,
        )
    return text("One thing counts under one head only: the fixed order of the heads decides.")


class Columns(Struct, frozen=True):
    """The sums of the two worlds, and their difference."""

    without: Range
    actual: Range
    damage: Range


def columns(flows: Iterable[Flow]) -> Columns:
    """Plain column sums: the widest range that the total can have; `likely` is exact to the cent."""
    flows = tuple(flows)
    return Columns(*(plain(f(flow) for flow in flows) for f in (_without, _actual, damage)))


def _without(flow: Flow) -> Range:
    return flow.without


def _actual(flow: Flow) -> Range:
    return flow.actual


def plain(ranges: Iterable[Range]) -> Range:
    """The sum of ranges as if everything went wrong, or right, together."""
    ranges = tuple(ranges)
    return Range(total(r.low for r in ranges), total(r.likely for r in ranges), total(r.high for r in ranges))
