"""Files on which the fuzzer found a fault: each costs a word, never the reading."""

from __future__ import annotations

import numpy as np
import pytest
from tests.intake.documents import codes, read
from tests.intake.samples import samples

from heller.intake.monitors import ping_times


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


def test_a_leap_of_numbers_that_no_log_holds() -> None:
    """A number 200 million later at its fitting time fills no memory: what lies between is counted, not placed."""
    n = np.array([1, 2, 200_000_002])
    none = np.zeros(3)
    timed = ping_times.Sent(n.astype(float), n, none.astype(np.uint8), none, none.astype(np.int32))
    probes, unplaced = ping_times._fill(timed, n, 1.0, 0)
    assert (len(probes.at), unplaced) == (3, 199_999_999)
