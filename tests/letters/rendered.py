"""Every letter of the shipped case as text. Run as a module it writes the golden files beside it: look at the
difference before you keep it."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from heller import casefile
from heller.cli import demo
from heller.dossier.letter_frame import Occasion, plain
from heller.dossier.letters import letters
from heller.dossier.writer import Pen
from heller.intake.written.numbers import moment
from heller.model.claim import Claim
from heller.model.errors import InputRefused
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.policy import Policy, PolicyKind
from heller.model.money import Money

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "examples" / "2015-companyconnect"
AS_OF = date(2015, 6, 30)


def claim(folder: Path) -> Claim:
    """The shipped case, with a policy and a refusal that pleads force majeure, and always the same reference."""
    casefile.open_case(folder)
    casefile.add(folder, demo.inputs(EXAMPLE))
    insurer = Policy(PolicyKind.LEGAL_EXPENSES, "Beispiel Rechtsschutz AG (erfunden)")
    said_no = replace(insurer, refused=date(2015, 6, 22), refusal="Höhere Gewalt ist nicht versichert.")
    casefile.note(folder, said_no)
    at = moment("20.06.2015 10:00", "", casefile.zone(folder))
    assert at is not None
    said = "Das war höhere Gewalt, wir zahlen nicht."
    casefile.note(folder, Contact(at, ContactKind.REFUSAL, "Brief", "Beschwerdestelle", said))
    made = casefile.claim(folder, AS_OF)
    return replace(made, case=replace(made.case, id="0" * 64))


def rendered(claimed: Claim, lang: str) -> str:
    """All letters in the order of their places; one that cannot be written says why."""
    pen, found = Pen(claimed, lang), []
    for kind in letters().values():
        try:
            body = plain(kind.write(pen, Occasion(amount=Money.of("9000.00")))).body
        except InputRefused as refused:
            body = f"{pen(refused.what)}\n{pen(refused.do)}\n"
        found.append(f"=== {kind.name}: {pen(kind.title)}\n\n{body}")
    return "\n".join(found)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        made = claim(Path(scratch) / "case")
    for language in ("de", "en"):
        (HERE / f"shipped.{language}.txt").write_text(rendered(made, language))
