"""The originals that a dossier shows, read from the case each time they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from heller.journal import store


class ShownOriginals(Mapping[str, bytes]):
    """Bytes by digest; of closed ones `marked` is what is shown of them."""

    def __init__(self, folder: Path, digests: Iterable[str], marked: Mapping[str, bytes]) -> None:
        self._folder, self._digests, self._marked = folder, dict.fromkeys(digests), marked

    def __getitem__(self, digest: str) -> bytes:
        if digest not in self._digests:
            raise KeyError(digest)
        return self._marked[digest] if digest in self._marked else store.get_object(self._folder, digest)

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)
