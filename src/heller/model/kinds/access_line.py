"""Lines: what every room needs to know of them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from heller.model.finding import Locator
from heller.model.record_field import AnswerSet, RecordForm, choice, words, yes_no
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import Text, text

ALL = "all"  # what belongs to every line


class LineRole(Enum):
    """What a line is for."""

    MAIN = "main"
    BACKUP = "backup"  # stands in while another line is dead
    MOBILE = "mobile"  # a backup over the mobile network
    BRANCH = "branch"  # the line of another site


class AccessLine(RecordNoun, frozen=True, tag="line"):
    """A line by the name that the firm gives it.

    `signs` are what its logs and papers are known by: addresses, ports, devices, contract numbers, parts of file
    names. `backs` is the line that it stands in for; `carried` says whether the firm could work over it while
    that one was dead (None: nobody said). A line that is stated again is what was said last.
    """

    name: str
    role: LineRole = LineRole.MAIN
    site: str = ""
    signs: tuple[str, ...] = ()
    backs: str = ""
    carried: bool | None = None
    source: Locator | None = None

    @property
    def stands_in(self) -> bool:
        """Whether it is there for the time in which another line is dead."""
        return self.role in (LineRole.BACKUP, LineRole.MOBILE)


ROLES: dict[LineRole, Text] = {
    LineRole.MAIN: text("Main line"),
    LineRole.BACKUP: text("Backup line"),
    LineRole.MOBILE: text("Mobile backup"),
    LineRole.BRANCH: text("Line of a branch"),
}


def _faults(record: AccessLine) -> Iterator[tuple[str, Text]]:
    if not record.name.strip() or record.name.casefold() == ALL:
        yield "name", text("A line cannot be called that: it is said of all lines.")


FIELDS = (
    words("name", text("Name of the line"), listed=True),
    choice("role", text("What is the line for?"), AnswerSet(ROLES), listed=True),
    words("site", text("Site"), listed=True),
    words("backs", text("Line that it stands in for"), listed=True),
    yes_no("carried", text("Could the firm work over it?")),
    words("signs", text("What it is known by: addresses, devices, contract numbers"), many=True, listed=True),
)
FORMS = (
    RecordForm(
        "line", 25, text("State a line of the firm: main, backup, branch ..."), ("name",), german="anschluss"
    ),
)
KIND = RecordKind(AccessLine, text("Lines"), "notes", FIELDS, FORMS, faults=_faults, timeless=True)
