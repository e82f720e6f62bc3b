"""Orders of a shop: net, once, with the right instant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.intake.tables import BERLIN, blob, codes

from heller.intake import reading as intake
from heller.intake.readers import orders
from heller.model.finding import Weight
from heller.model.kinds.order import Order
from heller.model.money import Money, total
from heller.model.record import Reading

DATA = Path(__file__).parent / "data" / "tables"
HEAD = "Bestellnummer;Bestelldatum;Kunde;Netto;Währung;Status;Kanal\n"


def read(rows: str | Sequence[str], head: str = HEAD) -> tuple[list[Order], Reading]:
    """The orders of some rows, and the whole reading."""
    content = head + (rows if isinstance(rows, str) else "\n".join(rows)) + "\n"
    found = orders.read(blob(content), BERLIN)
    return [record for record in found.records if isinstance(record, Order)], found


def sample(name: str) -> tuple[list[Order], Reading]:
    """A sample file, read by the reader that the house chooses for it."""
    found = intake.read(blob((DATA / name).read_bytes(), name), BERLIN)
    return [record for record in found.records if isinstance(record, Order)], found


def test_an_order_of_the_own_format() -> None:
    """ISO local, ISO with an offset and German dates are the same instant; the status tells a cancellation."""
    found, whole = read(
        [
            "B-10001;2015-02-03T09:30;K-7;1.234,56;EUR;abgeschlossen;shop",
            "B-10002;2015-02-03T08:30:00Z;K-7;20,00;€;storniert;shop",
            "B-10003;03.02.2015 09:30;;0,99;EUR;;",
        ]
    )
    assert {order.at for order in found} == {datetime(2015, 2, 3, 8, 30, tzinfo=UTC)}
    assert [(order.net, order.cancelled) for order in found] == [
        (Money(123456), False),
        (Money(2000), True),
        (Money(99), False),
    ]
    assert [order.customer for order in found] == ["K-7", "K-7", ""]
    assert whole.findings == ()
    assert (found[0].source.place, found[0].source.raw) == ("row 2", "1.234,56")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("1;01/07/2026;K1;10,00;EUR;;", "row.unreadable"),
        ("1;25.10.2015 02:30;K1;10,00;EUR;;", "row.unreadable"),
        ("1;2015-02-03 09:30;K1;;EUR;storniert;", "order.no_amount"),
        ("1;2015-02-03 09:30;K1;zehn;EUR;;", "row.unreadable"),
        ("1;2015-02-03 09:30;K1;10,005;EUR;;", "row.unreadable"),
        ("1;2015-02-03 09:30;K1;1.000;EUR;;", "row.unreadable"),
        ("1;2015-02-03 09:30;K1;10,00;USD;;", "row.currency"),
        ("1;2015-02-03 09:30;K1;$10.00;;;", "row.unreadable"),
        ("1;2015-02-03 09:30;K1;10,00;EUR;failed;", "order.none"),
        (";2015-02-03 09:30;K1;10,00;EUR;;", "row.empty"),
    ],
)
def test_orders_that_are_uncertain_are_rejected(row: str, code: str) -> None:
    """No guess at a date, a currency or an amount."""
    found, whole = read(row)
    assert (found, codes(whole), whole.rows, whole.rows_rejected) == ([], [code], 1, 1)


def test_gross_alone_is_not_worked_back() -> None:
    """A list without net amounts is counted as a whole, and the rate is asked before an order enters the claim."""
    found, whole = read(
        "1;2015-02-03 09:30;119,00\n2;2015-02-03 10:30;23,80", "Bestellnummer;Bestelldatum;Brutto\n"
    )
    assert found == []
    assert (codes(whole), whole.rows, whole.rows_rejected) == (["order.gross_only"], 2, 0)


def test_a_number_that_is_there_already_is_rejected() -> None:
    """The first row of an order counts, a second one never adds to it."""
    found, whole = read(["#1;2015-02-03 09:30;K1;10,00;EUR;;", "1;2015-02-03 09:30;K1;10,00;EUR;;"])
    assert (len(found), codes(whole), whole.rows, whole.rows_rejected) == (1, ["order.twice"], 2, 1)


def test_three_amounts_prove_the_decimal_mark_of_a_column() -> None:
    """'1.000' is a thousand where all other amounts of the column have a comma, and a question where not."""
    rows = [f"{n};2015-02-03 09:30;K1;{n},50;EUR;;" for n in range(1, 4)] + [
        "9;2015-02-03 09:30;K1;1.000;EUR;;"
    ]
    found, whole = read(rows)
    assert (found[-1].net, whole.findings) == (Money(100000), ())
    mixed, doubted = read([*rows, "10;2015-02-03 09:30;K1;7.50;EUR;;"])
    assert (len(mixed), codes(doubted)) == (4, ["row.unreadable"])


def test_an_unknown_status_is_said_once_and_counts_as_standing() -> None:
    """The side that claims less: nothing is claimed as cancelled that is not known to be."""
    found, whole = read([f"{n};2015-02-03 09:30;K1;1,00;EUR;teilgeliefert;" for n in range(3)])
    assert [order.cancelled for order in found] == [False] * 3
    assert codes(whole) == ["orders.status"]


def test_customers_are_never_kept_by_name() -> None:
    """A name or an address becomes the same pseudonym in every file; a customer's number stays."""
    found, _ = read(
        [
            "1;2015-02-03 09:30;Erika Mustermann;1,00;EUR;;",
            "2;2015-02-03 09:30;ERIKA  MUSTERMANN;1,00;EUR;;",
            "3;2015-02-03 09:30;17850;1,00;EUR;;",
            "4;2015-02-03 09:30;erika@example.org;1,00;EUR;;",
        ]
    )
    kept = [order.customer for order in found]
    assert kept[0] == kept[1] != kept[3]
    assert kept[2] == "17850"
    assert "rika" not in str(found).lower()


def test_shopify_one_order_over_two_rows_counts_once() -> None:
    """Counted by hand: 4 orders in 5 rows, 229.60 gross less 36.66 taxes, one cancelled, 60.00 paid back."""
    found, whole = sample("shopify_orders_export.csv")
    assert (whole.reader, len(found), whole.rows, whole.rows_rejected) == ("orders", 4, 5, 0)
    assert total(order.net for order in found) == Money(22960 - 3666)
    assert [order.number for order in found if order.cancelled] == ["1003"]
    assert found[0].at == datetime(2026, 3, 28, 22, 57, 59, tzinfo=UTC)
    assert found[1].at == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)  # 03:00 after the jump
    assert [finding.weight for finding in whole.findings] == [Weight.NOTE, Weight.NOTE]
    assert total(
        f.text.args["amount"] for f in whole.findings if isinstance(f.text.args["amount"], Money)
    ) == Money(6000)


def test_shopify_in_dollars_is_rejected_row_by_row() -> None:
    """Neither the order nor its further items slip through in another currency."""
    content = (DATA / "shopify_orders_export.csv").read_text().replace(",EUR,", ",USD,")
    found = orders.read(blob(content), BERLIN)
    assert (len(found.records), found.rows, found.rows_rejected, len(found.findings)) == (0, 5, 5, 5)


def test_shopify_order_again_in_the_same_file_is_rejected() -> None:
    """Two exports pasted together count no order twice."""
    content = (DATA / "shopify_orders_export.csv").read_text()
    again = content + "".join(content.splitlines(keepends=True)[3:])
    found = orders.read(blob(again), BERLIN)
    assert (len(found.records), found.rows, found.rows_rejected) == (1 + 4, 8, 3)


def test_woocommerce_in_another_language_says_what_its_export_leaves_out() -> None:
    """Counted by hand: 3 orders, 300.00 net, one cancelled; no currency and no time of day in the file."""
    found, whole = sample("woocommerce_analytics_fr.csv")
    assert (whole.reader, len(found), total(order.net for order in found)) == ("orders", 3, Money(30000))
    assert [order.number for order in found if order.cancelled] == ["1004"]
    assert codes(whole) == ["orders.no_currency", "orders.no_time"]


def test_a_year_of_orders_is_read_without_losing_a_row() -> None:
    """26,000 rows, as a shop of that size exports them: every row is an order, and the sum is right to the cent."""
    rows = [
        f"{n};2015-{n % 12 + 1:02}-{n % 28 + 1:02} {n % 24:02}:15:00;K{n % 900};{n % 900},{n % 100:02};EUR;bezahlt;shop"
        for n in range(26000)
    ]
    found, whole = read(rows)
    assert (len(found), whole.rows, whole.rows_rejected) == (26000, 26000, 0)
    assert total(order.net for order in found) == Money(sum(n % 900 * 100 + n % 100 for n in range(26000)))
