"""Both sides of a dispute as functions: the other side rules on a bundle, the firm takes the answer in and hands out
the next bundle."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

from heller import casefile
from heller.casefile.examination import Examination, ExaminerNotes, answer_of, examine, ruled
from heller.intake.answer_file import answer_file
from heller.model.answer_file import AnswerFile
from heller.model.claim import Claim
from heller.model.kinds.item_ruling import CutReason, RulingKind
from heller.model.money import Money

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WHO = "Frau Prüfer (erfunden)"
ACCEPT, DOUBT, REFUSE = "accept", "doubt", "refuse"


def notes(desk: Examination, said: Mapping[str, str], offer: str = "") -> ExaminerNotes:
    """Rulings by item: `accept`, `doubt`, `refuse`, or the amount to which it is cut; all others are accepted."""
    found = ExaminerNotes(desk.verification.digest, by=WHO, offer=Money.of(offer) if offer else None)
    for item in desk.items:
        ruling = said.get(item.key, ACCEPT)
        kind = RulingKind(ruling) if ruling in (ACCEPT, DOUBT, REFUSE) else RulingKind.CUT
        found = ruled(
            found,
            item,
            item.title.id,
            kind,
            agreed=Money.of(ruling) if kind is RulingKind.CUT else Money(0),
            reason=CutReason.NOT_PROVEN if kind in (RulingKind.CUT, RulingKind.REFUSE) else None,
            paper="Unterschriebene Stundenzettel" if kind is RulingKind.DOUBT else "",
            until=date(2030, 1, 31) if kind is RulingKind.DOUBT else None,
        )
    return found


def answered(bundle: Path, on: date, said: Mapping[str, str], offer: str = "") -> AnswerFile:
    """The signed answer to a bundle."""
    desk = examine(bundle)
    return answer_file(answer_of(desk, notes(desk, said, offer), on), KEY)


def added(folder: Path, file: AnswerFile, name: str = "answer.json") -> None:
    """Take an answer in."""
    path = folder.parent / name
    path.write_bytes(file.written)
    casefile.add(folder, [path])


def one_round(folder: Path, as_of: date, on: date, said: Mapping[str, str], offer: str = "") -> AnswerFile:
    """A bundle of a day, its answer, the answer taken in."""
    built = casefile.build(folder, as_of, "de", handed=WHO)
    file = answered(built.bundle, on, said, offer)
    added(folder, file, f"answer-{on}.json")
    return file


def agreed_items(claim: Claim) -> dict[str, int]:
    """What is agreed of each item, in cents."""
    assert claim.dispute is not None
    return {one.key: one.agreed.cents for one in claim.dispute.items}


def resigned(file: AnswerFile, key: Ed25519PrivateKey | None = KEY, **changed: object) -> AnswerFile:
    """The answer with something else in it, signed and digested anew: what a forger who has the key would send."""
    return answer_file(replace(file.answer, **changed), key)
