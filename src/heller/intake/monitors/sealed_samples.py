"""Opens sealed samples: Parquet with a head under `heller`. Nothing is loaded before it is asked for."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from heller.model.errors import InputRefused
from heller.model.sample import COLUMNS, MORE_COLUMNS, VERSION, SampleHeader, head_of
from heller.model.text import Text, text

if TYPE_CHECKING:
    import polars as pl

KEY = "heller"
MAGIC = b"PAR1"


def open_segment(source: Path | bytes, name: str, digest: str = "") -> tuple[SampleHeader, pl.LazyFrame]:
    """The head and the samples, columns as `model.sample` says; `digest` is the file's. Raises InputRefused."""
    import polars as pl

    def given() -> Path | io.BytesIO:
        return io.BytesIO(source) if isinstance(source, bytes) else source

    try:
        raw = pl.read_parquet_metadata(given()).get(KEY)
        schema = {column: str(kind) for column, kind in pl.read_parquet_schema(given()).items()}
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        reason = text("{name} breaks off or was changed ({error}).", name=name, error=type(error).__name__)
        raise _refused(reason) from error
    if raw is None:
        raise _refused(text("{name} is a Parquet file of another program.", name=name))
    head = _head(raw, name)
    if schema not in (COLUMNS, COLUMNS | MORE_COLUMNS):
        raise _refused(text("{name} has other columns than a segment of a watch.", name=name))
    return replace(head, file=digest), pl.scan_parquet(given())


def _head(raw: str, name: str) -> SampleHeader:
    try:
        head = head_of(raw)
    except msgspec.MsgspecError as error:
        raise _refused(text("What {name} says about its samples cannot be read.", name=name)) from error
    if head.version != VERSION:
        raise _refused(
            text("{name} was sealed by another version: {version}.", name=name, version=head.version)
        )
    return head


def _refused(what: Text) -> InputRefused:
    return InputRefused(
        what,
        text(
            "When the watch ran and what it asked stands in a segment's head; without it samples say nothing."
        ),
        text("Add a file from the folder samples of a case, as it lies there."),
    )
