"""What the dossier and the check of a bundle say of clocks and of the brackets of contacts."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from tests.journal.authority import Authority, authority

from heller import casefile, pipeline
from heller.casefile import stamping
from heller.casefile.writing import write
from heller.dossier.blocks import Table
from heller.model.kinds.contact import Contact, ContactKind

__all__ = ["authority"]

EXAMPLE = Path(__file__).parents[2] / "examples" / "2015-companyconnect"
DAY = date(2015, 6, 30)


def test_contacts_have_brackets_and_a_clock_outside_its_bracket_is_told(
    authority: Authority, tmp_path: Path
) -> None:
    """An entry that our clock puts into 2040 was stamped today: the dossier shows the bracket of the contact, and
    `heller verify` names the clock without calling the bundle false."""
    folder = tmp_path / "case"
    casefile.open_case(folder)
    stamping.add(folder, [authority.tsa("one")], [authority.root])
    casefile.add(folder, [Path(shutil.copy(EXAMPLE / "angaben.csv", tmp_path / "angaben.csv"))])
    stamping.stamp(folder)
    at = datetime(2015, 2, 9, 9, tzinfo=UTC)
    said = Contact(at, ContactKind.CONTACT, "Telefon", "Techniker", "Er kommt morgen.")
    write.note(folder, said, datetime(2040, 1, 1, tzinfo=UTC))
    stamping.stamp(folder)
    built = casefile.build(folder, DAY, "en")
    (part,) = (p for p in pipeline.compose(built.claim, "en").parts if p.key == "since")
    table = [block for block in part.blocks if isinstance(block, Table)][-1]
    (row,) = table.rows
    assert row.cells[0].note == "Telefon" and "2040" in row.cells[1].text
    assert "not proven" not in (row.cells[2].text, row.cells[3].text)
    outcome = casefile.verify_bundle(built.bundle)
    assert outcome.breaches == ()
    assert any("By this machine's clock" in remark.id for remark in outcome.remarks)
