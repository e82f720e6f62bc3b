"""A folder of files that may be deleted: each whole or not there, and believed only where its digest fits.

A digest tells damage, not forgery: whoever wants to know that a claim follows from its journal verifies a
bundle, and that looks at no shelf.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

HOME = Path("derived")


class Shelf:
    """What one edition of the program keeps in one room of a case; what other editions kept is cleared away."""

    def __init__(self, case: Path, room: str, edition: str) -> None:
        self.folder = case / HOME / room / edition

    def get(self, name: str) -> bytes | None:
        """What is kept under a name; None where nothing is, or it is damaged."""
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            return None
        return data[32:] if data[:32] == _seal(name, data[32:]) else None

    def part(self, name: str, start: int, length: int) -> bytes:
        """Some bytes of what is kept under a name, unchecked; fewer where it ends or cannot be read."""
        try:
            with (self.folder / name).open("rb") as file:
                file.seek(32 + start)
                return file.read(length)
        except OSError:
            return b""

    def put(self, name: str, data: bytes | bytearray, *, most: int = 0) -> bool:
        """Keep it; False where the disk does not take it, as a read-only one. Of more than `most` files the
        oldest go (0: all stay)."""
        try:
            if not self.folder.is_dir():
                self.folder.mkdir(parents=True)
                self._clear()
            with NamedTemporaryFile(dir=self.folder, prefix=".", delete=False) as file:
                file.write(_seal(name, data))
                file.write(data)
            Path(file.name).replace(self.folder / name)
            if most:
                self._thin(most)
        except OSError:
            return False
        return True

    def drop(self, name: str) -> None:
        """Take away what is kept under a name."""
        with suppress(OSError):
            (self.folder / name).unlink()

    def _clear(self) -> None:
        """Take away what other editions kept."""
        for other in self.folder.parent.iterdir():
            if other != self.folder and other.is_dir():
                for path in other.iterdir():
                    path.unlink(missing_ok=True)
                other.rmdir()

    def _thin(self, most: int) -> None:
        paths = sorted(self.folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        for path in paths[:-most]:
            path.unlink(missing_ok=True)


def _seal(name: str, data: bytes | bytearray) -> bytes:
    """The digest over the name and the data: a file under another's name is not believed either."""
    whole = sha256(name.encode() + b"\0")
    whole.update(data)
    return whole.digest()
