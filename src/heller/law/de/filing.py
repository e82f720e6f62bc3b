"""What a court takes by electronic filing: how many files of what size, how long their names, which version of the
message beside them (§§ 2, 5 ERVV). It writes no file."""

from __future__ import annotations

from datetime import date

from heller.law.book.rules import Version
from heller.law.de.rules import book
from heller.model.filing import FilingRules

RULES = ("ERVV-2", "ERVB", "XJUSTIZ")


def filing_rules(on: date) -> FilingRules:
    """The rules of a day of filing; of a day before the first that was read, those of that day."""
    limits, message = _on("ERVB", on), _on("XJUSTIZ", on)
    return FilingRules(
        files=int(limits.number("files")),
        size=int(limits.number("megabytes")) * 1_000_000,
        name=int(limits.number("name")),
        message=str(message.values["version"]),
        norms=book().norms(*RULES),
    )


def _on(id: str, on: date) -> Version:
    return book().in_force(id, max(on, book().rule(id).versions[0].since))
