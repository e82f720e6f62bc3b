"""What a party is called: its name today, and those that it had before. Exhibits keep the names that they bear."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from heller.model.case import Case
from heller.model.kinds.succession import Succession, WhoseName

SIDES = {WhoseName.PROVIDER: "provider", WhoseName.FIRM: "firm"}


class PartyName(Struct, frozen=True):
    """`former` are the earlier names, the last one first, each with the day on which the next one began."""

    name: str
    address: str
    former: tuple[tuple[str, date], ...] = ()


def party_name(case: Case, whose: WhoseName) -> PartyName:
    """The provider or the firm as the case knows it: as stated, and as later successions call it. What another debtor
    became is not his."""
    side = SIDES[whose]
    name, address = case.fact(f"{side}.name") or "", case.fact(f"{side}.address") or ""
    former: list[tuple[str, date]] = []
    for one in sorted(case.records(Succession), key=lambda one: one.since):
        if one.party is not whose or one.debtor not in ("", name, *(before for before, _ in former)):
            continue
        if name and name != one.name:
            former.insert(0, (name, one.since))
        name, address = one.name, one.address or address
    return PartyName(name, address, tuple(former))
