"""Answer files of the other side: made and signed, read, and what is wrong with one by itself.

Nothing here knows a case; whether an answer fits a bundle says `heller.casefile.answers`.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from heller.model.answer_file import SCHEMA, AnswerBody, AnswerFile, FileRuling
from heller.model.finding import Locator
from heller.model.kinds.claim_answer import ClaimAnswer
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.item_ruling import ItemRuling, RulingKind
from heller.model.money import ZERO
from heller.model.record_kind import RecordNoun
from heller.model.terms import Terms, Waiver
from heller.model.text import Text, text

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

CHANNEL = "heller-answer"  # by which an offer came that stands in an answer file


def answer_file(body: AnswerBody, key: Ed25519PrivateKey | None = None, stamp: bytes = b"") -> AnswerFile:
    """The file of an answer; signed where there is a key."""
    made = AnswerFile(SCHEMA, body, body.digest, stamp=b64encode(stamp).decode())
    if key is None:
        return made
    public = b64encode(key.public_key().public_bytes_raw()).decode()
    signature = b64encode(key.sign(body.encoded)).decode()
    return msgspec.structs.replace(made, key=public, signature=signature)


def read_answer(data: bytes) -> AnswerFile:
    """An answer file; raises ValueError (msgspec.ValidationError) where it does not fit the schema."""
    found = msgspec.json.decode(data, type=AnswerFile)
    if found.schema != SCHEMA:
        raise ValueError(f"{found.schema} is not {SCHEMA}")
    return found


def faults(file: AnswerFile) -> Iterator[Text]:
    """What is wrong with an answer by itself, whatever bundle it is about."""
    body = file.answer
    if file.sha256 != body.digest:
        yield text("It was changed after it was written: its digest is not the one that it states.")
    if (file.key or file.signature) and not _signed(file):
        yield text("Its signature does not hold: it was changed, or another key signed it.")
    if body.round < 1 or (body.round > 1) != bool(body.before):
        yield text("It does not name the answer before it as round {n} must.", n=body.round)
    for one in body.rulings:
        yield from ruling_faults(one)
    if len({one.item for one in body.rulings}) != len(body.rulings):
        yield text("It rules on one item twice.")


def ruling_faults(one: FileRuling) -> Iterator[Text]:
    """What is wrong with a ruling by itself."""
    item, agreed, asked = one.item, one.agreed, one.asked
    if agreed < ZERO:
        yield text("{item}: {agreed} is agreed, less than nothing.", item=item, agreed=agreed)
    elif agreed > asked:
        yield text(
            "{item}: {agreed} is agreed, more than the {asked} that was asked for.",
            item=item,
            agreed=agreed,
            asked=asked,
        )
    elif one.ruling is RulingKind.ACCEPT and agreed != asked:
        yield text(
            "{item} is accepted, and only {agreed} of {asked} is agreed.",
            item=item,
            agreed=agreed,
            asked=asked,
        )
    elif one.ruling in (RulingKind.DOUBT, RulingKind.REFUSE) and one.agreed:
        yield text("{item} is not agreed to, and {agreed} of it is.", item=one.item, agreed=one.agreed)
    if one.ruling is RulingKind.CUT and one.reason is None:
        yield text("{item} is cut without a reason.", item=one.item)
    if one.ruling is RulingKind.DOUBT and not one.paper:
        yield text("{item} is doubted, and no paper is named that would settle it.", item=one.item)
    if one.ruling is RulingKind.REFUSE and not (one.ground or one.reason or one.words):
        yield text("{item} is refused without a ground.", item=one.item)


def _signed(file: AnswerFile) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(b64decode(file.key, validate=True))
        key.verify(b64decode(file.signature, validate=True), file.answer.encoded)
    except (InvalidSignature, ValueError):
        return False
    return True


def records_of(file: AnswerFile, digest: str, zone: ZoneInfo) -> tuple[RecordNoun, ...]:
    """What an answer says as records: itself, each ruling, and what it offers for everything. `digest` is the SHA-256
    of its file; the offer was made at noon in the zone."""
    body = file.answer
    answer = ClaimAnswer(
        body.bundle.sha256,
        body.bundle.head,
        body.bundle.entries,
        body.on,
        body.by,
        body.round,
        body.before,
        file.key,
        body.words,
        body.offer,
        body.until,
        Locator(digest),
    )
    rulings = (
        ItemRuling(
            one.item,
            one.title,
            one.asked,
            one.ruling,
            body.on,
            one.agreed,
            one.reason,
            one.words,
            one.paper,
            one.until,
            one.ground,
            Locator(digest, f"rulings {n}"),
        )
        for n, one in enumerate(body.rulings, 1)
    )
    return answer, *rulings, *_offers(body, digest, zone)


def _offers(body: AnswerBody, digest: str, zone: ZoneInfo) -> Iterator[Contact]:
    if body.offer is not None:
        yield Contact(
            datetime.combine(body.on, time(12), zone),
            ContactKind.OFFER,
            CHANNEL,
            body.by,
            body.words,
            until=body.until,
            amount=body.offer,
            source=Locator(digest, "offer"),
            terms=Terms(waiver=Waiver.OUTAGE),
        )
