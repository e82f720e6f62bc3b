"""Lines: what every room needs to know of them."""

from __future__ import annotations

from heller.model.line import AccessLine, LineRole
from heller.model.record_kind import NOBODY, RecordKind
from heller.model.text import Text, text

ROLES: dict[LineRole, Text] = {
    LineRole.MAIN: text("Main line"),
    LineRole.BACKUP: text("Backup line"),
    LineRole.MOBILE: text("Mobile backup"),
    LineRole.BRANCH: text("Line of a branch"),
}


def _line(record: AccessLine) -> tuple[object, ...]:
    return (record.name, ROLES[record.role], record.site, record.backs, ", ".join(record.signs))


KIND = RecordKind(AccessLine, text("Lines"), "notes", _line, NOBODY)
