"""What was changed in a case after it was written down: taken back, restored, replaced, erased, handed out."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from msgspec import Struct

from heller.model.text import Text, text


class ChangeKind(Enum):
    """What happened."""

    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    REPLACED = "replaced"
    ROW = "row"
    LOST = "lost"
    ERASED = "erased"
    HANDED = "handed"
    JOINED = "joined"


NAMES: dict[ChangeKind, Text] = {
    ChangeKind.WITHDRAWN: text("taken back"),
    ChangeKind.RESTORED: text("counts again"),
    ChangeKind.REPLACED: text("said anew"),
    ChangeKind.ROW: text("one row corrected"),
    ChangeKind.LOST: text("original lost"),
    ChangeKind.ERASED: text("erased"),
    ChangeKind.HANDED: text("handed out"),
    ChangeKind.JOINED: text("taken over"),
}


class CaseChange(Struct, frozen=True):
    """One change: in which entry it stands, when that was written, what it is about, and why. `exhibit` is the number
    of the exhibit that it is about, 0 where it is about none."""

    entry: int
    at: datetime
    kind: ChangeKind
    what: Text
    why: str = ""
    exhibit: int = 0
