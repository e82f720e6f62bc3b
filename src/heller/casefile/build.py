"""Makes the dossier and the bundle of a case, and writes into the journal what was made."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from enum import Enum
from hashlib import sha256
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from msgspec import Struct

from heller import dossier, pipeline
from heller.casefile import folder as casefolder
from heller.casefile import seal, stamping
from heller.casefile.fold import digests
from heller.casefile.stamping import settings, shelf
from heller.intake import handed
from heller.journal import bundle, store
from heller.journal.archive import Content, TooLarge
from heller.journal.clock import read_clock
from heller.journal.left_out import LEFT_OUT, write_left_out
from heller.model.claim import Claim
from heller.model.errors import InputRefused
from heller.model.text import Text, text

DERIVED = "derived"
PROOFS = (".txt", ".tsr", ".crl", ".ocsp", ".er", ".pem")
PRESS = ("heller", "typst", "vl-convert-python", "pypdfium2", "numpy")
STEPS = 5  # how often progress is told


class Scope(Enum):
    """Which originals travel in the bundle; the lines of all travel."""

    ALL = "all"
    CITED = "cited"  # those from which something went into the claim


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
    scope: Scope = Scope.ALL,
) -> Built:
    """Work the case out on a day, typeset it, seal it. Files go to the case's `derived/` folder.

    Made twice without anything new in the case, the bundle is the same bytes. Raises InputRefused where
    it would be larger than a bundle may be.
    """
    progress(text("Reading and working out the case"))
    claimed = casefolder.claim(folder, as_of)
    left = unread(claimed) if scope is Scope.CITED else frozenset()
    if left:
        claimed = casefolder.claim(folder, as_of, left=left)
    originals = {d: store.get_object(folder, d) for e in claimed.case.exhibits if (d := e.digest) not in left}
    progress(text("Typesetting the dossier"))
    pdf = dossier.typeset(pipeline.compose(claimed, lang), originals)
    progress(text("Typesetting the advice for the firm and its lawyer"))
    advice = dossier.typeset(pipeline.compose(claimed, lang, inner=True), {})
    progress(text("Sealing the bundle"))
    figures = figures_of(claimed)
    told = ("dossier", made(claimed, lang, pdf, figures))
    if not any(e.kind == told[0] and e.body == told[1] for e in store.load(folder).entries):
        store.append(folder, [told], read_clock(now))
    if settings.load(folder).authorities:
        stamping.stamp(folder, progress, now=now, patience=seal.PATIENCE)
    inside = payload(folder, left, {f"dossier-{lang}.pdf": pdf, "claim.json": figures})
    progress(text("Writing the files"))
    out = folder / DERIVED
    stem = f"{as_of.isoformat()}-{lang}"
    with store.failing(folder):
        out.mkdir(exist_ok=True)
        paths = [out / f"dossier-{stem}.pdf", out / f"advice-{stem}.pdf", out / f"bundle-{stem}.zip"]
        for path, data in zip(paths, (pdf, advice), strict=False):
            path.write_bytes(data)
        info = {"Bag-Software-Agent": f"heller {version('heller')}", "External-Identifier": claimed.case.id}
        digest = _written(paths[2], inside, info, lambda data: seal.stamped(folder, data))
    return Built(paths[0], paths[1], paths[2], digest, claimed)


def figures_of(claimed: Claim) -> bytes:
    """The machine-readable claim as its one encoding."""
    return (
        json.dumps(dossier.claim_json(claimed), sort_keys=True, indent=1, ensure_ascii=False).encode() + b"\n"
    )


def made(claimed: Claim, lang: str, pdf: bytes, figures: bytes) -> dict[str, Any]:
    """What the journal says of a dossier: enough to make it again and compare."""
    return {
        "as_of": claimed.waterfall.as_of.isoformat(),
        "claim": sha256(figures).hexdigest(),
        "dossier": sha256(pdf).hexdigest(),
        "entries": claimed.case.entries,
        "lang": lang,
        "program": program(),
    }


def program() -> str:
    """What draws a page and its pictures, by version: with the same the bytes are the same."""
    return ", ".join(f"{name} {version(name)}" for name in PRESS)


def sheets() -> list[Traversable]:
    """What explains how to check a bundle: two sheets of paper and a script."""
    folder = resources.files("heller.casefile") / "sheets"
    return [folder / name for name in ("PRUEFEN.txt", "VERIFY.txt", "verify.py")]


def unread(claimed: Claim) -> frozenset[str]:
    """The originals from which nothing went into the claim: what they say nobody cites. The log of a
    database that is cited travels with it, or the database would say something else."""
    exhibits = claimed.case.exhibits
    logs = handed.logs_among((e.digest, e.name) for e in exhibits)
    cited = {e.digest for e in exhibits if e.reading.records}
    kept = cited | {log for owner, log in logs.items() if owner in cited}
    return frozenset(e.digest for e in exhibits if e.digest not in kept)


def payload(folder: Path, left: Collection[str], made: dict[str, Content]) -> dict[str, Content]:
    """What lies under `data/`: journal, bodies, proofs, originals but those `left` out, what was made, how
    to check it. `left` has digests; their lines stay."""
    shelf.anchored(folder)
    checked = store.load(folder)
    wanted = digests(checked.entries)
    inside: dict[str, Content] = {
        store.JOURNAL: b"".join(line + b"\n" for line in checked.lines),
        store.BODIES: (folder / store.BODIES).read_bytes(),
        **made,
        **{f"objects/{d[:2]}/{d}": store.object_path(folder, d) for d in wanted if d not in left},
        **{f"anchors/{name}": path for name, path in _proofs(folder / shelf.ANCHORS)},
        **{sheet.name: sheet.read_bytes() for sheet in sheets()},
    }
    if left:
        inside[LEFT_OUT.removeprefix("data/")] = write_left_out(dict.fromkeys(left, "not-cited"))
    return inside


def _proofs(home: Path) -> Iterator[tuple[str, Path]]:
    """Tree heads, time stamps, what told of revocation, trusted certificates, evidence records.

    Requests stay at home: they prove nothing.
    """
    for path in sorted(home.rglob("*")):
        if path.suffix in PROOFS and path.is_file():
            yield path.relative_to(home).as_posix(), path


def _written(path: Path, inside: dict[str, Content], info: dict[str, str], stamp: bundle.Stamp) -> str:
    """Write the bundle beside its place and move it there; returns its SHA-256."""
    part = path.with_suffix(".part")
    try:
        with part.open("wb") as file:
            digest = bundle.write(inside, info, file, stamp)
        part.replace(path)
    except TooLarge as error:
        raise InputRefused(
            what=text("The bundle would be larger than 4 GB."),
            why=text("One ZIP file holds no more than that, in the form that every program reads."),
            do=text("Leave out what is not cited: heller dossier CASE --bundle cited"),
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return digest
