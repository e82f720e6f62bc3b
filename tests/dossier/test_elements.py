"""The part 'What the claim rests on': each element with its exhibit and burden, each position with rule and sum."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace
from tests.dossier.fixture import claim
from tests.letters import rendered

from heller.dossier.blocks import Table
from heller.dossier.names import head_name
from heller.dossier.parts import elements
from heller.dossier.writer import Pen


def tables(pen: Pen) -> list[Table]:
    """Its two tables."""
    part = elements.part(pen)
    assert part is not None
    return [block for block in part.blocks if isinstance(block, Table)]


def test_every_element_names_its_burden_and_every_position_its_sum(tmp_path: Path) -> None:
    """Fault is for the provider to disprove; all else is shown by an exhibit; the sums are those of the schedule."""
    made = rendered.claim(tmp_path / "case")
    pen = Pen(made, "en")
    rows, positions = (table.rows for table in tables(pen))
    burden = {row.cells[0].text: row.cells[2].text for row in rows}
    assert burden["Fault"] == "Respondent" and burden["Breach: the service failed"] == "Claimant"
    shown = {row.cells[0].text: row.cells[1].refs for row in rows}
    assert shown["Breach: the service failed"] and shown["Contract"] and shown["Default"]
    counted = [one for one in made.assessment.positions if (one.recoverable or one.apart) and one.amount.high]
    assert [row.cells[0].text for row in positions] == [pen(head_name(one.head)) for one in counted]
    assert [row.cells[3].text for row in positions] == [pen.bare(one.amount.low) for one in counted]


def test_without_a_law_nothing_is_said() -> None:
    """Where no rule of the country is known the part is not there."""
    made = claim()
    jurisdiction = replace(made.waterfall.jurisdiction, grounds={})
    fall = replace(made.waterfall, jurisdiction=jurisdiction)
    assert elements.part(Pen(replace(made, waterfall=fall), "de")) is None
