"""Makes till receipts, photographs them as a telephone does, and reads them: `python -m tests.intake.photos`.

Nothing here was ever bought: sellers, amounts and days are invented, the paper is set by typst. A photo is
the slip on a table, turned by a few degrees, seen at a slant, in uneven light, with noise, as JPEG. What it
prints are the shares of fields that were read right, wrong or not at all, and how many were wrong among those
that count as proven.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
import typst
from PIL import Image, ImageFilter

from heller import intake
from heller.intake.across.identity import letters
from heller.model.kinds.paper import Paper
from heller.model.record import Blob

FIELDS = ("seller", "date", "net", "vat", "gross")
ASKED = 40


@dataclass(frozen=True)
class Slip:
    """A receipt as it is printed, and what is on it."""

    lines: tuple[str, ...]
    says: dict[str, str]


def euros(cents: int) -> str:
    """Cents as a till prints them."""
    return f"{cents // 100}.{cents % 100:02}".replace(".", ",")


SHOPS = (
    ("Elektro Brandt GmbH", "Hafenstr. 12", "24103 Kiel", "USt-IdNr.: DE 318204417"),
    ("Mobilfunk Petersen GmbH", "Lange Reihe 8", "20099 Hamburg", "Steuer-Nr. 22/187/03312"),
    ("Bürobedarf Lindner e.K.", "Am Markt 3", "99084 Erfurt", "St.-Nr. 151/234/56781"),
    ("Technikmarkt Sörensen KG", "Werkstr. 21", "24837 Schleswig", "USt-ID DE287164093"),
    ("Bäckerei Wolff GmbH & Co. KG", "Bahnhofsplatz 1", "37073 Göttingen", "Tel. 0551 4711"),
)
GOODS = (
    ("LTE-Router 4G", 8999),
    ("Prepaid SIM 10GB", 1999),
    ("Netzwerkkabel 5m", 899),
    ("USB-Stick 64GB", 1249),
    ("Druckerpapier A4", 549),
    ("Powerbank 20Ah", 3495),
    ("Antenne LTE", 4590),
    ("Kaffee gross", 320),
)


def slip(dice: random.Random) -> Slip:
    """A receipt of an invented shop: goods, total, cash or card, the tax of one rate."""
    name, street, town, tax = dice.choice(SHOPS)
    bought = dice.sample(GOODS, dice.randint(1, 4))
    gross = sum(price for _, price in bought)
    rate = dice.choice((19, 7))
    net = int((Decimal(gross) * 100 / (100 + rate)).quantize(Decimal(1)))
    day = f"{dice.randint(1, 28):02}.{dice.randint(1, 12):02}.2024"
    wide = 38
    lines = [name.center(wide), street.center(wide), town.center(wide), tax.center(wide), ""]
    lines += [f"Datum {day}".ljust(wide - 11) + f"{dice.randint(8, 19):02}:{dice.randint(0, 59):02} Uhr"]
    lines += [f"Bon-Nr. {dice.randint(1000, 9999)}   Kasse {dice.randint(1, 4)}", "-" * wide]
    lines += [what.ljust(wide - 10) + f"{euros(price)} A".rjust(10) for what, price in bought]
    lines += ["-" * wide, "SUMME EUR".ljust(wide - 10) + euros(gross).rjust(8)]
    if dice.random() < 0.5:
        given = -(-gross // 5000) * 5000
        lines += ["Bar".ljust(wide - 10) + euros(given).rjust(8)]
        lines += ["Rückgeld".ljust(wide - 10) + euros(given - gross).rjust(8)]
    else:
        lines += ["girocard".ljust(wide - 10) + euros(gross).rjust(8)]
    lines += ["", "MwSt-Satz      Netto     MwSt    Brutto"]
    lines += [
        f"A {rate},00%".ljust(11) + euros(net).rjust(9) + euros(gross - net).rjust(9) + euros(gross).rjust(10)
    ]
    lines += ["", "Vielen Dank für Ihren Einkauf!".center(wide)]
    iso = "-".join(reversed(day.split(".")))
    sums = {"net": net, "vat": gross - net, "gross": gross}
    return Slip(
        tuple(lines),
        {"seller": name, "date": iso, **{k: f"{v // 100}.{v % 100:02}" for k, v in sums.items()}},
    )


@cache
def printed(lines: tuple[str, ...]) -> Image.Image:
    """The slip, set in letters of one width at 300 dots an inch."""
    body = "\\ ".join("#raw(" + '"' + line.replace('"', "'") + '")' for line in lines)
    page = (
        '#set page(width: 80mm, height: auto, margin: 5mm)\n#set text(font: "DejaVu Sans Mono", size: 8.2pt)'
    )
    source = f"{page}\n{body}"
    png = typst.compile(source.encode(), format="png", ppi=300)
    assert isinstance(png, bytes)
    return Image.open(io.BytesIO(png)).convert("L")


def photographed(paper: Image.Image, dice: random.Random, *, turned: int = 0, exif: int = 0) -> bytes:
    """The slip on a table as a JPEG: crooked by up to 4 degrees, slanted, unevenly lit, noisy.

    `turned` turns the camera by quarters; `exif` writes its orientation beside the picture (Exif 2.3, 0x0112).
    """
    wide, high = paper.width + 400, paper.height + 400
    table = Image.new("L", (wide, high), 90)
    table.paste(paper, (200, 200))
    table = table.rotate(dice.choice((-1, 1)) * dice.uniform(1, 4), Image.Resampling.BICUBIC, fillcolor=90)
    slant = dice.uniform(0.005, 0.03) * wide
    corners = (slant, 0, 0, high, wide, high, wide - slant, 0)
    table = table.transform((wide, high), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    table = table.resize((wide * 4 // 5, high * 4 // 5)).filter(ImageFilter.GaussianBlur(0.6))
    grey = np.asarray(table, dtype=np.float32)
    across = np.linspace(dice.uniform(0.55, 0.8), 1.0, grey.shape[1])[None, :]
    down = np.linspace(1.0, dice.uniform(0.7, 0.95), grey.shape[0])[:, None]
    noise = np.random.default_rng(dice.randrange(1 << 30)).normal(0, 6, grey.shape)
    lit = Image.fromarray(np.clip(grey * across * down + noise, 0, 255).astype(np.uint8))
    lit = lit.rotate(turned, expand=True).convert("RGB")
    out = io.BytesIO()
    marks = Image.Exif()
    if exif:
        marks[0x0112] = exif
    lit.save(out, "JPEG", quality=dice.randint(55, 75), exif=marks)
    return out.getvalue()


def read(photo: bytes) -> Paper | None:
    """What Heller reads from a photo."""
    reading = intake.read(Blob("bon.jpg", photo, "d"), ZoneInfo("Europe/Berlin"))
    return next((record for record in reading.records if isinstance(record, Paper)), None)


def judged(paper: Paper | None, says: dict[str, str]) -> dict[str, str]:
    """For each field 'right', 'missing', 'wrong' or 'proven wrong'."""
    found = {}
    for name in FIELDS:
        value = paper.values.get(name) if paper else None
        if value is None or value.value is None:
            found[name] = "missing"
        elif letters(value.value) == letters(says[name]) if name == "seller" else value.value == says[name]:
            found[name] = "right"
        else:
            found[name] = "proven wrong" if value.grade.value == "proven" else "wrong"
    return found


def main() -> int:
    """Reads many photos and prints the shares."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--count", type=int, default=ASKED)
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--misses", action="store_true")
    given = asked.parse_args()
    dice, counts, spent = random.Random(given.seed), dict[str, int](), list[float]()
    for n in range(given.count):
        one = slip(dice)
        photo = photographed(printed(one.lines), dice, turned=dice.choice((0, 0, 0, 90, 180, 270)))
        began = time.monotonic()
        paper = read(photo)
        spent.append(time.monotonic() - began)
        for name, verdict in judged(paper, one.says).items():
            counts[verdict] = counts.get(verdict, 0) + 1
            if given.misses and verdict != "right":
                got = paper.values.get(name) if paper else None
                print(n, name, verdict, one.says[name], got.value if got else None)
    total = sum(counts.values())
    shares = ", ".join(f"{name} {100 * count / total:.1f} %" for name, count in sorted(counts.items()))
    print(f"{given.count} photos of receipts (made), {total} fields: {shares}")
    print(f"{np.median(spent):.1f} s each, {max(spent):.1f} s at most")
    return 1 if counts.get("proven wrong") else 0


if __name__ == "__main__":
    sys.exit(main())
