"""What an account of the ledger holds, by DATEV's charts SKR 03 and SKR 04."""

from __future__ import annotations

# Classes of accounts by DATEV's charts SKR 03 and SKR 04 of 2026: first and last account, what they hold.
CLASSES: dict[str, tuple[tuple[int, int, str], ...]] = {
    "03": (
        (8400, 8409, "revenue 19 %"), (8700, 8799, "revenue deductions"), (3400, 3409, "goods 19 %"),
        (3100, 3199, "services bought in"), (3800, 3849, "incidental purchase costs"),
        (4700, 4799, "costs of delivering goods"), (4100, 4199, "wages and salaries"),
        (4920, 4925, "telephone and internet"), (4950, 4959, "legal and advice"),
    ),
    "04": (
        (4400, 4409, "revenue 19 %"), (4700, 4799, "revenue deductions"), (5400, 5409, "goods 19 %"),
        (5900, 5999, "services bought in"), (5800, 5849, "incidental purchase costs"),
        (6700, 6799, "costs of delivering goods"), (6000, 6099, "wages and salaries"),
        (6805, 6810, "telephone and internet"), (6825, 6829, "legal and advice"),
    ),
}  # fmt: skip


def class_of(account: int, chart: str) -> str:
    """What an account of four figures holds, '' where the chart ('03', '04') is not known or names no class.

    >>> class_of(8400, "03"), class_of(4920, "03"), class_of(4920, "")
    ('revenue 19 %', 'telephone and internet', '')
    """
    return next((name for first, last, name in CLASSES.get(chart, ()) if first <= account <= last), "")
