"""The order of the rows of a table changes nothing: the same records, sums and words, whatever row comes first.

Over every reader of tables. What stands in order of time by nature is left out: a running balance that steps from row
to row says something else in another order, and is then named (`balance-open`); the entries are the same. Probes are
a series: of two in one minute the order says which came first.
"""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest
from tests.intake.documents import BERLIN
from tests.intake.samples import by_reader
from tests.intake.test_silent_loss import told

from heller import intake
from heller.intake.readers import datev
from heller.model.record import Blob, Reading

READERS = (
    "balances", "banktable", "breitbandmessung", "bwa", "calls", "channels", "contacts", "customer_claims", "datev",
    "facts", "grid-list", "hours", "orders", "outage-list", "own_vouchers", "purposes",
    "speed-list", "state-list", "tracker", "units", "voucher_list", "wages", "accesslog",
)  # fmt: skip
SMALL = 9_000  # bytes
FILES = 8  # of each reader
# Words about what steps from row to row.
STEPS = frozenset({"balance-open", "balance-jumps", "direction-unproven"})
VALUE = re.compile(r"[-+]?[\d.,:/ '’€%TZ-]*\d[\d.,:/ '’€%TZ-]*(?: ?[A-Z]{3})?")
SUM = re.compile(r"summe|gesamt|total", re.IGNORECASE)
TABLES = [
    pytest.param(one, id=f"{name} {one.name} {one.digest[:4]}")
    for name in READERS
    for one in [
        one
        for one in by_reader()[name]
        if len(one.data) <= SMALL and not one.data.startswith((b"{", b"[", b"<", b"###"))
    ][:FILES]
]


def words(reading: Reading) -> Counter[str]:
    """What is said and how often; the rows that are named as examples depend on their order."""
    return Counter(finding.code for finding in reading.findings if finding.code not in STEPS)


def shuffled(one: Blob, seed: int) -> bytes:
    """The rows of a table in another order; what stands above and below the table stays, and so do sums."""
    said, code = _decoded(one.data)
    lines = said.splitlines()
    mark = max(";,\t", key=said.count)
    width = Counter(line.count(mark) for line in lines if line.strip()).most_common(1)[0][0]
    first = 2 if datev.identify(one.data[:999], one.name).score else 0
    places = [n for n, line in enumerate(lines) if n >= first and _is_row(line, mark, width)]
    rows = [lines[n] for n in places]
    random.Random(seed).shuffle(rows)
    for n, row in zip(places, rows, strict=True):
        lines[n] = row
    return "\n".join(lines).encode(code)


def _decoded(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252"), "cp1252"


def _is_row(line: str, mark: str, width: int) -> bool:
    """A row has a cell that is a number, a day or a time; a heading and the words above a table have none."""
    cells = [cell.strip().strip('"=') for cell in line.split(mark)]
    whole = abs(len(cells) - 1 - width) <= 1 and line.count('"') % 2 == 0
    return whole and any(map(VALUE.fullmatch, cells)) and not SUM.search(line)


@pytest.mark.parametrize("one", TABLES)
def test_the_order_of_the_rows_does_not_matter(one: Blob) -> None:
    """Records, sums, what was not read and the words about it are the same."""
    whole = intake.read(one, BERLIN)
    for seed in (1, 2):
        found = intake.read(Blob(one.name, shuffled(one, seed), one.digest), BERLIN)
        assert told(found)[0] == told(whole)[0]
        assert (found.rows, found.rows_rejected) == (whole.rows, whole.rows_rejected)
        assert words(found) == words(whole)
