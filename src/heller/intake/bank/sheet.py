"""Reads the rows of one table of a bank by a profile; `table` makes statements of them.

No row is dropped: each is an entry, an announced one, a stated balance, a sum, or rejected with a finding.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from heller.intake.bank import directions
from heller.intake.bank.marks import account_of, begins, excel, no_entry, proven_mark, unreadable, words_below
from heller.intake.bank.profile import Profile
from heller.intake.bank.sections import Section
from heller.intake.tables import sum_rows
from heller.intake.tables.cells import CellRow
from heller.intake.tables.sum_rows import Labelled
from heller.intake.written import numbers
from heller.intake.written.canonical import fold
from heller.intake.written.day_forms import DATE_FORMS, day, proven_forms
from heller.model.finding import Finding, Locator
from heller.model.kinds.bank_entry import BankEntry
from heller.model.money import NO_CURRENCY, Money

_SPOILT = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE | re.ASCII)
_CURRENCY = re.compile(r"(?:[(\[]\s*([A-Z]{3}|€)\s*[)\]]|\bin ([A-Z]{3}|Euro|€)|\s(EUR|CHF|USD|GBP))\s*$")
_PLACED = frozenset({"booked", "valued", "amount", "credit", "debit", "balance", "currency", "fee"})


class Sheet:
    """One table of a file while it is read."""

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
        data = [self._aligned(line) for line in data]
        self.sums = self._sums(data)
        data = [line for line in data if line.number not in self.sums]
        self.signed = self._has_signs(data)
        self.ways = {} if self.signed else self._ways(data)

    def cell(self, line: CellRow, role: str) -> str:
        """The cell of a role, '' where there is none."""
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
        head = self.section.place.head.cells
        for role in ("amount", "credit", "debit", "balance"):
            at = self.roles.get(role)
            if at is not None and at < len(head) and (match := _CURRENCY.search(head[at])):
                named = match[1] or match[2] or match[3]
                return numbers.SYMBOLS.get(named.lower(), named)
        return ""

    def _sums(self, rows: Sequence[CellRow]) -> dict[int, bool]:
        """Row numbers of rows that are sums of others, with whether they add up."""
        labelled = []
        for line in rows:
            value = self._value(line)
            own = [
                c
                for n, c in enumerate(line.cells)
                if c and n not in {self.roles[r] for r in _PLACED if r in self.roles}
            ]
            bare = not any(re.search(r"[^\W\d_]", cell) for cell in own) and not self.cell(line, "booked")
            labelled.append(Labelled(line.cells, None if value is None else value.decimal, bare=bare))
        return {rows[one.at].number: one.agrees for one in sum_rows.find(labelled)}

    def _value(self, line: CellRow) -> Money | None:
        """What a row moves as it is written, before words of direction."""
        if raw := self.cell(line, "amount"):
            return self._signed(directions.parted(raw)[0], NO_CURRENCY, plain=True)
        credit, debit = (
            self._signed(raw, NO_CURRENCY, plain=True) if (raw := self.cell(line, role)) else None
            for role in ("credit", "debit")
        )
        return credit if debit is None else -_abs(debit) if credit is None else credit - _abs(debit)

    def _has_signs(self, rows: Sequence[CellRow]) -> bool:
        """Whether the amounts, or words in the column of directions, say which way money went."""
        if "amount" not in self.roles:
            return True
        if "letter" in self.roles:
            return any(self._direction(line) for line in rows)
        return "balance" not in self.roles or any(directions.signed(c) for c in self._cells(rows, "amount"))

    def _direction(self, line: CellRow) -> int:
        return directions.direction(self.cell(line, "letter"), self.profile.out, self.profile.into)

    def _ways(self, rows: Sequence[CellRow]) -> dict[int, int]:
        """The sign of each row by the running balance, and by what the word in its row means in the others."""
        known = []
        for line in rows:
            unit = self._currency(line)
            amount, after = (self._signed(self.cell(line, role), unit) for role in ("amount", "balance"))
            if amount is None or after is None:
                return {}
            known.append((line, amount, after))
        for line in (*self.section.above, *self.section.rows):
            self._state(line) if self._aside(line) or line in self.section.above else None
        found = directions.by_balance([(amount, after) for _, amount, after in known], self.opening)
        ways = {line.number: way for (line, _, _), way in zip(known, found, strict=True) if way}
        meant: dict[str, set[int]] = defaultdict(set)
        for line, _, _ in known:
            if way := ways.get(line.number):
                meant[fold(self.cell(line, "letter"))].add(way)
        for line, _, _ in known:
            if len(said := meant[fold(self.cell(line, "letter"))]) == 1 and self.cell(line, "letter"):
                ways.setdefault(line.number, next(iter(said)))
        return ways

    def _balance(self, line: CellRow, words: Sequence[str]) -> Money | None:
        """The balance that a line states, where it begins with one of the words."""
        starts = [n for n, cell in enumerate(line.cells) if begins(cell, words)]
        if not starts:
            return None
        after = [c for c in line.cells[starts[0] + 1 :] if c]
        unit = next((c for c in after if re.fullmatch("[A-Z]{3}", c)), self.unit or "EUR")
        for n, cell in enumerate(after):
            value = numbers.amount(cell.strip("' "), unit, self.profile.decimal or self.mark or ",")
            if value is not None and re.search(r"\d", cell) and not day(cell, DATE_FORMS):
                letter = after[n + 1] if n + 1 < len(after) else ""
                return -value if directions.direction(letter) < 0 else value
        return None

    def _aside(self, line: CellRow) -> bool:
        """Whether a row is no row of the table: a stated balance, a footer, a line of words."""
        balances = (*self.profile.opening, *self.profile.closing)
        if day(self.cell(line, "booked"), DATE_FORMS):  # the balance may stand in a row with a day of its own
            return any(fold(cell) == fold(word) for cell in line.cells if cell for word in balances)
        return any(begins(cell, (*balances, *self.profile.footer)) for cell in line.cells if cell)

    def read(self) -> None:
        """Read all rows; what they say lies in the fields afterwards."""
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
        if line.number in self.sums:
            raw = " ".join(line.cells)
            self.notes.append(sum_rows.note(line.number, self.sums[line.number], self.digest, raw))
            return
        account = self.cell(line, "account") or self.account
        if self._marked(line, self.profile.pending):
            self.pending[account] += 1
            return
        found = self._entry(line, account)
        if found is None and len(line.cells) < len(self.section.place.head.cells):
            found = self._entry(self._from_the_right(line), account)
        if found is not None:
            self.entries.append(found)
            self._doubts(line, found[0], found[1])
        elif line.filled <= 2 and not day(self.cell(line, "booked"), DATE_FORMS) and self.entries:
            self.notes.append(words_below(line.number, " ".join(filter(None, line.cells)), self.digest))
        else:
            self.rejected.append(self._refusal(line))

    def _marked(self, line: CellRow, rule: dict[str, tuple[str, ...]]) -> bool:
        return any(
            fold(self.cell(line, role)) == fold(word) for role, words in rule.items() for word in words
        )

    def _aligned(self, line: CellRow) -> CellRow:
        short = len(line.cells) < len(self.section.place.head.cells)
        return self._from_the_right(line) if short and self._value(line) is None else line

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
        balance = self._signed(raw, amount.currency) if (raw := self.cell(line, "balance")) else None
        # who paid and who was paid may stand in two columns
        other = "payer" if amount.cents > 0 and "payer" in self.roles else "partner"
        return BankEntry(account, booked, amount, self.cell(line, other), purpose, where), balance

    def _raw(self, line: CellRow) -> str:
        return " ".join(
            filter(None, (self.cell(line, role) for role in ("amount", "debit", "credit", "letter")))
        )

    def _currency(self, line: CellRow) -> str:
        unit = self.cell(line, "currency") or self.unit
        unit = numbers.SYMBOLS.get(unit.lower(), unit.upper() if len(unit) == 3 else unit)
        return unit if re.fullmatch("[A-Z]{3}", unit) else ""

    def _amount(self, line: CellRow) -> Money | None:
        unit = self._currency(line)
        if raw := self.cell(line, "amount"):
            return self._one_amount(line, raw, unit)
        sides = {
            role: self._signed(raw, unit) for role in ("credit", "debit") if (raw := self.cell(line, role))
        }
        if len(sides) == 2:  # a column of zeros beside the one that counts
            sides = {role: value for role, value in sides.items() if value is None or value.cents}
        if len(sides) != 1 or None in sides.values():
            return None
        role, value = sides.popitem()
        return None if value is None else -_abs(value) if role == "debit" else value

    def _one_amount(self, line: CellRow, raw: str, unit: str) -> Money | None:
        value = self._signed(raw, unit)
        if value is None:
            return None
        if not self.signed:
            way = self.ways.get(line.number, 0)
            return _abs(value) if way > 0 else -_abs(value) if way else None
        if "letter" in self.roles and not directions.signed(raw):
            way = self._direction(line)
            return None if not way else value if way > 0 else -value
        fee = self._signed(self.cell(line, "fee"), unit) if self.cell(line, "fee") else None
        return value - fee if fee is not None else value

    def _signed(self, raw: str, unit: str, *, plain: bool = False) -> Money | None:
        bare, way = directions.parted(raw)
        value = numbers.amount(bare if way else raw, unit or NO_CURRENCY, self.mark)
        if value is None:
            return None
        value = Money(value.cents, NO_CURRENCY) if plain else value
        return -value if way < 0 else value

    def _doubts(self, line: CellRow, entry: BankEntry, balance: Money | None) -> None:
        """What the row says and could not be read, besides the entry itself."""
        for role, missed in (
            ("balance", balance is None),
            ("currency", entry.amount.currency == NO_CURRENCY),
        ):
            if (raw := self.cell(line, role)) and missed:
                self.notes.append(unreadable(role, Locator(self.digest, f"row {line.number}", raw)))
        if spoilt := next((cell for cell in line.cells if _SPOILT.fullmatch(cell)), None):
            self.notes.append(excel(Locator(self.digest, f"row {line.number}", spoilt)))

    def _refusal(self, line: CellRow) -> Finding:
        at = Locator(self.digest, f"row {line.number}", " ".join(line.cells)[:80])
        if self.cell(line, "amount") and day(self.cell(line, "booked"), self.forms) and self._value(line):
            letter = self.roles.get("letter")
            if letter is not None and not self._direction(line):
                head = self.section.place.head.cells
                return directions.question(head[letter] if letter < len(head) else "", self._letters(), at)
            if not self.signed:
                return directions.unproven(line.number, at)
        return no_entry(line.number, self.cell(line, "booked"), self._raw(line), at)

    def _letters(self) -> list[str]:
        return sorted({cell[:30] for cell in self._cells(self.section.rows, "letter")})[:4]


def _abs(value: Money) -> Money:
    """The amount without its sign."""
    return -value if value.cents < 0 else value
