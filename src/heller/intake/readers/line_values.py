"""Reads the values of a line that `heller watch` keeps of a router: a row for each look, headed by the names of its
fields. They stand beside an outage and make none.
"""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.written import numbers
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.line_values import LineLook, LineValues
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "line-values"
_HEAD = b"at;up;rate_down;rate_up;margin_down;"


def identify(head: bytes, name: str) -> Confidence:
    """97 for its own headings."""
    if head.lstrip(b"\xef\xbb\xbf")[: len(_HEAD)] == _HEAD:
        return Confidence(97, text("It holds the values of a line that a watch kept."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One series; the times have their offset."""
    rows = list(csv.DictReader(io.StringIO(numbers.decode(blob.data), newline=""), delimiter=";"))
    looks = [_look(row) for row in rows]
    found = sorted((look for look in looks if look), key=lambda look: look.at)
    bad = len(rows) - len(found)
    source = Locator(blob.digest, "row 1")
    findings = []
    if bad:
        said = text("{n} rows of the values of the line could not be read.", n=bad)
        findings.append(Finding("line-values.unread", said, None, Weight.WARNING, source))
    device = blob.name.partition(".")[0].removeprefix("router-")
    records = (LineValues(device, tuple(found), source),) if found else ()
    return Reading(NAME, device, records, tuple(findings), len(rows), bad)


def _look(row: dict[str, Any]) -> LineLook | None:
    """A look; None where it has no time with offset or a value that is none."""
    said = {key: value for key, value in row.items() if key and value not in ("", None)}
    try:
        at = datetime.fromisoformat(said.pop("at"))
        up = {"1": True, "0": False}.get(said.pop("up", ""))
        if at.tzinfo is None:
            return None
        return msgspec.convert({"at": at.astimezone(UTC), "up": up, **said}, LineLook, strict=False)
    except (KeyError, ValueError, TypeError, AttributeError, msgspec.ValidationError):
        return None
