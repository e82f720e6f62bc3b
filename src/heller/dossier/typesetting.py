"""Typesets a dossier with Typst into PDF/A-3b and PDF/UA-1: the same bytes for the same dossier."""

from __future__ import annotations

import mimetypes
import re
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime, time
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from heller.dossier import exhibit_pages
from heller.dossier.blocks import Dossier, Figure, Plate
from heller.dossier.wording import Words
from heller.model.text import text

TRIES = 40  # each takes one more strange character out
BOX = "\N{WHITE SQUARE}"
NO_SHAPE = re.compile(r'the text `?"(.+?)"`? could not be displayed', re.DOTALL)


def typeset(dossier: Dossier, originals: Mapping[str, bytes]) -> bytes:
    """The PDF of a dossier; `originals` by digest are shown and attached.

    Pictures, JSON and originals lie in a temporary folder that Typst may read, and nothing else.
    """
    import typst

    here = resources.files("heller.dossier")
    with TemporaryDirectory(prefix="heller-") as folder, resources.as_file(here) as home:
        root = Path(folder)
        shutil.copytree(home / "templates", root / "templates")
        (root / "dossier.json").write_bytes(_page_data(dossier, originals, root))
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(home / "fonts")])
        stamp = datetime.combine(dossier.as_of, time(), UTC)
        for _ in range(TRIES):
            try:
                return typst.compile(
                    str(root / "templates" / "dossier.typ"),
                    root=str(root),
                    font_paths=fonts,
                    pdf_standards=["a-3b", "ua-1"],
                    timestamp=stamp,
                )
            except typst.TypstError as error:
                _without_strange(root / "dossier.json", str(error))
    raise ValueError("the dossier holds more strange characters than can be replaced")


def _without_strange(path: Path, error: str) -> None:
    """Put a white box for what no font on board can show; the original keeps its characters.

    An archive's PDF may not hold a character without a shape (ISO 19005-3, 6.2.11.8). At the first such
    error all far scripts are replaced; what is left over is named by Typst and goes one by one.
    """
    strange = NO_SHAPE.search(error)
    if strange is None:
        raise ValueError(error)
    missing = set(strange.group(1))
    said = path.read_text(encoding="utf-8")
    path.write_text("".join(BOX if c in missing or _is_far(c) else c for c in said), encoding="utf-8")


def _is_far(character: str) -> bool:
    """Beyond Latin, Greek, Cyrillic, punctuation, currencies, letterlike signs, arrows and boxes."""
    code = ord(character)
    near = code < 0x530 or 0x1E00 <= code < 0x2200 or 0x2200 <= code < 0x2300 or 0x2500 <= code < 0x2700
    return not near or 0x200B <= code <= 0x200F or 0x202A <= code <= 0x202E


def _page_data(dossier: Dossier, originals: Mapping[str, bytes], root: Path) -> bytes:
    """The JSON for the template; pictures and originals are written beside it."""
    data = msgspec.to_builtins(dossier)
    data["parts"] = [
        {
            **msgspec.to_builtins(part),
            "blocks": [_block(block, dossier.lang, root, i, j) for j, block in enumerate(part.blocks)],
        }
        for i, part in enumerate(dossier.parts)
    ]
    words = Words(dossier.lang)
    data["plates"] = [_plate(p, originals.get(p.digest), root, dossier.labels, words) for p in dossier.plates]
    day = dossier.as_of
    data["date"] = {"year": day.year, "month": day.month, "day": day.day}
    if dossier.data:
        (root / "claim.json").write_text(dossier.data, encoding="utf-8")
    del data["data"]
    data["has_claim"] = bool(dossier.data)
    return msgspec.json.encode(data)


def _block(block: object, lang: str, root: Path, part: int, number: int) -> object:
    if not isinstance(block, Figure):
        return msgspec.to_builtins(block)
    from heller.dossier.charts.render import svg

    name = f"picture-{part}-{number}.svg"
    (root / name).write_text(svg(block.chart, lang), encoding="utf-8")
    drawn = msgspec.structs.replace(block, chart={}, file=f"/{name}")
    return msgspec.to_builtins(drawn)


def _plate(
    plate: Plate, data: bytes | None, root: Path, labels: Mapping[str, str], words: Words
) -> dict[str, object]:
    """One exhibit for the template: its sheets, the sentence under them, its attachment."""
    shown = exhibit_pages.show(data, plate.cited, said=bool(plate.says))
    sheets = []
    for number, sheet in enumerate(shown.sheets, 1):
        name = ""
        if sheet.image:
            name = f"/sheet-{plate.number}-{number}.{sheet.ending}"
            (root / name[1:]).write_bytes(sheet.image)
        lines = [{"number": line.number, "text": line.text, "cited": line.cited} for line in sheet.lines]
        sheets.append({"file": name, "wide": sheet.wide, "lines": lines})
    if data is not None:
        (root / f"original-{plate.number}").write_bytes(data)
    size = words(text("{n} bytes", "one byte", n=plate.size))
    return {
        **msgspec.to_builtins(plate),
        "sheets": sheets,
        "size": size,
        "remark": _remark(shown, labels, words, plate.closed),
        "attached": data is not None,
        "mime": mimetypes.guess_type(plate.name)[0] or "application/octet-stream",
    }


def _remark(shown: exhibit_pages.ExhibitPrint, labels: Mapping[str, str], words: Words, closed: str) -> str:
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
