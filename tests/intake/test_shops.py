"""Exports of shops by their profiles: gross amounts, refunds, sums among the rows, in any order of the rows."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.intake.documents import codes, only, read
from tests.intake.test_chains import given
from tests.intake.test_exports import EBAY

from heller.cli import order_profile
from heller.intake.tables import propose
from heller.intake.tables.profile import built_in
from heller.model.kinds.order import Order
from heller.model.kinds.summary import Summary
from heller.model.record import Blob, Reading


def values(reading: Reading) -> dict[str, object]:
    """What the list says as a whole."""
    return {key: value.value for key, value in only(reading, Summary).values.items()}


GIVEN = {
    "order_magento.csv": (2, 1, "178.50"),
    "order_prestashop.csv": (2, 1, "178.50"),
    "order_billbee.csv": (2, 1, "178.50"),
    "order_etsy.csv": (1, 0, "119.00"),
}


@pytest.mark.parametrize("name", GIVEN)
def test_the_given_shops(name: str) -> None:
    """Orders, cancelled ones, gross; no order enters the claim before the rate is known."""
    found = read(given(name), name)
    told = values(found)
    assert (told["orders"], told["cancelled"], told["gross"]) == GIVEN[name]
    assert "order.gross_only" in codes(found)
    assert not any(isinstance(record, Order) for record in found.records)


@pytest.mark.parametrize("name", GIVEN)
def test_a_rate_that_a_person_says(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kept with the layout: then the orders are net."""
    monkeypatch.setenv("HELLER_PROFILES", str(tmp_path))
    data = given(name)
    order_profile.show(Blob(name, data, "d"), data.decode(), {}, "19", "", "EUR", keep=True, json=True)
    found = read(data, name)
    nets = sorted(record.net.cents for record in found.records if isinstance(record, Order))
    assert nets == ([5000, 10000] if GIVEN[name][0] == 2 else [10000])
    assert "order.gross_only" not in codes(found)


def test_a_refund_before_its_order() -> None:
    """Newest first or last: the order stands, what was paid back is told apart."""
    head, *rows = given("r25-woo-refunds.csv").decode().splitlines()
    for order in (rows, rows[::-1]):
        found = read("\n".join([head, *order]).encode(), "wc.csv")
        nets = {r.number: r.net.cents for r in found.records if isinstance(r, Order)}
        assert nets == {"501": 3000, "502": 10000}
        assert values(found)["refunded"] == "40.00"


def test_sum_rows_of_orders_are_left_out() -> None:
    """By their label, with and without a number and a day."""
    rows = "1;2026-02-05 10:00;10,00\n2;2026-02-05 11:00;20,00\n"
    for label in ("Summe;;30,00", "Gesamt;2026-02-05 11:00;30,00", ";;30,00"):
        found = read(f"Bestellnummer;Bestelldatum;Netto EUR\n{rows}{label}\n".encode(), "x.csv")
        assert (values(found)["orders"], values(found)["net"]) == (2, "30.00"), label
        assert "row.sum" in codes(found)


SHOPS = {
    "woo": (
        "order_id,order_date,order_total,order_tax,status,order_currency\n"
        "1,2026-02-05 10:00:00,119.00,19.00,completed,EUR\n"
        "2,2026-02-05 11:00:00,59.50,9.50,cancelled,EUR\n",
        (2, 1, "178.50", "150.00"),
    ),
    "office": (
        "Bestellnummer;Erstellt am;Summe brutto;Summe netto;Status\n501;05.02.2026 10:00;119,00;100,00;offen\n"
        "502;05.02.2026 11:00;59,50;50,00;storniert\n",
        (2, 1, "178.50", "150.00"),
    ),
    "columns of a database": (
        "order_id,created_at,grand_total,tax_amount,status\n1,2026-02-05 10:00:00,119.00,19.00,complete\n"
        "2,2026-02-05 11:00:00,59.50,9.50,canceled\n",
        (2, 1, "178.50", "150.00"),
    ),
    "woocommerce by plugin": (
        "Order Number,Order Status,Order Date,Order Total Amount,Order Tax Amount,Order Currency\n"
        "77,Completed,2026-02-05 10:00,119.00,19.00,EUR\n78,Cancelled,2026-02-05 11:00,59.50,9.50,EUR\n",
        (2, 1, "178.50", "150.00"),
    ),
    "jtl": (
        "Auftragsnummer;Auftragsdatum;Auftragswert brutto;Auftragswert netto;Währung;Auftragsstatus\n"
        "A1;05.02.2026 10:00;119,00;100,00;EUR;Versendet\nA2;05.02.2026 11:00;59,50;50,00;EUR;Storniert\n",
        (2, 1, "178.50", "150.00"),
    ),
    "oxid": (
        "OXORDERNR;OXORDERDATE;OXTOTALORDERSUM;OXCURRENCY;OXSTORNO\n1;2026-02-05 10:00:00;119;EUR;0\n"
        "2;2026-02-05 11:00:00;59.5;EUR;1\n",
        (2, 1, "178.50", None),
    ),
    "wix": (  # a row for each item, the order's sums again in each
        "Order number,Date created,Time,Total order quantity,Contact email,Item,Qty,Price,Payment status,Shipping rate,"
        "Total tax,Total,Currency,Refunded amount,Net amount,Fulfillment status\n"
        '1,"Feb 5, 2026",9:15:51 AM,2,a@b.example,Tasse,1,100.00,Paid,0,19.00,119.00,EUR,0,119.00,Fulfilled\n'
        '1,"Feb 5, 2026",9:15:51 AM,2,a@b.example,Kanne,1,19.00,Paid,0,19.00,119.00,EUR,0,119.00,Fulfilled\n'
        '2,"Feb 5, 2026",12:05:02 AM,1,a@b.example,Tasse,1,59.50,Canceled,0,9.50,59.50,EUR,59.50,0,Canceled\n',
        (2, 1, "178.50", "150.00"),
    ),
    "rates under the name of the tax": (
        "Bestellnummer;Datum;Brutto;MwSt\n1;05.02.2026 10:00;119,00;19 %\n2;05.02.2026 11:00;53,50;7%\n",
        (2, 0, "172.50", "150.00"),
    ),
    "rates without a sign": (
        "Bestellnummer;Datum;Brutto;USt\n1;05.02.2026 10:00;119,00;19\n2;05.02.2026 11:00;53,50;7\n",
        (2, 0, "172.50", "150.00"),
    ),
    "taxes of whole euros": (
        "Bestellnummer;Datum;Brutto;USt\n1;05.02.2026 10:00;119,00;19\n2;05.02.2026 11:00;107,00;7\n",
        (2, 0, "226.00", "200.00"),
    ),
    "gambio": (
        "orders_id;date_purchased;order_total;ot_tax;orders_status;currency;customers_id\n"
        "1;2026-02-05 10:00:00;119.00;19.00;Versendet;EUR;7\n2;2026-02-05 11:00:00;59.50;9.50;Storniert;EUR;8\n",
        (2, 1, "178.50", "150.00"),
    ),
}


@pytest.mark.parametrize("name", SHOPS)
def test_more_shops(name: str) -> None:
    """Each in its own layout."""
    content, expected = SHOPS[name]
    told = values(read(content.encode(), "x.csv"))
    assert (told["orders"], told["cancelled"], told["gross"], told["net"]) == expected


def shuffled(data: bytes, seed: int) -> bytes:
    """The rows below the headings in another order."""
    lines = data.decode("utf-8-sig").splitlines()
    at = next(n for n, line in enumerate(lines) if line.strip())
    head, rows = lines[: at + 1], lines[at + 1 :]
    random.Random(seed).shuffle(rows)
    return "\n".join([*head, *rows]).encode()


TABLES = Path(__file__).parent / "data" / "tables"
LISTS = {
    **{name: given(name) for name in (*GIVEN, "r25-woo-refunds.csv")},
    **{name: content.encode() for name, (content, _) in SHOPS.items()},
    "ebay": EBAY.encode(),
    "shopify": (TABLES / "shopify_orders_export.csv").read_bytes(),
    "woocommerce": (TABLES / "woocommerce_analytics_fr.csv").read_bytes(),
}


@pytest.mark.parametrize("name", LISTS)
def test_the_order_of_the_rows_does_not_matter(name: str) -> None:
    """The same orders and sums, whatever row comes first."""

    def told(data: bytes) -> object:
        found = read(data, "x.csv")
        orders = sorted(
            (r.number, r.at, r.net.cents, r.cancelled) for r in found.records if isinstance(r, Order)
        )
        return values(found), orders, found.rows, found.rows_rejected

    for seed in range(4):
        assert told(shuffled(LISTS[name], seed)) == told(LISTS[name])


def test_every_profile_names_its_source() -> None:
    """And no two of a kind claim the same name."""
    for kind in ("orders", "hours", "calls"):
        found = built_in(kind)
        assert all(profile.source and profile.kind == kind for profile in found)
        assert len({profile.name for profile in found}) == len(found)


UNKNOWN = {
    "in English": (
        "Order ID;Created;Total incl. VAT;VAT;Status\n1;2024-04-02 10:00;119.00;19.00;paid\n"
        "2;2024-04-02 11:00;59.50;9.50;cancelled\n",
        {
            "number": "Order ID",
            "date": "Created",
            "gross": "Total incl. VAT",
            "taxes": "VAT",
            "status": "Status",
        },
    ),
    "net, with shipping beside it": (
        "Bestellnr.;Bestellzeitpunkt;Versand netto;Warenwert netto\n1;02.04.2024 10:00;5,00;100,00\n",
        {"number": "Bestellnr.", "date": "Bestellzeitpunkt", "net": "Warenwert netto"},
    ),
    "gross": (
        "Auftrag;Angelegt;Wer;Summe (brutto)\nA1;02.04.2024;Meier;119,00 €\nA2;03.04.2024;Huber;59,50 €\n",
        {"number": "Auftrag", "date": "Angelegt", "gross": "Summe (brutto)"},
    ),
    "a bank's table": ("Datum;Text;Betrag\n02.04.2024;Auftrag 7;119,00\n03.04.2024;Auftrag 8;9,00\n", {}),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_unknown_list_of_orders_is_proposed(name: str) -> None:
    """Number, day and sum by headings and by what stands below them; what is no list of orders proposes nothing."""
    content, columns = UNKNOWN[name]
    assert dict(propose.orders(content)) == columns
