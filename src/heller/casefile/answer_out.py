"""Writes an answer: the file for the claimant's case and the same as a paper; stamped where an authority is named."""

from __future__ import annotations

import secrets
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from heller import pipeline
from heller.casefile.examination import Examination
from heller.casefile.stamping.wire import NoAnswer, ask
from heller.dossier import typeset
from heller.dossier.answer_paper import answer_paper
from heller.intake.answer_file import answer_file
from heller.journal.disk import keep
from heller.journal.stamps import token
from heller.journal.stamps.refusal import TokenRefused
from heller.model.answer_file import AnswerBody, AnswerFile
from heller.model.errors import InputRefused
from heller.model.text import Text, text

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

QUERY = "application/timestamp-query"


class WrittenAnswer(NamedTuple):
    """An answer and where it lies."""

    file: AnswerFile
    json: Path
    pdf: Path


def write_answer(
    examination: Examination,
    body: AnswerBody,
    out: Path,
    lang: str,
    key: Ed25519PrivateKey | None = None,
    authority: str = "",
) -> WrittenAnswer:
    """Write an answer to a JSON file, and beside it as PDF. Raises InputRefused where the authority does not stamp."""
    stamp = _stamped(sha256(body.encoded).digest(), authority) if authority else b""
    file = answer_file(body, key, stamp)
    made = WrittenAnswer(file, out, out.with_suffix(".pdf"))
    keep(made.pdf, paper_of(examination, file, lang))
    keep(made.json, file.written)
    return made


def paper_of(examination: Examination, file: AnswerFile, lang: str) -> bytes:
    """An answer as PDF."""
    agreed = pipeline.if_agreed(examination.claim, {one.item: one.agreed for one in file.answer.rulings})
    return typeset(answer_paper(examination.claim, file, agreed.low, lang), {})


def _stamped(digest: bytes, authority: str) -> bytes:
    query = token.request(digest, "sha256", secrets.randbits(63))
    try:
        bare = token.token_of(ask(authority, query, QUERY))
        stamped = token.stated(bare)[1] == digest
    except (NoAnswer, TokenRefused) as error:
        raise _no_stamp(authority, str(error)) from error
    if not stamped:
        raise _no_stamp(authority, text("it stamped something else"))
    return bare


def _no_stamp(authority: str, why: Text | str) -> InputRefused:
    return InputRefused(
        text("{url} did not stamp the answer: {why}", url=authority, why=why),
        text("The answer was not written, as it was to be stamped."),
        text("Try it again, or write it without --tsa."),
    )
