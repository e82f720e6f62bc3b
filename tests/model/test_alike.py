"""Alike findings are one in every view, and nothing of them is lost."""

from hypothesis import given
from hypothesis import strategies as st

from heller.model.finding import FEW, Finding, Locator, Weight, alike
from heller.model.text import text


def doubt(code: str, row: int, do: bool = False) -> Finding:
    """A doubt about a row of a table."""
    said = text("Row {row} is of no kind that is known.", row=row)
    return Finding(
        code, said, text("Look.") if do else None, Weight.WARNING, Locator("ab" * 32, f"row {row}")
    )


def test_many_of_one_kind_are_one_with_every_place() -> None:
    """Three thousand rows of an unknown kind: one finding, its count, each row, the first as the example."""
    found = [doubt("kind", row) for row in range(2, 3002)]
    (one,) = alike(found)
    assert (one.example, one.count) == (found[0], 3000)
    assert [source.place for source in one.sources] == [f"row {row}" for row in range(2, 3002)]


def test_a_few_stay_as_they_are() -> None:
    """What differs in three of them can be read; the fourth makes them one."""
    for count in range(FEW + 3):
        shown = alike([doubt("kind", row) for row in range(count)])
        assert len(shown) == (count if count <= FEW else 1)


@given(st.lists(st.builds(doubt, st.sampled_from("abc"), st.integers(1, 40), st.booleans())))
def test_nothing_is_left_out_and_nothing_counted_twice(found: list[Finding]) -> None:
    """Counts add up to the different findings, every place is there, and no two groups share code and words."""
    shown = alike(found)
    different = {repr(one): one for one in found}
    assert sum(one.count for one in shown) == len(different)
    assert {s for one in shown for s in one.sources} == {f.source for f in found}
    folded = [(one.example.code, one.example.do is None) for one in shown if one.count > 1]
    assert len(folded) == len(set(folded))
    assert [one.example for one in shown][:1] == found[:1]
