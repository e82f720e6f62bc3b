"""One value that a document says, how well it is borne out, and where it stands."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from heller.model.finding import Locator


class Support(Enum):
    """How well a value is borne out. Only `proven`, `stated` and `given` may enter a claim unseen."""

    PROVEN = "proven"  # two independent paths agree; `by` names them
    STATED = "stated"  # one structured place says it
    COMPUTED = "computed"  # counted or added up from what the file states
    READ = "read"  # found in running text
    SEEN = "seen"  # recognised in a picture, and nothing bears it out
    GIVEN = "given"  # typed by a person
    ABSENT = "absent"  # the file does not say it


class Value(Struct, frozen=True):
    """A value as a string or a count, None where the file does not say it.

    `by` names the paths that agree (`net+vat`, `lines`, `balances`, ...), `also` the further places
    where the same value stands.
    """

    value: str | int | None
    grade: Support = Support.STATED
    source: Locator | None = None
    by: tuple[str, ...] = ()
    also: tuple[Locator, ...] = ()
