"""heller explain: a figure, a bound or a verdict with the whole tree of its working, down to the exhibits."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller import casefile, pipeline
from heller.casefile.examination import examine
from heller.cli import screen
from heller.cli.options import AsJson, AsOf
from heller.cli.screen import tr
from heller.dossier.refs import Refs
from heller.dossier.wording import Words
from heller.model.claim import Claim
from heller.model.errors import InputRefused
from heller.model.text import text
from heller.model.working_tree import WorkingTree

PLACE = 196
VERB = text("A figure, a bound or a verdict with the whole tree of its working, down to the exhibits.")


def run(
    case: Annotated[Path, Parameter(help=tr("The case folder, or a bundle."))],
    what: Annotated[
        str | None,
        Parameter(help=tr("What is explained, such as due, overtime or outage.1.start; else the list.")),
    ] = None,
    *,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """A figure, a bound or a verdict with the whole tree of its working; without WHAT the list of what there is."""
    claimed = _claim(case, as_of)
    if what is None:
        for name in pipeline.explicable(claimed):
            screen.out().print(name)
        return
    tree = explained(claimed, what)
    say = screen.words(claimed.case.tz, claimed.case.trade)
    if json:
        screen.as_json(plain(tree, Refs(claimed.case.exhibits, say), say))
    else:
        show(tree, Refs(claimed.case.exhibits, say), say)


def _claim(place: Path, as_of: str | None) -> Claim:
    """The claim of a case on a day, or of a bundle on its own day."""
    say = screen.words()
    if place.is_dir():
        with screen.progress(tr("Reading")) as done:
            return casefile.claim(place, screen.as_day(as_of, place), done)
    with screen.progress("") as done:
        return examine(place, lambda said: done(say(said))).claim


def explained(claimed: Claim, what: str) -> WorkingTree:
    """The tree of what is named; raises InputRefused."""
    try:
        return pipeline.explain(claimed, what)
    except LookupError as error:
        raise InputRefused(
            text("There is nothing called '{what}' to explain.", what=what),
            text("A figure, a bound or a verdict of the claim is explained by its name."),
            text("There are: {names}", names=", ".join(pipeline.explicable(claimed))),
        ) from error


def show(tree: WorkingTree, refs: Refs, say: Words) -> None:
    """Each node on a line of its own, its parts below it and further in."""
    for path, node in tree.walk():
        inset = "  " * len(path)
        amount = f"  {say.span_of_money(node.amount)}" if node.amount is not None else ""
        places = ", ".join(ref.label for ref in refs(node.sources))
        rule = f"  ({node.norm.cite}, {node.norm.mark})" if node.norm is not None else ""
        line = f"{inset}{say(node.label)}{amount}{rule}" + (f"  [{places}]" if places else "")
        screen.out().print(line, style="bold" if not path else "", soft_wrap=True)
        if node.reason is not None:
            screen.out().print(f"{inset}  {say(node.reason)}", style="dim", soft_wrap=True)


def plain(tree: WorkingTree, refs: Refs, say: Words) -> dict[str, object]:
    """The tree for machines, said in the language of the run."""
    return {
        "label": say(tree.label),
        "amount": tree.amount,
        "reason": say(tree.reason) if tree.reason is not None else None,
        "rule": tree.norm,
        "places": [{"sha256": one.object, "place": one.place, "raw": one.raw} for one in tree.sources],
        "exhibits": [ref.label for ref in refs(tree.sources)],
        "parts": [plain(part, refs, say) for part in tree.parts],
    }
