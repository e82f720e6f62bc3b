"""Which column of an unknown list of orders, hours or calls is which: by the headings that other programs use, else by
what stands in the columns. A proposal, nothing more: a person looks at it and keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from heller.intake.tables import cells
from heller.intake.tables.cells import CellRow
from heller.intake.tables.export import SEARCH, Listing
from heller.intake.tables.office_orders import LAYOUT
from heller.intake.tables.profile import Found, TableProfile, built_in
from heller.intake.written import numbers
from heller.intake.written.canonical import fold
from heller.intake.written.day_forms import DATE_FORMS, day

SAMPLE = 40  # rows that are looked at
MOST = 0.9  # of the filled cells of a column that have to be of its kind
DAY = 24  # hours
_CLOCK = re.compile(r"[0-2]?\d:[0-5]\d(?::[0-5]\d)?")
_LENGTH = re.compile(r"\d{1,3}:[0-5]\d(?::[0-5]\d)?|\d{1,6}")
_HOURS = re.compile(r"\d{1,2}(?:[.,]\d{1,4})?(?:\s?(?:h|Std\.?))?")
WAYS = (
    "eingehend", "eingang", "ausgehend", "ausgang", "angenommen", "verpasst", "incoming", "outgoing", "inbound",
    "outbound", "missed", "answered", "received", "dialed", "abgehend", "ankommend", "entgangen", "blocked",
)  # fmt: skip
STATES = (
    *WAYS, "no answer", "noanswer", "not answered", "unanswered", "busy", "failed", "voicemail", "besetzt",
    "nicht angenommen", "verloren", "abgebrochen", "beendet", "completed", "canceled", "cancelled", "rejected",
)  # fmt: skip
_NAMES_A_THING = re.compile(
    r"(?:nr|nummer|number|no|id|schluessel|code)\b\.?$|^(?:nr|id|no)\b", re.IGNORECASE
)
_ORDER_NUMBER = re.compile(
    r"^(?:order|bestell|auftrag|purchase|commande|pedido|ordine|increment|shop ?order)", re.IGNORECASE
)
_NET = re.compile(r"netto|\bnet\b|excl|exkl|ohne (?:mwst|ust)|\bht\b|without tax|ex\.? ?vat", re.IGNORECASE)
_SUM = re.compile(
    r"brutto|gross|incl|inkl|gesamt|total|summe|betrag|umsatz|amount|wert|revenue|price paid|preis|montant|importe",
    re.IGNORECASE,
)
_GROSS = re.compile(r"incl|inkl|brutto|gross", re.IGNORECASE)
_PART = re.compile(
    r"versand|shipping|rabatt|discount|steuer|mwst|ust|tax|vat|erstatt|refund|einzel|unit|stück|qty",
    re.IGNORECASE,
)
Kind = Callable[[str], bool]


def _is_instant(said: str) -> bool:
    on, _, clock = said.replace("T", " ").replace(", ", " ").partition(" ")
    return bool(day(on, DATE_FORMS)) and numbers.clock(clock.strip().partition(".")[0]) is not None


def _is_way(said: str) -> bool:
    return fold(said).startswith(WAYS)


def _is_state(said: str) -> bool:
    return fold(said).startswith(STATES)


def _is_amount(said: str) -> bool:
    return numbers.amount(said, "EUR", "." if re.search(r"\.\d{2}\D*$", said) else ",") is not None


def _is_moment(said: str) -> bool:
    return _is_day(said) or _is_instant(said) or numbers.day(said.rpartition(", ")[0] or said) is not None


def _is_hours(said: str) -> bool:
    bare = re.sub(r"[^\d.,]", "", said).replace(",", ".")
    return bool(_HOURS.fullmatch(said)) and 0 <= float(bare) <= DAY


def _is_day(said: str) -> bool:
    return bool(day(said, DATE_FORMS))


def _is_clock(said: str) -> bool:
    return bool(_CLOCK.fullmatch(said))


def _is_length(said: str) -> bool:
    return bool(_LENGTH.fullmatch(said))


def _is_name(said: str) -> bool:
    return sum(c.isalpha() for c in said) > 2 and not any(c.isdigit() for c in said)


# Role -> what its cells are, in the order in which columns are given away; one of each group has to be there.
BY_CELLS: Mapping[str, tuple[tuple[str, Kind], ...]] = {
    "calls": (
        ("at", _is_instant),
        ("date", _is_day),
        ("direction", _is_way),
        ("status", _is_state),
        ("time", _is_clock),
        ("length", _is_length),
    ),
    "hours": (
        ("date", _is_day),
        ("begin", _is_clock),
        ("end", _is_clock),
        ("duration", _is_hours),
        ("person", _is_name),
    ),
}
NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "calls": (("at", "date"), ("direction", "status", "kind"), ("length",)),
    "hours": (("person", "mail", "first", "last"), ("date",), ("duration", "decimal", "end")),
}


def proposal(content: str, kind: str, columns: Mapping[str, str] = {}) -> Found | None:
    """The columns of a list of hours or calls; `columns` are headings by role that a person named. None where a day,
    who or which way, and a length are not all there."""
    for delimiter in cells.delimiters(content):
        lines = [line for line in cells.first_lines(content, delimiter)[: SEARCH + SAMPLE] if line.filled > 2]
        if len(lines) < 2:
            continue
        head, body = lines[0], lines[1:]
        places = _places(head, body, kind, columns)
        if all(any(role in places for role in group) for group in NEEDED[kind]):
            named: dict[str, tuple[str, ...]] = {role: (head.cells[at],) for role, at in places.items()}
            made = TableProfile(
                kind=kind,
                name="own",
                title=head.cells[0],
                source="proposed",
                columns=named,
                needed=tuple(places),
            )
            return Found(made, Listing(delimiter, head, places))
    return None


def orders(content: str) -> Mapping[str, str]:
    """The headings of an unknown list of orders by role: number, day and net or gross, and a state where one is; none
    where they are not all there."""
    for delimiter in cells.delimiters(content):
        lines = [line for line in cells.first_lines(content, delimiter)[: SEARCH + SAMPLE] if line.filled > 2]
        if len(lines) < 2:
            continue
        head, body = lines[0], lines[1:]
        found = _order_columns(head, body)
        if {"number", "date"} <= found.keys() and {"net", "gross"} & found.keys():
            return {role: head.cells[at] for role, at in found.items()}
    return {}


def _order_columns(head: CellRow, body: Sequence[CellRow]) -> dict[str, int]:
    known = {
        fold(word): role for p in built_in("orders") for role, words in p.columns.items() for word in words
    }
    known |= {fold(word): column.key for column in LAYOUT.columns for word in column.words}
    found: dict[str, int] = {}
    for at, word in enumerate(head.cells):
        if (
            _ORDER_NUMBER.search(word.strip())
            and not _fits(body, at, _is_moment)
            and not _fits(body, at, _is_name)
        ):
            found.setdefault("number", at)
        elif _fits(body, at, _is_moment):
            found.setdefault("date", at)
        elif _fits(body, at, _is_amount) and not _PART.search(word) and _NET.search(word):
            found.setdefault("net", at)
        elif (
            _fits(body, at, _is_amount)
            and _SUM.search(word)
            and not (_PART.search(word) and not _GROSS.search(word))
        ):
            found.setdefault("gross", at)
        elif known.get(fold(word)) in ("status", "taxes", "rate", "currency"):
            found.setdefault(known[fold(word)], at)
    return found


def kind_of(content: str, columns: Mapping[str, str]) -> str:
    """'hours' or 'calls' where a table is one by its columns, or a person's words say so; else ''."""
    said = {kind for kind in NEEDED if {"calls": CALLS, "hours": HOURS}[kind] & columns.keys()}
    if len(said) == 1:
        return said.pop()
    return next((kind for kind in NEEDED if not columns and proposal(content, kind)), "")


CALLS = frozenset({"direction", "length", "at", "kind"})
HOURS = frozenset({"person", "begin", "end", "duration"})


def _places(head: CellRow, body: Sequence[CellRow], kind: str, columns: Mapping[str, str]) -> dict[str, int]:
    folded = [fold(cell) for cell in head.cells]
    places = {role: folded.index(fold(word)) for role, word in columns.items() if fold(word) in folded}
    known = {fold(word): role for p in built_in(kind) for role, words in p.columns.items() for word in words}
    fits = dict(BY_CELLS[kind])
    for at, word in enumerate(folded):
        role = known.get(word, "")
        if role and role not in places and at not in places.values() and _fits(body, at, fits.get(role)):
            places[role] = at
    for role, is_one in BY_CELLS[kind]:
        if role not in places and not (role in ("date", "time") and "at" in places):
            free = (at for at in range(len(folded)) if folded[at] and at not in places.values())
            free = (
                at
                for at in free
                if role not in ("duration", "length") or not _NAMES_A_THING.search(head.cells[at])
            )
            if (found := next((at for at in free if _fits(body, at, is_one)), None)) is not None:
                places[role] = found
    return places


def _fits(body: Sequence[CellRow], at: int, is_one: Kind | None) -> bool:
    """Whether most filled cells of a column are of a kind; every column is, where none is asked."""
    filled = [line.cells[at].strip() for line in body if at < len(line.cells) and line.cells[at].strip()]
    return is_one is None or (bool(filled) and sum(map(is_one, filled)) >= MOST * len(filled))
