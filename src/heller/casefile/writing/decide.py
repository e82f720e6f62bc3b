"""Writing down what a person decides about a reading, for both doors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from heller.casefile import folder as casefolder
from heller.casefile.proposed import OpenProposal, key_of, open_proposals
from heller.casefile.writing.paper_values import (
    LONGEST,
    canonical_value,
    check_sums,
    class_of,
    completed,
    head_named,
    refuse,
    units,
)
from heller.casefile.writing.write import note
from heller.damage.purposes import reference
from heller.intake.across.decisions import DROPPED, GIVEN, LEFT, SUMS, invoice_of, paper_of
from heller.model.case import Case, Exhibit
from heller.model.document_class import Classification, DocumentClass
from heller.model.finding import Locator
from heller.model.kinds.decided import Decided
from heller.model.kinds.fact import Fact
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.paper import Paper
from heller.model.kinds.purpose import Purpose
from heller.model.text import text
from heller.model.value import Support

KIND = "kind"  # what a person says the document is, among the values
PURPOSE = "purpose"  # what it was for, among the values


def give(
    folder: Path,
    number: int,
    said: Mapping[str, str],
    who: str,
    *,
    member: str | None = None,
    reason: str = "",
    now: datetime | None = None,
) -> int:
    """Say what an exhibit says, whether it was read or not: what was read, with the values in `said` changed.
    Returns the entry's number.

    `kind` in it says what the document is, by the value of its class or its name in English or German; `purpose` what
    it was for, by the name of a head. A document that is no cost needs no other value. Of net, tax and gross the third
    follows from two. Raises InputRefused where a value cannot be read, a needed one is missing, or the sums do not add
    up.
    """
    case = casefolder.load(folder)
    exhibit, paper = _paper(case, number, member)
    values = {name: str(v.value) for name, v in paper.values.items() if v.value is not None}
    of = class_of(said.get(KIND, ""), paper)
    head = head_named(said.get(PURPOSE, ""))
    given = {name: canonical_value(name, raw) for name, raw in said.items() if name not in (KIND, PURPOSE)}
    given = completed(given | units(said), values)
    changed = tuple(name for name, value in given.items() if values.get(name, "") != value)
    values = {name: value for name, value in (values | given).items() if value}
    if Classification(of).is_money:
        check_sums(values)
    place = Locator(exhibit.digest, "", "", paper.source.member)
    gross = paper.values.get("gross")
    decided = Decided(
        object=exhibit.digest,
        what=GIVEN,
        who=_who(who),
        when=now or datetime.now(UTC),
        member=paper.source.member,
        values=values,
        places={
            name: (v.source if (v := paper.values.get(name)) and v.source and name not in changed else place)
            for name in values
        },
        changed=changed,
        proven=gross.by if gross and gross.grade is Support.PROVEN and not SUMS & set(changed) else (),
        credit=of in (DocumentClass.CREDIT_NOTE, DocumentClass.CANCELLATION),
        tax_ids=paper.tax_ids,
        free=paper.free,
        reason=reason,
        kind=of,
        buyer=paper.buyer,
        refers=paper.refers,
        prepaid=paper.prepaid,
    )
    entry = note(folder, decided, now)
    if head and Classification(of).is_money:
        name = reference(case, invoice_of(decided))
        note(folder, Purpose(name, head, Decimal(1), reason), now)
    return entry


def leave(
    folder: Path,
    number: int,
    who: str,
    reason: str,
    *,
    member: str | None = None,
    now: datetime | None = None,
) -> int:
    """Say that a paper is no receipt for this claim; it stays an exhibit."""
    case = casefolder.load(folder)
    read = casefolder.reading_of(folder, _exhibit(case, number).digest)
    if not any(isinstance(r, Paper) for r in read.records):
        raise refuse(
            text("In exhibit K {n} nothing waits for a decision.", n=number),
            text("See what waits with: heller inbox CASE"),
        )
    exhibit, paper = _paper(case, number, member)
    stamp = now or datetime.now(UTC)
    return note(
        folder, Decided(exhibit.digest, LEFT, _who(who), stamp, paper.source.member, reason=reason), now
    )


def twins(
    folder: Path,
    number: int,
    other: int,
    who: str,
    *,
    what: str,
    reason: str = "",
    now: datetime | None = None,
) -> int:
    """Say what an exhibit is to another one: the same (one of them counts nothing), apart; of lists also that it
    replaces the other, adds to it, or is its signed scan."""
    case = casefolder.load(folder)
    one, two = _exhibit(case, number), _exhibit(case, other)
    if one is two:
        raise refuse(text("An exhibit is no double of itself."), text("Name two exhibits."))
    stamp = now or datetime.now(UTC)
    return note(folder, Decided(one.digest, what, _who(who), stamp, other=two.digest, reason=reason), now)


def take(folder: Path, number: int, which: int, who: str, *, now: datetime | None = None) -> int:
    """Confirm the `which`-th proposal of an exhibit: its fact or contact is written down with its place."""
    one = _proposal(casefolder.load(folder), number, which)
    _who(who)
    record = one.proposed.record
    return note(folder, replace(record, basis=one.exhibit.name) if isinstance(record, Fact) else record, now)


def drop(
    folder: Path, number: int, which: int, who: str, *, reason: str = "", now: datetime | None = None
) -> int:
    """Say that what an exhibit proposes is not so, or of no use; it is not proposed again."""
    one = _proposal(casefolder.load(folder), number, which)
    stamp, key = now or datetime.now(UTC), key_of(one.proposed)
    return note(folder, Decided(one.exhibit.digest, DROPPED, _who(who), stamp, other=key, reason=reason), now)


def _proposal(case: Case, number: int, which: int) -> OpenProposal:
    exhibit = _exhibit(case, number)
    found = [one for one in open_proposals(case) if one.exhibit is exhibit and one.n == which]
    if not found:
        raise refuse(
            text("Exhibit K {n} proposes nothing under the number {which}.", n=number, which=which),
            text("See what waits with: heller inbox CASE"),
        )
    return found[0]


def _exhibit(case: Case, number: int) -> Exhibit:
    found = next((e for e in case.exhibits if e.number == number), None)
    if found is None:
        raise refuse(
            text("There is no exhibit K {n}.", n=number), text("See what waits with: heller inbox CASE")
        )
    return found


def _paper(case: Case, number: int, member: str | None) -> tuple[Exhibit, Paper]:
    """The exhibit and the paper in it: as it was read, as its invoice states it, or one that says nothing yet."""
    exhibit = _exhibit(case, number)
    if any(f.code == "exhibit-withdrawn" for f in exhibit.reading.findings):
        raise refuse(
            text("Exhibit K {n} was withdrawn.", n=number),
            text("Restore it first: heller note CASE restore K{n} WHY", n=number),
        )
    found = receipts_of(exhibit)
    fitting = [p for p in found if member is None or p.source.member == member]
    if len(fitting) > 1:
        raise refuse(
            text("Exhibit K {n} holds several receipts.", n=number),
            text("Name one with --member: {names}", names=", ".join(p.source.member for p in fitting)),
        )
    return exhibit, fitting[0] if fitting else unread(exhibit, member or "")


def receipts_of(exhibit: Exhibit) -> list[Paper]:
    """All receipts and papers of an exhibit, those that are structured as papers too."""
    found = exhibit.reading.records
    return [p if isinstance(p, Paper) else paper_of(p) for p in found if isinstance(p, Paper | Invoice)]


def unread(exhibit: Exhibit, member: str = "") -> Paper:
    """The paper that an exhibit is of which nothing was read."""
    return Paper({}, Locator(exhibit.digest, member=member), kind=Classification(DocumentClass.OTHER))


def _who(who: str) -> str:
    if not who.strip():
        raise refuse(
            text("It is not said who decides."),
            text("Give the name of the person who looked at the document."),
        )
    return who.strip()[:LONGEST]
