"""Whatever a file holds, no reader of tables raises, and no row is lost."""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.tables import BERLIN, READERS, blob

from heller.model.finding import Weight
from heller.model.kinds.order import Order
from heller.model.kinds.summary import Summary

CELLS = st.one_of(
    st.text(max_size=12),
    st.text("0123456789.,:-+/ %€\"'\n;\t", max_size=14),
    st.sampled_from(
        [
            "04.02.2015", "2015-02-04 09:30", "01/07/2026", "0001-01-01", "9999-12-31", "31.12.9999 24:00", "8:30",
            "24:00", "02:30", "25.10.2015", "29.03.2015", "1.234,56", "1.000", "100 %", "-5", "EUR", "Leerlauf",
            "Zusage", "Hardware", "Firma", "Notanschluss läuft seit", "Mitverschulden", "ein", "ja", "A", "R1",
            "9" * 40, "9" * 300, " " * 300 + "x", "(" * 300, '"', '"a";b',
        ]
    ),
)  # fmt: skip


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.NAME)
@given(
    rows=st.lists(st.lists(CELLS, max_size=12), max_size=8),
    delimiter=st.sampled_from(";,\t|"),
    quoted=st.booleans(),
    columns=st.permutations(range(12)),
)
def test_rows_of_anything_are_read_or_rejected(
    reader: ModuleType, rows: list[list[str]], delimiter: str, quoted: bool, columns: list[int]
) -> None:
    """Under the reader's own headings in any order: read rows and rejected rows are all rows, each with a finding."""
    words = [column.words[0] for column in reader.LAYOUT.columns]
    head = delimiter.join(words[place] for place in columns if place < len(words))
    quote = '"{}"' if quoted else "{}"
    body = "\n".join(delimiter.join(quote.format(cell) for cell in row) for row in rows)
    found = reader.read(blob(f"{head}\n{body}"), BERLIN)
    records = [record for record in found.records if not isinstance(record, Summary)]
    used = len(records) + found.rows_rejected + sum(finding.code == "row.sum" for finding in found.findings)
    together = reader.NAME == "orders"  # one order may have several rows, or no net amount
    assert used == found.rows or (together and used <= found.rows)
    refused = [f for f in found.findings if f.weight is not Weight.WARNING and f.source]
    assert len(refused) >= found.rows_rejected
    numbers = [record.number for record in found.records if isinstance(record, Order)]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.NAME)
@given(content=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)))
def test_bytes_of_anything_give_a_reading(reader: ModuleType, content: bytes) -> None:
    """Random bytes are identified as something between 0 and 100 and read without an exception."""
    assert 0 <= reader.identify(content, "x.csv").score <= 100
    found = reader.read(blob(content), BERLIN)
    assert found.records or found.findings
