"""What a bundle keeps closed: which fields, where, and the sums that rest on them."""

from __future__ import annotations

from msgspec import Struct

from heller.model.amount import ProofGrade, Range
from heller.model.damage import NormRef

FIELDS = ("names", "wages")  # what can be asked for


class Shut(Struct, frozen=True):
    """A field that is closed: the kind of it, the entry, the place in it, its salted digest (hex)."""

    kind: str
    entry: int
    place: str
    digest: str


class StatedSums(Struct, frozen=True):
    """The sums of a head of loss in the two worlds, as the firm states them: what they rest on is closed.
    `amount`, `norm`, `reason` (a sentence of the catalogue, '' for one with figures) and `recoverable` and `apart`
    are those of its position; `event` is the key of the event that they are of, where there are several."""

    head: str
    grade: ProofGrade
    without: Range
    actual: Range
    amount: Range
    norm: NormRef
    reason: str = ""
    recoverable: bool = True
    event: str = ""
    apart: bool = False


class Closing(Struct, frozen=True):
    """What is closed in a case: the kinds that were asked for, every field, the sums that are only stated,
    and the exhibits (their numbers) that are closed as a whole."""

    kinds: tuple[str, ...]
    shut: tuple[Shut, ...] = ()
    stated: tuple[StatedSums, ...] = ()
    whole: tuple[int, ...] = ()
