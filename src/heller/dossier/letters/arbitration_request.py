"""The request for arbitration at the authority: free of charge, without a lawyer, and it stops the time bar."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Definitions, Letter
from heller.dossier.letter_frame import LetterKind, Occasion, contacts, facts_of, provider_address
from heller.dossier.letter_phrases import enclosed, letter, numbered, para, refused, required
from heller.dossier.outage_words import outage_named, outage_said
from heller.dossier.writer import Pen
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.text import Text, text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The request. Raises InputRefused where the country has no such body, or nothing was tried before."""
    required(pen, "arbitration", LETTER.title)
    tried = contacts(pen, ContactKind.DEMAND, ContactKind.FAULT_REPORT, incoming=False)
    if not tried:
        raise refused(
            text("No own attempt to settle it with the provider is written down; the body asks for one."),
            text("Send the demand first: heller letter CASE claim --sent CHANNEL"),
        )
    body = (
        pen(text("Federal Network Agency")),
        pen(text("Arbitration body for telecommunications")),
        pen(text("[address of the arbitration body]")),
    )
    subject = (pen(text("Request for arbitration")), *outage_named(pen))
    return letter(pen, subject, _blocks(pen, tried), enclosed=enclosed(pen), recipient=body)


def _blocks(pen: Pen, tried: list[Contact]) -> Iterator[Block]:
    yield para(
        pen, text("As an end user we apply for arbitration in a dispute with our provider."), "arbitration"
    )
    other = ", ".join(provider_address(facts_of(pen.case), pen.words))
    number = pen.case.fact("line.number") or ""
    yield pen_terms(pen, other, number)
    yield para(pen, outage_said(pen, theirs=False))
    yield para(pen, text("What we tried ourselves, without success:"))
    yield numbered(pen, (_attempt(one) for one in tried))
    yield para(pen, text("We ask that the provider"))
    yield numbered(pen, _requests(pen))
    yield para(
        pen,
        text("The request is made in time; we ask that the provider be told of it soon."),
        "arbitration_stops_time",
    )


def pen_terms(pen: Pen, other: str, number: str) -> Definitions:
    """The parties of the dispute, in two columns."""
    return pen.terms(((text("Respondent"), other), (text("Contract number"), number)))


def _attempt(one: Contact) -> Text:
    if one.kind is ContactKind.FAULT_REPORT:
        return text("fault report of {at},", at=one.at)
    if one.until:
        return text("demand of {at:day}, with a deadline until {until:day},", at=one.at, until=one.until)
    return text("demand of {at:day},", at=one.at)


def _requests(pen: Pen) -> Iterator[Text]:
    if "lump_sum" in pen.claim.waterfall.jurisdiction.grounds:
        yield text(
            "{said},",
            said=pen.cited(
                text("pays the compensation that the Act grants for the days of the outage"), "lump_sum"
            ),
        )
    due = pen.claim.waterfall.due.low
    if due:
        yield text("reaches an agreement with us on the damage ({due} are due),", due=due)
    yield text("hands out its records of the fault.")


LETTER = LetterKind("arbitration_request", 120, text("Request for arbitration"), compose)
