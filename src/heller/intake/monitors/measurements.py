"""One measurement after the other, as programs write them: the nouns of `series` and its table, and what of a cell
they read alike."""

from __future__ import annotations

from typing import NamedTuple

LOOKED_AT = 40  # rows by which a form is told
ENOUGH = 0.8  # share of them that must fit


class Measured(NamedTuple):
    """One measurement: its row, its stamp as written, whom it asked; lost, or how long it took in seconds. `local`: the
    own host could not send. `whole`: the row as it stands."""

    row: int
    stamp: str
    target: str
    lost: bool
    rtt: float
    local: bool = False
    whole: str = ""


class Series(NamedTuple):
    """The measurements of a file, the rows that are none, and whether in some of them nothing has a value: they
    count as a loss of the first target."""

    values: list[Measured]
    bad: list[tuple[int, str]]
    blank: bool = False


def share_in(raw: str) -> float | None:
    """A number with or without a sign of per cent; None for what is none."""
    try:
        return float(raw.strip().removesuffix("%").replace(",", "."))
    except ValueError:
        return None
