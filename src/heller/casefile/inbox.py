"""What waits for a person: values that are only read or seen, doubles and conflicts, receipts without a purpose.

It decides nothing and writes nothing; each task says how it is answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from heller.casefile.commercial import Commercial, by_place, commercial_documents
from heller.casefile.proposed import open_proposals
from heller.damage.proposal import Proposal, propose
from heller.damage.purposes import number as plain_number
from heller.damage.purposes import purposes, reference
from heller.damage.unassigned import undecided
from heller.intake.across.versions import ADDITION, SCAN, VERSION
from heller.intake.written.canonical import did_you_mean
from heller.model.case import Case, Exhibit
from heller.model.claim import Claim
from heller.model.document_class import DocumentClass, FirmRole
from heller.model.facts import FACTS
from heller.model.finding import Finding, Locator, Weight
from heller.model.heads import HEADS
from heller.model.kinds.fact import Fact
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.paper import FIELDS, Paper
from heller.model.kinds.purpose import Purpose
from heller.model.text import Text, text
from heller.model.value import Value

LOOK, FACT, TWIN, DOUBT, PURPOSE = "look", "fact", "twin", "doubt", "purpose"
ASKED = {VERSION: "replaces", ADDITION: "adds", SCAN: "signed"}  # the answer that is proposed
TWINS = frozenset({"invoice-conflict", "maybe-same-invoice", *ASKED})
# Doubts about a reading that only a person can settle; others are listed with the exhibit.
DOUBTS = frozenset(
    {
        "reader-tie",
        "two-invoices",
        "picture-number",
        "picture-gross",
        "no-recognition",
        "reader-broke",
    }
)


class Task(Struct, frozen=True):
    """One thing to decide about an exhibit: what, the values with their places, the doubts, how to answer.

    `other` is the exhibit it is compared with, or the number of a proposal in its exhibit; `invoice` the number of
    the receipt that lacks a purpose, `document` what the paper is, and its chain.
    """

    kind: str
    exhibit: int
    what: Text
    command: str
    member: str = ""
    values: tuple[tuple[str, Value], ...] = ()
    doubts: tuple[Finding, ...] = ()
    proposal: Proposal | None = None
    other: int = 0
    invoice: str = ""
    source: Locator | None = None
    document: Commercial | None = None


def papers(exhibit: Exhibit) -> tuple[Paper, ...]:
    """The papers of an exhibit that wait for a person."""
    return tuple(r for r in exhibit.reading.records if isinstance(r, Paper) and r.waiting)


def tasks(claimed: Claim, documents: Sequence[Commercial] | None = None) -> tuple[Task, ...]:
    """The tasks in the order in which they raise the sum: papers, doubles, doubts, purposes. Who has the commercial
    documents of the case already hands them in."""
    case = claimed.case
    known = by_place(commercial_documents(case) if documents is None else documents)
    return (
        *_papers(claimed, known),
        *_proposals(case),
        *twin_tasks(case),
        *_doubts(case),
        *_unknown_facts(case),
        *_purposes(claimed, known),
    )


def _papers(claimed: Claim, known: Mapping[Locator, Commercial]) -> Iterator[Task]:
    """The papers to look at; what the firm itself sells is none of them, unless a person said what it is for."""
    named = {plain_number(purpose.invoice) for purpose in purposes(claimed.case)}
    spans = [outage.span for outage in claimed.detection.outages if outage.shortest]
    for exhibit in claimed.case.exhibits:
        found = papers(exhibit)
        for paper in found:
            document = known.get(paper.source)
            is_own = document is not None and document.link.role is FirmRole.SELLER
            if is_own and plain_number(reference(claimed.case, paper)) not in named:
                continue
            member = paper.source.member
            values = tuple((name, paper.values[name]) for name in FIELDS if name in paper.values)
            own = [f for f in exhibit.reading.findings if not f.source or f.source.member == member]
            option = f" --member '{member}'" if len(found) > 1 else ""
            option += " kind=..." if paper.kind.of is DocumentClass.OTHER else ""
            yield Task(
                LOOK,
                exhibit.number,
                _look(paper, exhibit),
                f"heller decide-reading CASE {exhibit.number} confirm{option}",
                member,
                values,
                tuple(f for f in own if f.weight is not Weight.NOTE),
                propose(claimed.case, paper, spans),
                source=paper.source,
                document=document,
            )


def _look(paper: Paper, exhibit: Exhibit) -> Text:
    gross = paper.money("gross")
    who = paper.said("seller") or exhibit.name
    if gross is None:
        return text("Receipt of {seller}: its sum cannot be told.", seller=who)
    if paper.kind.of is DocumentClass.OTHER:
        return text("Paper of {seller} over {gross}: say what it is.", seller=who, gross=gross)
    return text("Receipt of {seller} over {gross}: compare it and confirm it.", seller=who, gross=gross)


def _proposals(case: Case) -> Iterator[Task]:
    """What documents state and nobody has confirmed yet; `other` is the number of the proposal."""
    for one in open_proposals(case):
        stated = text("Stated so far: {value}.", value=one.stated) if one.stated else None
        at = one.proposed.source
        doubts = (Finding("stated-otherwise", stated, None, Weight.WARNING, at),) if stated else ()
        number, command = one.exhibit.number, f"heller decide-reading CASE {one.exhibit.number} take {one.n}"
        yield Task(FACT, number, one.what, command, at.member, doubts=doubts, other=one.n, source=at)


def twin_tasks(case: Case) -> Iterator[Task]:
    """Files of a case that may be one, or versions of one; it is linked, no more was worked out of it."""
    for finding in case.findings:
        if finding.code in TWINS:
            one, two = int(str(finding.text.args["first"])), int(str(finding.text.args["second"]))
            yield Task(
                TWIN,
                two,
                finding.text,
                f"heller decide-reading CASE {two} {ASKED.get(finding.code, 'same')} {one}",
                doubts=(finding,),
                other=one,
                source=finding.source,
            )


def _doubts(case: Case) -> Iterator[Task]:
    for exhibit in case.exhibits:
        for finding in exhibit.reading.findings:
            if finding.code in DOUBTS:
                command = "heller show CASE --doubts"
                yield Task(
                    DOUBT, exhibit.number, finding.text, command, doubts=(finding,), source=finding.source
                )


def _unknown_facts(case: Case) -> Iterator[Task]:
    """Statements of a list whose name is no fact: they stand there as they are, and decide nothing."""
    for exhibit in case.exhibits:
        for fact in exhibit.reading.records:
            if isinstance(fact, Fact) and fact.key not in FACTS and fact.source is not None:
                said = text("Which fact is '{word}' ({value})?", word=fact.key, value=fact.value)
                row = fact.source.place.removeprefix("row ")
                do = Finding("fact.unknown", said, did_you_mean(fact.key), Weight.WARNING, fact.source)
                change = f"heller note CASE row K{exhibit.number} '{row}' 'key=NAME'"
                yield Task(DOUBT, exhibit.number, said, change, doubts=(do,), source=fact.source)


def _purposes(claimed: Claim, known: Mapping[Locator, Commercial]) -> Iterator[Task]:
    """What counts and nobody has said the purpose of."""
    case = claimed.case
    open_words = undecided(case)
    decided = {plain_number(purpose.invoice) for purpose in purposes(case)} - open_words.keys()
    spans = [outage.span for outage in claimed.detection.outages if outage.shortest]
    for exhibit in case.exhibits:
        for invoice in exhibit.reading.records:
            if not isinstance(invoice, Invoice):
                continue
            name, document = reference(case, invoice), known.get(invoice.source)
            if plain_number(name) in decided or (document and document.link.cost is None):
                continue
            said = open_words.get(plain_number(name))
            proposal = propose(case, invoice, spans, f"{said.head} {said.reason}" if said else "")
            head = proposal.head if proposal else "HEAD"
            yield Task(
                PURPOSE,
                exhibit.number,
                _what_for(invoice, name, said),
                f"heller note CASE purpose '{name}' {head}",
                invoice.source.member,
                proposal=proposal,
                invoice=name,
                source=invoice.source,
                document=document,
            )


def _what_for(invoice: Invoice, name: str, said: Purpose | None) -> Text:
    """What is asked of a receipt, with the word of the list that is no head."""
    asked = text(
        "What was invoice {number} of {seller} ({gross}) for?",
        number=name,
        seller=invoice.seller,
        gross=invoice.gross,
    )
    if said is None:
        return asked
    word = HEADS[said.head].title if said.head in HEADS else said.head
    return text("{asked} The list says '{word}', under which no receipt counts.", asked=asked, word=word)
