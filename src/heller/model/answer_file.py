"""The answer file of the other side, heller-answer/1, as it is written: money in integer cents, no float.

What is signed and what has the digest is the object `answer` as its one encoding: keys sorted, no blanks, UTF-8. The
schema is `heller-answer-1.schema.json` beside this file.
"""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256

import msgspec
from msgspec import Struct

from heller.model.kinds.item_ruling import CutReason, RulingKind
from heller.model.money import Money

SCHEMA = "heller-answer/1"


class NamedBundle(Struct, frozen=True, forbid_unknown_fields=True):
    """The bundle that is answered: SHA-256 of the file, last line and length of the journal in it, day of its claim."""

    sha256: str
    head: str
    entries: int
    as_of: date


class FileRuling(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A ruling as the file writes it."""

    item: str
    title: str
    asked: Money
    ruling: RulingKind
    agreed: Money
    reason: CutReason | None = None
    words: str = ""
    paper: str = ""
    until: date | None = None
    ground: str = ""


class TriedFigure(Struct, frozen=True, forbid_unknown_fields=True):
    """Another reading that was tried, and what would be due under it."""

    what: str
    due: Money


class AnswerBody(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is said, as it is signed."""

    bundle: NamedBundle
    round: int
    on: date
    by: str
    rulings: tuple[FileRuling, ...]
    before: str = ""
    words: str = ""
    offer: Money | None = None
    until: date | None = None
    tried: tuple[TriedFigure, ...] = ()

    @property
    def encoded(self) -> bytes:
        """Its one encoding."""
        plain = msgspec.to_builtins(self)
        return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    @property
    def digest(self) -> str:
        """The SHA-256 of its encoding."""
        return sha256(self.encoded).hexdigest()


class AnswerFile(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The file: what is said, its digest; key and signature where somebody signed, and the token of who stamped the
    digest, all in base64."""

    schema: str
    answer: AnswerBody
    sha256: str
    key: str = ""
    signature: str = ""
    stamp: str = ""

    @property
    def written(self) -> bytes:
        """Its bytes."""
        plain = msgspec.to_builtins(self)
        return json.dumps(plain, sort_keys=True, indent=1, ensure_ascii=False).encode() + b"\n"
