"""Reads a sealed segment of a watch: whom it asked, over which uplink, when it ran, how many were lost.

The samples themselves stay in the file; who decides about outages opens it (`heller.intake.monitors.sealed_samples`).
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from heller.intake.monitors.sealed_samples import MAGIC, open_segment
from heller.intake.reading import NOT_MINE, Confidence
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.summary import Summary
from heller.model.record import Blob, Reading
from heller.model.sample import LOST, SampleHeader, UpsetKind
from heller.model.text import text
from heller.model.value import Support, Value

NAME = "segment"
KIND = "samples"


def identify(head: bytes, name: str) -> Confidence:
    """95 for Parquet: no other reader knows it, and a foreign one is refused with its reason."""
    return Confidence(95, text("It is a Parquet file.")) if head.startswith(MAGIC) else NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One summary; `zone` is not needed, samples are in UTC. Raises InputRefused for a foreign file."""
    head, frame = open_segment(blob.data, blob.name)
    counts = _counts(frame.collect().lazy())  # all of it: who opens it later pays no more than was paid here
    sent = sum(counts.values())
    lost = sum(counts[int(outcome)] for outcome in LOST)
    source = Locator(blob.digest)
    values = {
        "uplinks": ", ".join(sorted({target.uplink for target in head.targets})),
        "targets": ", ".join(dict.fromkeys(target.address for target in head.targets)),
        "samples": str(sent),
        "lost": str(lost),
        **_period(head),
    }
    told = {key: Value(value, Support.STATED, source) for key, value in values.items()}
    title = "watch " + values["uplinks"]
    return Reading(NAME, title, (Summary(KIND, told, source),), _doubts(head, blob), rows=sent)


def _counts(frame: object) -> Counter[int]:
    import polars as pl

    assert isinstance(frame, pl.LazyFrame)
    rows = frame.group_by("outcome").agg(pl.len()).collect().rows()
    return Counter(dict(rows))


def _period(head: SampleHeader) -> dict[str, str]:
    if not head.watched:
        return {}
    first, last = head.watched[0][0], head.watched[-1][1]
    return {"from": _instant(first), "to": _instant(last)}


def _instant(at: int) -> str:
    return datetime.fromtimestamp(at / 1_000_000, UTC).isoformat(timespec="seconds")


def _doubts(head: SampleHeader, blob: Blob) -> tuple[Finding, ...]:
    """What the reader of a segment should know: a disk that was full, a clock that nobody kept."""
    found = []
    if any(upset.kind is UpsetKind.DISK_FULL for upset in head.upsets):
        said = text("The disk of the watch was full; from then on round trips were not kept.")
        found.append(Finding("segment.disk_full", said, None, Weight.NOTE, Locator(blob.digest)))
    if head.sync == "none":
        said = text("Nothing kept the clock of the watch in step; its times may be off.")
        found.append(Finding("segment.clock", said, None, Weight.NOTE, Locator(blob.digest)))
    return tuple(found)
