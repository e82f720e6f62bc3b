"""Tables and points on the terminal: they fit, and nothing of a cell is lost."""

from __future__ import annotations

from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from heller.cli.layout import Bullet, Table

CELLS = st.text(
    st.characters(exclude_categories=("C", "M", "Z"), exclude_characters="─", include_characters=" ")
)


def printed(what: Table | Bullet, width: int) -> list[str]:
    """The lines of it on a terminal so wide."""
    paper = StringIO()
    Console(width=width, file=paper, color_system=None).print(what)
    return paper.getvalue().split("\n")[:-1]


def test_figures_stand_right_and_other_columns_are_as_wide_as_their_widest_cell() -> None:
    """Three spaces stand between two columns; a cell that is missing is empty."""
    made = Table(("No.", "What"), (0,), 2, ())
    made.add_row("7", "a fault")
    made.add_section()
    made.add_row("10")
    assert printed(made, 60) == ["  No.   What", "  ─────────────", "    7   a fault", "", "   10"]


def test_further_lines_hang_under_the_first_word() -> None:
    """Also where the mark is longer than one letter."""
    assert printed(Bullet("one two three", "K 1", ""), 14) == ["  K 1 one two", "      three"]


@given(rows=st.lists(st.tuples(CELLS, CELLS, st.integers(0, 10**9).map(str)), max_size=5))
def test_a_table_fits_and_keeps_every_letter(rows: list[tuple[str, str, str]]) -> None:
    """Whatever the cells are, no line is wider than the terminal and every letter stands in one of them."""
    made = Table(("a", "b", "n"), (2,), 0, ())
    for row in rows:
        made.add_row(*row)
    lines = printed(made, 40)
    assert all(cell_len(line) <= 40 for line in lines)
    every = "".join(lines)
    for letter in {letter for row in rows for cell in row for letter in cell if not letter.isspace()}:
        assert every.count(letter) >= sum(cell.count(letter) for row in rows for cell in row)
