"""heller journal check: check a proof from its text alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller.cli import screen
from heller.cli.journal import handing
from heller.cli.options import AsJson
from heller.cli.screen import tr
from heller.journal import checkpoint
from heller.journal.anchor import Anchor, read_anchor
from heller.journal.checking import proof
from heller.model.errors import NotVerified
from heller.model.text import Text, text

PLACE = 50
VERB = text("Check such a proof from its text alone, without the case.")


def run(
    file: Annotated[Path, Parameter(help=tr("The proof, as heller journal prove or grown wrote it."))],
    *,
    anchor: Annotated[
        Path | None,
        Parameter(help=tr("An anchor that you hold: for grown the earlier one, for prove the one it is in.")),
    ] = None,
    key: Annotated[
        Path | None, Parameter(help=tr("Public Ed25519 key (PEM) that must have signed the head."))
    ] = None,
    json: AsJson = False,
) -> int:
    """Check such a proof from its text alone, without the case."""
    said = handing.read(file).decode("utf-8", "replace")
    held = _anchor(anchor)
    faults: list[Text] = []
    head, facts, body = _checked(said, held, faults)
    if key is not None and head is not None and not checkpoint.holds(head, handing.public(key)):
        faults.append(text("The key did not sign this head."))
    if json:
        say = screen.words()
        screen.as_json({"holds": not faults, "faults": [say(f) for f in faults], "said": body, **facts})
    else:
        _show(facts, body, faults, unbound=anchor is None and key is None)
    return NotVerified.exit_code if faults else 0


def _anchor(path: Path | None) -> Anchor | None:
    try:
        return None if path is None else read_anchor(handing.read(path))
    except ValueError as error:
        raise handing.refusal(text("{name} is no anchor.", name=Path(str(path)).name)) from error


Facts = dict[str, str | int]
LABELS: dict[str, Text] = {
    "entry": text("Entry"),
    "kind": text("Kind"),
    "wall": text("Clock of its machine"),
    "then": text("Entries then"),
    "case": text("Case"),
    "size": text("Entries under the head"),
}


def _checked(
    said: str, held: Anchor | None, faults: list[Text]
) -> tuple[checkpoint.Checkpoint | None, Facts, dict[str, object] | None]:
    """The head, what is proven, and what the entry says."""
    try:
        if said.startswith("old "):
            return _grown(said, held)
        found = proof.read_proof(said)
    except ValueError as error:
        why = error.why if isinstance(error, proof.ProofRefused) else text("Something in it cannot be read.")
        faults.append(text("The proof does not hold: {reason}", reason=why))
        return None, {}, None
    head = found.head
    if held is not None and (held.origin, held.size, held.root) != (head.origin, head.size, head.root):
        faults.append(text("The head is not that of the anchor."))
    facts: Facts = {"entry": found.line.seq, "kind": found.line.kind, "wall": found.line.wall}
    return head, {**facts, "case": head.origin, "size": head.size}, found.body


def _grown(said: str, held: Anchor | None) -> tuple[checkpoint.Checkpoint, Facts, None]:
    if held is None:
        raise handing.refusal(text("A proof of growth is checked against the earlier anchor: --anchor."))
    grown = proof.read_growth(said, held)
    return grown.head, {"then": grown.old, "case": grown.head.origin, "size": grown.head.size}, None


def _show(facts: Facts, body: dict[str, object] | None, faults: list[Text], *, unbound: bool) -> None:
    say, out = screen.words(), screen.out()
    screen.labels([(say(LABELS[key]), str(what)) for key, what in facts.items()])
    if body is not None:
        screen.heading(tr("What it says"))
        screen.as_json(body)
    out.print()
    for fault in faults:
        screen.point(say(fault), "✗", "red")
    if faults:
        return
    out.print(tr("The proof holds."), style="bold green")
    if unbound:
        out.print(
            tr(
                "It holds in itself. Compare its head with an anchor that you hold, or that was stamped:"
                " --anchor FILE"
            ),
            soft_wrap=True,
        )
