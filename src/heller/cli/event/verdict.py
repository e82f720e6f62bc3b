"""What join, split and count share: a decision about outages, written down."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from heller import casefile
from heller.casefile.writing.belong import line_named, moment
from heller.cli.note.written import write
from heller.model.kinds.grouping import Grouping, GroupingVerdict
from heller.model.span import utc


def decide(
    case: Path, verdict: GroupingVerdict, moments: Sequence[str], line: str | None, who: str, why: str
) -> None:
    """Write a decision about the outages at one moment or two."""
    known = casefile.load(case)
    one, *other = (utc(moment(raw, known.tz)) for raw in moments)
    name = line_named(known, line)
    write(case, Grouping(verdict, one, other[0] if other else None, name, who, why))
