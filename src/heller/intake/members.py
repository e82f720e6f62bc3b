"""The bytes of a file inside a file, by the path that places name: 'mail.eml!/Rechnung.pdf'."""

from __future__ import annotations

from typing import cast

from heller.intake.reading import DEPTH, MEMBERS, Container, choose, distinct
from heller.model.errors import HellerError
from heller.model.record import Blob


def inside(blob: Blob, member: str) -> Blob | None:
    """The member of a container; the file itself where none is named, None where there is no such member.

    A part that no reader opens as a container (the XML in a PDF) is shown by the file around it.
    """
    found: Blob | None = blob
    for name in [part for part in member.split("!/") if part][:DEPTH]:
        if found is None:
            return None
        readers = choose(found)
        if not readers or not hasattr(readers[0], "members"):
            return found
        try:
            members = cast("Container", readers[0]).members(found)[:MEMBERS]
        except HellerError:
            return None
        names = distinct([one.name for one in members])
        found = next((one for one, own in zip(members, names, strict=True) if own == name), None)
    return found
