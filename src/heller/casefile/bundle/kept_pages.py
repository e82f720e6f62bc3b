"""Pages of exhibits that were made before, kept under `derived/pages/` by the digest of their original.

They depend on the original and on the programs that draw, whose versions are the edition of the shelf. `verify`
does not look here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import msgspec

from heller.casefile.bundle.drawn_pages import NOT_DRAWN
from heller.casefile.derived.shelf import Shelf
from heller.dossier import printable
from heller.dossier.printable import Pages

ROOM = "pages"
DRAWING = ("heller", "pikepdf", "pillow", "pypdfium2")


class KeptPages(MutableMapping[str, Pages]):
    """Pages by digest; in memory where the disk does not take them. `not_drawn` are the digests of those of which
    somebody learnt here that drawing them costs too much."""

    def __init__(self, case: Path, never: Iterable[str] = ()) -> None:
        """What is `never` to be drawn is not."""
        said = repr((printable.VERSION, [version(name) for name in DRAWING]))
        self._shelf = Shelf(case, ROOM, sha256(said.encode()).hexdigest()[:32])
        self._held: dict[str, Pages] = dict.fromkeys(never, NOT_DRAWN)
        self.not_drawn: set[str] = set()

    def __getitem__(self, digest: str) -> Pages:
        found = self._held.get(digest) or self._shelved(digest)
        if found is None:
            raise KeyError(digest)
        self._note(digest, found)
        return found

    def _shelved(self, digest: str) -> Pages | None:
        data = self._shelf.get(digest)
        try:
            return None if data is None else msgspec.msgpack.decode(data, type=Pages)
        except msgspec.DecodeError:
            return None

    def _note(self, digest: str, pages: Pages) -> None:
        if pages.excess:
            self.not_drawn.add(digest)

    def __setitem__(self, digest: str, pages: Pages) -> None:
        self._note(digest, pages)
        if not self._shelf.put(digest, msgspec.msgpack.encode(pages)):
            self._held[digest] = pages

    def __delitem__(self, digest: str) -> None:
        self._held.pop(digest, None)
        self._shelf.drop(digest)

    def __iter__(self) -> Iterator[str]:
        kept = self._shelf.folder.iterdir() if self._shelf.folder.is_dir() else ()
        return iter((*self._held, *(path.name for path in kept)))

    def __len__(self) -> int:
        return sum(1 for _ in self)
