"""Lists of orders: exports of shops by their profiles, and lists as offices keep them.

Amounts are net of VAT. Where a list has gross amounts and neither the tax nor its rate, nothing is worked back before
a person has said the rate. Customers are kept by number or by a pseudonym, never by name. Whatever the order of the
rows, the orders are the same: rows of one number are taken together first.
"""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.reading import Confidence, reading_of_error
from heller.intake.tables import headings, office_orders
from heller.intake.tables.headings import ColumnWords, Layout
from heller.intake.tables.office_orders import order_number
from heller.intake.tables.order_doubts import OrderDoubts
from heller.intake.tables.order_rows import OrderRows
from heller.intake.tables.order_totals import OrderTotals, summary
from heller.intake.tables.profile import TableProfile, look
from heller.intake.tables.row import Rejected, Row
from heller.intake.written import numbers
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.order import Order
from heller.model.record import Blob, Reading, Record
from heller.model.text import text

NAME = office_orders.NAME
LAYOUT = office_orders.LAYOUT
OFFICE = TableProfile(
    kind=NAME,
    name="office",
    title="List of an office",
    source="words of German and English offices",
    channel="shop",
)
CONFIRMED, SURE = 97, 95


def identify(head: bytes, name: str) -> Confidence:
    """By the headings of a profile, else by the words of an office."""
    found = look(numbers.tabular(head)[:32768], NAME)
    if found is None:
        return headings.claim(head, name, LAYOUT)
    why = text("Its headings are those of the profile {profile}.", profile=found.profile.title)
    return Confidence(CONFIRMED if found.confirmed else SURE, why)


def layout_of(profile: TableProfile) -> Layout:
    """The headings of a profile as those of a table."""
    words = {**profile.columns, **{f"+{w}": (w,) for w in (*profile.plus, *profile.minus, *profile.tax)}}
    columns = (ColumnWords(role, tuple(said), needed=role in profile.needed) for role, said in words.items())
    return Layout(NAME, LAYOUT.title, (), tuple(columns))


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """Each order once, in the order of the list, and the list as a whole."""
    try:
        found = look(numbers.decode(blob.data)[:32768], NAME)
    except InputRefused as error:
        return reading_of_error(NAME, blob, error)
    return read_by(
        blob, zone, *((OFFICE, LAYOUT) if found is None else (found.profile, layout_of(found.profile)))
    )


def proposed() -> TableProfile:
    """The words of an office as a profile, for a list of gross amounts whose rate a person says."""
    columns = {column.key: column.words for column in LAYOUT.columns}
    needed = tuple(column.key for column in LAYOUT.columns if column.needed)
    return replace(OFFICE, columns=columns, needed=needed)


def read_by(blob: Blob, zone: ZoneInfo, profile: TableProfile, layout: Layout) -> Reading:
    """A list read by a profile, as a person looks at it before it is kept."""
    try:
        gathered = headings.table(blob, layout)
    except InputRefused as error:
        return reading_of_error(NAME, blob, error)
    if gathered.head is None:
        return Reading(NAME, blob.name, findings=tuple(gathered.findings))
    whole = [(row, broken) for row, broken in gathered.rows if broken or not _is_count(row)]
    counts = [row for row, broken in gathered.rows if not broken and _is_count(row)]
    doubts = OrderDoubts()
    read_ = OrderRows(profile, [row for row, broken in whole if not broken], zone, doubts)
    told = [broken for _, broken in whole if broken]
    orders = _orders(read_, told)
    findings = [*gathered.findings, *(f for row, _ in whole for f in row.doubts), *told]
    findings += [*doubts.findings(blob, profile), *_stated(blob, counts, len(whole))]
    records = _records(orders, len(whole), Locator(blob.digest, f"row {gathered.head.row + 1}"))
    bad = sum(1 for finding in told if finding.code != "row.sum")
    return Reading(NAME, LAYOUT.title.id, records, tuple(findings), len(whole), bad)


def _orders(rows: OrderRows, told: list[Finding]) -> list[tuple[OrderTotals, Order | None]]:
    """Each order with what the list says of it; why a row is no order goes into `told`."""
    found: list[tuple[int, OrderTotals, Order | None]] = []
    groups: dict[str, list[Row]] = {}
    told += rows.sums()
    for row in rows.left():
        try:
            groups.setdefault(order_number(row.need("number")), []).append(row)
        except Rejected as refusal:
            told.append(refusal.finding)
    for number, own in groups.items():
        one = rows.order(number, own, told)
        if one is not None:
            found.append((own[0].number, *one))
    return [(totals, order) for _, totals, order in sorted(found, key=lambda one: one[0])]


def _records(
    orders: Sequence[tuple[OrderTotals, Order | None]], lines: int, at: Locator
) -> tuple[Record, ...]:
    if not orders:
        return ()
    return (summary([one for one, _ in orders], lines, at), *(order for _, order in orders if order))


def _is_count(row: Row) -> bool:
    """A last line such as '2 record(s) downloaded'."""
    filled = [cell for cell in row.cells if cell.strip()]
    return len(filled) <= 2 and _count(row) is not None


def _count(row: Row) -> int | None:
    words = " ".join(cell.strip() for cell in row.cells if cell.strip()).split()
    named = len(words) > 1 and words[1].casefold().startswith(("record", "datens"))
    return int(words[0]) if named and words[0].isdecimal() and len(words[0]) < 9 else None


def _stated(blob: Blob, counts: Sequence[Row], lines: int) -> list[Finding]:
    stated = next((n for row in counts if (n := _count(row)) is not None), lines)
    if stated == lines:
        return []
    said = text("The list says that it has {stated} rows, and it has {lines}.", stated=stated, lines=lines)
    do = text("Rows may be missing: export it again.")
    return [Finding("orders.count", said, do, Weight.WARNING, Locator(blob.digest))]
