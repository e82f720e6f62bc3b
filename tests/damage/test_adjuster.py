"""The adjuster's scheme regroups the two worlds and adds nothing: to the cent, account by account."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.damage.damage_world import euros, exact

from heller.damage.adjuster import scheme
from heller.damage.margin import Margin, VariableCost
from heller.model.amount import ProofGrade, Range
from heller.model.damage import Flow, NormRef, Position
from heller.model.heads import HEADS
from heller.model.money import Money, total
from heller.model.scheme import SchemeKind
from heller.model.text import Text

ACCOUNTS = (("3400", "300.00"), ("3800", "30.00"), ("4700", "0.00"), ("4730", "70.00"))
MARGIN = Margin(variable=tuple(VariableCost(Text(name), euros(sum_)) for name, sum_ in ACCOUNTS))


def flow(head: str, kind: str, without: str, actual: str) -> Flow:
    """A flow of a head."""
    return Flow(f"{head}:{kind}", head, Text(kind), exact(without), exact(actual), ProofGrade.RECORD)


FLOWS = (
    flow("lost_sales", "takings", "10000.00", "2000.00"),
    flow("lost_sales", "variable cost", "-6000.01", "-1200.00"),
    flow("saved_wages", "helpers", "-500.00", "0.00"),
    flow("emergency_line", "card", "0.00", "-860.00"),
    flow("hardware", "router", "0.00", "-345.00"),
    flow("credits_received", "goodwill", "0.00", "50.00"),
    flow("line_fee", "February", "-250.00", "-250.00"),
)


def test_what_was_saved_stands_by_account() -> None:
    """Variable cost is shared out by what each account cost, to the cent; an account without cost is left out."""
    saved = [
        one for one in scheme(FLOWS, (), MARGIN) if one.kind is SchemeKind.SAVED and one.head == "lost_sales"
    ]
    assert [one.label.id for one in saved] == ["3400", "3800", "4730"]
    assert [one.expected.cents for one in saved] == [-450001, -45000, -105000]
    assert [one.actual.cents for one in saved] == [-90000, -9000, -21000]


def test_each_flow_stands_where_an_adjuster_looks_for_it() -> None:
    """Earnings, saved, averted, further, benefits: in this order; without accounts one line says on what it rests."""
    lines = scheme(FLOWS, (), Margin())
    assert [(one.kind.value, one.head) for one in lines] == [
        ("earnings", "lost_sales"),
        ("saved", "lost_sales"),
        ("saved", "saved_wages"),
        ("averted", "emergency_line"),
        ("further", "hardware"),
        ("further", "line_fee"),
        ("benefit", "credits_received"),
    ]


def test_a_claim_of_its_own_is_no_line() -> None:
    """The fee of the dead days stands beside the damage."""
    amount, norm = exact("250.00"), NormRef("", "", "")
    own = Position("line_fee", Text("fee"), amount, ProofGrade.RECORD, norm, Text("why"), flows=("line_fee:February",),
                   recoverable=False, apart=True)  # fmt: skip
    assert all(one.head != "line_fee" for one in scheme(FLOWS, (own,), MARGIN))


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*HEADS, "closed"]),
            st.sampled_from(["takings", "variable cost"]),
            st.integers(-(10**7), 10**7),
            st.integers(-(10**7), 10**7),
        ),
        max_size=12,
    ),
    st.lists(st.integers(0, 10**6), max_size=5),
)
def test_it_adds_up_to_the_two_worlds(rows: list[tuple[str, str, int, int]], accounts: list[int]) -> None:
    """Whatever the flows and the accounts."""
    flows = [
        Flow(
            f"{n}:{head}:{kind}",
            head,
            Text(kind),
            Range.exact(Money(a)),
            Range.exact(Money(b)),
            ProofGrade.STATED,
        )
        for n, (head, kind, a, b) in enumerate(rows)
    ]
    margin = Margin(variable=tuple(VariableCost(Text(str(n)), Money(one)) for n, one in enumerate(accounts)))
    lines = scheme(flows, (), margin)
    assert total(one.expected for one in lines) == total(one.without.likely for one in flows)
    assert total(one.actual for one in lines) == total(one.actual.likely for one in flows)
