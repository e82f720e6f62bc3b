"""The data for an application for a payment order, field by field as the form asks for them."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Letter, Para
from heller.dossier.letter_due import interest_runs, pre_trial, principal, something_due
from heller.dossier.letter_frame import LetterKind, Occasion, facts_of, provider_address
from heller.dossier.letter_phrases import letter, numbered, para, required
from heller.dossier.writer import Pen
from heller.model.text import Text, text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The data. Raises InputRefused where the country names no rule for it or nothing is due."""
    required(pen, "payment_order", LETTER.title)
    something_due(pen)
    recipient = (pen(text("[court for payment orders]")),)
    return letter(pen, pen(text("Data for a payment order")), _blocks(pen), recipient=recipient, form=True)


def _blocks(pen: Pen) -> Iterator[Block]:
    yield para(pen, text("The form asks for these data:"), "payment_order")
    facts = facts_of(pen.case)
    yield pen.terms(
        (
            (text("Applicant"), facts.get("firm.name") or pen(text("[your firm]"))),
            (
                text("represented by"),
                facts.get("firm.represented") or pen(text("[managing director or owner]")),
            ),
            (text("Respondent"), ", ".join(provider_address(facts, pen.words))),
            (
                text("represented by"),
                facts.get("provider.represented") or pen(text("[board or managing directors]")),
            ),
        )
    )
    yield Para(pen(text("Claims:")))
    yield numbered(pen, _claims(pen))
    yield para(pen, text("The claim does not depend on a counter-performance."))
    costs = pen.claim.waterfall.costs
    if costs is not None:
        court = pen(costs.court_name)
        yield para(pen, text("Court for contested proceedings: {court}, [seat].", court=court))


def _claims(pen: Pen) -> Iterator[Text]:
    before = pre_trial(pen)
    said = text("main claim: damages from the contract on the line, {amount},", amount=principal(pen))
    if pen.claim.assessment.apart.low:
        said = text(
            "main claim: damages and refund of the fee from the contract on the line, {amount},",
            amount=principal(pen),
        )
    yield said
    yield text(
        "interest of five percentage points above the base rate on it {since},",
        since=interest_runs(pen) or text("from the day after service on"),
    )
    if before:
        yield text("side claim: costs before the lawsuit, {amount},", amount=before)
    yield text("costs of the proceedings.")


LETTER = LetterKind("payment_order", 160, text("Data for a payment order"), compose)
