"""The originals of a case as their readings are asked for: digest, name, and the log of a database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from heller.intake import from_disk
from heller.model.record import Blob, Reading


class Original(NamedTuple):
    """A file of the case: its digest, its name, and those of the log that belongs to a database. `excess` is what
    it took too much of when it was taken in: it is not read again."""

    digest: str
    name: str
    log: str = ""
    log_name: str = ""
    excess: str = ""

    def blob(self, get: Callable[[str], bytes]) -> Blob:
        """Its bytes, a database with its log."""
        beside = Blob(self.log_name, get(self.log), self.log) if self.log else None
        return Blob(self.name, get(self.digest), self.digest, beside=beside)


Read = Callable[[Iterable[Original]], Mapping[str, Reading]]  # what originals say, by digest


def originals(named: Mapping[str, str], excess: Mapping[str, str] = MappingProxyType({})) -> list[Original]:
    """Files by digest and name in the order in which they were taken in, each database with its log; those that
    were not read with what they took too much of."""
    logs = from_disk.logs_among(named.items())
    return [
        Original(
            digest, name, logs.get(digest, ""), named.get(logs.get(digest, ""), ""), excess.get(digest, "")
        )
        for digest, name in named.items()
    ]
