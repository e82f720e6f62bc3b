"""Makes the dossier and the bundle of a case, and writes into the journal what was made."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack
from datetime import date, datetime
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, BinaryIO

from msgspec import Struct

from heller import dossier, pipeline
from heller.casefile import folder as casefolder
from heller.casefile import stamping
from heller.casefile.bundle import closed_case, seal
from heller.casefile.bundle.drawn_pages import drawing
from heller.casefile.bundle.hand_out import HandedOut, hand_out
from heller.casefile.bundle.kept_pages import KeptPages
from heller.casefile.bundle.program import program
from heller.casefile.bundle.scope import Scope, professional, unread, withdrawn
from heller.casefile.bundle.shown_originals import ShownOriginals
from heller.casefile.derived.reading_anew import excess_of
from heller.casefile.fold import digests, fold
from heller.casefile.formats import FORM
from heller.casefile.lost import LOST, lost_originals
from heller.casefile.stamping import settings, shelf
from heller.dossier import typesetting
from heller.dossier.explained import refuse_unexplained
from heller.journal import bundle, store
from heller.journal.archive import Content, TooLarge, facts
from heller.journal.checking.check import split_lines
from heller.journal.checking.held_originals import LEFT_OUT, write_left_out
from heller.journal.checking.originals import segments
from heller.journal.clock import read_clock
from heller.journal.closed_fields import CLOSED
from heller.journal.draft import draft
from heller.journal.entry import read_body
from heller.journal.places import ANCHORS, SAMPLES, segment_path
from heller.model.claim import Claim
from heller.model.errors import InputRefused
from heller.model.text import Text, text

DERIVED = "derived"
PROOFS = (".txt", ".tsr", ".crl", ".ocsp", ".er", ".pem")
RECORDS = re.compile(r"\.er$|\.sha\d+\.txt$")
LISTED = re.compile(r"\.sha\d+\.(txt|er)$")  # lists of a hash renewal: digests of originals without salt
STEPS = 4 + typesetting.STEPS  # how often progress is told, at most


class Built(Struct, frozen=True):
    """What was made: the dossier, the advice for the firm and its lawyer, the bundle, its digest."""

    pdf: Path
    advice: Path
    bundle: Path
    digest: str
    claim: Claim


def build(
    folder: Path,
    as_of: date,
    lang: str,
    progress: Callable[[Text], None] = lambda said: None,
    now: datetime | None = None,
    scope: Scope = Scope.CITED,
    close: Collection[str] | None = None,
    handed: str | None = None,
) -> Built:
    """Work the case out on a day, typeset it, seal it. Files go to the case's `derived/` folder.

    `close` names kinds of fields (`model.closing.FIELDS`) that dossier and bundle keep closed; None: what the firm's
    profession asks for. `handed` says to whom
    it is handed out ('': not said): then a copy is kept under its running number and never overwritten. Originals of
    exhibits that were taken back do not travel.

    Made twice without anything new in the case, the bundle is the same bytes. Raises InputRefused where
    it would be larger than a bundle may be, and where two statements contradict each other and nobody has said yet
    what explains it.
    """
    progress(text("Reading and working out the case"))
    claimed = casefolder.claim(folder, as_of)
    refuse_unexplained(claimed)
    close = professional(claimed.case) if close is None else close
    left = unread(claimed) if scope is Scope.CITED else withdrawn(claimed)
    if left:
        claimed = casefolder.claim(folder, as_of, left=left)
    closed = closed_case.close(folder, claimed, as_of, close, left)
    shown = closed.claim if closed else claimed
    out = folder / DERIVED
    stem = f"{as_of.isoformat()}-{lang}{'-closed' if close else ''}"
    names = (f"dossier-{stem}.pdf", f"advice-{stem}.pdf", f"bundle-{stem}.zip")
    with store.failing(folder), ExitStack() as drafts:
        out.mkdir(exist_ok=True)
        pdf, advice, zipped = (drafts.enter_context(draft(out / name)) for name in names)
        originals = originals_shown(folder, shown, left, closed)
        kept = KeptPages(folder, (e.digest for e in shown.case.exhibits if excess_of(e.reading)))
        typesetting.write(pipeline.compose(shown, lang), originals, pdf.file, kept, progress, drawing())
        pdf.flush()
        progress(text("Typesetting the advice for the firm and its lawyer"))
        typesetting.write(pipeline.compose(claimed, lang, inner=True), {}, advice.file)
        progress(text("Sealing the bundle"))
        files = along(folder, {f"dossier-{lang}.pdf": pdf.place, "claim.json": figures_of(shown)}, closed)
        _tell(folder, entry_of(shown, lang, files, kept.not_drawn), closed, now)
        if settings.load(folder).authorities:
            stamping.stamp(folder, progress, now=now, patience=seal.PATIENCE)
        inside = payload(folder, left, files, closed)
        progress(text("Writing the files"))
        info = {"Bag-Software-Agent": f"heller {version('heller')}", "External-Identifier": claimed.case.id}
        digest = _sealed(zipped.file, inside, info, lambda data: seal.first_stamp(folder, data))
        for made in (pdf, advice, zipped):
            made.keep()
    built = Built(out / names[0], out / names[1], out / names[2], digest, claimed)
    if handed is not None:
        hand_out(folder, HandedOut(built.pdf, built.bundle, built.digest, as_of), handed, now)
    return built


def originals_shown(
    folder: Path, shown: Claim, left: Collection[str], closed: closed_case.Closed | None
) -> ShownOriginals:
    """The originals that the dossier shows, by digest; of closed ones what is shown of them."""
    whole = shown.case.closing.whole if shown.case.closing else ()
    wanted = (
        e.digest
        for e in shown.case.exhibits
        if e.digest not in left and e.number not in whole and e.reading.reader != LOST and not e.withdrawn
    )
    return ShownOriginals(folder, wanted, closed.objects if closed else {})


def _tell(
    folder: Path, body: dict[str, Any], closed: closed_case.Closed | None, now: datetime | None
) -> None:
    """Write into the journal what was made, and what of it is closed; nothing where it says so already."""
    before = [e.body for e in store.load(folder).entries if e.kind == "dossier" and e.body is not None]
    if closed is not None and closed.entry is not None:
        store.append(folder, [("closed", closed.entry), ("dossier", body)], read_clock(now))
    elif before[-1:] != [body]:
        store.append(folder, [("dossier", body)], read_clock(now))


def figures_of(claimed: Claim) -> bytes:
    """The machine-readable claim as its one encoding."""
    return (
        json.dumps(
            dossier.claim_json(pipeline.outward(claimed)), sort_keys=True, indent=1, ensure_ascii=False
        ).encode("utf-8", "backslashreplace")
        + b"\n"
    )


def along(folder: Path, made: Mapping[str, Content], closed: closed_case.Closed | None) -> dict[str, Content]:
    """What goes along that no other entry names: dossier and figures, sheets, evidence records, closed fields."""
    records = {
        f"anchors/{name}": path.read_bytes()
        for name, path in _proofs(folder / ANCHORS)
        if RECORDS.search(name) and not (closed and LISTED.search(name))
    }
    shut = {CLOSED.removeprefix("data/"): closed.data} if closed else {}
    return {**made, **{sheet.name: sheet.read_bytes() for sheet in sheets()}, **records, **shut}


def entry_of(
    claimed: Claim, lang: str, files: Mapping[str, Content], not_drawn: Collection[str] = ()
) -> dict[str, Any]:
    """What the journal says of a dossier: enough to make it again and compare, and what goes along with it."""
    skipped: dict[str, Any] = {"not_drawn": sorted(not_drawn)} if not_drawn else {}
    return skipped | {
        "as_of": claimed.waterfall.as_of.isoformat(),
        "entries": claimed.case.entries,
        "files": {name: facts(data).sha for name, data in files.items()},
        "form": FORM,
        "lang": lang,
        "program": program(),
    }


def sheets() -> list[Traversable]:
    """What explains how to check a bundle: two sheets of paper and a script."""
    folder = resources.files("heller.casefile.bundle") / "sheets"
    return [folder / name for name in ("PRUEFEN.txt", "VERIFY.txt", "verify.py")]


def payload(
    folder: Path,
    left: Collection[str],
    files: Mapping[str, Content],
    closed: closed_case.Closed | None = None,
) -> dict[str, Content]:
    """What lies under `data/`: journal, bodies, proofs, originals but those `left` out, and the `files` that
    go along. `left` has digests; their lines stay. Of what is `closed` only what is shown goes along."""
    shelf.newest_anchor(folder)
    checked = store.load(folder)
    hidden = closed.hidden if closed else frozenset()
    gone = {one.entry for one in closed.shown} if closed else set()
    left = [digest for digest in left if digest not in hidden]
    lost = [d for d in lost_originals(checked.entries, fold(checked.entries, {})) if d not in hidden]
    kept_home = {*hidden, *left, *lost}
    wanted = [digest for digest in digests(checked.entries) if digest not in kept_home]
    marked = closed.objects if closed else {}
    inside: dict[str, Content] = {
        store.JOURNAL: b"".join(line + b"\n" for line in checked.lines),
        store.BODIES: _bodies(folder, gone),
        **files,
        **{f"objects/{d[:2]}/{d}": store.object_path(folder, d) for d in wanted},
        **{f"objects/{d[:2]}/{d}": data for d, data in marked.items()},
        **{f"{SAMPLES}/{name}": segment_path(folder, name) for name in segments(checked.entries)},
        **{f"anchors/{n}": p for n, p in _proofs(folder / ANCHORS) if not RECORDS.search(n)},
    }
    if reasons := dict.fromkeys(left, "not-cited") | dict.fromkeys(lost, "lost"):
        inside[LEFT_OUT.removeprefix("data/")] = write_left_out(reasons)
    return inside


def _bodies(folder: Path, gone: Collection[int]) -> bytes:
    """The bodies but those of closed entries."""
    data = (folder / store.BODIES).read_bytes()
    if not gone:
        return data
    kept = [line for line in split_lines(data)[0] if read_body(line)[0] not in gone]
    return b"".join(line + b"\n" for line in kept)


def _proofs(home: Path) -> Iterator[tuple[str, Path]]:
    """Tree heads, time stamps, what told of revocation, trusted certificates, evidence records.

    Requests stay at home: they prove nothing.
    """
    for path in sorted(home.rglob("*")):
        if path.suffix in PROOFS and path.is_file():
            yield path.relative_to(home).as_posix(), path


def _sealed(file: BinaryIO, inside: dict[str, Content], info: dict[str, str], stamp: bundle.Stamp) -> str:
    """Write the bundle; returns its SHA-256."""
    try:
        return bundle.write(inside, info, file, stamp)
    except TooLarge as error:
        raise InputRefused(
            what=text("The bundle would be larger than 4 GB."),
            why=text("One ZIP file holds no more than that, in the form that every program reads."),
            do=text("Leave out what is not cited: heller dossier CASE --bundle cited"),
        ) from error
