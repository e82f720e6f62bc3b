"""What people marked in a case, and what stays open whoever marks it. It closes nothing."""

from __future__ import annotations

from collections.abc import Mapping

from heller.casefile.fold import number_of
from heller.intake import personal
from heller.intake.written.canonical import fold
from heller.journal.entry import Entry
from heller.model.case import Case
from heller.model.kinds.confidential import Confidential


def confidential(case: Case) -> Mapping[str, frozenset[str]]:
    """What was marked as confidential, by digest: the headings of columns, folded; '' is the whole."""
    digests = {exhibit.number: exhibit.digest for exhibit in case.exhibits}
    found: dict[str, frozenset[str]] = {}
    for one in case.records(Confidential):
        if digest := digests.get(number_of(one.exhibit)):
            found[digest] = found.get(digest, frozenset()) | {fold(one.column)}
    return found


def parties(case: Case) -> frozenset[str]:
    """The words of the parties' names: they stay open."""
    known = (case.fact(key) or "" for key in ("firm.name", "provider.name"))
    return frozenset(w.casefold() for name in known for w in personal.WORD.findall(name))


def texts_of(entry: Entry) -> list[str]:
    """What an entry says in words."""
    return [said for said in (entry.body or {}).values() if isinstance(said, str)]
