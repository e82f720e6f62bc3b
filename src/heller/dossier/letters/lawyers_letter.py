"""The lawyer's letter of demand: for the client, with the fee that is damage of the default."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Letter, Para
from heller.dossier.letter_due import due_blocks, something_due, to_one_debtor
from heller.dossier.letter_frame import LetterKind, Occasion, facts_of
from heller.dossier.letter_phrases import enclosed, letter, para, pay_by, refused
from heller.dossier.letter_stage import mandate, stage
from heller.dossier.outage_words import outage_named, outage_stated
from heller.dossier.writer import Pen
from heller.model.kinds.contact import ContactKind
from heller.model.text import text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The letter. Raises InputRefused where no lawyer is mandated by name, or nothing is due."""
    if mandate(pen) is None:
        raise refused(
            text("No lawyer is mandated on this day, or the name is not stated."),
            text("State both: heller note CASE fact lawyer.name NAME, and lawyer.mandate DAY"),
        )
    something_due(pen)
    pen = to_one_debtor(pen)
    facts = facts_of(pen.case)
    name = facts["lawyer.name"]
    firm = facts.get("firm.name") or pen(text("[your firm]"))
    subject = (pen(text("Claims of {firm} from the outage of its line", firm=firm)), *outage_named(pen))
    address = facts.get("lawyer.address") or pen(text("[address of the lawyer]"))
    return letter(
        pen,
        subject,
        _blocks(pen, occasion, firm),
        enclosed=enclosed(pen),
        sender=(name, *address.splitlines()),
    )


def _blocks(pen: Pen, occasion: Occasion, firm: str) -> Iterator[Block]:
    represented = text("We represent {firm}; that we are duly authorised we assure as lawyers.", firm=firm)
    yield Para(pen(represented))
    yield para(pen, outage_stated(pen))
    yield from stage(pen)
    if pen.claim.waterfall.interest.low:
        yield para(pen, text("You are in default; interest runs."), "default")
    ask = text("In the name of our client we demand payment by {by:full}:", by=pay_by(pen, occasion))
    yield Para(pen(ask), style="lead")
    yield from due_blocks(pen)
    if pen.claim.waterfall.effect("pre_trial").low:
        yield para(pen, text("The costs of our mandate are damage of the default."), "default")
    account = facts_of(pen.case).get("firm.account")
    if account:
        yield para(pen, text("Please pay to the account of our client: {account}.", account=account))
    yield para(
        pen,
        text("If the day passes without payment, we shall advise our client to sue without further notice."),
    )


LETTER = LetterKind(
    "lawyers_letter", 97, text("Letter of the lawyer"), compose, sent_as=ContactKind.DEMAND, day=pay_by
)
