"""Net, VAT and gross of the invoices of the shipped case on one page, and what of each counts."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.letters import rendered

from heller import pipeline
from heller.dossier.blocks import Para, Table
from heller.dossier.parts import net_and_gross
from heller.dossier.writer import Pen
from heller.model.claim import Claim


@pytest.fixture(scope="module")
def claimed(tmp_path_factory: pytest.TempPathFactory) -> Claim:
    """The shipped case."""
    return rendered.claim(tmp_path_factory.mktemp("net") / "case")


def test_every_invoice_stands_once_with_what_counts_of_it(claimed: Claim) -> None:
    """As the README has them: half a router, half a mobile bill, half a month's fee; what came twice stands once."""
    part = net_and_gross.part(Pen(claimed, "en"))
    assert part is not None
    (table,) = (block for block in part.blocks if isinstance(block, Table))
    rows = {
        row.cells[0].text.rpartition(", ")[2]: [cell.text for cell in row.cells[2:]] for row in table.rows
    }
    assert len(rows) == len(table.rows) == 6
    assert rows["FB-1042"] == ["860.00", "163.40", "1,023.40", "860.00"]
    assert rows["R-2015-0117"] == ["690.00", "131.10", "821.10", "345.00"]
    assert rows["M-88231"] == ["280.00", "53.20", "333.20", "140.00"]
    assert sorted(row[-1] for row in rows.values()) == [
        "140.00",
        "174.00",
        "250.00",
        "345.00",
        "418.50",
        "860.00",
    ]


@pytest.mark.parametrize(("deducts", "said"), [("yes", "count net, their VAT"), ("no", "count gross")])
def test_the_page_says_which_amount_counts(claimed: Claim, deducts: str, said: str) -> None:
    """By what is stated of input VAT."""
    case = pipeline.suppose(claimed.case, {"firm.deducts_input_vat": deducts})
    part = net_and_gross.part(Pen(replace(claimed, case=case), "en"))
    assert part is not None and isinstance(part.blocks[0], Para) and said in part.blocks[0].text


def test_without_invoices_there_is_no_such_page(claimed: Claim) -> None:
    """Nothing is printed where nothing was bought."""
    bare = replace(claimed, assessment=replace(claimed.assessment, flows=()))
    assert net_and_gross.part(Pen(bare, "de")) is None
