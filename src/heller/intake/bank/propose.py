"""Proposes a profile for a table that no profile knows: by the words of its headings, or, where it has
none, by its columns alone. A proposal is no knowledge: whoever reads by it says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from heller.intake.bank.directions import direction, signed
from heller.intake.bank.profile import Profile, heading
from heller.intake.bank.sections import SEARCH, locate
from heller.intake.tables.cells import CellRow
from heller.intake.tables.confirmed import fingerprint
from heller.intake.written.canonical import fold
from heller.intake.written.day_forms import DATE_FORMS, day

BY_HEADINGS, BY_COLUMNS = "by-headings", "by-columns"
MAY_SAY = ("letter", "purpose", "status")  # roles of columns whose words may say which way money went
WORDS: dict[str, tuple[str, ...]] = {
    "booked": (
        "Buchungstag", "Buchungsdatum", "Buchung", "Datum", "Booking date", "Transaction date", "Date",
        "Completed date", "Started date", "Buchungstermin", "Tag", "Transaktionsdatum", "Ausführungsdatum",
        "Posting date", "Posted date", "Settlement date", "Settlement date (local)", "Umsatzdatum", "Created (UTC)",
        "Umsatztag", "Abschlussdatum", "Execution date", "Operation date (local)", "Buch.-Datum", "Zahlungsdatum",
    ),
    "valued": (
        "Valuta", "Valutadatum", "Wertstellung", "Wertstellungsdatum", "Wert", "Value date", "Wertstellungstag",
        "Datum Valuta",
    ),
    "amount": (
        "Betrag", "Umsatz", "Amount", "Zahlungsbetrag", "Transaction amount", "Betrag in EUR", "Amount (incl. VAT)",
        "Buchungsbetrag", "Umsatzbetrag", "Transaktionsbetrag", "Betrag (EUR)", "Net", "Wert in EUR",
    ),
    "credit": (
        "Haben", "Gutschrift", "Eingang", "Credit", "Einnahme", "Money in", "Paid in", "Zahlungseingang", "Eingänge",
        "Einnahmen", "Zugang", "Einzahlung", "Deposit", "Deposits", "Ein", "Gutschriften", "Kredit", "Credit amount",
    ),
    "debit": (
        "Soll", "Belastung", "Lastschrift", "Ausgang", "Debit", "Ausgabe", "Money out", "Paid out", "Zahlungsausgang",
        "Ausgänge", "Ausgaben", "Abgang", "Auszahlung", "Withdrawal", "Withdrawals", "Aus", "Belastungen", "Abbuchung",
        "Debit amount",
    ),
    "letter": (
        "S/H", "Soll/Haben", "H/S", "Soll Haben Kennzeichen", "Richtung", "Direction", "Ein/Ausgang", "Ein-/Ausgang",
        "Debit/Credit", "Credit/Debit", "D/C", "C/D", "DC", "CRDR", "Dr/Cr", "Cr/Dr", "Soll/Haben-Kennzeichen",
        "SollHaben", "Credit Debit Indicator", "Eingang/Ausgang", "+/-", "Af Bij",
    ),
    "currency": ("Währung", "Waehrung", "Currency", "Kontowährung", "Whg", "Whg.", "CCY"),
    "balance": (
        "Saldo", "Saldo nach Buchung", "Kontostand", "Balance", "Guthaben", "Running balance", "Neuer Saldo",
        "Saldo nach Umsatz", "Account balance", "Kontosaldo", "Balance after transaction", "Balance after",
    ),
    "account": (
        "IBAN Auftragskonto", "Auftragskonto", "IBAN Auftraggeberkonto", "Account", "Konto", "Account IBAN",
        "Eigenes Konto", "Eigene IBAN", "Own IBAN",
    ),
    "status": ("Status", "State", "Info"),
    "partner": (
        "Auftraggeber/Empfänger", "Beguenstigter/Zahlungspflichtiger", "Begünstigter / Auftraggeber",
        "Name Zahlungsbeteiligter", "Auftraggeber / Begünstigter", "Empfänger", "Zahlungsempfänger", "Name",
        "Payee", "Partner name", "Counterparty", "Counterparty name", "Auftraggeber", "Gegenpartei",
        "Zahlungsbeteiligter", "Empfänger/Auftraggeber", "Beneficiary", "Zahlungspartner", "Payee name", "Merchant",
        "Begünstigter/Zahlungspflichtiger", "Zahlungsempfänger*in", "Gegenkonto Name", "Recipient",
        "Partner", "Gegenseite", "Geschäftspartner", "Zahler/Empfänger", "Zahlender/Empfänger", "Von/An", "From/To",
        "Payer/Payee", "Payee/Payer", "Kontakt", "Contact",
    ),
    "payer": ("Zahlungspflichtige*r", "Zahlungspflichtiger", "Payer", "Payer name", "Absender", "Sender"),
    "purpose": (
        "Verwendungszweck", "Buchungstext", "Vorgang/Verwendungszweck", "Beschreibung", "Description",
        "Payment reference", "Reference", "Referenz", "Text", "Purpose", "Buchungsdetails", "Zahlungszweck",
        "Zahlungsreferenz", "Details", "Transaktionsbeschreibung", "Avisierungstext", "Mitteilung", "Narrative", "Memo",
        "Beschreibung1", "Umsatztext", "Zweck", "Verwendung", "Betreff", "Transaction details", "Particulars",
        "Remittance information", "Bezeichnung",
    ),
}  # fmt: skip
OPENING = (
    "Anfangssaldo",
    "Alter Kontostand",
    "Anfangsbestand",
    "Opening balance",
    "Saldovortrag",
    "Letzter Kontostand",
    "Alter Saldo",
    "Startsaldo",
    "Balance brought forward",
)
CLOSING = (
    "Endsaldo",
    "Neuer Kontostand",
    "Endbestand",
    "Closing balance",
    "Kontostand",
    "Neuer Saldo",
    "Schlusssaldo",
    "Balance carried forward",
    "Saldo per",
    "Saldo am",
)
FOREIGN = ("Bestellnummer", "Order number", "Rechnungsnummer", "Mitarbeiter", "Beginn", "Uhrzeit von")
PENDING: dict[str, tuple[str, ...]] = {
    "status": (
        "vorgemerkt",
        "Umsatz vorgemerkt",
        "ausstehend",
        "pending",
        "declined",
        "reverted",
        "failed",
        "processing",
        "canceled",
        "cancelled",
        "abgelehnt",
        "storniert",
        "nicht gebucht",
    )
}
_NAMED = {fold(word): role for role, words in WORDS.items() for word in words}
_NOT = {fold(word) for word in FOREIGN}
_MONEY = re.compile(r"[+-]?\s?\d{1,3}(?:[.,']?\d{3})*[.,]\d{2}\s?[-+]?(?:\s?(?:EUR|€))?", re.ASCII)


def by_headings(rows: Sequence[CellRow]) -> Profile | None:
    """The profile of the row whose words name a day, an amount and a text; None where there is no such row."""
    best: Profile | None = None
    for at, line in enumerate(rows[:SEARCH]):
        found = _profile_by_headings(line, rows[at + 1 : SEARCH])
        if found and (best is None or len(found.columns) > len(best.columns)) and locate(found, line):
            best = found
    return best


def _profile_by_headings(line: CellRow, below: Sequence[CellRow]) -> Profile | None:
    columns: dict[str, tuple[str, ...]] = {}
    for cell in line.cells:
        words = heading(cell)
        if words in _NOT:
            return None
        role = _NAMED.get(words)
        if role and role not in columns:
            columns[role] = (cell,)
    below = [row for row in below if row.filled > 2]
    if "booked" not in columns and "valued" in columns:  # the only day that the table has
        columns["booked"] = columns.pop("valued")
    if "booked" in columns and not {"amount", "credit", "debit"} & columns.keys():
        columns |= _amount_without_heading(line, below)
    told = {"partner", "purpose", "balance", "currency"} & columns.keys()
    money = "amount" in columns or {"credit", "debit"} <= columns.keys()
    if not ("booked" in columns and money and told and len(columns) >= 3):
        return None
    if "amount" in columns:
        columns.pop("credit", None), columns.pop("debit", None)
        columns |= _direction(line, columns, below)
    if "partner" not in columns and "payer" in columns:
        columns["partner"] = columns.pop("payer")
    return Profile(
        name=BY_HEADINGS,
        title="Table of bank entries",
        source=f"proposed from the headings, fingerprint {fingerprint(line.cells)}",
        head=tuple(dict.fromkeys(cell for cells in columns.values() for cell in cells if "#" not in cell)),
        columns=columns,
        pending=PENDING if "status" in columns else {},
        opening=OPENING,
        closing=CLOSING,
    )


def _amount_without_heading(line: CellRow, below: Sequence[CellRow]) -> dict[str, tuple[str, ...]]:
    """The one column without a heading that holds nothing but amounts."""
    bare = [at for at, cell in enumerate(line.cells) if not cell and below and _all_money(below, at)]
    return {"amount": (_reference(line, bare[0]),)} if len(bare) == 1 else {}


def _direction(
    line: CellRow, columns: Mapping[str, tuple[str, ...]], below: Sequence[CellRow]
) -> dict[str, tuple[str, ...]]:
    """The column that says which way money went, for amounts without signs: one of words of direction, else one
    with two values, which is a question where no running balance answers it."""
    amount = next(
        at
        for at, cell in enumerate(line.cells)
        if _reference(line, at) in columns["amount"] or cell in columns["amount"]
    )
    if any(signed(cell) for cell in _cells(below, amount)):
        return {}
    taken = {cell for role, cells in columns.items() if role not in MAY_SAY for cell in cells}
    width = max((len(row.cells) for row in below), default=0)
    free = [at for at in range(width) if _reference(line, at) not in taken]
    for at in free:
        cells = _cells(below, at)
        if cells and len(cells) == len(below) and all(direction(cell) for cell in cells):
            return {"letter": (_reference(line, at),)}
    if "letter" in columns:
        return {}
    for at in free:
        cells = _cells(below, at)
        named = {cell for cells in columns.values() for cell in cells}
        enough = 4 if _reference(line, at) in named else 2
        if (
            len(cells) == len(below) >= enough
            and len(set(map(fold, cells))) == 2
            and not _all_money(below, at)
        ):
            return {"letter": (_reference(line, at),)}
    return {}


def _reference(line: CellRow, at: int) -> str:
    """How a profile names a column: by its heading, one without a heading by its number among those."""
    cell = line.cells[at] if at < len(line.cells) else ""
    same = [heading(other) for other in line.cells[:at]].count(heading(cell))
    return cell if cell and not same else f"{cell}#{same + 1}"


def by_columns(rows: Sequence[CellRow]) -> Profile | None:
    """The profile of a table without headings: every row begins with a day and holds one amount, or one of
    two, with its sign. None where the columns leave that open."""
    full = [line for line in rows if line.filled]
    width = max((len(line.cells) for line in full), default=0)
    if len(full) < 2 or width < 3 or any(not day(line.cells[0], DATE_FORMS) for line in full):
        return None
    money = [n for n in range(1, width) if _all_money(full, n)]
    places = _money_places(full, money)
    if places is None:
        return None
    texts = [n for n in range(1, width) if n not in money and _is_text(full, n)]
    if not texts:
        return None
    if day(full[0].cells[1] if len(full[0].cells) > 1 else "", DATE_FORMS):
        places["valued"] = 2
    units = [n for n in range(1, width) if {line.cells[n] for line in full if n < len(line.cells)} == {"EUR"}]
    return Profile(
        name=BY_COLUMNS,
        title="Table of bank entries without headings",
        source="proposed from the columns: the table has no headings",
        places={
            "booked": 1,
            "purpose": texts[-1] + 1,
            **places,
            **({"currency": units[0] + 1} if units else {}),
        },
        width=width,
    )


def _cells(rows: Sequence[CellRow], at: int) -> list[str]:
    return [line.cells[at].strip("' ") for line in rows if at < len(line.cells) and line.cells[at]]


def _all_money(rows: Sequence[CellRow], at: int) -> bool:
    cells = _cells(rows, at)
    return bool(cells) and all(_MONEY.fullmatch(cell) for cell in cells)


def _is_text(rows: Sequence[CellRow], at: int) -> bool:
    cells = _cells(rows, at)
    return bool(cells) and sum(bool(re.search("[A-Za-z]{3}", cell)) for cell in cells) * 2 > len(cells)


def _money_places(rows: Sequence[CellRow], money: list[int]) -> dict[str, int] | None:
    """One signed amount in every row, or two columns of which each row fills one."""
    if len(money) == 1 and len(_cells(rows, money[0])) == len(rows):
        return {"amount": money[0] + 1} if any("-" in cell for cell in _cells(rows, money[0])) else None
    if len(money) != 2:
        return None
    first, second = money
    if any(
        (first < len(r.cells) and bool(r.cells[first])) == (second < len(r.cells) and bool(r.cells[second]))
        for r in rows
    ):
        return None
    minus = [all("-" in cell for cell in _cells(rows, n)) for n in money]
    debit = first if minus[0] and not minus[1] else second if minus[1] and not minus[0] else None
    if debit is None:
        return None
    return {"debit": debit + 1, "credit": (second if debit == first else first) + 1}


def from_person(line: CellRow, said: Mapping[str, str]) -> Profile | None:
    """The profile of a row that has all the headings that a person named, the rest by their words."""
    cells = [heading(cell) for cell in line.cells]
    if not all(heading(word) in cells for word in said.values()):
        return None
    columns: dict[str, tuple[str, ...]] = {role: (word,) for role, word in said.items()}
    taken = {heading(word) for word in said.values()}
    for cell in line.cells:
        role = _NAMED.get(heading(cell))
        if role and role not in columns and heading(cell) not in taken and not _clash(role, columns):
            columns[role] = (cell,)
    head = tuple(word.partition("#")[0] for words in columns.values() for word in words)
    made = Profile(name="own", title="Own table", source="said by a person", head=head, columns=columns)
    return made if locate(made, line) else None


def _clash(role: str, columns: Mapping[str, object]) -> bool:
    """Whether a column of amounts is there already in another form."""
    sides = {"credit", "debit"}
    return (role in sides and "amount" in columns) or (role == "amount" and bool(sides & columns.keys()))
