"""Reads the other side's answer to a bundle (heller-answer/1). One that was changed says nothing."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from heller.intake.answer_file import faults, read_answer, records_of
from heller.intake.reading import NOT_MINE, Confidence
from heller.model.answer_file import SCHEMA
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "claim_answer"
MARK = f'"{SCHEMA}"'.encode()


def identify(head: bytes, name: str) -> Confidence:
    """99 for JSON that names the schema."""
    if head.lstrip().startswith(b"{") and (MARK in head or b'"heller-answer/' in head):
        return Confidence(99, text("It names the form of an answer to a claim."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The answer, and what it rules on each item. Nothing where something is wrong with it."""
    source = Locator(blob.digest)
    try:
        file = read_answer(blob.data)
        wrong = tuple(faults(file))
    except ValueError as error:
        wrong = (text("It is no answer of the form that this Heller knows: {why}.", why=str(error)),)
    if wrong:
        found = (Finding("answer.refused", why, None, Weight.REFUSED, source) for why in wrong)
        return Reading(NAME, blob.name, findings=tuple(found), rows=1, rows_rejected=1)
    return Reading(NAME, blob.name, records_of(file, blob.digest, zone), rows=len(file.answer.rulings))
