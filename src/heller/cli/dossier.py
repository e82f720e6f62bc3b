"""heller dossier: typeset the dossier and seal the bundle."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from cyclopts import Parameter

from heller import casefile
from heller.casefile.bundle.build import STEPS
from heller.casefile.bundle.scope import Scope
from heller.cli import screen
from heller.cli.options import AsJson, AsOf, CaseFolder
from heller.cli.screen import tr
from heller.dossier.wording import Words
from heller.model.closing import FIELDS
from heller.model.errors import InputRefused
from heller.model.text import text

COURT_STEPS = 3
NOTHING = "none"  # what is written where nothing is to be closed
PLACE = 220
VERB = text("Typeset the dossier and seal the bundle.")


def run(
    case: CaseFolder,
    *,
    as_of: AsOf = None,
    bundle: Annotated[
        Literal["all", "cited"],
        Parameter(help=tr("Which originals travel: all, or those from which something went into the claim.")),
    ] = "cited",
    close: Annotated[
        str | None,
        Parameter(
            help=tr(
                "What dossier and bundle keep closed: names, wages, or both with a comma; none. Names where a "
                "profession is bound to secrecy."
            )
        ),
    ] = None,
    profile: Annotated[
        Literal["dossier", "court"],
        Parameter(
            help=tr(
                "For whom: dossier and bundle, or the set for a court, with each exhibit as a PDF/A-2b file of its own "
                "and an XJustiz message."
            )
        ),
    ] = "dossier",
    xsd: Annotated[
        Path | None,
        Parameter(
            help=tr(
                "A folder with the XSD files of XJustiz; the message of a court set is checked against them."
            )
        ),
    ] = None,
    handed_out: Annotated[
        str | None,
        Parameter(help=tr("To whom it is handed out: a copy is kept by day and running number.")),
    ] = None,
    json: AsJson = False,
) -> None:
    """Typeset the dossier and seal the bundle."""
    day = screen.as_day(as_of, case)
    say = screen.words()
    kinds = None if close is None else _kinds(close)
    if profile == "court":
        with screen.progress("", COURT_STEPS) as done:
            filed = casefile.court_set(
                case,
                day,
                screen.language(),
                datetime.now(UTC).replace(microsecond=0),
                lambda said: done(say(said)),
                kinds,
                xsd,
            )
        _show_court(filed, say, json=json)
        return
    with screen.progress("", STEPS) as done:
        built = casefile.build(
            case,
            day,
            screen.language(),
            lambda said: done(say(said)),
            scope=Scope(bundle),
            close=kinds,
            handed=handed_out,
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


def _kinds(said: str) -> tuple[str, ...]:
    """What is to be closed; raises InputRefused for a word that is none of it."""
    kinds = tuple(word.strip() for word in said.split(",") if word.strip() not in ("", NOTHING))
    if wrong := [word for word in kinds if word not in FIELDS]:
        raise InputRefused(
            what=text("'{word}' is nothing that can be closed.", word=wrong[0]),
            why=text("Heller closes fields that it knows: the names of persons, and what they earn."),
            do=text("Write --close names, --close wages, --close names,wages or --close none."),
        )
    return kinds


def _show_court(filed: casefile.CourtSet, say: Words, *, json: bool) -> None:
    """Where the set lies, its files with their sizes, what a person sees to."""
    if json:
        screen.as_json(
            {
                "folder": str(filed.folder),
                "message": str(filed.message),
                "files": [msgspec.to_builtins(one) for one in filed.files],
            }
        )
        return
    screen.labels(((tr("Set for the court"), str(filed.folder)), (tr("XJustiz message"), filed.message.name)))
    for one in filed.files:
        screen.point(f"{one.file}  {say(text('{n} bytes', 'one byte', n=one.size))}  {one.title}")
    for finding in filed.findings:
        screen.point(" ".join(say(said) for said in (finding.text, finding.do) if said), "?")


def show(built: casefile.Built, say: Words) -> None:
    """Where everything lies, and the digest to hand out."""
    rows = (
        (tr("Dossier"), str(built.pdf)),
        (tr("Advice (not for the other side)"), str(built.advice)),
        (tr("Bundle"), str(built.bundle)),
    )
    screen.labels(rows)
    said = say(text("SHA-256 of the bundle: {digest}", digest=built.digest))
    screen.out().print(f"  {said}", soft_wrap=True)  # a digest is copied: it stands on one line
