"""The originals that a dossier shows, read from the case a part at a time, each checked against its digest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from heller.dossier.later import Later
from heller.journal import store


class ShownOriginals(Mapping[str, Later]):
    """Originals by digest; of closed ones `marked` is what is shown of them."""

    def __init__(self, folder: Path, digests: Iterable[str], marked: Mapping[str, bytes]) -> None:
        self._folder, self._digests = folder, dict.fromkeys(digests)
        self._found = {digest: Later.of(data) for digest, data in marked.items()}

    def __getitem__(self, digest: str) -> Later:
        if digest not in self._digests:
            raise KeyError(digest)
        if digest not in self._found:
            path = store.checked_object(self._folder, digest)
            self._found[digest] = Later(path.stat().st_size, lambda at, most: _part(path, at, most))
        return self._found[digest]

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)


def _part(path: Path, at: int, most: int) -> bytes:
    with path.open("rb", buffering=0) as file:
        file.seek(at)
        return file.read(most) or b""
