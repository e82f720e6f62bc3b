"""The values of a receipt as a person types them: read, completed and checked, or refused with what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from heller.dossier.names import VALUES
from heller.dossier.wording import Words
from heller.intake.written import canonical, numbers
from heller.model.document_class import NAMES, DocumentClass
from heller.model.errors import InputRefused
from heller.model.kinds.paper import AMOUNTS, FIELDS, NEEDED, Paper
from heller.model.text import Text, text

LONGEST = 200  # characters of one value


def head_named(said: str) -> str:
    """The head that a purpose names, '' where none is said."""
    if not said.strip():
        return ""
    head = canonical.head_of(said)
    if head is None:
        raise refuse(
            text("There is no purpose called {name}.", name=said.strip()[:40]),
            text("The purposes are: {names}.", names=", ".join(canonical.receipt_heads())),
        )
    return head


def units(said: Mapping[str, str]) -> dict[str, str]:
    """The currency that is typed beside an amount ('119,00 €'), where none is given by itself."""
    if said.get("currency", "").strip():
        return {}
    amounts = [
        found
        for name in AMOUNTS
        if re.search(r"[^\d\s.,'+-]", said.get(name, "")) and (found := numbers.amount(said[name].strip()))
    ]
    units = {amount.currency for amount in amounts}
    return {"currency": units.pop()} if len(units) == 1 else {}


def completed(given: dict[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """The third of net, tax and gross where two are given and the third is not there yet."""
    known = {name: given.get(name) or values.get(name, "") for name in ("net", "vat", "gross")}
    if sum(1 for value in known.values() if value) != 2:
        return given
    parts = {name: Decimal(value) for name, value in known.items() if value}
    missing = next(name for name, value in known.items() if not value)
    found = {
        "net": lambda: parts["gross"] - parts["vat"],
        "vat": lambda: parts["gross"] - parts["net"],
        "gross": lambda: parts["net"] + parts["vat"],
    }[missing]()
    return given | {missing: str(found)}


def class_of(said: str, paper: Paper) -> DocumentClass:
    """What a person says the document is, else what it was read as; refused where nobody knows."""
    plain = said.strip().casefold().replace("-", "_").replace(" ", "_")
    if not plain and paper.kind.of is not DocumentClass.OTHER:
        return paper.kind.of
    names = {of.value: of for of in DocumentClass} | {
        Words(lang)(name).casefold().replace("-", "_").replace(" ", "_"): of
        for lang in ("de", "en")
        for of, name in NAMES.items()
    }
    if plain not in names:
        raise refuse(
            text("It is not told what this document is."),
            text(
                "Name it with kind=...; it may be: {names}.",
                names=", ".join(of.value for of in DocumentClass),
            ),
        )
    return names[plain]


def canonical_value(name: str, raw: str) -> str:
    """A value as typed in its canonical form, '' where it was emptied."""
    written = " ".join(raw.split())
    if name not in FIELDS:
        raise refuse(
            text("A receipt has no value called {name}.", name=name[:40]),
            text("The values are: {names}.", names=", ".join(FIELDS)),
        )
    if not written:
        return ""
    found: str | None = written if len(written) <= LONGEST else None
    if name in AMOUNTS:
        amount = numbers.amount(written) or numbers.money(numbers.plain(written))
        found = str(amount.decimal) if amount else None
    elif name == "date":
        day = numbers.day(written)
        found = day.isoformat() if day else None
    elif name == "currency":
        found = written.upper() if len(written) == 3 and written.isalpha() and written.isascii() else None
    if found is None:
        raise refuse(
            text("{raw} is no value for {name}.", raw=written[:60], name=VALUES[name]),
            text("Write days as 04.02.2015, amounts as 3.000,00, currencies as EUR."),
        )
    return found


def check_sums(values: Mapping[str, str]) -> None:
    """Refuse values of which one that is needed is missing, or whose sums do not add up."""
    missing = [name for name in NEEDED if name not in values]
    if missing:
        raise refuse(
            text("A value is missing: {name}.", name=VALUES[missing[0]]),
            text("Enter it as it stands in the document."),
        )
    net, vat, gross = (Decimal(values[name]) for name in ("net", "vat", "gross"))
    if net + vat != gross:
        raise refuse(
            text(
                "Net {net} and tax {vat} do not add up to gross {gross}.",
                net=str(net),
                vat=str(vat),
                gross=str(gross),
            ),
            text(
                "Compare the three with the document. Where it contradicts itself, ask the seller for another."
            ),
        )


def refuse(what: Text, do: Text) -> InputRefused:
    """A decision that cannot be written: nothing of it was."""
    return InputRefused(what, text("Nothing was written; the case is as it was."), do)
