"""What a file says as plain values for other programs: no case, no language, no record types."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from heller.intake.bank.statement import chain
from heller.intake.reading import NO_INVOICE
from heller.intake.values import document_of, values_of
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.bank_entry import BankEntry
from heller.model.kinds.proposed import Proposed
from heller.model.kinds.summary import Summary
from heller.model.record import Account, Reading, Record
from heller.model.text import Text, text
from heller.model.value import Support, Value

Plain: TypeAlias = "dict[str, object]"


WRAPPINGS = frozenset({"mail", "msg"})  # what such a file was known by says nothing of what is in it


class Document(Struct, frozen=True):
    """One document of a file: what it is, its values by key, and the doubts about it."""

    kind: str
    values: dict[str, Value]
    findings: tuple[Finding, ...] = ()
    member: str = ""
    why: Text | None = None

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The doubts that a claim must not swallow."""
        return tuple(f for f in self.findings if f.weight is not Weight.NOTE)


def documents(reading: Reading) -> tuple[Document, ...]:
    """The documents of a reading in order; empty where nothing could be read.

    A summary speaks for the records of its kind in its file. A doubt goes with the documents of its member,
    one about no member that was read with all of them. A table or statement whose rows were all rejected is
    no document; what a letter proposes is for a case only.
    """
    whole = _one_account(reading)
    groups: dict[tuple[str, str, int], list[Record | Account]] = {}
    stated: list[Record | Account] = [*reading.accounts]
    stated += (record for record in reading.records if not isinstance(record, Proposed))
    for number, record in enumerate(stated):
        kind, alone = document_of(record)
        member = whole if whole is not None and kind == "statement" else _member(record.source)
        groups.setdefault((kind, member, number if alone else 0), []).append(record)
    if reading.rows_rejected and not reading.records:
        return ()
    told = {(r.kind, _member(r.source)) for r in reading.records if isinstance(r, Summary)}
    groups = {key: own for key, own in groups.items() if key[:2] not in told or isinstance(own[0], Summary)}
    known = {member for _, member, _ in groups}
    return tuple(
        Document(
            kind,
            values_of(kind, records),
            _about(reading, member, known),
            member,
            None if member and reading.reader in WRAPPINGS else reading.why,
        )
        for (kind, member, _), records in groups.items()
    )


def _member(source: Locator | None) -> str:
    return source.member if source else ""


def _one_account(reading: Reading) -> str | None:
    """The archive around statements of one account, a file for each day: they are one statement.

    None where there is one file only, or where its files are of several accounts.
    """
    pages = reading.accounts
    members = {_member(account.source) for account in pages}
    if len(members) < 2 or len({account.name for account in pages}) > 1:
        return None
    homes = {member.rpartition("!/")[0] for member in members}
    follow = chain(pages, pages[0].name) is not None and all(p.opening and p.closing for p in pages)
    return homes.pop() if len(homes) == 1 and (follow or _days_apart(reading)) else None


def _days_apart(reading: Reading) -> bool:
    """Whether the files have no day of booking in common, so that no entry can stand in two of them."""
    days: dict[str, set[date]] = {}
    for record in reading.records:
        if isinstance(record, BankEntry):
            days.setdefault(record.source.member, set()).add(record.booked)
    return sum(map(len, days.values())) == len(set().union(*days.values()))


def as_json(document: Document, say: Callable[[Text], str]) -> Plain:
    """The document as JSON values; `warnings` and `notes` are sentences, left out where there are none."""
    found: Plain = {"kind": document.kind}
    if document.why:
        found["known_by"] = say(document.why)
    for key, value in document.values.items():
        found[key] = _value(value)
    weighty = document.warnings
    notes = [f for f in document.findings if f not in weighty]
    if refused := next((f for f in document.findings if f.code == NO_INVOICE), None):
        found["refused"] = say(refused.text)  # as an invoice; what it states stands beside
    if weighty:
        found["warnings"] = [say(finding.text) for finding in weighty]
    if notes:
        found["notes"] = [say(finding.text) for finding in notes]
    return found


def refusal(reading: Reading, name: str) -> tuple[Text, Text | None]:
    """Why nothing was read, and what to do: the gravest doubt that the reader had."""
    if not reading.findings:
        return text("{name} holds nothing that can be read.", name=name), None
    first = outside(min(reading.findings, key=_lightness))
    return first.text, first.do


def _lightness(finding: Finding) -> tuple[int, bool]:
    """Refusals first; among equals what concerns the whole file before what concerns a row."""
    weight = (Weight.REFUSED, Weight.WARNING, Weight.NOTE).index(finding.weight)
    return weight, bool(finding.source and finding.source.place)


def outside(finding: Finding) -> Finding:
    """The finding without what holds only inside a case, where the file is kept."""
    name = str(finding.text.args.get("name", ""))
    said = {
        "unknown-format": text("Nothing was read from {name}: its format is not known.", name=name),
        "no-invoice-data": text("{name} holds no invoice data that can be read.", name=name),
    }.get(finding.code)
    do = finding.do
    if finding.code == "reader-broke":
        do = text("Add another export of it, or enter by hand what it says.")
    return replace(finding, text=said or finding.text, do=do)


def _about(reading: Reading, member: str, known: set[str]) -> tuple[Finding, ...]:
    def of(finding: Finding) -> str:
        return finding.source.member if finding.source else ""

    return tuple(outside(f) for f in reading.findings if of(f) == member or of(f) not in known)


def _value(value: Value) -> Plain:
    """A value with its grade, its place, the paths that agree, and the further places where it stands."""
    grade = Support.ABSENT if value.value is None else value.grade
    found: Plain = {"value": value.value, "grade": grade.value, "source": _place(value.source)}
    if value.by:
        found["by"] = list(value.by)
    if value.also:
        found["also"] = [_place(place) for place in value.also]
    return found


def _place(source: Locator | None) -> Plain | None:
    return None if source is None else {"member": source.member, "place": source.place, "raw": source.raw}
