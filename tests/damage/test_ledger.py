"""The two-world ledger: properties that hold for every set of flows."""

from __future__ import annotations

import random
import tomllib
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from msgspec.structs import replace
from tests.damage.damage_world import exact, flow

from heller.damage.draws import combine
from heller.damage.ledger import columns, damage, plain, scale, settle
from heller.model.amount import ProofGrade, Range
from heller.model.damage import Flow, Token
from heller.model.heads import HEADS
from heller.model.money import Money

TOKENS = [Token("order", "1"), Token("order", "2"), *(Token("hour", f"M01:{i}") for i in range(4))]
CONFLICTS = tomllib.loads((Path(__file__).parent / "ledger" / "conflicts.toml").read_text("utf-8"))["case"]


@st.composite
def ranges(draw: DrawFn) -> Range:
    """Any range up to 10,000.00 either way."""
    low, likely, high = sorted(draw(st.tuples(*[st.integers(-1_000_000, 1_000_000)] * 3)))
    return Range(Money(low), Money(likely), Money(high))


@st.composite
def ledgers(draw: DrawFn) -> list[Flow]:
    """Flows with ids of their own; tokens and risks may be shared."""
    size = draw(st.integers(0, 8))
    return [
        flow(
            f"f{i}",
            draw(ranges()),
            draw(ranges()),
            *draw(st.sets(st.sampled_from(TOKENS), max_size=3)),
            head=draw(st.sampled_from(sorted(HEADS))),
            grade=draw(st.sampled_from(list(ProofGrade))),
            risk=draw(st.sampled_from(["", "a", "-a", "b"])),
        )
        for i in range(size)
    ]


@given(ledgers(), st.randoms())
def test_the_order_of_flows_changes_nothing(flows: list[Flow], chance: random.Random) -> None:
    """However heads and flows come in, the ledger and its total are the same."""
    mixed = chance.sample(flows, len(flows))
    assert settle(mixed) == settle(flows)
    assert combine(mixed) == combine(flows)


@given(ledgers(), ranges(), st.sets(st.sampled_from(TOKENS), max_size=3))
def test_what_is_equal_in_both_worlds_adds_nothing(
    flows: list[Flow], same: Range, tokens: set[Token]
) -> None:
    """Wages owed anyway stand in both columns; the damage stays, whatever they name."""
    more = [*flows, flow("same", same, same, *tokens, head="idle_hours", grade=ProofGrade.RECEIPT)]
    assert columns(settle(more).flows).damage == columns(settle(flows).flows).damage
    assert combine(settle(more).flows) == combine(settle(flows).flows)


@given(ledgers(), st.data())
def test_spending_a_thing_twice_never_raises_the_sum(flows: list[Flow], data: st.DataObject) -> None:
    """The same receipt under a second head changes nothing at all."""
    spending = [f for f in settle(flows).flows if f.tokens and f.without != f.actual]
    if not spending:
        return
    once = data.draw(st.sampled_from(spending))
    again = replace(once, id="zz again", head="idle_hours", grade=ProofGrade.STATED)
    assert columns(settle([*flows, again]).flows) == columns(settle(flows).flows)


@given(ledgers())
def test_each_thing_is_spent_once(flows: list[Flow]) -> None:
    """No token stands in two flows of a settled ledger."""
    tokens = [token for f in settle(flows).flows for token in f.tokens]
    assert len(tokens) == len(set(tokens))


@given(ledgers())
def test_parts_add_up_to_the_cent(flows: list[Flow]) -> None:
    """The difference of the columns is the sum of the flows, and of the grades' likely figures."""
    sums = columns(flows)
    parts = [combine(f for f in flows if f.grade is grade) for grade in ProofGrade]
    assert sums.damage.likely == sums.without.likely - sums.actual.likely
    assert plain(parts).likely == combine(flows).likely == sums.damage.likely


@given(ledgers())
def test_a_total_is_never_wider_than_its_parts(flows: list[Flow]) -> None:
    """Low and high lie within the plain sums, around the likely figure."""
    widest, drawn = columns(flows).damage, combine(flows)
    assert widest.low <= drawn.low <= drawn.likely <= drawn.high <= widest.high


def test_hours_shrink_and_receipts_fall_away() -> None:
    """Half of an hour's quarters are spent: half of its cost stays. A receipt is whole or nothing."""
    quarters = TOKENS[2:]
    removal = flow(
        "r", Range(), exact("-10.00"), *quarters[:2], head="removal_hours", grade=ProofGrade.RECORD
    )
    overtime = flow("o", Range(), exact("-40.00"), *quarters, head="overtime", grade=ProofGrade.RECORD)
    settled = settle([overtime, removal])
    assert columns(settled.flows).damage == exact("30.00")
    assert [(c.kept, c.dropped) for c in settled.conflicts] == [("removal_hours", "overtime")]
    first = flow("a", Range(), exact("-5.00"), TOKENS[0])
    second = flow("b", Range(), exact("-7.00"), TOKENS[0], grade=ProofGrade.RECORD)
    assert columns(settle([second, first]).flows).damage == exact("5.00")


def test_removal_comes_before_idle_hours() -> None:
    """The quarter hour in which the line was rerouted was not idle."""
    quarter = TOKENS[2]
    idle = flow("i", exact("-9.00"), exact("-9.00"), quarter, head="idle_hours", grade=ProofGrade.RECORD)
    removal = flow("r", Range(), exact("-9.00"), quarter, head="removal_hours", grade=ProofGrade.RECORD)
    settled = settle([idle, removal])
    assert [f.head for f in settled.flows] == ["removal_hours"]
    assert damage(settled.flows[0]) == exact("9.00")


def test_the_double_count_table() -> None:
    """law-de.md 5.2: 8,000 by margin, 8,000 by profit plus wasted cost, and 25,000 cannot be reached."""
    takings = flow("takings", exact("20000.00"), Range())
    variable = flow("variable cost", exact("-12000.00"), Range())
    wages = flow("wages", exact("-5000.00"), exact("-5000.00"), head="idle_hours")
    assert columns([takings, variable, wages]).damage == exact("8000.00")  # correct A
    profit = flow("profit", exact("3000.00"), Range())
    wasted = flow("wasted", Range(), exact("-5000.00"), head="idle_hours")
    assert columns([profit, wasted]).damage == exact("8000.00")  # correct B
    # The wrong sum needs takings without saved cost and wages in one world only. Wages stand in both:
    assert columns([takings, variable, wages, wages]).damage != exact("25000.00")
    assert columns([takings, wages]).damage == exact("20000.00")


@pytest.mark.parametrize("case", CONFLICTS, ids=[case["why"] for case in CONFLICTS])
def test_of_two_that_spend_one_thing_the_rule_keeps_one(case: dict[str, Any]) -> None:
    """What stays, both amounts, the printed rule, whether a person is asked, and the sum; in either order of input."""
    flows = [
        flow(f"f{n}", Range(), -exact(amount), *map(thing, things), head=head, grade=ProofGrade(grade))
        for n, (head, grade, amount, *things) in enumerate(case["flows"])
    ]
    for given_in in (flows, flows[::-1]):
        settled = settle(given_in)
        (found,) = settled.conflicts
        assert (found.kept, found.asked) == (case["kept"], case["asked"])
        assert (found.counted, found.left_out) == (exact(case["counted"]), exact(case["left_out"]))
        assert found.rule.id.startswith(case.get("rule", ""))
        assert columns(settled.flows).damage == exact(case["total"])


def thing(name: str) -> Token:
    """A thing that is spent once, as `kind:id`."""
    kind, _, number = name.partition(":")
    return Token(kind, number)


def test_a_conflict_names_the_flow_that_was_there_before_once() -> None:
    """However many quarters two share: one conflict with the first of them and how many; of three flows, two."""
    quarters = TOKENS[2:]
    first = flow("a", Range(), exact("-1.00"), quarters[0], head="emergency_line", grade=ProofGrade.RECORD)
    second = flow("b", Range(), exact("-2.00"), *quarters[1:3], head="removal_hours", grade=ProofGrade.RECORD)
    last = flow("c", Range(), exact("-40.00"), *quarters, head="overtime", grade=ProofGrade.RECORD)
    settled = settle([last, second, first])
    assert [(c.kept, c.token, c.rule.args["n"]) for c in settled.conflicts] == [
        ("emergency_line", quarters[0], 1),
        ("removal_hours", quarters[1], 2),
    ]
    assert [c.left_out for c in settled.conflicts] == [exact("10.00"), exact("20.00")]
    (left,) = (f for f in settled.flows if f.head == "overtime")
    assert left.tokens == {quarters[3]} and damage(left) == exact("10.00")


def test_a_flow_that_stands_in_both_worlds_never_pushes_one_out() -> None:
    """It comes last, however well it is proven and whatever its head: the other counts whole."""
    same = flow("s", exact("9.00"), exact("9.00"), TOKENS[0], head="emergency_line", grade=ProofGrade.RECEIPT)
    real = flow("r", Range(), exact("-5.00"), TOKENS[0], head="idle_hours", grade=ProofGrade.STATED)
    settled = settle([same, real])
    assert [f.id for f in settled.flows] == ["r"]
    assert columns(settled.flows).damage == exact("5.00")
    assert (settled.conflicts[0].kept, settled.conflicts[0].left_out, settled.conflicts[0].asked) == (
        "idle_hours",
        Range(),
        False,
    )


def test_columns_are_summed_figure_by_figure() -> None:
    """Low, likely and high of each world; the difference of wide columns is as wide as both together."""
    wide = Range(Money(100), Money(200), Money(400))
    sums = columns([flow("a", wide, Range()), flow("b", exact("1.00"), wide)])
    assert sums.without == Range(Money(200), Money(300), Money(500))
    assert sums.actual == wide
    assert sums.damage == Range(Money(-200), Money(100), Money(400))


def test_a_part_of_a_range_is_rounded_in_each_figure() -> None:
    """A third of 1.00 to 2.00 to 5.00."""
    amount = Range(Money(100), Money(200), Money(500))
    assert scale(amount, Fraction(1, 3)) == Range(Money(33), Money(67), Money(167))


def test_two_flows_with_one_id_are_ordered_by_their_amounts() -> None:
    """An id that was used twice by mistake does not make the sum depend on the order of the input."""
    one = flow("a", Range(), exact("-5.00"), TOKENS[0])
    other = flow("a", Range(), exact("-7.00"), TOKENS[0])
    assert settle([one, other]) == settle([other, one])
    assert columns(settle([one, other]).flows).damage == exact("7.00")


def test_the_heads_spend_in_the_printed_order() -> None:
    """Of two that are proven alike the one that comes first here spends the thing; each pair of neighbours."""
    order = [
        "emergency_line",
        "hardware",
        "mobile_data",
        "extra_cost",
        "outside_help",
        "own_costs",
        "spoilt_goods",
    ]
    order += [
        "wasted_spending",
        "expert",
        "customer_claims",
        "withheld_penalties",
        "credits_given",
        "unpaid_bills",
    ]
    order += [
        "goodwill",
        "line_fee",
        "remaining_term",
        "removal_hours",
        "overtime",
        "cancelled_orders",
        "lost_units",
        "lost_sales",
    ]
    order += [
        "slow_sales",
        "pursuit_hours",
        "idle_hours",
        "slowed_hours",
        "saved_wages",
        "leave",
        "credits_received",
        "refunded_fee",
    ]
    assert set(order) == set(HEADS)
    for first, second in pairwise(order):
        flows = [flow(head, Range(), exact("-5.00"), TOKENS[0], head=head) for head in (second, first)]
        (kept,) = settle(flows).flows
        assert kept.head == first
