"""Which business rules the e-invoice in a file breaks, checked in the process that opens foreign files."""

from __future__ import annotations

from heller.casefile.apart import process
from heller.casefile.apart.budget import Excess, OverBudget
from heller.casefile.derived.nouns import Nouns
from heller.model.errors import InputRefused
from heller.model.finding import Finding
from heller.model.record import Blob
from heller.model.text import text

NOUNS = Nouns(lambda column: column, lambda raw: raw)
SURE = 90  # how sure the reader of e-invoices must be before its rules are asked
Findings = tuple[Finding, ...]


def broken_rules(blob: Blob) -> Findings | None:
    """What it breaks of EN 16931; None where there is no e-invoice in it. Raises InputRefused where checking it costs
    more than a file may."""
    try:
        found = process.ask("rules", (blob.name, blob.digest), [blob.data])
    except (OverBudget, process.Broken) as error:
        excess = error.excess if isinstance(error, OverBudget) else Excess.ENDED
        raise InputRefused(
            text("The rules were not checked against {name}: {why}.", name=blob.name, why=excess.said),
            text("Values are only taken from a file that can be read with certainty."),
            text("Leave --rules out to see what the file says."),
        ) from error
    broken: Findings | None = None if found is None else NOUNS.decode(found, Findings)
    return broken


def packed_rules(name: str, digest: str, data: bytes) -> bytes | None:
    """The same, checked here and now, as bytes."""
    from heller.intake.einvoice import en16931
    from heller.intake.einvoice.xml import Source
    from heller.intake.readers import einvoice, pdf

    blob = Blob(name, data, digest)
    head = data[:65536]
    invoices = [("", data)] if einvoice.identify(head, name).score >= SURE else []
    if pdf.identify(head, name).score:
        invoices = pdf.invoices(blob)[:1]
    if not invoices:
        return None
    broken = (one for member, xml in invoices for one in en16931.check(xml, Source(digest, member)))
    return NOUNS.encode(tuple(broken), Findings)
