"""heller renew: carry the case's stamps on before certificates end or digests grow weak."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from cyclopts import Parameter

from heller.casefile import stamping
from heller.casefile.stamping.renew import renew
from heller.cli import screen
from heller.cli.options import AsJson, CaseFolder
from heller.cli.screen import tr
from heller.dossier.wording import Words
from heller.model.text import text

PLACE = 250
VERB = text("Carry the stamps on before certificates end or digests grow weak (RFC 4998).")


def run(
    case: CaseFolder,
    *,
    within: Annotated[int, Parameter(help=tr("Renew what ends within so many days."))] = stamping.WITHIN.days,
    digest: Annotated[
        str, Parameter(help=tr("Put all records under this digest: sha256, sha384 or sha512."))
    ] = "",
    json: AsJson = False,
) -> None:
    """Carry the stamps of a case on: evidence records (RFC 4998)."""
    say = screen.words()
    with screen.progress("") as done:
        carried = renew(case, lambda said: done(say(said)), digest=digest, within=timedelta(days=within))
    if json:
        screen.as_json(as_json(carried, say))
    else:
        show(carried, say)


def show(carried: tuple[stamping.Carried, ...], say: Words) -> None:
    """Each record: how many stamps, which digest, until when."""
    out = screen.out()
    if not carried:
        out.print(tr("No anchor of this case is stamped yet, so there is nothing to renew."))
        out.print(tr("Have it stamped with: heller stamp CASE --tsa URL --root CERTIFICATE"))
        return
    columns = (tr("Stamped"), tr("Stamps"), tr("Digest"), tr("Bytes"), tr("Good until"), tr("State"))
    table = screen.table(*columns, right=(1, 3))
    for one in carried:
        until = say.day(one.ends.date()) if one.ends else ""
        numbers = (one.name, say.number(one.stamps))
        table.add_row(*numbers, one.algorithm, say.number(one.size), until, _state(one, say))
    out.print(table)


def _state(one: stamping.Carried, say: Words) -> str:
    if one.fault is not None:
        return say(one.fault)
    return tr("renewed now") if one.renewed else say(text("holds"))


def as_json(carried: tuple[stamping.Carried, ...], say: Words) -> list[dict[str, object]]:
    """The same for machines."""
    return [
        {
            "algorithm": one.algorithm,
            "bytes": one.size,
            "chains": one.chains,
            "ends": one.ends.isoformat() if one.ends else None,
            "fault": say(one.fault) if one.fault else None,
            "name": one.name,
            "renewed": one.renewed,
            "stamps": one.stamps,
        }
        for one in carried
    ]
