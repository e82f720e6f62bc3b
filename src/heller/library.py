"""Heller as a library: five functions on a case folder, for programs and notebooks. They call what the verbs call.

Lists come as polars frames with money in integer cents and times in UTC; whatever else is wanted stands in the claim,
typed. Everything else in this package may change from version to version; these names and columns do not.

>>> import datetime, heller
>>> case = heller.open(folder)
>>> heller.add(case, example).select("number", "known").row(0)
(1, False)
>>> shown = heller.show(case, datetime.date(2015, 6, 30))
>>> shown.outages.columns
['line', 'start', 'end', 'start_open', 'end_open', 'cause', 'strength', 'shortest_s', 'longest_s']
>>> claim = heller.claim(case, datetime.date(2015, 6, 30))
>>> claim.waterfall.due.likely.cents == shown.due.likely.cents
True
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from heller import casefile
from heller.journal.places import is_case
from heller.model.amount import Range
from heller.model.outage import OpenEnd, OpenStart, Outage

if TYPE_CHECKING:
    import polars as pl

    from heller.casefile import Verification
    from heller.model.claim import Claim

Place = str | PathLike[str]


@dataclass(frozen=True)
class Overview:
    """A case at a glance. `outages`: a row for each, times in UTC, lengths in whole seconds, null where the bound is
    open. `positions`: a row for each line of the schedule of damages, in cents, `recoverable` false where it is in no
    sum. `exhibits`: a row for each document. `due` is what is owed on the day."""

    outages: pl.DataFrame
    positions: pl.DataFrame
    exhibits: pl.DataFrame
    due: Range


def open(folder: Place, zone: str = "Europe/Berlin") -> Path:
    """The case in a folder, begun where there is none; `zone` is that of the site. Raises NotACase where the folder
    holds something else, InputRefused for a zone that there is not."""
    place = Path(fspath(folder))
    if not is_case(place):
        casefile.open_case(place, zone=zone)
    return place


def add(case: Place, *files: Place) -> pl.DataFrame:
    """Take files and folders in as exhibits; one row for each: `number` (the n of K n), `name`, `known` (it was there
    already), `records` (how many rows were read), `doubts`. Raises InputRefused; then the case is as it was."""
    import polars as pl

    found = [Path(fspath(file)) for file in files]
    rows = [
        (one.number, one.name, one.known, len(one.reading.records), len(one.reading.findings))
        for one in casefile.add(Path(fspath(case)), found)
    ]
    kinds: dict[str, Any] = {
        "number": pl.Int64,
        "name": pl.String,
        "known": pl.Boolean,
        "records": pl.Int64,
        "doubts": pl.Int64,
    }
    return pl.DataFrame(rows, schema=kinds, orient="row")


def show(case: Place, day: date | None = None) -> Overview:
    """The outages, the damage and the exhibits of a case on a day (today where none is given)."""
    found = claim(case, day)
    return Overview(_outages(found.seen), _positions(found), _exhibits(found), found.waterfall.due)


def claim(case: Place, day: date | None = None) -> Claim:
    """Who owes what on a day, with its working: the noun that dossier, letters and pages are made of."""
    return casefile.claim(Path(fspath(case)), day or date.today())


def verify(bundle: Place, anchors: Sequence[Place] = (), roots: Sequence[Place] = ()) -> Verification:
    """Check a bundle: `.holds`, `.whole` (nothing was left unchecked), `.breaches`. `anchors` are tree heads that
    somebody kept, `roots` certificates to trust in the place of the bundle's. Raises InputRefused where it cannot be
    read at all."""
    kept, trusted = ([Path(fspath(one)) for one in given] for given in (anchors, roots))
    return casefile.verify_bundle(Path(fspath(bundle)), kept=kept, roots=trusted)


def _outages(seen: Iterable[Outage]) -> pl.DataFrame:
    import polars as pl

    rows = [
        (
            one.line,
            one.start.latest,
            one.end.earliest,
            isinstance(one.start, OpenStart),
            isinstance(one.end, OpenEnd),
            one.cause.value,
            one.strength.value,
            one.shortest // timedelta(seconds=1),
            None if one.longest is None else one.longest // timedelta(seconds=1),
        )
        for one in seen
    ]
    moment = pl.Datetime("us", "UTC")
    kinds: dict[str, Any] = {
        "line": pl.String,
        "start": moment,
        "end": moment,
        "start_open": pl.Boolean,
        "end_open": pl.Boolean,
        "cause": pl.String,
        "strength": pl.String,
        "shortest_s": pl.Int64,
        "longest_s": pl.Int64,
    }
    return pl.DataFrame(rows, schema=kinds, orient="row")


def _positions(found: Claim) -> pl.DataFrame:
    import polars as pl

    rows = [
        (
            one.head,
            one.amount.low.cents,
            one.amount.likely.cents,
            one.amount.high.cents,
            one.amount.likely.currency,
            one.grade.value,
            one.recoverable,
        )
        for one in found.assessment.positions
    ]
    kinds: dict[str, Any] = {
        "head": pl.String,
        "low": pl.Int64,
        "likely": pl.Int64,
        "high": pl.Int64,
        "currency": pl.String,
        "grade": pl.String,
        "recoverable": pl.Boolean,
    }
    return pl.DataFrame(rows, schema=kinds, orient="row")


def _exhibits(found: Claim) -> pl.DataFrame:
    import polars as pl

    rows = [
        (one.number, one.name, one.digest, one.size, one.taken_in, one.withdrawn)
        for one in found.case.exhibits
    ]
    kinds: dict[str, Any] = {
        "number": pl.Int64,
        "name": pl.String,
        "sha256": pl.String,
        "size": pl.Int64,
        "taken_in": pl.Datetime("us", "UTC"),
        "withdrawn": pl.Boolean,
    }
    return pl.DataFrame(rows, schema=kinds, orient="row")
