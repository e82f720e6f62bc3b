"""Reads the rows of a bank's table by a profile into statements, with the running balance as their proof.

No row is dropped: each is an entry, an announced one, a stated balance, or rejected with a finding.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from heller.intake.bank.marks import account_of, begins, excel, jumps, proven_mark, running
from heller.intake.bank.profile import DATE_FORMS, Profile, day, heading, proven_forms
from heller.intake.bank.statement import NO_CURRENCY, Statement, no_currency
from heller.intake.tables.cells import CellRow
from heller.intake.written import numbers
from heller.intake.written.canonical import fold
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.bank_entry import BankEntry
from heller.model.money import Money
from heller.model.text import text

SEARCH = 60  # rows among which the headings are looked for
_SPOILT = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE | re.ASCII)
_CURRENCY = re.compile(r"[(\[]\s*([A-Z]{3}|€)\s*[)\]]|\bin (EUR|Euro|€)\s*$")


class RoleColumns(Struct, frozen=True):
    """Which column has which role, from which row of headings."""

    roles: dict[str, int]
    head: CellRow


class Section(Struct, frozen=True):
    """A table inside the file: what stands above its headings, its headings, the rows below."""

    above: tuple[CellRow, ...]
    place: RoleColumns
    rows: tuple[CellRow, ...]


def locate(profile: Profile, line: CellRow) -> RoleColumns | None:
    """The roles of the columns of a heading row, None where it is not the row of this profile."""
    cells = [heading(cell) for cell in line.cells]
    if not profile.head or not {heading(word) for word in profile.head} <= set(cells):
        return None
    roles = {}
    for role, words in profile.columns.items():
        at = next((found for word in words if (found := _index(cells, line.cells, word)) is not None), None)
        if at is not None:
            roles[role] = at
    return RoleColumns(roles, line) if _whole(roles) else None


def _index(cells: list[str], raw: Sequence[str], word: str) -> int | None:
    """The place of a heading; 'Buchungsdatum#2' is the second of that name, '*' at the end means the last."""
    name, _, nth = word.partition("#")
    places = [n for n, cell in enumerate(cells) if cell == heading(name) and (cell or raw[n] == name)]
    wanted = -1 if nth == "last" else int(nth or 1) - 1
    return places[wanted] if places and wanted < len(places) else None


def _whole(roles: dict[str, int]) -> bool:
    money = "amount" in roles or {"credit", "debit"} <= roles.keys()
    return money and "booked" in roles


def sections(rows: Sequence[CellRow], profile: Profile) -> list[Section]:
    """The tables of the file that have the profile's headings, or the one without headings."""
    if not profile.head:
        roles = {role: n - 1 for role, n in profile.places.items()}
        return [Section((), RoleColumns(roles, CellRow(0, ())), tuple(rows))]
    heads = [
        (n, place) for n, line in enumerate(rows) if line.filled > 1 and (place := locate(profile, line))
    ]
    ends = [n for n, _ in heads[1:]] + [len(rows)]
    begin, found = 0, []
    for (at, place), end in zip(heads, ends, strict=True):
        found.append(Section(tuple(rows[begin:at]), place, tuple(rows[at + 1 : end])))
        begin = at + 1
    return found


class _Sheet:
    """One section while it is read."""

    def __init__(self, section: Section, profile: Profile, digest: str) -> None:
        self.section, self.profile, self.digest = section, profile, digest
        self.roles = section.place.roles
        self.opening: Money | None = None
        self.closing: Money | None = None
        self.entries: list[tuple[BankEntry, Money | None]] = []
        self.pending: dict[str, int] = defaultdict(int)
        self.rejected: list[Finding] = []
        self.notes: list[Finding] = []
        self.account = account_of(section.above)
        data = [line for line in section.rows if line.filled and not self._aside(line)]
        self.mark = profile.decimal or proven_mark(self._cells(data, "amount", "credit", "debit", "balance"))
        self.forms = profile.dates or self._forms(data)
        self.unit = self._unit(data)

    def cell(self, line: CellRow, role: str) -> str:
        at = self.roles.get(role)
        return line.cells[at].strip("' ") if at is not None and at < len(line.cells) else ""

    def _cells(self, rows: Sequence[CellRow], *roles: str) -> list[str]:
        return [cell for line in rows for role in roles if (cell := self.cell(line, role))]

    def _forms(self, rows: Sequence[CellRow]) -> tuple[str, ...]:
        """The one date form that the whole column proves; none where days and months could be swapped."""
        cells = [cell for cell in self._cells(rows, "booked") if re.search(r"\d", cell)]
        good = [cell for cell in cells if day(cell, DATE_FORMS)]
        forms = proven_forms(good)
        return forms if len(forms) == 1 else ()

    def _unit(self, rows: Sequence[CellRow]) -> str:
        """The currency of the file: its column, its headings, its cells; none is assumed."""
        if self.profile.currency:
            return self.profile.currency
        for role in ("amount", "credit", "debit"):
            at = self.roles.get(role)
            head = self.section.place.head.cells
            if at is not None and at < len(head) and (match := _CURRENCY.search(head[at])):
                return numbers.SYMBOLS.get((match[1] or match[2]).lower(), match[1] or match[2])
        return ""

    def _balance(self, line: CellRow, words: Sequence[str]) -> Money | None:
        """The balance that a line states, where it begins with one of the words."""
        label = next((n for n, cell in enumerate(line.cells) if cell), None)
        if label is None:
            return None
        starts = [n for n, cell in enumerate(line.cells) if begins(cell, words)]
        if not starts:
            return None
        after = [c for c in line.cells[starts[0] + 1 :] if c]
        unit = next((c for c in after if re.fullmatch("[A-Z]{3}", c)), self.unit or "EUR")
        for n, cell in enumerate(after):
            value = numbers.amount(cell.strip("' "), unit, self.profile.decimal or ",")
            if value is not None and re.search(r"\d", cell) and not day(cell, DATE_FORMS):
                letter = after[n + 1] if n + 1 < len(after) else ""
                return -value if letter == "S" else value
        return None

    def _aside(self, line: CellRow) -> bool:
        """Whether a row is no row of the table: a stated balance, a footer, a line of words."""
        balances = (*self.profile.opening, *self.profile.closing)
        if day(self.cell(line, "booked"), DATE_FORMS):  # the balance may stand in a row with a day of its own
            return any(fold(cell) == fold(word) for cell in line.cells if cell for word in balances)
        return any(begins(cell, (*balances, *self.profile.footer)) for cell in line.cells if cell)

    def read(self) -> None:
        for line in self.section.above:
            self._state(line)
        for line in self.section.rows:
            if line.filled:
                self._row(line)

    def _state(self, line: CellRow) -> None:
        if (value := self._balance(line, self.profile.opening)) is not None:
            self.opening = value
        elif (value := self._balance(line, self.profile.closing)) is not None:
            self.closing = value

    def _row(self, line: CellRow) -> None:
        if self._aside(line):
            self._state(line)
            return
        account = self.cell(line, "account") or self.account
        if self._marked(line, self.profile.pending):
            self.pending[account] += 1
            return
        found = self._entry(line, account)
        if found is None and len(line.cells) < len(self.section.place.head.cells):
            found = self._entry(self._from_the_right(line), account)
        if (
            found is None
            and line.filled <= 2
            and not day(self.cell(line, "booked"), DATE_FORMS)
            and self.entries
        ):
            return  # a line of words below the table
        if found is None:
            self.rejected.append(self._refusal(line))
            return
        self.entries.append(found)
        self._spoilt(line)

    def _marked(self, line: CellRow, rule: dict[str, tuple[str, ...]]) -> bool:
        return any(
            fold(self.cell(line, role)) == fold(word) for role, words in rule.items() for word in words
        )

    def _from_the_right(self, line: CellRow) -> CellRow:
        """A row that lacks cells: the last cells stand under the last headings, the first under the first."""
        lack = len(self.section.place.head.cells) - len(line.cells)
        first = 1 + max(self.roles.get("booked", 0), self.roles.get("valued", 0))
        return CellRow(line.number, (*line.cells[:first], *("",) * lack, *line.cells[first:]))

    def _entry(self, line: CellRow, account: str) -> tuple[BankEntry, Money | None] | None:
        booked = day(self.cell(line, "booked"), self.forms)
        valued = self.cell(line, "valued")
        amount = self._amount(line)
        if booked is None or amount is None or (valued and not day(valued, self.forms or DATE_FORMS)):
            return None
        at = self.roles.get("amount", self.roles.get("credit", 0))
        where = Locator(self.digest, f"row {line.number} column {at + 1}", self._raw(line))
        purpose = " ".join(" ".join(self.cell(line, "purpose").split()).split())
        balance = (
            self._signed(self.cell(line, "balance"), amount.currency) if self.cell(line, "balance") else None
        )
        return BankEntry(account, booked, amount, self.cell(line, "partner"), purpose, where), balance

    def _raw(self, line: CellRow) -> str:
        return " ".join(
            filter(None, (self.cell(line, role) for role in ("amount", "debit", "credit", "letter")))
        )

    def _amount(self, line: CellRow) -> Money | None:
        unit = self.cell(line, "currency") or self.unit
        unit = numbers.SYMBOLS.get(unit.lower(), unit)
        if raw := self.cell(line, "amount"):
            value = self._signed(raw, unit)
            letter = self.cell(line, "letter").upper()
            if "letter" in self.roles:
                if value is None or letter not in ("S", "H", "D", "C"):
                    return None
                return -value if letter in "SD" else value
            fee = self._signed(self.cell(line, "fee"), unit) if self.cell(line, "fee") else None
            return value - fee if value is not None and fee is not None else value
        sides = {
            role: self._signed(raw, unit) for role in ("credit", "debit") if (raw := self.cell(line, role))
        }
        if len(sides) != 1 or None in sides.values():
            return None
        role, value = sides.popitem()
        return None if value is None else -_abs(value) if role == "debit" else value

    def _signed(self, raw: str, unit: str) -> Money | None:
        return numbers.amount(raw, unit or NO_CURRENCY, self.mark)

    def _spoilt(self, line: CellRow) -> None:
        for cell in line.cells:
            if _SPOILT.fullmatch(cell):
                self.notes.append(excel(Locator(self.digest, f"row {line.number}", cell)))
                return

    def _refusal(self, line: CellRow) -> Finding:
        return Finding(
            "entry-unreadable",
            text(
                "Row {row} of the bank's table cannot be read: day '{day}', amount '{amount}'.",
                row=line.number,
                day=self.cell(line, "booked")[:30],
                amount=self._raw(line)[:30],
            ),
            text("Look it up in the statement, and export the table again without opening it in Excel."),
            Weight.WARNING,
            Locator(self.digest, f"row {line.number}", " ".join(line.cells)[:80]),
        )


def _abs(value: Money) -> Money:
    """The amount without its sign."""
    return -value if value.cents < 0 else value


def statements(rows: Sequence[CellRow], profile: Profile, digest: str) -> Iterator[Statement]:
    """One statement for each account of each table in the file."""
    for section in sections(rows, profile):
        sheet = _Sheet(section, profile, digest)
        sheet.read()
        names = list(dict.fromkeys(entry.account for entry, _ in sheet.entries)) or [sheet.account]
        for name in [*names, *(n for n in sheet.pending if n not in names)]:
            own = [pair for pair in sheet.entries if pair[0].account == name]
            yield _statement(sheet, name, own, alone=len(names) == 1, first=name == names[0])


def _statement(
    sheet: _Sheet, name: str, own: list[tuple[BankEntry, Money | None]], *, alone: bool, first: bool
) -> Statement:
    opening, closing = (sheet.opening, sheet.closing) if alone else (None, None)
    notes = list(sheet.notes) if first else []
    if first and any(entry.amount.currency == NO_CURRENCY for entry, _ in own):
        notes.append(no_currency(Locator(sheet.digest)))
    chain = running(own)
    if chain is None:
        notes.append(jumps(name, own))
    elif chain:
        opening, closing = (opening or chain[0]), (closing or chain[1])
    row = sheet.section.place.head.number or 1
    where = Locator(sheet.digest, f"row {row}")
    entries = tuple(entry for entry, _ in own)
    rejected = tuple(sheet.rejected) if first else ()
    return Statement(
        name, where, entries, opening, closing, sheet.pending.get(name, 0), rejected, tuple(notes)
    )
