"""heller dossier: typeset the dossier and seal the bundle."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from heller import casefile
from heller.casefile.build import STEPS, Scope
from heller.cli import screen
from heller.cli.options import AsJson, AsOf, CaseFolder
from heller.cli.screen import tr
from heller.dossier.wording import Words


def run(
    case: CaseFolder,
    *,
    as_of: AsOf = None,
    bundle: Annotated[
        Literal["all", "cited"],
        Parameter(help=tr("Which originals travel: all, or those from which something went into the claim.")),
    ] = "all",
    json: AsJson = False,
) -> None:
    """Typeset the dossier and seal the bundle."""
    day = screen.as_day(as_of)
    say = screen.words()
    with screen.progress("", STEPS) as done:
        built = casefile.build(
            case, day, screen.language(), lambda said: done(say(said)), scope=Scope(bundle)
        )
    if json:
        screen.as_json(
            {
                "dossier": str(built.pdf),
                "advice": str(built.advice),
                "bundle": str(built.bundle),
                "sha256": built.digest,
            }
        )
    else:
        show(built, say)


def show(built: casefile.Built, say: Words) -> None:
    """Where everything lies, and the digest to hand out."""
    rows = (
        (tr("Dossier"), str(built.pdf)),
        (tr("Advice (not for the other side)"), str(built.advice)),
        (tr("Bundle"), str(built.bundle)),
        (tr("Its SHA-256"), built.digest),
    )
    screen.named(rows)
