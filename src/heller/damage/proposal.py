"""Which head of loss a receipt may serve: proposed with a reason, never booked. It reads no amounts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

from heller.intake.across.identity import LEGAL_FORMS
from heller.model.case import Case
from heller.model.facts import firm
from heller.model.facts import provider as stated_provider
from heller.model.heads import HEADS
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.paper import Paper
from heller.model.span import Span
from heller.model.text import Text, text

_WORD = re.compile(r"[^\W_]+")
AFTER = timedelta(days=60)  # how long after the outage a receipt may still follow from it


class Proposal(Struct, frozen=True):
    """A head of loss, and why it may be that one."""

    head: str
    reason: Text


def propose(case: Case, receipt: Invoice | Paper, spans: Sequence[Span], said: str = "") -> Proposal | None:
    """The head that seller and words suggest, with what a person `said` of the receipt; None where they suggest none,
    or where the day of the receipt lies before the outage or long after it. Names and addresses of the claimant are
    not among the words."""
    seller, words, issued, buyer = _seller_and_words(receipt)
    words = f"{words} {said}"
    provider = _words((case.facts[stated_provider.NAME] or "").split("(")[0])
    if provider and _count(_words(seller), provider):
        return Proposal("line_fee", text("The seller is the provider of the line ({seller}).", seller=seller))
    own = (
        case.facts[firm.NAME] or "",
        *(case.facts[firm.ADDRESS] or "").replace("\n", ",").split(","),
        buyer,
    )
    found = _without(_words(f"{seller} {words}"), [_words(name) for name in own])
    counts = {
        key: {hint: n for hint in row.hints if (n := _count(found, _words(hint)))}
        for key, row in HEADS.items()
        if row.hints
    }
    best = max(counts, key=lambda head: (sum(counts[head].values()), -HEADS[head].rank))
    if not counts[best] or not _in_time(issued, case, spans):
        return None
    named = text("It names {words}.", words=", ".join(counts[best]))
    when = _when(issued, case, spans)
    return Proposal(best, text("{words} {when}", words=named, when=when) if when else named)


@lru_cache(maxsize=1024)  # the hints are asked for again with every receipt
def _words(said: str) -> tuple[str, ...]:
    """The words of a text, small: 'LTE-Router' is two."""
    return tuple(_WORD.findall(said.casefold()))


def _count(said: Sequence[str], phrase: Sequence[str]) -> int:
    """How often a phrase stands in a text, word by word."""
    size = len(phrase)
    if not size or phrase[0] not in said:
        return 0
    return sum(tuple(said[n : n + size]) == tuple(phrase) for n in range(len(said) - size + 1))


def _without(said: Sequence[str], names: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """A text without names; of several words also without their legal form ('Muster Versand' of 'Muster Versand
    GmbH') and in one ('musterversand' in an address of the web)."""
    found = tuple(said)
    bare = [tuple(word for word in name if word not in LEGAL_FORMS) for name in names]
    long = [name for name in bare if len(name) > 1]
    every = {*map(tuple, names), *long, *(("".join(name),) for name in long)} - {()}
    for name in sorted(every, key=len, reverse=True):
        kept, at = list[str](), 0
        while at < len(found):
            size = len(name) if found[at : at + len(name)] == name else 0
            kept += [] if size else [found[at]]
            at += size or 1
        found = tuple(kept)
    return found


def _seller_and_words(receipt: Invoice | Paper) -> tuple[str, str, date | None, str]:
    if isinstance(receipt, Paper):
        return receipt.said("seller"), receipt.words, receipt.issued, receipt.buyer
    return receipt.seller, " ".join(line.text for line in receipt.lines), receipt.issued, receipt.buyer


def _days(case: Case, spans: Sequence[Span]) -> tuple[date, date]:
    """The first and the last day of the outage at the site."""
    return spans[0].start.astimezone(case.tz).date(), spans[-1].end.astimezone(case.tz).date()


def _in_time(issued: date | None, case: Case, spans: Sequence[Span]) -> bool:
    """Whether a receipt of that day may follow from the outage; one without a day may."""
    if issued is None or not spans:
        return True
    first, last = _days(case, spans)
    return first <= issued <= last + AFTER


def _when(issued: date | None, case: Case, spans: Sequence[Span]) -> Text | None:
    """How the day of a receipt lies against the outage."""
    if issued is None or not spans:
        return None
    _, last = _days(case, spans)
    if issued <= last:
        return text("Its day ({day}) lies in the outage.", day=issued)
    return text(
        "Its day ({day}) is {n} days after the outage.",
        "Its day ({day}) is one day after the outage.",
        day=issued,
        n=(issued - last).days,
    )
