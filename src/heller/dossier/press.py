"""Typesets a dossier with Typst into PDF/A-3b and PDF/UA-1: the same bytes for the same dossier."""

from __future__ import annotations

import mimetypes
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime, time
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from heller.dossier import plates
from heller.dossier.blocks import Dossier, Figure, Plate
from heller.dossier.wording import Words
from heller.model.text import text


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
        pdf: bytes = typst.compile(
            str(root / "templates" / "dossier.typ"),
            root=str(root),
            font_paths=fonts,
            pdf_standards=["a-3b", "ua-1"],
            timestamp=datetime.combine(dossier.as_of, time(), UTC),
        )
    return pdf


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
    shown = plates.show(data, plate.cited, said=bool(plate.says))
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
    size = words(text("{n} bytes", n=plate.size))
    return {
        **msgspec.to_builtins(plate),
        "sheets": sheets,
        "size": size,
        "remark": _remark(shown, labels, words),
        "attached": data is not None,
        "mime": mimetypes.guess_type(plate.name)[0] or "application/octet-stream",
    }


def _remark(shown: plates.Shown, labels: Mapping[str, str], words: Words) -> str:
    """How much of the original is printed; nothing where it is all there."""
    counts = {"shown": shown.shown, "pages": shown.total, "lines": shown.total}
    key = shown.kind
    if key == "page":
        key = "more" if shown.shown < shown.total else ""
    elif key == "whole" and not shown.total:
        key = ""
    sentence = labels.get(key, "")
    for name, count in counts.items():
        sentence = sentence.replace("{" + name + "}", words.number(count))
    return sentence
