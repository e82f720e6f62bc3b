"""Scans and photos of invoices and till receipts: PNG, JPEG, TIFF, WebP, HEIC."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence
from heller.model.errors import InputRefused
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "photo"

MARKS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")  # brands of ISO 23008-12


def identify(head: bytes, name: str) -> Confidence:
    """By the marks of the formats that cameras and scanners write."""
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    mine = head.startswith(MARKS) or webp or (head[4:8] == b"ftyp" and head[8:12] in HEIC)
    return Confidence(90, text("It begins with the mark of a picture.")) if mine else NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The receipt, or the closing of a till, on the picture; where its words cannot be recognised, that is said."""
    from heller.intake import page_readings  # loaded for a picture only

    return page_readings.picture(blob, NAME, zone)


def members(blob: Blob) -> tuple[Blob, ...]:
    """The documents of a TIFF that holds several; none where what it says cannot be recognised."""
    from heller.intake import page_parts, page_readings
    from heller.intake.paper import ocr_process, page_pictures

    frames, _ = page_pictures.frames(blob.data)
    try:
        parts = page_readings.parts_of_frames(frames) if frames else ()
    except (ocr_process.Absent, InputRefused):
        return ()
    return page_parts.of_frames(frames, parts, blob.digest) if len(parts) > 1 else ()
