"""Makes figures, pages and sheets of a bundle again from its journal, and compares.

What another version made cannot be the same bytes; then the words of the pages are compared with the claim,
and what was not checked is said. Nothing that a bundle says of its program lets it off a comparison.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from importlib import resources
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from heller import pipeline
from heller.casefile.apart.budget import Budget
from heller.casefile.assembled import case_of
from heller.casefile.bundle.build import figures_of, sheets
from heller.casefile.bundle.closed_case import claim_of, given_of
from heller.casefile.bundle.drawn_pages import NOT_DRAWN, drawing
from heller.casefile.bundle.entry_shape import strange_entries
from heller.casefile.bundle.other_pages import compared, unlike_its_claim
from heller.casefile.bundle.program import later, program, unknown_files
from heller.casefile.derived.premises import premises_of
from heller.casefile.derived.reading_anew import anew, excess_of, reader
from heller.casefile.fold import unread
from heller.casefile.folder import SEALING
from heller.casefile.formats import DossierEntry, dossier_of
from heller.dossier import typesetting
from heller.dossier.later import Later
from heller.journal.brackets import NOTHING_PROVEN, Proofs
from heller.journal.checking import verify as journal_verify
from heller.journal.checking.check import Checked
from heller.journal.checking.proofs import proofs
from heller.journal.checking.stamps import trust_of
from heller.journal.entry import Breach, Entry
from heller.model.claim import Claim
from heller.model.record import Blob
from heller.model.text import Text, text

JOURNAL, CLAIM = "data/journal.jsonl", "data/claim.json"
NAMED = re.compile(  # what the entry of the dossier names, and no other entry does
    r"data/(?:claim\.json|dossier-[a-z]{2}\.pdf|PRUEFEN\.txt|VERIFY\.txt|verify\.py|closed\.jsonl"
    r"|anchors/\d{6}\.(?:er|sha\d+\.(?:er|txt)))"
)
WRITTEN_ALONG = ("recovered", "clock")  # what a write adds by itself before what it was asked to write
PATIENCE = 3  # times the budget of a file: this machine may be slower than the one that read it


class MadeAgain(Struct, frozen=True):
    """What was made again and is the same, what does not hold, what could not be compared; the claim, where
    this version comes to the figures that the bundle states."""

    checks: tuple[Text, ...]
    breaches: tuple[Breach, ...]
    unchecked: tuple[Text, ...]
    claim: Claim


def made_again(found: journal_verify.Verified, entry: Entry, progress: Callable[[Text], None]) -> MadeAgain:
    """Compare a bundle with what the `entry` of its dossier follows from. Raises what entries raise that make
    no case (KeyError, TypeError ...)."""
    made = dossier_of(entry.body or {})
    progress(text("Working the figures out again from the journal"))
    claimed = _claim(found, made, progress)
    slow = _too_slow_here(found, claimed)
    ours = made.program == program() and not slow
    breaches = [*_basis(found, entry), *_other_files(found, made)]
    checks, unchecked, foreign = [], [], list[Breach]()
    sure = found.get(CLAIM) == figures_of(claimed)
    if sure:
        checks.append(_all_figures(claimed))
    elif ours:
        breaches.append(Breach(CLAIM, text("The figures are not those that follow from the journal.")))
    else:
        unchecked.append(_other_figures(claimed, made))
    progress(text("Typesetting the dossier again"))
    name = f"data/dossier-{made.lang}.pdf"
    again, undrawn = _pages(found, made, claimed, progress)
    slow += undrawn
    ours = ours and not undrawn
    if found.files.get(name) == again:
        checks.append(text("the dossier's pages against the journal, byte by byte"))
        breaches += () if sure else unlike_its_claim(name, found)
    elif ours:
        breaches.append(Breach(name, text("The dossier's pages are not those that follow from the journal.")))
    else:
        said, wrong, foreign = compared(name, found, again)
        breaches += wrong
        unchecked += [_other_pages(made), *said]
    known, unknown = _sheets(found)
    unchecked += known
    assert found.journal is not None
    for odd, unknowable in (
        (foreign, later),
        (list(strange_entries(found.journal.entries, JOURNAL)), later),
        (unknown, unknown_files),
    ):  # what nobody can know accuses nobody
        unchecked += [breach.what for breach in odd if unknowable(made.program)]
        breaches += [breach for breach in odd if not unknowable(made.program)]
    return MadeAgain(tuple(checks), tuple(breaches), (*slow, *unchecked), claimed)


def _too_slow_here(found: journal_verify.Verified, claimed: Claim) -> list[Text]:
    """The originals that the journal says were read and that cost more than this machine gives them."""
    assert found.journal is not None
    known = unread(found.journal.entries)
    return [
        text(
            "K {n} was not read again ({why}), so what follows from it was not worked out again.",
            n=exhibit.number,
            why=excess.said,
        )
        for exhibit in claimed.case.exhibits
        if (excess := excess_of(exhibit.reading)) and exhibit.digest not in known
    ]


def _all_figures(claimed: Claim) -> Text:
    if claimed.case.closing is not None and claimed.case.closing.stated:
        return text("every figure of the claim that rests on open fields, worked out again from the journal")
    return text("every figure of the claim, worked out again from the journal")


def _other_figures(claimed: Claim, made: DossierEntry) -> Text:
    return text(
        "The figures were made by {program}; this Heller comes to others ({due} due), so they were not worked "
        "out again. Check them with that version.",
        program=made.program,
        due=claimed.waterfall.due.likely,
    )


def _other_pages(made: DossierEntry) -> Text:
    return text(
        "The dossier was made by {program}; its pages were not made again. Their sums, days and names were "
        "compared with the claim beside them.",
        program=made.program,
    )


def _far(read: int, of: int) -> Text:
    return text("{n} of {of} originals are read again", n=read, of=of)


def _claim(found: journal_verify.Verified, made: DossierEntry, progress: Callable[[Text], None]) -> Claim:
    """The claim from the entries that were there when the dossier was made."""
    assert found.journal is not None
    journal = replace(
        found.journal,
        entries=found.journal.entries[: made.entries],
        lines=found.journal.lines[: made.entries],
    )
    get = lambda digest: found.get(f"data/objects/{digest[:2]}/{digest}")  # noqa: E731
    sealed = lambda name, digest: _segment(name, digest, found.get(f"data/samples/{name}"))  # noqa: E731
    far = lambda n, of: progress(_far(n, of))  # noqa: E731
    read = reader(premises_of(journal.entries), get, far, Budget().times(PATIENCE))
    day, held = date.fromisoformat(made.as_of), proofs_of(found, journal)
    shut = made.files.get("closed.jsonl")
    if shut is None:
        return pipeline.claim(case_of(journal, get, sealed, read, found.left_out, proofs=held), day)
    told = next(
        e.body for e in found.journal.entries if e.kind == "closed" and e.body and e.body["digest"] == shut
    )
    return claim_of(
        journal, found.shown, get, sealed, read, day, given_of(told), told["close"], found.left_out, held
    )


def _segment(name: str, digest: str, data: bytes) -> bytes:
    """A segment that was read apart within its budget: read here it costs no more. Raises ValueError."""
    reading = anew(Blob(name, data, digest), ZoneInfo("UTC"), budget=Budget().times(PATIENCE))
    if excess := excess_of(reading):
        raise ValueError(f"{name}: {excess.value}")
    return data


def proofs_of(found: journal_verify.Verified, journal: Checked | None = None) -> Proofs:
    """What third parties prove of the journal, or of its beginning, by the bytes and roots in the bundle."""
    whole = journal or found.journal
    return proofs(whole, found.files, trust_of(found.files)) if whole is not None else NOTHING_PROVEN


def _basis(found: journal_verify.Verified, entry: Entry) -> list[Breach]:
    """The dossier rests on the whole journal before its entry, but for what was only sealed since."""
    assert found.journal is not None
    basis = (entry.body or {})["entries"]
    if basis > entry.seq:
        return [Breach(JOURNAL, text("The dossier says that it rests on entries that came after it."))]
    since = found.journal.entries[basis : entry.seq]
    left = [one.seq for one in since if one.kind not in (*SEALING, *WRITTEN_ALONG)]
    if not left:
        return []
    what = text(
        "The dossier leaves out {n} entries that stood before it; the first is entry {seq}.",
        "The dossier leaves out one entry that stood before it: entry {seq}.",
        n=len(left),
        seq=left[0],
    )
    return [Breach(JOURNAL, what)]


def _other_files(found: journal_verify.Verified, made: DossierEntry) -> list[Breach]:
    """The files that the entry of the dossier names are there with these bytes, and no others."""
    named = {f"data/{file}": digest for file, digest in made.files.items()}
    there = {
        file: about.sha
        for file, about in found.known.items()
        if NAMED.fullmatch(file) and (made.sheets or file in named)
    }
    return [
        Breach(file, text("This is not the file that the journal names."))
        for file in sorted(named.keys() | there.keys())
        if named.get(file) != there.get(file)
    ]


def _pages(
    found: journal_verify.Verified, made: DossierEntry, claimed: Claim, progress: Callable[[Text], None]
) -> tuple[memoryview, list[Text]]:
    """The dossier typeset again, and which exhibits were drawn then and cost more than this machine gives them; the
    originals are read where they lie, a part at a time."""
    whole = claimed.case.closing.whole if claimed.case.closing else ()
    shown = [e for e in claimed.case.exhibits if e.number not in whole]
    digests = [e.digest for e in shown if e.digest not in found.left_out]
    originals = {d: Later.of(found.files.get(f"data/objects/{d[:2]}/{d}", b"")) for d in digests}
    known = dict.fromkeys(made.not_drawn, NOT_DRAWN)
    kept, out = dict(known), io.BytesIO()
    draw = drawing(Budget().times(PATIENCE))
    typesetting.write(pipeline.compose(claimed, made.lang), originals, out, kept, progress, draw)
    missed = {digest for digest, pages in kept.items() if pages.excess} - known.keys()
    slow = [
        text("K {n} was not drawn again, because it costs more than a file may.", n=exhibit.number)
        for exhibit in shown
        if exhibit.digest in missed
    ]
    return out.getbuffer(), slow


def _sheets(found: journal_verify.Verified) -> tuple[list[Text], list[Breach]]:
    """The sheets and the script that travel along against all that Heller ever put into a bundle: what an
    older version put there, and what no version did."""
    older, unknown = [], []
    for sheet in sheets():
        data = found.get(f"data/{sheet.name}")
        if data == sheet.read_bytes():
            continue
        if sha256(data).hexdigest() in known_sheets():
            older.append(text("{name} is that of an older Heller; take a newer one.", name=sheet.name))
        else:
            what = text("{name} is no sheet that this Heller knows: do not follow it.", name=sheet.name)
            unknown.append(Breach(f"data/{sheet.name}", what))
    return older, unknown


def known_sheets() -> frozenset[str]:
    """The digests of the sheets of every version so far, from the file `known` beside them."""
    kept = (resources.files("heller.casefile.bundle") / "sheets" / "known").read_text("ascii")
    return frozenset(line.split()[0] for line in kept.splitlines())
