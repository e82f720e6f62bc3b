"""One table of heads: every room reads it, a head without a file is of receipts, no two share a rank."""

from __future__ import annotations

import pytest
from tests.damage.damage_world import case, detection, exact, flow, invoice, purpose

from heller.damage import all_heads, assess
from heller.damage.all_heads import _of_receipts, heads
from heller.damage.ledger import settle
from heller.intake.written import canonical
from heller.model.amount import Range
from heller.model.head import HeadOfLoss
from heller.model.heads import HEADS, RECEIPT_HEADS
from heller.model.kinds.purpose import NO_HEAD
from heller.model.text import text

ROW = HeadOfLoss("new", text("Hardware"), 999, receipts=True, reason=text("Hardware"))


def test_every_row_is_worked_out_and_every_file_has_a_row() -> None:
    """The rows and what works them out name the same heads, and each head is named by its words and its key."""
    assert [one.key for one in heads()] == sorted(HEADS)
    assert all(one.of == HEADS[one.key] for one in heads())
    assert {canonical.head_of(word) for row in HEADS.values() for word in (*row.words, row.key)} == set(HEADS)


def test_a_row_of_receipts_needs_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new head of nothing but receipts counts them as soon as its row is there."""
    worked = all_heads._working_head
    monkeypatch.setitem(HEADS, "new", ROW)
    monkeypatch.setattr(all_heads, "_working_head", lambda key: None if key == "new" else worked(key))
    all_heads.heads.cache_clear()
    try:
        found = assess(case(invoice("A1", "250.00"), purpose("A1", "new")), detection())
    finally:
        all_heads.heads.cache_clear()
    assert found.total == exact("250.00")
    assert [position.title for position in found.positions] == [ROW.title]


def test_a_row_that_nothing_works_out_is_refused() -> None:
    """Neither a file nor a reason for receipts: that is a mistake of who wrote it, said at once."""
    with pytest.raises(LookupError, match="new"):
        _of_receipts(HeadOfLoss("new", text("Hardware"), 999))


def test_receipts_count_only_where_the_table_says_so() -> None:
    """Idle hours, overtime and lost sales are worked out; no receipt is taken for them at the door."""
    assert not {"idle_hours", "overtime", "lost_sales"} & set(RECEIPT_HEADS)
    assert all(canonical.head_of(word) in (*RECEIPT_HEADS, NO_HEAD) for word in canonical.receipt_heads())


def test_a_head_that_no_table_names_has_no_rank_in_silence() -> None:
    """Whoever books under a head without a row is told so, instead of giving way to all others unseen."""
    with pytest.raises(KeyError, match="a_new_head"):
        settle([flow("f", Range(), exact("-40.00"), head="a_new_head")])
