"""The other side's desk: a bundle, verified first, and what whoever examines it says of each item.

It reads the bundle and writes nothing into it. What was said so far lies in a small file beside it; an answer is made
of that, signed where there is a key. Nothing here knows the claimant's case folder.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from heller import pipeline
from heller.casefile.answers import last_answers
from heller.casefile.bundle.verify import Verification, verify_bundle
from heller.intake.answer_file import ruling_faults
from heller.journal.disk import keep
from heller.model.amount import Range
from heller.model.answer_file import AnswerBody, FileRuling, NamedBundle, TriedFigure
from heller.model.claim import Claim
from heller.model.dispute import ClaimItem
from heller.model.errors import InputRefused, NotVerified
from heller.model.kinds.item_ruling import CutReason, RulingKind
from heller.model.money import ZERO, Money
from heller.model.text import Text, text
from heller.model.tried import OtherwiseSupposed

NOTES = ".examined.json"  # behind the name of the bundle


class ExaminerNotes(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What was said so far of the bundle with this SHA-256: rulings by item, other readings that were tried, who
    examines, words and an offer for everything."""

    sha256: str
    rulings: Mapping[str, FileRuling] = {}
    tried: tuple[TriedFigure, ...] = ()
    by: str = ""
    words: str = ""
    offer: Money | None = None
    until: date | None = None


class Examination(Struct, frozen=True, dict=True):
    """A bundle that holds, its claim as the other side may see it, and its items."""

    bundle: Path
    verification: Verification
    claim: Claim

    @cached_property
    def items(self) -> tuple[ClaimItem, ...]:
        """What is demanded, item by item."""
        return pipeline.items(self.claim)

    def item(self, key: str) -> ClaimItem:
        """An item by its key or its number in the list; raises InputRefused."""
        known = {one.key: one for one in self.items} | {str(n): one for n, one in enumerate(self.items, 1)}
        if key not in known:
            raise InputRefused(
                text("The bundle has no item '{item}'.", item=key),
                text("Only what is asked for can be ruled on."),
                text("Its items: {items}", items=", ".join(one.key for one in self.items)),
            )
        return known[key]

    def original(self, digest: str) -> bytes:
        """An original in the bundle. Raises KeyError where it is not in it, NotVerified where its bytes are others."""
        with zipfile.ZipFile(self.bundle) as file:
            data = file.read(f"data/objects/{digest[:2]}/{digest}")
        if sha256(data).hexdigest() != digest:
            raise NotVerified(
                text("The bundle {name} was changed since it was opened.", name=self.bundle.name),
                text("What it shows now is not what was verified."),
                text("Open it again."),
            )
        return data

    def agreed(self, notes: ExaminerNotes) -> Range:
        """What is due for what the notes agree to."""
        return pipeline.if_agreed(self.claim, {key: one.agreed for key, one in notes.rulings.items()})

    def tried(self, supposed: OtherwiseSupposed) -> Range:
        """What would be due under other facts or bounds."""
        return pipeline.tried(self.claim, supposed)


def examine(bundle: Path, progress: Callable[[Text], None] = lambda said: None) -> Examination:
    """Verify a bundle and open it. Raises NotVerified where it does not hold: nobody can rule on what was changed."""
    outcome = verify_bundle(bundle, progress)
    if not outcome.holds or outcome.claim is None:
        why = text("{where}: {what}", where=outcome.breaches[0].where, what=outcome.breaches[0].what)
        raise NotVerified(
            text("The bundle {name} does not hold, so it cannot be answered.", name=bundle.name),
            why if outcome.breaches else outcome.unchecked[0],
            text("Ask for it again. All that does not hold says: heller verify {name}", name=str(bundle)),
        )
    return Examination(bundle, outcome, pipeline.outward(outcome.claim))


def notes_of(examination: Examination) -> ExaminerNotes:
    """What was said so far; nothing where there is no file yet. Raises InputRefused where the file is about another
    bundle, or spoilt."""
    path, digest = notes_path(examination.bundle), examination.verification.digest
    if not path.exists():
        return ExaminerNotes(digest)
    try:
        found = msgspec.json.decode(path.read_bytes(), type=ExaminerNotes)
    except ValueError as error:
        raise _spoilt(path, str(error)) from error
    if found.sha256 != digest:
        raise InputRefused(
            text("{name} is about another bundle than this one.", name=path.name),
            text("The bundle was changed since, or another one lies in its place."),
            text("Examine the bundle that it is about, or put the file elsewhere and begin anew."),
        )
    return found


def _spoilt(path: Path, why: str) -> InputRefused:
    return InputRefused(
        text("{name} cannot be read: {reason}.", name=path.name, reason=why),
        text("It holds what was said of the bundle so far."),
        text("Put it elsewhere and begin anew."),
    )


def notes_path(bundle: Path) -> Path:
    """The small file beside a bundle."""
    return bundle.with_name(bundle.name + NOTES)


def keep_notes(examination: Examination, notes: ExaminerNotes) -> None:
    """Write down what was said so far."""
    plain = msgspec.to_builtins(notes)
    data = json.dumps(plain, sort_keys=True, indent=1, ensure_ascii=False).encode() + b"\n"
    keep(notes_path(examination.bundle), data)


def ruled(
    notes: ExaminerNotes,
    item: ClaimItem,
    title: str,
    kind: RulingKind,
    *,
    agreed: Money = ZERO,
    reason: CutReason | None = None,
    words: str = "",
    paper: str = "",
    until: date | None = None,
    ground: str = "",
) -> ExaminerNotes:
    """The notes with one ruling more, in the place of an earlier one of the item. Raises InputRefused where it makes no
    sense."""
    of_item = item.asked if kind is RulingKind.ACCEPT else agreed if kind is RulingKind.CUT else ZERO
    made = FileRuling(item.key, title, item.asked, kind, of_item, reason, words, paper, until, ground)
    wrong = next(ruling_faults(made), None)
    if wrong is not None:
        raise InputRefused(
            wrong,
            text("Whoever reads the answer must know what is agreed, and why not more."),
            text("Say it again with an amount, a reason, a paper or a ground."),
        )
    return replace(notes, rulings={**notes.rulings, item.key: made})


def answer_of(examination: Examination, notes: ExaminerNotes, on: date) -> AnswerBody:
    """What is answered, bound to the bundle and to the answer before it. Raises InputRefused where nothing was ruled on
    yet, or nobody is named."""
    if not notes.rulings or not notes.by.strip():
        raise InputRefused(
            text("Nothing was ruled on yet.") if notes.by.strip() else text("It is not said who answers."),
            text("An answer says of items what is agreed, and who says so."),
            text("Rule on an item with heller examine rule, and name who answers: --by NAME"),
        )
    outcome, last = examination.verification, last_answers(examination.claim)
    latest = max(last, key=lambda one: (one.on, one.file), default=None)
    order = {one.key: n for n, one in enumerate(examination.items)}
    return AnswerBody(
        NamedBundle(outcome.digest, outcome.head, outcome.entries, examination.claim.waterfall.as_of),
        latest.round + 1 if latest else 1,
        on,
        notes.by.strip(),
        tuple(sorted(notes.rulings.values(), key=lambda one: order.get(one.item, len(order)))),
        latest.file if latest else "",
        notes.words,
        notes.offer,
        notes.until,
        notes.tried,
    )
