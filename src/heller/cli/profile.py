"""heller profile: which column of an unknown table is which; proposed, looked at, saved."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from msgspec.structs import replace

from heller.casefile.derived.reading_anew import anew, excess_of
from heller.casefile.writing.take_in import keep_layout
from heller.cli import list_profile, order_profile, screen, typed_words
from heller.cli.screen import tr
from heller.cli.written_file import writing
from heller.dossier.wording import BERLIN
from heller.intake.bank import layout, profile
from heller.intake.bank.layout import Preview
from heller.intake.bank.profile import Profile
from heller.intake.readers import spreadsheet
from heller.intake.tables import confirmed, propose
from heller.intake.written import numbers
from heller.intake.written.day_forms import DATE_FORMS
from heller.model.errors import InputRefused
from heller.model.record import Blob
from heller.model.text import Text, text

PLACE = 90
VERB = text("Which column of an unknown table is which: proposal, preview, saved layout.")

SHOWN = 5  # rows of the preview
ROLES: dict[str, Text] = {
    "booked": text("Day of booking"),
    "valued": text("Value date"),
    "amount": text("Amount"),
    "credit": text("Money in"),
    "debit": text("Money out"),
    "letter": text("Money out or in, as a word or letter"),
    "currency": text("Currency"),
    "balance": text("Balance after the entry"),
    "account": text("Account"),
    "status": text("State"),
    "partner": text("Other side"),
    "payer": text("Payer of money in"),
    "purpose": text("Purpose"),
}


def run(
    file: Annotated[Path, Parameter(help=tr("The table to look at."))],
    *,
    column: Annotated[
        tuple[str, ...], Parameter(help=tr("ROLE=HEADING, as amount=Wert; may be given more than once."))
    ] = (),
    decimal: Annotated[str, Parameter(help=tr("The decimal mark of the amounts, a comma or a point."))] = "",
    dates: Annotated[str, Parameter(help=tr("The form of the days, as dd.mm.yyyy."))] = "",
    currency: Annotated[str, Parameter(help=tr("The currency, where no column names it."))] = "",
    out: Annotated[
        tuple[str, ...], Parameter(help=tr("A word for money out, where the amounts have no sign."))
    ] = (),
    into: Annotated[
        tuple[str, ...], Parameter(help=tr("A word for money in, where there are more than two words."))
    ] = (),
    rate: Annotated[
        str, Parameter(help=tr("The rate of VAT of a list that has gross amounts only, as 19."))
    ] = "",
    save: Annotated[
        bool, Parameter(negative="", help=tr("Keep the layout: tables with these headings are read by it."))
    ] = False,
    case: Annotated[
        Path | None, Parameter(help=tr("With --save: the case whose tables are to be read by it, too."))
    ] = None,
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> int:
    """Which column of a table is which: a proposal with its preview and its proofs."""
    blob = _table(file)
    content = numbers.decode(blob.data)
    told = dict(_pair(said) for said in column)
    if rate or order_profile.is_one(blob, content, told):
        order_profile.show(blob, content, told, rate, dates, currency, keep=save, json=json)
        return 0
    if not (out or into) and (kind := propose.kind_of(content, told)):
        list_profile.show(blob, content, kind, told, keep=save, json=json)
        return 0
    said = told or out or into
    with profile.using(profile.of_user()):
        found = layout.from_words(content, told, out, into) if said else layout.look(content)
    if found is None:
        raise _no_layout(file.name)
    chosen = _chosen(found.profile, decimal, dates, currency)
    preview = layout.preview(content, replace(found, profile=chosen), blob.digest)
    path = _save(preview) if save else None
    if path is not None and case is not None:
        keep_layout(case, path.stem, profile.load(path))
    if json:
        screen.as_json(_plain(preview, path))
    else:
        _show(file.name, preview, path)
    return 0


def _table(file: Path) -> Blob:
    """The table itself; of a spreadsheet the first sheet with cells."""
    blob = typed_words.blob(file)
    _require_affordable(blob)
    if spreadsheet.identify(blob.data[:65536], blob.name).score:
        sheets = spreadsheet.members(blob)
        if not sheets:
            raise _no_layout(file.name)
        return sheets[0]
    return blob


def _require_affordable(blob: Blob) -> None:
    """Raises InputRefused for a file that costs more than a file may. It is read apart first: what its reader could
    unpack and read there costs no more here, where its columns are looked at."""
    if excess := excess_of(anew(blob, BERLIN)):
        raise InputRefused(
            what=text("{name} was not looked at: {why}.", name=blob.name, why=excess.said),
            why=text("Which column is which is not guessed."),
            do=text("Add the part of it that matters or another export, or enter by hand what it says."),
        )


def _pair(said: str) -> tuple[str, str]:
    role, equals, heading = said.partition("=")
    known = tuple(dict.fromkeys((*ROLES, *order_profile.ROLES, *list_profile.ROLES)))
    if not equals or role not in known:
        raise InputRefused(
            what=text("'{said}' does not say which column is which.", said=said),
            why=text("A column has one role; the roles are: {roles}.", roles=", ".join(known)),
            do=text("Write it as amount=Wert, with the heading as it stands in the table."),
        )
    return role, heading


def _chosen(found: Profile, decimal: str, dates: str, currency: str) -> Profile:
    """The proposal with what the person said about marks, days and currency."""
    if decimal not in ("", ",", ".") or (dates and dates not in DATE_FORMS):
        raise InputRefused(
            what=text("The mark or the form of the days is none that is known."),
            why=text("Known forms of days: {forms}.", forms=", ".join(DATE_FORMS)),
            do=text("Write --decimal , or --decimal . and --dates dd.mm.yyyy"),
        )
    return replace(
        found,
        decimal=decimal or found.decimal,
        dates=(dates,) if dates else found.dates,
        currency=currency or found.currency,
    )


def _save(preview: Preview) -> Path:
    """Write the confirmed profile; raises InputRefused where nothing would be read by it."""
    if not preview.entries or not preview.head:
        raise InputRefused(
            what=text("The layout is not kept: no row can be read by it, or the table has no headings."),
            why=text("A layout is recalled by its headings, and is only worth keeping where it reads."),
            do=text("Say which column is which: --column booked=... --column amount=..."),
        )
    home = confirmed.folder()
    path = home / f"{confirmed.fingerprint(preview.head)}.yaml"
    named = replace(preview.profile, name=path.stem, source="confirmed by a person")
    why = text("Without it the table stays unknown.")
    with writing(path, why, text("Set HELLER_PROFILES to a folder that you may write to.")):
        home.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(profile.dump(named), encoding="utf-8")
        fresh.replace(path)
    return path


def _show(name: str, preview: Preview, path: Path | None) -> None:
    say = screen.words()
    screen.heading(say(text("{name}: which column is which", name=name)))
    roles = screen.table(tr("Role"), tr("Column"))
    for role, column in preview.columns.items():
        roles.add_row(say(ROLES.get(role, text("Column"))), column)
    screen.out().print(roles)
    rows = screen.table(tr("Row"), tr("Day"), tr("Amount"), tr("Other side"), tr("Purpose"), right=(2,))
    for entry in preview.entries[:SHOWN]:
        words = (entry.source.place, say.day(entry.booked), say.money(entry.amount, sign=True))
        rows.add_row(*words, entry.counterparty[:30], entry.purpose[:40])
    screen.out().print(rows)
    for proof in layout.proofs(preview):
        screen.point(say(proof))
    for finding in preview.findings[:SHOWN]:
        screen.point(say(finding.text), "!", "yellow")
    if path:
        screen.point(
            say(text("Kept as {path}. Tables with these headings are now read by it.", path=str(path)))
        )
    elif not preview.known:
        screen.point(
            say(text("If this is right, keep it: heller profile {name} --save", name=name)), " ", "dim"
        )


def _plain(preview: Preview, path: Path | None) -> dict[str, object]:
    found: dict[str, object] = {
        "known": preview.known,
        "fingerprint": confirmed.fingerprint(preview.head),
        "columns": preview.columns,
        "entries": len(preview.entries),
        "pending": preview.pending,
        "rejected": preview.rejected,
        "closes": preview.closes,
    }
    with contextlib.suppress(IndexError):
        found["first"] = {
            "booked": preview.entries[0].booked.isoformat(),
            "amount": str(preview.entries[0].amount.decimal),
            "currency": preview.entries[0].amount.currency,
        }
    return found | ({"saved": str(path)} if path else {})


def _no_layout(name: str) -> InputRefused:
    return InputRefused(
        what=text("In {name} no row was found that names a day and an amount.", name=name),
        why=text("Which column is which is not guessed."),
        do=text("Say it: --column booked=HEADING --column amount=HEADING"),
    )
