"""heller verify: check a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.cli import screen
from heller.cli.options import AsJson
from heller.cli.screen import tr
from heller.dossier.wording import Words
from heller.model.errors import NotVerified
from heller.model.text import text


def run(
    bundle: Annotated[Path, Parameter(help=tr("The ZIP file that came with the dossier."))],
    *,
    json: AsJson = False,
) -> int:
    """Check a bundle."""
    say = screen.words()
    with screen.progress("") as done:
        outcome = casefile.verify_bundle(bundle, lambda said: done(say(said)))
    if json:
        screen.as_json(
            {
                "holds": outcome.holds,
                "sha256": outcome.digest,
                "journal_head": outcome.head,
                "checked": [say(c) for c in outcome.checks],
                "breaches": [{"where": b.where, "what": say(b.what)} for b in outcome.breaches],
                "not_checked": [say(u) for u in outcome.unchecked],
            }
        )
    else:
        show(outcome, say)
    return 0 if outcome.holds else NotVerified.exit_code


def show(outcome: casefile.Outcome, say: Words) -> None:
    """What was checked, what does not hold, what this check cannot show."""
    out = screen.out()
    for check in outcome.checks:
        screen.point(say(check), "✓")
    for skipped in outcome.unchecked:
        screen.point(say(skipped), "?", "yellow")
    for breach in outcome.breaches:
        screen.point(f"{breach.where}: {say(breach.what)}", "✗", "red")
    out.print()
    if outcome.holds:
        out.print(f"[bold green]{tr('The bundle holds.')}[/]")
        out.print(say(text("SHA-256 of the bundle: {digest}", digest=outcome.digest)), soft_wrap=True)
        out.print(
            tr(
                "It does not show when the journal was begun:"
                " compare its head with one that a third party holds."
            )
        )
    else:
        wrong = text("The bundle does not hold: {n} breaches.", n=len(outcome.breaches))
        out.print(f"[bold red]{say(wrong)}[/]")
