"""Files on which the fuzzer found a fault: each costs a word, never the reading."""

from __future__ import annotations

import pytest
from tests.intake.documents import codes, read
from tests.intake.samples import samples


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("77-mail-kuma.eml", b"Europe/", b"EuropC/"),  # a zone that no machine knows
        ("56-influx-annotated.csv", b",_result,", b",_re\rsult,"),  # a line that ends in the middle of a cell
    ],
)
def test_a_fault_that_was_found(name: str, before: bytes, after: bytes) -> None:
    """The reader reads on."""
    data = next(one.data for one in samples() if one.name == name)
    assert before in data
    assert "reader-broke" not in codes(read(data.replace(before, after), name))
