"""What originals say, read once and kept by digest; anew where nothing is kept or it is damaged.

The columns of logs lie apart from the rest and are fetched when somebody looks at them. It decides nothing
about what a reading means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from heller.casefile.apart.budget import Excess
from heller.casefile.derived import program
from heller.casefile.derived.nouns import Nouns
from heller.casefile.derived.originals import Original
from heller.casefile.derived.premises import Premises
from heller.casefile.derived.reading_anew import anew, unread
from heller.casefile.derived.shelf import HOME, Shelf
from heller.model.column import Column
from heller.model.record import Reading

ROOM = "readings"
OCR = "ocr"  # what was recognised on pictures
DAMAGED = (msgspec.MsgspecError, ValueError, TypeError, KeyError, IndexError)  # what other bytes raise


class Place(NamedTuple):
    """Where a column is kept: of which original, which bytes behind its reading, and their digest."""

    original: Original
    kind: str
    size: int
    start: int
    length: int
    digest: str


class KeptColumn(Column):
    """A column that lies on the shelf."""

    def __init__(self, place: Place, fetch: Callable[[], bytes]) -> None:
        super().__init__(place.kind, place.size, fetch)
        self.place = place


class Readings:
    """The readings of one case. `get` gives the bytes of an original; `done` is told each name that is read."""

    def __init__(
        self,
        case: Path,
        premises: Premises,
        get: Callable[[str], bytes],
        done: Callable[[str], None] = lambda name: None,
    ) -> None:
        self._case, self._premises, self._get, self._done = case, premises, get, done
        self._under = premises.digest
        self._shelf = Shelf(case, ROOM, program.reading())
        self._nouns = self.nouns(lambda column: column)

    def nouns(self, put: Callable[[Column], Any]) -> Nouns:
        """Packs nouns and takes columns from here."""
        return Nouns(put, self._column_of)

    def __call__(self, wanted: Iterable[Original]) -> dict[str, Reading]:
        """What each says, by digest."""
        return {original.digest: self.kept(original) or self._new_reading(original) for original in wanted}

    def _name(self, original: Original) -> str:
        return sha256(repr((original, self._under)).encode()).hexdigest()[:40]

    def kept(self, original: Original) -> Reading | None:
        """What was read from an original before; None where nothing is kept."""
        data = self._shelf.get(self._name(original))
        try:
            found: Reading | None = None if data is None else self._nouns.decode(data, Reading)
        except DAMAGED:
            return None
        return found

    def _new_reading(self, original: Original) -> Reading:
        """Read now and keep it: the columns in a file of their own, then the rest, which names them."""
        reading = self._anew(original)
        self._done(original.name)
        columns = bytearray()

        def put(column: Column) -> Place:
            start, data = len(columns), column.data
            columns.extend(data)
            digest = sha256(data).hexdigest()
            return Place(original, column.kind, column.size, start, len(data), digest)

        packed = self.nouns(put).encode(reading, Reading)
        name = self._name(original)
        if columns and not self._shelf.put(f"{name}.columns", columns):
            return reading
        if not self._shelf.put(name, packed):
            return reading
        kept: Reading = self._nouns.decode(packed, Reading)
        return kept

    def _anew(self, original: Original) -> Reading:
        if original.excess:
            return unread(original.name, original.digest, Excess(original.excess))
        known = self._premises
        return anew(original.blob(self._get), known.zone, known.layouts, self._case / HOME / OCR)

    def _column_of(self, raw: list[Any]) -> KeptColumn:
        place = Place(Original(*raw[0]), *raw[1:])
        return KeptColumn(place, lambda: self._column(place))

    def _column(self, place: Place) -> bytes:
        """The bytes of a column; where they are damaged, those of the original read anew."""
        name = self._name(place.original)
        data = self._shelf.part(f"{name}.columns", place.start, place.length)
        if sha256(data).hexdigest() == place.digest:
            return data
        self._shelf.drop(name)
        found: dict[str, bytes] = {}

        def put(column: Column) -> None:
            found[sha256(column.data).hexdigest()] = column.data

        self.nouns(put).encode(self._anew(place.original), Reading)
        return found[place.digest]
