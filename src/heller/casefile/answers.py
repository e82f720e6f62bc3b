"""Whether an answer of the other side fits this case: the bundle that it names, the items, the answer before it.

What is wrong with it by itself says `heller.intake.answer_file`. One that does not fit is refused with its reason
before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import file_digest
from pathlib import Path

from heller import pipeline
from heller.casefile import folder as casefolder
from heller.casefile.formats import dossier_of
from heller.intake.answer_file import faults, read_answer
from heller.intake.readers.claim_answer import identify
from heller.journal.entry import Entry
from heller.journal.erasure import HANDED
from heller.journal.places import DERIVED, HANDED_OUT
from heller.model.answer_file import AnswerFile
from heller.model.claim import Claim
from heller.model.errors import InputRefused
from heller.model.kinds.claim_answer import ClaimAnswer
from heller.model.text import Text, text


def require_fitting(folder: Path, name: str, data: bytes) -> None:
    """Raises InputRefused where a file is an answer to a claim and does not fit this case, or was changed; any other
    file passes."""
    if not identify(data[: 64 << 10], name).score:
        return
    try:
        file = read_answer(data)
    except ValueError as error:
        raise _refused(
            name, text("It is no answer of the form that this Heller knows: {why}.", why=str(error))
        ) from error
    wrong = next((why for of in (faults, lambda one: _misfits(folder, one)) for why in of(file)), None)
    if wrong is not None:
        raise _refused(name, wrong)


def _misfits(folder: Path, file: AnswerFile) -> Iterator[Text]:
    """What does not fit, the weightiest first; what follows from it is not looked at."""
    entries = casefolder.entries(folder).entries
    named = file.answer.bundle
    before = entries[: named.entries]
    if named.entries < 1 or len(before) < named.entries or before[-1].line_hash != named.head:
        yield text(
            "The bundle that it answers was not made of this case, or was changed: nobody wrote its journal."
        )
        return
    dossier = next((one for one in reversed(before) if one.kind == "dossier" and one.body is not None), None)
    if dossier is None:
        yield text("The bundle that it answers holds no dossier.")
        return
    if named.sha256 not in _known_bundles(folder, entries):
        yield text(
            "It answers a bundle with the SHA-256 {digest}; none of this case has it.", digest=named.sha256
        )
        return
    as_of = date.fromisoformat(dossier_of(dossier.body or {}).as_of)
    if as_of != named.as_of:
        yield text("It speaks of a claim of {day}, the bundle of {other}.", day=named.as_of, other=as_of)
        return
    claimed = casefolder.claim_before(folder, dossier.seq, as_of)
    yield from _wrong_items(file, claimed)
    yield from _wrong_round(file, claimed)


def _known_bundles(folder: Path, entries: Sequence[Entry]) -> Iterator[str]:
    """The SHA-256 of the bundles that were handed out, and of those that lie in the case."""
    yield from (str((one.body or {}).get("bundle")) for one in entries if one.kind == HANDED)
    for home in (folder / DERIVED, folder / HANDED_OUT):
        for path in sorted(home.rglob("*.zip")):
            with path.open("rb") as bundle:
                yield file_digest(bundle, "sha256").hexdigest()


def _wrong_items(file: AnswerFile, claimed: Claim) -> Iterator[Text]:
    asked = {one.key: one.asked for one in pipeline.items(claimed)}
    for one in file.answer.rulings:
        if one.item not in asked:
            yield text("The bundle has no item '{item}'.", item=one.item)
        elif one.asked != asked[one.item]:
            yield text(
                "{item}: it says that {said} was asked for; the bundle asks for {asked}.",
                item=one.item,
                said=one.asked,
                asked=asked[one.item],
            )


def _wrong_round(file: AnswerFile, claimed: Claim) -> Iterator[Text]:
    """Each round is bound to the last: by its number, by the digest of the answer in the bundle, by its key."""
    last = last_answers(claimed)
    wanted = (last[0].round if last else 0) + 1
    body = file.answer
    if body.round != wanted:
        yield text(
            "It is of round {n}; to this bundle one of round {wanted} belongs.", n=body.round, wanted=wanted
        )
    elif body.before not in ({one.file for one in last} or {""}):
        yield text("It follows another answer than the one in the bundle: {digest}.", digest=body.before)
    elif any(one.file == body.before and one.key and one.key != file.key for one in last):
        yield text("The answer before it was signed with a key; this one is not signed with it.")


def last_answers(claimed: Claim) -> tuple[ClaimAnswer, ...]:
    """The answers of the last round that a claim holds."""
    answers = claimed.case.records(ClaimAnswer)
    last = max((one.round for one in answers), default=0)
    return tuple(one for one in answers if one.round == last)


def _refused(name: str, why: Text) -> InputRefused:
    return InputRefused(
        text("{name} is no answer to this case. {why}", name=name, why=why),
        text("What is agreed and what is not would be wrong. Nothing was added; the case is as it was."),
        text(
            "Ask the other side for the file as it wrote it. A bundle is known while it lies under derived/ or was "
            "handed out with heller dossier CASE --handed-out NAME."
        ),
    )
