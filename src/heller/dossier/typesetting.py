"""Typesets a dossier into PDF/A-3b and PDF/UA-1, or PDF/A-2b for a court: the same bytes for the same dossier.

Typst sets the front and the stamps; exhibits' pages are put under their stamps afterwards, and kept.
"""

from __future__ import annotations

import io
import mimetypes
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import lru_cache, partial
from importlib import resources
from typing import Any, BinaryIO, TypeAlias

import msgspec
from msgspec import Struct

from heller.dossier import assembly, exhibit_pages, press, printable
from heller.dossier.assembly import Attachment
from heller.dossier.blocks import Block, Dossier, Figure, Letter, Plate
from heller.dossier.exhibit_pages import ExhibitPrint
from heller.dossier.later import Later
from heller.dossier.printable import Pages
from heller.dossier.shapes import LEVELS, cleaned, signs_only
from heller.dossier.wording import Words
from heller.model.text import Text, text

TOLD = 10  # times, at most, that it is told how many exhibits are prepared
STEPS = 2 * TOLD + 1
PACKED = (".zip", ".xlsx", ".ods", ".docx", ".gz", ".parquet", ".msg")  # packed as they are


class Profile(Enum):
    """For whom pages are set: with the originals inside (PDF/A-3b), or as a court takes them, with no file inside."""

    DOSSIER = "a-3b"
    COURT = "a-2b"


Progress: TypeAlias = Callable[[Text], None]
Draw: TypeAlias = Callable[[bytes], Pages]


def nobody(said: Text) -> None:
    """For whom nobody waits."""


def typeset(
    dossier: Dossier,
    originals: Mapping[str, bytes],
    kept: MutableMapping[str, Pages] | None = None,
    progress: Progress = nobody,
    draw: Draw = printable.pages,
) -> bytes:
    """The PDF of a dossier; see `write`."""
    out = io.BytesIO()
    held = {digest: Later.of(data) for digest, data in originals.items()}
    write(dossier, held, out, kept, progress, draw)
    return out.getvalue()


def write(
    dossier: Dossier,
    originals: Mapping[str, Later],
    out: BinaryIO,
    kept: MutableMapping[str, Pages] | None = None,
    progress: Progress = nobody,
    draw: Draw = printable.pages,
    profile: Profile = Profile.DOSSIER,
) -> None:
    """Write the PDF of a dossier; `originals` by digest are shown and attached, each read when it is needed; for a
    court none is attached.
    `kept` are pages made before, by digest; new ones are added, as `draw` makes them. Nothing else is laid on the
    disk."""
    kept = {} if kept is None else kept
    seen = _sized_exhibits(dossier.plates, originals, kept, progress, draw)
    progress(text("Typesetting the pages"))
    pages = press_page(
        "dossier.typ",
        dossier.as_of,
        _page_data(dossier, {number: one.shown for number, one in seen.items()}),
        profile,
    )
    attached = () if profile is Profile.COURT else _attached(dossier, originals, seen, progress)
    assembly.assemble(pages, _ready(dossier, kept, seen), attached, dossier.as_of, out)


class SizedExhibit(Struct, frozen=True):
    """An exhibit that was looked at: what of it is printed, bytes of its pages, whether it is here, and it packed
    where that makes it smaller."""

    shown: ExhibitPrint
    pages: int
    held: bool
    packed: bytes


def _sized_exhibits(
    plates: tuple[Plate, ...],
    originals: Mapping[str, Later],
    kept: MutableMapping[str, Pages],
    progress: Progress,
    draw: Draw,
) -> dict[int, SizedExhibit]:
    """Each exhibit by its number; those that are held are let go again."""
    found: dict[int, SizedExhibit] = {}
    for number, plate in enumerate(plates, 1):
        original = originals.get(plate.digest)
        pages = None
        if original is not None and printable.has_pages(original.part(0, printable.HEAD)):
            pages = kept.get(plate.digest)
            if pages is None:
                pages = kept[plate.digest] = draw(original.whole())
        shown = exhibit_pages.show(original, plate.cited, said=bool(plate.says), pages=pages)
        small = bool(pages and pages.pdf) or plate.name.lower().endswith(PACKED)
        packed = b"" if original is None or small else assembly.packed(original)
        found[plate.number] = SizedExhibit(
            shown, len(pages.pdf) if pages else 0, original is not None, packed
        )
        if _is_told(number, len(plates)):
            progress(text("Preparing the exhibits: {n} of {all}", n=number, all=len(plates)))
    return found


def _is_told(number: int, every: int) -> bool:
    """Whether progress is told at one of so many: some times, evenly spread."""
    return number * TOLD // every > (number - 1) * TOLD // every


def _ready(dossier: Dossier, kept: Mapping[str, Pages], seen: Mapping[int, SizedExhibit]) -> Iterator[Later]:
    """The pages of each exhibit that has some, in order."""
    load = lru_cache(maxsize=1)(lambda digest: kept[digest].pdf)

    def part(digest: str, at: int, most: int) -> bytes:
        return load(digest)[at : at + most]

    for plate in dossier.plates:
        if size := seen[plate.number].pages:
            yield Later(size, partial(part, plate.digest))


def letter_pdf(letter: Letter, lang: str, on: date, profile: Profile = Profile.DOSSIER) -> bytes:
    """One letter as PDF, the same bytes for the same letter."""
    words = Words(lang)
    data = {
        "lang": lang,
        "title": letter.subject[0],
        "author": letter.sender[0],
        "reference": letter.sender[0],
        "labels": {"page": words(text("Page {page} of {pages}"))},
        "date": {"year": on.year, "month": on.month, "day": on.day},
        "letter": msgspec.to_builtins(letter),
    }
    return press_page("alone.typ", on, data, profile)


def press_page(template: str, day: date, data: dict[str, Any], profile: Profile = Profile.DOSSIER) -> bytes:
    """The pages that Typst sets. Where it refuses a character in spite of its shape, as in a cluster of two fonts,
    fewer are let through."""
    with resources.as_file(resources.files("heller.dossier")) as home:
        request = {
            "main": str(home / "templates" / template),
            "root": str(home / "templates"),
            "fonts": str(home / "fonts"),
            "standards": [profile.value, "ua-1"],
            "day": datetime.combine(day, time(), UTC).isoformat(),
        }
        for level in range(LEVELS):
            said = msgspec.json.encode(cleaned(data, level)).decode()
            try:
                return press.typeset({**request, "data": said})
            except ValueError:
                if level == LEVELS - 1:
                    raise
    raise AssertionError("the last level returns or raises")


def _attached(
    dossier: Dossier, originals: Mapping[str, Later], seen: Mapping[int, SizedExhibit], progress: Progress
) -> Iterator[Attachment]:
    """The claim for programs, and every original as it was received."""
    if dossier.data:
        data = Later.of(dossier.data.encode("utf-8", "backslashreplace"))  # half a pair as JSON writes it
        name, about = "heller-claim.json", dossier.labels["claim"]
        yield Attachment(name, data, "application/json", "Data", about, assembly.packed(data))
    for number, plate in enumerate(dossier.plates, 1):
        one = seen[plate.number]
        if one.held:
            mime = mimetypes.guess_type(plate.name)[0] or "application/octet-stream"
            about = f"{plate.label}, SHA-256 {plate.digest}"
            yield Attachment(plate.attachment, originals[plate.digest], mime, "Source", about, one.packed)
        if _is_told(number, len(dossier.plates)):
            progress(text("Putting the exhibits in: {n} of {all}", n=number, all=len(dossier.plates)))


def _page_data(dossier: Dossier, shown: Mapping[int, ExhibitPrint]) -> dict[str, Any]:
    """What the template is handed."""
    data: dict[str, Any] = msgspec.to_builtins(dossier)
    supplement = dossier.labels.get("figure", "")
    data["parts"] = [
        {
            **msgspec.to_builtins(part),
            "blocks": [_block(block, dossier.lang, supplement) for block in part.blocks],
        }
        for part in dossier.parts
    ]
    words = Words(dossier.lang)
    data["plates"] = [_plate(p, shown[p.number], dossier.labels, words) for p in dossier.plates]
    day = dossier.as_of
    data["date"] = {"year": day.year, "month": day.month, "day": day.day}
    del data["data"]
    return data


def _block(block: Block, lang: str, supplement: str) -> object:
    if not isinstance(block, Figure):
        return msgspec.to_builtins(block)
    from heller.dossier.charts.render import svg

    drawn = svg(signs_only(block.chart), lang)
    return {**msgspec.to_builtins(block), "chart": {}, "drawn": drawn, "supplement": supplement}


def _plate(plate: Plate, shown: ExhibitPrint, labels: Mapping[str, str], words: Words) -> dict[str, object]:
    """One exhibit for the template: its sheets, the sentence under them."""
    sheets = [{**msgspec.to_builtins(sheet), "wide": sheet.wide} for sheet in shown.sheets]
    return {
        **msgspec.to_builtins(plate),
        "sheets": sheets,
        "size": words(text("{n} bytes", "one byte", n=plate.size)),
        "remark": _remark(shown, labels, words, plate.closed),
    }


def _remark(shown: ExhibitPrint, labels: Mapping[str, str], words: Words, closed: str) -> str:
    """How much of the original is printed; nothing where it is all there."""
    counts = {"shown": shown.shown, "pages": shown.total, "lines": shown.total}
    key = shown.kind
    if key == "page":
        key = "more" if shown.shown < shown.total else ""
    elif key == "whole" and not shown.total:
        key = ""
    if closed == "whole":
        return labels["whole_closed"]
    sentence = labels.get(key, "")
    for name, count in counts.items():
        sentence = sentence.replace("{" + name + "}", words.number(count))
    return f"{labels['fields_closed']} {sentence}" if closed else sentence
