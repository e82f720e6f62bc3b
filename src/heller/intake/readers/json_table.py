"""JSON that is a list of alike objects, as APIs of monitors give it: opened as the table that it is, for the readers
of tables. Formats with a reader of their own come first.
"""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.tables import json_documents, json_rows
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "json-table"
_TIMED = re.compile(
    rb'"[@\w]{0,30}(?:time|date|start|created|clock|when|changed|connected|_at|_on)\w{0,30}"\s*:',
    re.IGNORECASE,
)
_TELLS = re.compile(
    rb'"(?:status|\w{0,20}state|up|event|type|percent_packet_loss|packet_loss|value|disconnected|resolved_?(?:at|on)|'
    rb'(?:end(?:ed|s)?|closed|time|r)_?(?:at|to|time|clock)|result_code|message|text|description|duration(?:Ns)?)"\s*:',
    re.IGNORECASE,
)


def identify(head: bytes, name: str) -> Confidence:
    """20 for objects that have a time and say something: every reader that knows its own JSON is surer."""
    begins = head[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if begins in (b"[", b"{") and _TIMED.search(head[:16384]) and _TELLS.search(head[:16384]):
        return Confidence(20, text("It is a list of objects with times."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """Nothing of its own: what counts is the table inside."""
    return Reading(NAME, blob.name, findings=json_documents.documents(blob).rejected(blob))


def members(blob: Blob) -> tuple[Blob, ...]:
    """The table; none where no list of objects is in it."""
    content = json_rows.as_csv([one.value for one in json_documents.documents(blob).found])
    return (Blob(f"{blob.name}.csv", content.encode(), blob.digest, blob.until),) if content else ()
