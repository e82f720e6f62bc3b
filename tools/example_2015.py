"""Makes the input files of the case of February 2015. Everything but the order lines is invented.

    python tools/example_2015.py ORDERS.csv FOLDER

ORDERS.csv holds the orders of a real shop (UCI Online Retail, D. Chen, CC BY 4.0), one row per order
with `order, placed_at, customer, country, lines, items, total_gbp`. The same input gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from example import logs, mails, papers, shop, tables


def main(orders: Path, folder: Path) -> None:
    """Write every file; prints what was cut into the orders, for the README."""
    folder.mkdir(parents=True, exist_ok=True)
    cut = shop.cut(orders)
    files = {
        "bestellungen.csv": shop.table(cut),
        **logs.files(),
        **tables.files(),
        **papers.files(),
        **mails.files(cut.cancelled),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    for line in shop.truth(cut):
        print(line)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
