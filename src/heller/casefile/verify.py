"""Verifies a bundle: its bytes, and then its figures and pages, made again from the journal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from heller import dossier, pipeline
from heller.casefile.build import figures_of, program
from heller.casefile.folder import case_of
from heller.journal import verify as journal_verify
from heller.journal.check import Breach
from heller.model.claim import Claim
from heller.model.errors import InputRefused
from heller.model.text import Text, text

# What entries raise that are well chained but were never written by Heller.
SENSELESS = (KeyError, TypeError, ValueError, IndexError, AttributeError, ArithmeticError)


class Outcome(Struct, frozen=True):
    """What was checked, what does not hold, what could not be checked, and the bundle's own digest."""

    digest: str
    checks: tuple[Text, ...]
    breaches: tuple[Breach, ...]
    unchecked: tuple[Text, ...]
    head: str
    claim: Claim | None

    @property
    def holds(self) -> bool:
        """Whether everything that was checked holds."""
        return not self.breaches


def verify_bundle(path: Path, progress: Callable[[Text], None] = lambda said: None) -> Outcome:
    """Check a bundle file; raises InputRefused where it cannot be read at all."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputRefused(
            what=text(
                "{name} cannot be read: {reason}.", name=str(path), reason=error.strerror or str(error)
            ),
            why=text("Without the bundle there is nothing to check."),
            do=text("Name the ZIP file that came with the dossier."),
        ) from error
    return verify_bytes(data, progress)


def verify_bytes(data: bytes, progress: Callable[[Text], None] = lambda said: None) -> Outcome:
    """Check a bundle's bytes."""
    progress(text("Checking digests and the journal"))
    found = journal_verify.verify(data)
    digest = sha256(data).hexdigest()
    head = found.journal.head if found.journal else ""
    if found.breaches or found.journal is None:
        skipped = text("The figures were not worked out again, because the files do not hold.")
        return Outcome(digest, found.checks, found.breaches, (skipped,), head, None)
    dossiers = [e for e in found.journal.entries if e.kind == "dossier" and e.body is not None]
    if not dossiers:
        breach = Breach("data/journal.jsonl", text("No entry says which dossier was made."))
        return Outcome(digest, found.checks, (breach,), (), head, None)
    try:
        checks, breaches, unchecked, claimed = _worked_out(found, dossiers[-1].body or {}, progress)
    except SENSELESS as error:
        what = text(
            "The entries do not make a case ({error}); Heller did not write them so.",
            error=type(error).__name__,
        )
        return Outcome(digest, found.checks, (Breach("data/journal.jsonl", what),), (), head, None)
    return Outcome(digest, found.checks + checks, breaches, unchecked, head, claimed)


def _worked_out(
    found: journal_verify.Verified, body: dict[str, Any], progress: Callable[[Text], None]
) -> tuple[tuple[Text, ...], tuple[Breach, ...], tuple[Text, ...], Claim]:
    """Figures and pages made again: what was checked, what does not hold, what was not checked."""
    progress(text("Working the figures out again from the journal"))
    claimed = _again(found, body)
    breaches, checks = _figures(found.files, body, claimed)
    if body["program"] != program():
        other = text(
            "The dossier was made by {program}; its pages were not made again.", program=str(body["program"])
        )
        return checks, breaches, (other,), claimed
    progress(text("Typesetting the dossier again"))
    breaches += _pages(found.files, body, claimed)
    return (*checks, text("the dossier's pages against the journal, byte by byte")), breaches, (), claimed


def _again(found: journal_verify.Verified, body: dict[str, Any]) -> Claim:
    """The claim from the entries that were there when the dossier was made."""
    assert found.journal is not None
    journal = replace(
        found.journal,
        entries=found.journal.entries[: body["entries"]],
        lines=found.journal.lines[: body["entries"]],
    )
    case = case_of(journal, lambda digest: found.files[f"data/objects/{digest[:2]}/{digest}"])
    return pipeline.claim(case, date.fromisoformat(body["as_of"]))


def _figures(
    files: dict[str, bytes], body: dict[str, Any], claimed: Claim
) -> tuple[tuple[Breach, ...], tuple[Text, ...]]:
    breaches = []
    given = files.get("data/claim.json", b"")
    if given != figures_of(claimed) or sha256(given).hexdigest() != body["claim"]:
        breaches.append(
            Breach("data/claim.json", text("The figures are not those that follow from the journal."))
        )
    return tuple(breaches), (text("every figure of the claim, worked out again from the journal"),)


def _pages(files: dict[str, bytes], body: dict[str, Any], claimed: Claim) -> tuple[Breach, ...]:
    name = f"data/dossier-{body['lang']}.pdf"
    originals = {e.digest: files[f"data/objects/{e.digest[:2]}/{e.digest}"] for e in claimed.case.exhibits}
    again = dossier.typeset(pipeline.compose(claimed, body["lang"]), originals)
    if files.get(name) == again:
        return ()
    return (Breach(name, text("The dossier's pages are not those that follow from the journal.")),)
