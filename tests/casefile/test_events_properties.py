"""What must hold of any events: one more moves none of the others, and their order is nobody's business."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.casefile.several import at, case, claim, demand, purpose, receipt, router

from heller.model.case import Case, Exhibit
from heller.model.event import EventDebt
from heller.model.kinds.access_line import AccessLine, LineRole
from heller.model.kinds.belonging import Belonging
from heller.model.kinds.fact import Fact
from heller.model.money import Money
from heller.model.record import Record

FIRST = date(2024, 1, 8)
LINES = ("main", "branch", "depot")
Made = tuple[int, int, int, int]  # slot of three weeks, line, days dead, euros of its receipt


def world(events: Sequence[Made], shuffle: int = 0) -> Case:
    """A firm with three lines of three providers; each event has a receipt and a demand that are said to be its own."""
    noted: list[Record] = [AccessLine("main", signs=("log-main",))]
    noted += [AccessLine(name, LineRole.BRANCH, signs=(f"log-{name}",)) for name in LINES[1:]]
    noted += [Fact("provider.name", f"Netz {name} (erfunden)", line=name) for name in LINES]
    exhibits: list[Exhibit] = []
    belongs: list[Record] = []
    for slot, line, days, euros in events:
        begin = FIRST + timedelta(21 * slot)
        start, end = at(str(begin)), at(str(begin + timedelta(days)))
        number = f"R-{slot}-{line}"
        exhibits.append(router(100 * slot + line + 1, f"log-{LINES[line]}.log", (start, end), device="box"))
        paper = receipt(100 * slot + 10 + line, number, str(begin + timedelta(1)), f"{euros}.00")
        exhibits.append(paper)
        noted += [purpose(number), Belonging(number, LINES[line], start)]
        asked = demand(str(begin + timedelta(days + 2)), str(begin + timedelta(days + 16)))
        noted.append(asked)
        belongs.append(Belonging(f"#{len(noted)}", LINES[line], start))
    Random(shuffle).shuffle(exhibits)
    made = case(exhibits, *noted, *belongs)
    # The entry of a demand is the place at which it was written: the numbers follow the facts that every case has.
    first = len(made.noted) - len(noted) - len(belongs)
    entries = tuple(range(1 - first, len(made.noted) + 1 - first))
    return type(made)(made.id, made.opened, made.exhibits, made.noted, noted_in=entries)


def debts(made: Case) -> dict[str, tuple[EventDebt, Money]]:
    """What each event makes its debtor owe, and its interest, by key."""
    claimed = claim(made, "2026-06-30")
    owed = {debt.event: debt for debtor in claimed.debts for debt in debtor.events}
    return {e.event.key: (owed[e.event.key], e.waterfall.interest.likely) for e in claimed.by_event}


SOME = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 2), st.integers(2, 6), st.integers(0, 30_000)),
    min_size=2,
    max_size=4,
    unique_by=lambda one: one[:2],
)


@settings(max_examples=12, deadline=None)
@given(SOME)
def test_one_more_event_changes_no_figure_of_the_others(events: list[Made]) -> None:
    """Of another day, another line or another debtor: principal, default, interest and limitation stand."""
    *before, _ = events
    few, all_ = debts(world(before)), debts(world(events))
    assert len(all_) == len(few) + 1 and all(debt.default for debt, _ in all_.values())
    assert {key: all_[key] for key in few} == few


@settings(max_examples=8, deadline=None)
@given(SOME, st.integers(0, 99))
def test_the_order_of_files_changes_nothing(events: list[Made], shuffle: int) -> None:
    """The same papers taken in in another order."""
    assert debts(world(events)) == debts(world(events, shuffle))
