"""What the journal says of how its originals are read: the zone of the site, layouts that a person confirmed.

Nothing of the machine is asked, so another machine reads the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from heller.casefile.fold import zone_of
from heller.intake.bank import profile
from heller.intake.bank.profile import Profile
from heller.journal.entry import Entry

LAYOUT = "layout"  # the kind of entry that holds the confirmed layout of a bank's table


class Premises(Struct, frozen=True):
    """Zone of the site, and confirmed layouts of tables by the fingerprint of their headings."""

    zone: ZoneInfo
    layouts: dict[str, Profile] = {}

    @property
    def digest(self) -> str:
        """What tells premises apart under which the same file may be read in another way."""
        said = msgspec.json.encode([self.zone.key, self.layouts], order="sorted")
        return sha256(said).hexdigest()


def premises_of(entries: Sequence[Entry]) -> Premises:
    """The premises as a journal leaves them: of two layouts for the same headings the later one counts, none
    that was taken back. What is no layout is none, and its table unknown."""
    back = {e.body.get("corrects") for e in entries if e.kind == "correction" and e.body is not None}
    found = {}
    for entry in entries:
        if entry.kind == LAYOUT and entry.body is not None and entry.seq not in back:
            try:
                found[str(entry.body["headings"])] = profile.read_plain(entry.body["profile"])
            except (msgspec.ValidationError, KeyError):
                continue
    return Premises(ZoneInfo(zone_of(entries)), found)


def layout_entries(layouts: dict[str, Profile], known: Premises) -> list[tuple[str, dict[str, object]]]:
    """Entries for layouts that the journal does not hold in this form yet."""
    return [
        (LAYOUT, {"headings": key, "profile": profile.plain(one)})
        for key, one in sorted(layouts.items())
        if known.layouts.get(key) != one
    ]
