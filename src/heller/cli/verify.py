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
from heller.journal.bundle import TOKEN
from heller.journal.entry import BreachCause
from heller.model.errors import NewerFormat, NotVerified, UnfinishedCopy
from heller.model.text import Text, text

PLACE = 260
VERB = text("Check a bundle: every digest, every entry, every figure, every page.")

CODES = {BreachCause.NEWER: NewerFormat.exit_code, BreachCause.UNFINISHED: UnfinishedCopy.exit_code}
HOLDS_IN_PART = 13  # exit code: all that was checked holds, and something was not checked


def run(
    bundle: Annotated[Path, Parameter(help=tr("The ZIP file that came with the dossier."))],
    *,
    anchor: Annotated[
        tuple[Path, ...], Parameter(help=tr("A tree head that somebody received earlier; may be repeated."))
    ] = (),
    root: Annotated[
        tuple[Path, ...],
        Parameter(help=tr("A root certificate to trust instead of the bundle's; may be repeated.")),
    ] = (),
    pdf: Annotated[
        tuple[Path, ...], Parameter(help=tr("A stamped or signed copy of its dossier; may be repeated."))
    ] = (),
    opening: Annotated[
        tuple[Path, ...],
        Parameter(help=tr("Disclosures of redacted fields (heller open-field); may be repeated.")),
    ] = (),
    original: Annotated[
        tuple[Path, ...],
        Parameter(help=tr("An original that was handed over with a disclosure; may be repeated.")),
    ] = (),
    json: AsJson = False,
) -> int:
    """Check a bundle."""
    say = screen.words()
    with screen.progress("") as done:
        outcome = casefile.verify_bundle(
            bundle, lambda said: done(say(said)), anchor, root, pdf, opening, original
        )
    if json:
        screen.as_json(_plain(outcome, say))
    else:
        show(outcome, say)
    if not outcome.holds:
        return CODES.get(outcome.cause, NotVerified.exit_code)
    if outcome.newer:
        return NewerFormat.exit_code
    return 0 if outcome.whole else HOLDS_IN_PART


def _plain(outcome: casefile.Verification, say: Words) -> dict[str, object]:
    """What was found, for machines."""
    return {
        "holds": outcome.holds,
        "whole": outcome.whole,
        "made_by": outcome.made_by,
        "sha256": outcome.digest,
        "journal_head": outcome.head,
        "checked": [say(c) for c in outcome.checks],
        "breaches": [{"where": b.where, "what": say(b.what)} for b in outcome.breaches],
        "not_checked": [say(u) for u in outcome.unchecked],
        "remarks": [say(r) for r in outcome.remarks],
        "closed": [say(c) for c in outcome.closed],
        "opened": [say(o) for o in outcome.opened],
        "stamps": [
            {
                "file": s.name,
                "time": s.token.time.isoformat().replace("+00:00", "Z"),
                "by": s.token.signer,
                "certificate": s.token.certificate,
                "root": s.root,
                "revocation_known": s.unrevoked,
            }
            for s in outcome.stamps
        ],
    }


def show(outcome: casefile.Verification, say: Words) -> None:
    """What was checked, what does not hold, what this check cannot show."""
    out = screen.out()
    for skipped in outcome.unchecked:
        screen.point(say(skipped), "?", "bold yellow")
    for check in outcome.checks:
        screen.point(say(check), "✓")
    for remark in outcome.remarks:
        screen.point(say(remark), "?", "yellow")
    for shut in outcome.closed:
        screen.point(say(shut), "■")
    for opened in outcome.opened:
        screen.point(say(opened), "□", "cyan")
    for breach in outcome.breaches:
        screen.point(f"{breach.where}: {say(breach.what)}", "✗", "red")
    for said in stamp_lines(outcome):
        screen.point(say(said), "·", "cyan")
    if outcome.made_by:
        screen.point(say(text("The dossier was made by {program}.", program=outcome.made_by)), "·", "cyan")
    out.print()
    if outcome.holds:
        out.print(say(text("SHA-256 of the bundle: {digest}", digest=outcome.digest)), soft_wrap=True)
        out.print(say(limit(outcome)))
    verdict, style = last_line(outcome, say)
    out.print(verdict, style=style, soft_wrap=True)


def last_line(outcome: casefile.Verification, say: Words) -> tuple[str, str]:
    """The verdict and its style: it holds, it holds but for what was not checked, or it does not hold."""
    if outcome.whole:
        return tr("The bundle holds."), "bold green"
    if outcome.newer:
        return tr(
            "The bundle holds as far as this Heller knows its form; a newer one made it."
        ), "bold yellow"
    if outcome.holds:
        part = text(
            "The bundle holds but for what was not checked: {n} points, named first.",
            "The bundle holds but for what was not checked: one point, named first.",
            n=len(outcome.unchecked),
        )
        return say(part), "bold yellow"
    if outcome.cause is BreachCause.NEWER:
        said = text(
            "A newer Heller made this bundle; this one cannot judge it. Check it with the newer version."
        )
        return say(said), "bold yellow"
    if outcome.cause is BreachCause.UNFINISHED:
        said = text("The bundle is not whole: the copy or the download is not finished. Copy it again.")
        return say(said), "bold yellow"
    wrong = text(
        "The bundle does not hold: {n} breaches.",
        "The bundle does not hold: one breach.",
        n=len(outcome.breaches),
    )
    return say(wrong), "bold red"


def stamp_lines(outcome: casefile.Verification) -> list[Text]:
    """Each time stamp: when, by whom, over what, and which root it leads to."""
    said = []
    for stamp in outcome.stamps:
        about = stamp.about.rpartition("/")[2]
        if stamp.name == TOKEN:
            what = text(
                "{at}: {who} stamped all files of the bundle.", at=stamp.token.time, who=stamp.token.signer
            )
        else:
            what = text(
                "{at}: {who} stamped the tree head {about}.",
                at=stamp.token.time,
                who=stamp.token.signer,
                about=about,
            )
        said.append(what)
    roots = sorted({stamp.root for stamp in outcome.stamps})
    said += [text("They lead to the root with the SHA-256 {root}.", root=root) for root in roots]
    return said


def limit(outcome: casefile.Verification) -> Text:
    """What this check cannot show."""
    if outcome.stamps:
        return text(
            "It does not show when the journal was begun before its first stamp. Is the root the one that the "
            "authority publishes? Name your own copy with --root."
        )
    return text(
        "It does not show when the journal was begun: compare a tree head that a third party received earlier, "
        "with --anchor."
    )
