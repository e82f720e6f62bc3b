"""Finds out which characters the fonts on board have a shape for, by letting Typst set each on a page of its own.

    .venv/bin/python tools/shapes.py > src/heller/dossier/fonts/shapes.txt

One range to a line, in hexadecimal. Run it again when a font or Typst changes.
"""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import typst

FONTS = Path(__file__).parents[1] / "src" / "heller" / "dossier" / "fonts"
BATCH = 4000
NONE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})
SOURCE = (
    '#set text(font: "Source Sans 3")\n'
    "#for c in json(bytes(sys.inputs.data)) { page(width: 90pt, height: 40pt, [A#text(c)]) }"
)


def candidates() -> Iterator[str]:
    """Every character that could have a shape."""
    for code in range(0x21, 0x20000):
        if unicodedata.category(chr(code)) not in NONE:
            yield chr(code)


def shown(batch: list[str]) -> Iterator[str]:
    """Those of a batch on whose page no glyph is the one for none, which is always the first of a font."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    data = typst.compile(
        SOURCE.encode(), font_paths=fonts, sys_inputs={"data": json.dumps(batch)}, pdf_tags=False
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for character, page in zip(batch, pdf.pages, strict=True):
            drawn = [one for line in pikepdf.parse_content_stream(page) for one in strings(line)]
            glyphs = [text[at : at + 2] for text in drawn for at in range(0, len(text), 2)]
            if len(glyphs) > 1 and b"\0\0" not in glyphs:
                yield character


def strings(line: object) -> Iterator[bytes]:
    """The strings that an operator shows."""
    operator, operands = str(line.operator), line.operands  # type: ignore[attr-defined]
    for operand in operands[0] if operator == "TJ" else operands if operator == "Tj" else ():
        if isinstance(operand, pikepdf.String):
            yield bytes(operand)


def main() -> None:
    """Print the ranges."""
    every = list(candidates())
    codes = [ord(c) for at in range(0, len(every), BATCH) for c in shown(every[at : at + BATCH])]
    start = last = codes[0]
    for code in [*codes[1:], 0]:
        if code != last + 1:
            print(f"{start:x}-{last:x}")
            start = code
        last = code


if __name__ == "__main__":
    main()
