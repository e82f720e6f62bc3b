"""What entries of a journal say with fields closed in them: leaves that name somebody, digests that could be tried out,
what is for the firm alone. It reads no original."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from heller.casefile.bundle import extract
from heller.intake.personal import NAMES, KnownValues
from heller.journal.canonical import Json
from heller.journal.closed_fields import ClosedEntry, close
from heller.journal.entry import Entry
from heller.journal.erasure import HANDED
from heller.journal.joined import ELSEWHERE
from heller.model.visible import readable

WAGE, ORIGINALS, ERASED = "XXXX", "originals", "erased"
MADE = (
    "dossier",
    "closed",
    HANDED,
    "recovered",
)  # entries with digests of what says more than a closed bundle
ADDRESSED = {HANDED: "to", "witness": "who"}  # entries that name whoever received something


class Bodies:
    """Closes fields in bodies. `known` are the values with their marks, `digests` those of closed originals, `private`
    the entries that state what is for the firm alone."""

    def __init__(self, salts: Mapping[int, bytes], kinds: frozenset[str]) -> None:
        self._salts, self._kinds = salts, kinds
        self.known = KnownValues({})
        self.digests: frozenset[str] = frozenset()
        self.private: frozenset[int] = frozenset()

    def shut(self, seq: int, place: str, value: Json, shown: Json, field: str = ORIGINALS) -> dict[str, Json]:
        """A closed value of an entry."""
        return close(self._salts[seq], f"{seq} {place}", field, value, shown)

    def body(self, entry: Entry, one: ClosedEntry | None) -> dict[str, Any]:
        """A body with all that is closed in it; digests of dossiers made before could be tried out."""
        body = dict(one.body if one else entry.body or {})
        if (key := ADDRESSED.get(entry.kind)) in body and NAMES in self._kinds:
            body[key] = self.shut(entry.seq, f"/{key}", body[key], WAGE, NAMES)
        if entry.kind in MADE:
            return self._made_before(entry.seq, body)
        shown = {k: self._leaf(entry.seq, f"/{k}", v) for k, v in body.items()}
        about = {body.get("corrects"), body.get("restores"), body.get("replaces"), entry.seq}
        if extract.PRIVATE in self._kinds and "why" in shown and about & self.private:  # of an own estimate
            shown["why"] = self.shut(entry.seq, "/why", body["why"], WAGE, extract.PRIVATE)
        if shown != entry.body and ELSEWHERE in shown:  # with the salt what is closed could be tried out
            told = shown[ELSEWHERE]
            shown[ELSEWHERE] = told | {"salt": self.shut(entry.seq, f"/{ELSEWHERE}/salt", told["salt"], "")}
        return shown

    def _made_before(self, seq: int, body: dict[str, Any]) -> dict[str, Any]:
        """What was made before may say what is closed now: its digests could be tried out."""
        sums = {
            k: self.shut(seq, f"/{k}", body[k], "")
            for k in ("digest", "stated", "claim", "dossier", "bundle")
            if k in body
        }
        if "files" not in body:
            return body | sums
        files = {name: self.shut(seq, f"/files/{name}", d, "") for name, d in body["files"].items()}
        return body | {"files": files}

    def _leaf(self, seq: int, place: str, value: Any) -> Any:
        if isinstance(value, dict):
            if "closed" in value and "shown" in value:
                return value
            if extract.PRIVATE in self._kinds and extract.says_private(value):
                return value | {
                    k: self.shut(seq, f"{place}/{k}", value[k], WAGE, extract.PRIVATE)
                    for k in extract.TOLD
                    if value.get(k)
                }
            return {k: self._leaf(seq, f"{place}/{k}", v) for k, v in value.items()}
        if isinstance(value, list):
            return [self._leaf(seq, f"{place}/{n}", v) for n, v in enumerate(value)]
        if not isinstance(value, str):
            return value
        said = readable(unquote(value, errors="surrogateescape")) if place == "/name_given" else value
        if (marked := self.known.marked(said)) == said:
            return value
        field = ORIGINALS if marked in self.digests else NAMES
        return self.shut(seq, place, value, marked, field)
