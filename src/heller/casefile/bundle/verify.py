"""Verifies a bundle: its bytes, and then its figures and pages, made again from the journal."""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from heller.casefile.bundle import open_field
from heller.casefile.bundle.made_again import made_again
from heller.casefile.bundle.omissions import omissions
from heller.casefile.bundle.program import program
from heller.casefile.formats import FORM, dossier_of, form_of
from heller.casefile.stamping.growth import growth_of
from heller.dossier import closed_marks
from heller.journal.anchor import read_kept
from heller.journal.checking import verify as journal_verify
from heller.journal.checking.stamps import VerifiedStamp, trust_of
from heller.journal.entry import Breach, BreachCause, cause_of
from heller.model.claim import Claim
from heller.model.errors import InputRefused
from heller.model.text import Text, text

JOURNAL = "data/journal.jsonl"
DOSSIER = re.compile(r"data/dossier-[a-z]{2}\.pdf")
LIMIT = 1 << 20  # bytes of a tree head or a certificate
PAPER = 1 << 30  # bytes of a stamped copy of the dossier

# What entries raise that are well chained but were never written by Heller.
SENSELESS = (KeyError, TypeError, ValueError, IndexError, AttributeError, ArithmeticError)


class Verification(Struct, frozen=True):
    """What was checked, what does not hold, what could not be checked, the bundle's own digest, what
    the bundle itself leaves open, which fields are closed, and which of them were opened. `made_by` is the
    program that its dossier names."""

    digest: str
    checks: tuple[Text, ...]
    breaches: tuple[Breach, ...]
    unchecked: tuple[Text, ...]
    head: str
    claim: Claim | None
    stamps: tuple[VerifiedStamp, ...] = ()
    remarks: tuple[Text, ...] = ()
    closed: tuple[Text, ...] = ()
    opened: tuple[Text, ...] = ()
    made_by: str = ""
    newer: bool = False  # made in a form that this version does not know
    entries: int = 0  # of the journal in it, whose last line is `head`

    @property
    def cause(self) -> BreachCause:
        """What explains best that it does not hold."""
        return cause_of(self.breaches)

    @property
    def holds(self) -> bool:
        """Whether everything that was checked holds."""
        return not self.breaches

    @property
    def whole(self) -> bool:
        """Whether it holds and nothing was left unchecked."""
        return not self.breaches and not self.unchecked


def verify_bundle(
    path: Path,
    progress: Callable[[Text], None] = lambda said: None,
    kept: Sequence[Path] = (),
    roots: Sequence[Path] = (),
    papers: Sequence[Path] = (),
    opened: Sequence[Path] = (),
    originals: Sequence[Path] = (),
) -> Verification:
    """Check a bundle file; raises InputRefused where it cannot be read at all.

    `kept` are tree heads that somebody received earlier, `roots` certificates to trust instead of the
    bundle's own, `papers` stamped or signed copies of its dossier, `opened` openings of closed fields and
    `originals` what was handed over with them. The file is mapped into memory, not read into it.
    """
    held = [(head.name, _tree_head_in(head)) for head in kept]
    mine = [read(root) for root in roots]
    pdfs = [(paper.name, read(paper, PAPER)) for paper in papers]
    lines = [line for one in opened for line in read(one, PAPER).splitlines()]
    handed = [read(one, PAPER) for one in originals]
    try:
        with path.open("rb") as file:
            # It is let go with its last part: an interruption still holds some, and closing would hide it.
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            data = memoryview(mapped)
            return verify_bytes(data, _letting_go(mapped, progress), held, mine, pdfs, lines, handed)
    except (OSError, ValueError) as error:
        if isinstance(error, ValueError) and path.stat().st_size:
            raise
        raise unreadable(path, error) from error


def _letting_go(mapped: mmap.mmap, progress: Callable[[Text], None]) -> Callable[[Text], None]:
    """The same progress; with each step the pages of the file that were looked at may leave the memory."""

    def done(said: Text) -> None:
        if hasattr(mapped, "madvise") and hasattr(mmap, "MADV_DONTNEED"):
            mapped.madvise(mmap.MADV_DONTNEED)
        progress(said)

    return done


def read(path: Path, limit: int = LIMIT) -> bytes:
    """A file that somebody holds; raises InputRefused."""
    try:
        with path.open("rb") as file:
            return file.read(limit)
    except OSError as error:
        raise unreadable(path, error) from error


def _tree_head_in(path: Path) -> bytes:
    """A tree head that somebody received; raises InputRefused where the file is none: that accuses nobody."""
    data = read(path)
    try:
        read_kept(data)
    except ValueError as error:
        raise InputRefused(
            what=text("{name} is no tree head.", name=str(path)),
            why=text("It cannot be compared with the bundle, so nothing was checked."),
            do=text("Name the file that was received, such as 000007.txt, and nothing around its lines."),
        ) from error
    return data


def unreadable(path: Path, error: Exception) -> InputRefused:
    """The error for a file that cannot be read."""
    reason = getattr(error, "strerror", None) or text("it is empty")
    return InputRefused(
        what=text("{name} cannot be read: {reason}.", name=str(path), reason=reason),
        why=text("Without the bundle there is nothing to check."),
        do=text("Name the ZIP file that came with the dossier."),
    )


def verify_bytes(
    data: bytes | memoryview,
    progress: Callable[[Text], None] = lambda said: None,
    kept: Sequence[tuple[str, bytes]] = (),
    roots: Sequence[bytes] = (),
    papers: Sequence[tuple[str, bytes]] = (),
    openings: Sequence[bytes] = (),
    originals: Sequence[bytes] = (),
) -> Verification:
    """Check a bundle's bytes."""
    progress(text("Checking digests and the journal"))
    with ThreadPoolExecutor(1) as other:
        whole = other.submit(lambda: sha256(data).hexdigest())
        found = journal_verify.verify(data, kept, roots)
    outcome = Verification(
        whole.result(),
        found.checks,
        found.breaches,
        (),
        found.journal.head if found.journal else "",
        None,
        found.stamps,
        entries=len(found.journal.entries) if found.journal else 0,
    )
    entries = found.journal.entries if found.journal else ()
    dossiers = [e for e in entries if e.kind == "dossier" and e.body is not None]
    form = form_of(dossiers[-1].body or {}) if dossiers else 1
    if form <= FORM:  # no newer form explains what this version does not know
        outcome = replace(outcome, breaches=tuple(_unexplained(one) for one in outcome.breaches))
    if found.breaches or found.journal is None:
        skipped = text("The figures were not worked out again, because the files do not hold.")
        return replace(outcome, unchecked=(skipped,))
    if not dossiers:
        return replace(outcome, breaches=(Breach(JOURNAL, text("No entry says which dossier was made.")),))
    if form > FORM:
        return replace(outcome, unchecked=(_newer(form),), newer=True)
    made_by = str((dossiers[-1].body or {}).get("program", ""))
    try:
        dossier_of(dossiers[-1].body or {})
    except SENSELESS as error:
        return replace(outcome, breaches=(_senseless(error),))
    try:
        told = omissions(found)
        again = made_again(found, dossiers[-1], progress)
    except SENSELESS as error:
        if made_by != program():
            return replace(outcome, unchecked=(_rules_gone(made_by, error),), made_by=made_by)
        return replace(outcome, breaches=(_senseless(error),))
    same, others = _papers(found, papers, roots)
    opened = open_field.check(found, openings, originals)
    return replace(
        outcome,
        checks=found.checks + again.checks + same,
        breaches=again.breaches + others + opened.breaches,
        unchecked=again.unchecked + _stated(again.claim),
        claim=again.claim,
        remarks=told,
        closed=_closed(again.claim),
        opened=opened.said,
        made_by=made_by,
    )


def _newer(form: int) -> Text:
    return text(
        "A newer Heller made this bundle: its form is {form}, this one knows {known}. Digests, chain and stamps "
        "were checked; figures and pages were not made again. Check them with the newer version.",
        form=form,
        known=FORM,
    )


def _rules_gone(made_by: str, error: Exception) -> Text:
    return text(
        "The rules of {program}, which made this bundle, are no longer here ({error}): its figures and pages "
        "were not worked out again.",
        program=made_by,
        error=type(error).__name__,
    )


def _senseless(error: Exception) -> Breach:
    said = text(
        "The entries do not make a case ({error}); Heller did not write them so.", error=type(error).__name__
    )
    return Breach(JOURNAL, said)


def _unexplained(breach: Breach) -> Breach:
    """A file of no known name is a newer version's only where the bundle says that it is; lines say it themselves."""
    strange = breach.cause is BreachCause.NEWER and not breach.where.startswith("journal.jsonl:")
    return replace(breach, cause=BreachCause.CHANGED) if strange else breach


def _stated(claimed: Claim) -> tuple[Text, ...]:
    """What could not be worked out again because it rests on what is closed."""
    closing = claimed.case.closing
    if closing is None:
        return ()
    titles = {p.head: p.title for p in claimed.assessment.positions}
    sums = (
        text(
            "'{head}' was not worked out again: it rests on redacted fields. It is stated with {amount}.",
            head=titles[s.head],
            amount=s.amount.likely,
        )
        for s in closing.stated
        if s.head in titles
    )
    whole = (
        text("What was read from exhibit K {n} was not read again: it is redacted as a whole.", n=n)
        for n in closing.whole
    )
    return (*sums, *whole)


def _closed(claimed: Claim) -> tuple[Text, ...]:
    """Which fields are closed: entry, exhibit, field, how many. Digest and size of an original go with its
    fields; they are named only where nothing else of an entry is closed."""
    groups = closed_marks.groups(claimed.case)
    fields = {g.entry for g in groups if g.kind != "originals"}
    return tuple(
        text(
            "Entry {seq}, exhibit K {k}, redacted: {field} ({n})",
            seq=g.entry,
            k=g.exhibit,
            field=g.field,
            n=g.count,
        )
        if g.exhibit
        else text("Entry {seq}, redacted: {field} ({n})", seq=g.entry, field=g.field, n=g.count)
        for g in groups
        if g.kind != "originals" or g.entry not in fields
    )


def _papers(
    found: journal_verify.Verified, papers: Sequence[tuple[str, bytes]], roots: Sequence[bytes]
) -> tuple[tuple[Text, ...], tuple[Breach, ...]]:
    """Stamped or signed copies against the dossier of the bundle: nothing may lie over its pages."""
    checks: list[Text] = []
    breaches: list[Breach] = []
    plain = [bytes(data) for name, data in found.files.items() if papers and DOSSIER.fullmatch(name)]
    for name, data in papers:
        mine = next((one for one in plain if data.startswith(one)), b"")
        held = growth_of(data, mine, trust_of(found.files, roots))
        checks += [text("{name} is the dossier, with: {who}", name=name, who=who) for who in held.stamps]
        breaches += [Breach(name, what) for what in held.breaches]
    return tuple(checks), tuple(breaches)
