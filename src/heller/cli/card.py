"""heller card: a pocket card for the first hour of an outage, to hang beside the router."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.casefile.stamping.shelf import anchors
from heller.cli import screen
from heller.cli.screen import as_day, tr
from heller.cli.written_file import writing
from heller.journal.short_anchor import line_of
from heller.model.text import text

PLACE = 15
VERB = text("A card for the first hour of an outage, to print and hang beside the router.")


def run(
    case: Annotated[
        Path | None, Parameter(help=tr("A case whose facts stand on it; without one they are left to write."))
    ] = None,
    *,
    out: Annotated[Path, Parameter(help=tr("The PDF that is written."))] = Path("heller-card.pdf"),
) -> None:
    """A card for the first hour of an outage, to print and hang beside the router."""
    from heller.dossier.card import CARD_FACTS, card_pdf

    facts: dict[str, str] = {}
    code, line = b"", ""
    if case is not None:
        loaded = casefile.load(case)
        facts = {key: loaded.fact(key) or "" for key in CARD_FACTS}
        code, line = _anchor(case)
    made = card_pdf(facts, screen.language(), as_day(None), code, line)
    with writing(out, text("Without it there is no card."), text("Name another file with --out.")):
        out.write_bytes(made)
    screen.out().print(screen.words()(text("Written: {path}", path=str(out))), soft_wrap=True)


def _anchor(case: Path) -> tuple[bytes, str]:
    """The QR code of the newest anchor as SVG and its words; empty where there is none yet."""
    import segno

    known = anchors(case)
    if not known:
        return b"", ""
    line, out = line_of(known[-1].digest), io.BytesIO()
    segno.make(f"HELLER {known[-1].number} {line}", error="m", micro=False).save(
        out, kind="svg", scale=8, border=2
    )
    return out.getvalue(), line
