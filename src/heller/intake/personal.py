"""Finds what of a document names a person or says what somebody earns. Pure; it changes nothing.

What a field is follows from the heading of its column and from the records; a name that is known from
anywhere is found again wherever it stands. A name that no field gives away is not found.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from email.utils import parseaddr
from functools import partial

import msgspec
from msgspec import Struct

from heller.intake.reading import all_readers
from heller.intake.tables import headings
from heller.intake.tables.headings import Layout
from heller.intake.tables.row import HeadingRow
from heller.intake.written import numbers
from heller.intake.written.canonical import fold
from heller.model.errors import HellerError
from heller.model.kinds import fields_of
from heller.model.record import Reading, Record
from heller.model.record_field import Personal

NAMES, WAGES = "names", "wages"
PERSONS = ("person", "who", "by", "customer")  # columns of our own readers
PAID = ("per_hour", "surcharge")
PERSONAL = re.compile(
    r"name$|^name|kund|customer|client|member|mitarbeit|person|employee|user|street|stra(?:ß|ss)e|address"
    r"|patient|gast\b|gäste|gaeste|guest|mandant|klient|sch(?:ü|ue)ler|pupil|student|teilnehmer|bewohner|resident|insured"
    r"|versicherte|auftraggeber|geburt|birth|diagnos|befund|beschwerden|symptom|anliegen|\bpat\b\.?"
    r"|adresse|anschrift|phone|telefon|mobil|e-?mail|iban|plz|zip|postleit|\bcity|\bort$|gespr(?:ä|ae)chspartner",
    re.IGNORECASE,
)
PAY = re.compile(r"lohn|gehalt|verg(?:ü|ue)tung|wage|salary|\bpay", re.IGNORECASE)
ROLE_WORDS = """
    hotline support techniker technikerin kundendienst kundenservice service vertrieb inhaber inhaberin
    chef chefin geschäftsführer geschäftsführerin geschäftsführung buchhaltung leitung it key account
    manager managerin sachbearbeiter sachbearbeiterin bearbeiter störungsstelle zentrale anbieter wir
    uns firma technik team herr frau dr prof mr mrs ms owner technician sales accounting office staff
    the of und and der die das des im am rechtsabteilung beschwerdestelle beschwerde auftrag bestellung
    bestellungen kunde kundin kunden einkauf verkauf versand info kontakt mail innendienst außendienst
    auftragsmanagement rechnungsstelle
"""
ROLES = frozenset(ROLE_WORDS.split())
DECOMPOSED = partial(unicodedata.normalize, "NFD")  # an umlaut as letter and dots: the same to the eye
WORD = re.compile(r"\w+")
LONGEST = 200  # characters of a name
LONGEST_HEADING = 60
SMALL = 3  # letters of a part of a name that is looked for by itself


class Piece(Struct, frozen=True):
    """A piece of a text that is to be closed: from, to (characters), kind of field, where a person finds it."""

    start: int
    end: int
    field: str
    place: str


def is_name(value: str) -> bool:
    """Whether a value of a person's column may name somebody: a role alone does not, nor does a mark."""
    words = [w.casefold() for w in WORD.findall(value)]
    return bool(words) and len(value) <= LONGEST and not ROLES.issuperset(words)


def persons(records: Iterable[Record]) -> Iterator[str]:
    """The names that records hold in a field of their own; raises LookupError for a kind of which nobody has said
    which fields those are. Of a mailbox both name and address, where the name is a person's."""
    for record in records:
        for field, said in fields_of(record):
            if field.personal is Personal.NAME and said:
                yield said
            elif field.personal is Personal.MAILBOX and "<" in said:
                name, address = parseaddr(said)
                if is_name(name):
                    yield from (name, address)


def parts(name: str, never: frozenset[str]) -> Iterator[str]:
    """The words of a name by which somebody may be called too: 'Erika Muster', 'Muster'."""
    yield name
    words = WORD.findall(name)
    if len(words) > 1 and "@" not in name:
        for word in words:
            plain = word.casefold()
            if len(word) >= SMALL and not word.isdigit() and plain not in ROLES and plain not in never:
                yield word


def text_of(data: bytes) -> tuple[str, str] | None:
    """The characters of a text file and their encoding; None where the bytes do not follow from them."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data:
        return None
    for encoding in ("utf-8", "cp1252"):
        try:
            said = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return said, encoding
    return None


def columns(said: str, reading: Reading, marked: Collection[str] = ()) -> Iterator[Piece]:
    """The cells of a table's columns that hold names or wages, in order; `marked` are headings, folded, that a person
    marked as confidential."""
    layout = next(
        (getattr(r, "LAYOUT", None) for r in all_readers().readers if reading.reader == r.NAME), None
    )
    first = headings._first(said.lstrip("\ufeff"))
    known = headings._head(first, layout) if isinstance(layout, Layout) else None
    head = known or _any_head(first, marked)
    rows = None if head is None else cell_spans(said, head.delimiter)
    if head is None or rows is None:
        return
    keys = {place: key for key, place in head.places.items()}
    name = layout.name if isinstance(layout, Layout) and known else ""
    kinds = {
        n: kind
        for n, cell in enumerate(head.cells)
        if (kind := NAMES if fold(cell) in marked else _kind(keys.get(n, ""), cell, name))
    }
    for number, row in enumerate(rows, 1):
        for n, kind in kinds.items():
            if number > head.row and n < len(row):
                start, end = row[n]
                if (value := said[start:end].strip('" ')) and (kind == WAGES or is_name(value)):
                    yield Piece(start, end, kind, f"row {number}, {head.cells[n].strip()} ({n + 1})")


def _any_head(rows: Iterable[headings.FirstRow], marked: Collection[str]) -> HeadingRow | None:
    """The headings of a table that no layout knows: the first row of three cells or more that names a person's column,
    or a marked one."""
    for row in rows:
        cells = [cell.strip() for cell in row.cells]
        if (
            len(cells) > 2
            and any(fold(c) in marked or PERSONAL.search(c) for c in cells)
            and all(len(c) < LONGEST_HEADING for c in cells)
        ):
            return HeadingRow(row.number, row.line, row.delimiter, {}, tuple(row.cells), ())
    return None


def _kind(key: str, heading: str, layout: str) -> str:
    if layout == "facts" or layout == "purposes":
        return ""
    if (layout == "wages" and key in PAID) or (key not in PERSONS and PAY.search(heading)):
        return WAGES
    return NAMES if key in PERSONS or (not key and PERSONAL.search(heading.strip())) else ""


def cell_spans(said: str, delimiter: str) -> list[list[tuple[int, int]]] | None:
    """Where each cell of a table begins and ends; None where that is not how the table is read."""
    rows, row, start, at, quoted = [], list[tuple[int, int]](), 0, 0, False
    while at < len(said):
        one = said[at]
        if one == '"' and (quoted or at == start or said[start:at] == "\ufeff"):
            quoted = not quoted
        elif not quoted and one in (delimiter, "\n", "\r"):
            row.append((start, at))
            if one != delimiter:
                at += said[at : at + 2] == "\r\n"
                rows.append(row)
                row = []
            start = at + 1
        elif one == '"':
            quoted = not quoted
        at += 1
    if start < len(said) or row:
        rows.append([*row, (start, len(said))])
    truth = list(csv.reader(io.StringIO(said, newline=""), delimiter=delimiter))
    mine = [
        ["" if r == [(s, s)] else _bare(said[s:e]) for s, e in r] if r[0][0] != r[-1][1] else [] for r in rows
    ]
    return rows if mine == truth else None


def _bare(cell: str) -> str:
    """What a cell says, without its quotation marks."""
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _low(said: str) -> str:
    """In small letters; the dot that Python leaves over a Turkish i goes."""
    return said.lower().replace("\u0307", "")


class KnownValues:
    """Values to look for, by their first word: how long the list is does not matter."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = dict(values)
        self._by_word: dict[str, list[tuple[int, str, str]]] = {}
        spelled = {form(key): mark for form in (DECOMPOSED, str) for key, mark in values.items()}
        for value in sorted(spelled, key=len, reverse=True):
            words = WORD.findall(value)
            if words and (len(value) > 1 and not (value.isdigit() and len(value) < 64)):
                first = value[value.index(words[0]) :]
                entry = (len(first), _low(first), spelled[value])
                self._by_word.setdefault(_low(words[0]), []).append(entry)

    def find(self, said: str) -> Iterator[tuple[int, int, str]]:
        """Where one of the values stands as a whole word: from, to, its mark. The longest counts."""
        end = 0
        for word in WORD.finditer(said):
            if word.start() < end:
                continue
            for length, value, mark in self._by_word.get(_low(word[0]), ()):
                stop = word.start() + length
                if _low(said[word.start() : stop]) == value and not re.match(r"\w", said[stop : stop + 1]):
                    yield word.start(), stop, mark
                    end = stop
                    break

    def marked(self, said: str) -> str:
        """The text with each value's mark in its place."""
        out, end = [], 0
        for start, stop, mark in self.find(said):
            out += [said[end:start], mark]
            end = stop
        return "".join([*out, said[end:]])


def strings(value: object) -> Iterator[str]:
    """Every text in a value, nested as it may be."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from strings(key)
            yield from strings(item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from strings(item)
    elif isinstance(value, Struct):
        yield from strings(msgspec.to_builtins(value, enc_hook=lambda column: None))  # numbers name nobody


def decode(data: bytes) -> str:
    """The characters of a file as its reader sees them; empty where it is no text."""
    try:
        return numbers.decode(data)
    except HellerError:
        return ""
