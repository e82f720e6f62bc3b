"""The shipped case is what its README says."""

import csv
import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from heller import intake
from heller.model.kinds.bank_entry import BankEntry
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.order import Order
from heller.model.record import Blob, Reading

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "2015-companyconnect"
SHOP = ROOT.parent / "shared" / "samples" / "orders" / "online-retail-2010-12_2011-12.csv"
BERLIN = ZoneInfo("Europe/Berlin")


def read(name: str) -> Reading:
    """What Heller reads from a file of the example."""
    return intake.read(Blob(name, (EXAMPLE / name).read_bytes(), name), BERLIN)


@pytest.mark.parametrize("path", sorted(EXAMPLE.glob("rechnung-*")), ids=lambda p: p.name)
def test_every_invoice_adds_up(path: Path) -> None:
    """Net and 19 % make gross, the lines make net, and two paths prove it."""
    (invoice,) = [r for r in read(path.name).records if isinstance(r, Invoice)]
    assert invoice.net + invoice.vat == invoice.gross
    assert invoice.net * Decimal("0.19") == invoice.vat
    assert {"net+vat", "lines"} <= set(invoice.proven_by)


def test_every_invoice_was_paid() -> None:
    """The account statement holds a debit of each gross amount, and its balance closes."""
    reading = read("kontoauszug-2015-02.xml")
    paid = {-e.amount for e in reading.records if isinstance(e, BankEntry)}
    for path in EXAMPLE.glob("rechnung-*"):
        (invoice,) = [r for r in read(path.name).records if isinstance(r, Invoice)]
        assert invoice.gross in paid, path.name
    assert reading.findings == ()


def test_the_shop_is_closed_on_saturdays_and_silent_while_dead() -> None:
    """Weekdays fit the source; in the dead days only orders by phone remain."""
    orders = [r for r in read("bestellungen.csv").records if isinstance(r, Order)]
    assert len(orders) == 1872
    assert all(o.at.astimezone(BERLIN).weekday() != 5 for o in orders)
    dead = datetime(2015, 2, 4, 8, 12, 31, tzinfo=BERLIN), datetime(2015, 2, 18, 10, 39, 52, tzinfo=BERLIN)
    left = sum(dead[0] <= o.at < dead[1] for o in orders)
    week_before = sum((dead[0] - o.at).days in range(14) for o in orders if o.at < dead[0])
    assert 0 < left < week_before / 2


def test_the_orders_are_those_of_the_real_shop() -> None:
    """Every order of the example stands in the source with the same amount."""
    if not SHOP.exists():
        pytest.skip("the source of the orders is not beside the project")
    with SHOP.open(newline="") as file:
        source = {f"B-{row['order']}": Decimal(row["total_gbp"]) for row in csv.DictReader(file)}
    orders = [r for r in read("bestellungen.csv").records if isinstance(r, Order)]
    assert all(source[o.number] == o.net.decimal for o in orders)


def test_making_it_again_gives_the_same_bytes(tmp_path: Path) -> None:
    """The script is deterministic, and nobody changed a file by hand."""
    if not SHOP.exists():
        pytest.skip("the source of the orders is not beside the project")
    command = [sys.executable, str(ROOT / "tools" / "example_2015.py"), str(SHOP), str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    made = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    shipped = {p.name: p.read_bytes() for p in EXAMPLE.iterdir() if p.suffix != ".md"}
    assert made == shipped
