"""Makes the dossier and the bundle of a case, and writes into the journal what was made."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from msgspec import Struct

from heller import dossier, pipeline
from heller.casefile import folder as casefolder
from heller.casefile.fold import digests
from heller.journal import store
from heller.journal.anchor import anchor
from heller.journal.bundle import bag, zip_bytes
from heller.journal.check import Checked
from heller.journal.clock import read_clock
from heller.model.claim import Claim
from heller.model.text import Text, text

DERIVED = "derived"
PRESS = ("heller", "typst", "vl-convert-python", "pypdfium2", "numpy")
STEPS = 5  # how often progress is told


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
) -> Built:
    """Work the case out on a day, typeset it, seal it. Files go to the case's `derived/` folder."""
    progress(text("Reading and working out the case"))
    claimed = casefolder.claim(folder, as_of)
    originals = {e.digest: store.get_object(folder, e.digest) for e in claimed.case.exhibits}
    progress(text("Typesetting the dossier"))
    pdf = dossier.typeset(pipeline.compose(claimed, lang), originals)
    progress(text("Typesetting the advice for the firm and its lawyer"))
    advice = dossier.typeset(pipeline.compose(claimed, lang, inner=True), {})
    progress(text("Sealing the bundle"))
    figures = figures_of(claimed)
    body = made(claimed, lang, pdf, figures)
    store.append(folder, [("dossier", body)], read_clock(now))
    sealed = bundle(store.load(folder), (folder / store.BODIES).read_bytes(), originals, pdf, figures, lang)
    progress(text("Writing the files"))
    out = folder / DERIVED
    stem = f"{as_of.isoformat()}-{lang}"
    with store.failing(folder):
        out.mkdir(exist_ok=True)
        paths = [out / f"dossier-{stem}.pdf", out / f"advice-{stem}.pdf", out / f"bundle-{stem}.zip"]
        for path, data in zip(paths, (pdf, advice, sealed), strict=True):
            path.write_bytes(data)
    return Built(paths[0], paths[1], paths[2], sha256(sealed).hexdigest(), claimed)


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


def bundle(
    checked: Checked, bodies: bytes, originals: dict[str, bytes], pdf: bytes, figures: bytes, lang: str
) -> bytes:
    """The bundle's bytes: journal, bodies, originals, tree head, dossier, claim, how to check it."""
    origin = str((checked.entries[0].body or {}).get("case", ""))
    payload = {
        "journal.jsonl": b"".join(line + b"\n" for line in checked.lines),
        "bodies.jsonl": bodies,
        "anchors/000001.txt": anchor(origin, checked.lines),
        f"dossier-{lang}.pdf": pdf,
        "claim.json": figures,
        **{f"objects/{d[:2]}/{d}": originals[d] for d in digests(checked.entries)},
        **{sheet.name: sheet.read_bytes() for sheet in sheets()},
    }
    info = {"Bag-Software-Agent": f"heller {version('heller')}", "External-Identifier": origin}
    return zip_bytes(bag(payload, info))
