"""What documents propose as facts and contacts, as far as nobody has stated, confirmed or dropped it.

It writes nothing; see `heller.casefile.writing.decide`.
"""

from __future__ import annotations

from msgspec import Struct

from heller.intake.across.decisions import DROPPED
from heller.intake.across.identity import letters, name_of
from heller.model.case import Case, Exhibit
from heller.model.facts import FACTS, firm
from heller.model.kinds.contact import NAMES as CONTACTS
from heller.model.kinds.contact import Contact
from heller.model.kinds.decided import Decided
from heller.model.kinds.fact import Fact
from heller.model.kinds.proposed import Proposed
from heller.model.text import Text, text


class OpenProposal(Struct, frozen=True):
    """A proposal that waits: the `n`-th of its exhibit; `stated` is what was stated otherwise so far."""

    exhibit: Exhibit
    n: int
    proposed: Proposed
    stated: str = ""

    @property
    def what(self) -> Text:
        """What the document states, in a sentence."""
        record = self.proposed.record
        if isinstance(record, Fact):
            label = FACTS[record.key].label if record.key in FACTS else Text(record.key)
            return text("{name}: {value}", name=label, value=record.value)
        if record.until:
            return text(
                "{name} (until {day}): {value}",
                name=CONTACTS[record.kind],
                day=record.until,
                value=record.said,
            )
        return text("{name}: {value}", name=CONTACTS[record.kind], value=record.said)


def key_of(proposed: Proposed) -> str:
    """By which a decision names a proposal of its document."""
    record = proposed.record
    return f"fact:{record.key}" if isinstance(record, Fact) else f"{record.kind.value}:{record.said}"


def open_proposals(case: Case) -> tuple[OpenProposal, ...]:
    """The proposals that wait, in order of exhibits. What the firm itself wrote proposes nothing."""
    dropped = {(d.object, d.other) for d in case.records(Decided) if d.what == DROPPED}
    found = []
    for exhibit in case.exhibits:
        proposed = [record for record in exhibit.reading.records if isinstance(record, Proposed)]
        for n, one in enumerate(proposed, 1):
            if (exhibit.digest, key_of(one)) in dropped or _is_stated(case, one) or _own(case, one):
                continue
            found.append(OpenProposal(exhibit, n, one, _stated(case, one)))
    return tuple(found)


def _is_stated(case: Case, one: Proposed) -> bool:
    """Whether a person or another document has stated it already."""
    record = one.record
    if isinstance(record, Fact):
        return any(
            f.key == record.key and letters(f.value) == letters(record.value) for f in case.records(Fact)
        )
    contacts = (c for c in case.records(Contact) if c.kind is record.kind)
    return any(
        c.source == record.source or (c.at.date() == record.at.date() and c.until == record.until)
        for c in contacts
    )


def _stated(case: Case, one: Proposed) -> str:
    said = [f.value for f in case.records(Fact) if isinstance(one.record, Fact) and f.key == one.record.key]
    return said[-1] if said else ""


def _own(case: Case, one: Proposed) -> bool:
    stated: str | None = case.facts[firm.NAME]
    name = name_of(stated or "")
    return bool(name) and isinstance(one.record, Contact) and name in name_of(one.record.who)
