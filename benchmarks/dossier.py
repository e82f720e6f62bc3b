"""What a dossier of many exhibits costs: processor time and peak memory, first and again, beside bare tools.

    make bench-dossier

Exhibits are made here, seeded: invoices of three pages as offices get them (three of five with their fonts
inside, one with none, one scanned at 300 dpi), mails, tables. Each figure is that of a process of its own
with all its children. The peers in the same run get the same pages ready made: bare Typst puts a stamp and
the picture of each page on a sheet of its own, bare pikepdf only puts the originals one after another and
attaches them.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import psutil
from msgspec.structs import replace
from tests.dossier import fixture

from heller import dossier
from heller.casefile.bundle.kept_pages import KeptPages
from heller.dossier import typesetting
from heller.dossier.later import Later
from heller.model.case import Exhibit
from heller.model.claim import Claim
from heller.model.finding import Locator
from heller.model.kinds.mail import Mail
from heller.model.record import Reading

INVOICES, MAILS, TABLES, PAGES = 200, 300, 10, 3
DIGITAL, BARE, SCAN = "digital", "bare", "scan"
MIX = (DIGITAL, DIGITAL, BARE, DIGITAL, SCAN)
WORDS = (
    "Leitung",
    "Anschluss",
    "Router",
    "Techniker",
    "Ersatz",
    "Betrag",
    "Zeitraum",
    "Leistung",
    "Rechnung",
)


def paper(kind: str, seed: int) -> bytes:
    """An invoice of three pages, as one of three kinds of senders makes it. Names and figures are invented."""
    chance = Random(seed)
    lines = [
        [
            f"{n}. {' '.join(chance.choices(WORDS, k=8))} {chance.randrange(100, 99999) / 100:.2f}"
            for n in range(45)
        ]
        for _ in range(PAGES)
    ]
    return {DIGITAL: _digital, BARE: _bare, SCAN: _scan}[kind](seed, lines)


def _digital(seed: int, pages: list[list[str]]) -> bytes:
    import typst

    body = "\n#pagebreak()\n".join("\\ \n".join(f"#{json.dumps(line)}" for line in page) for page in pages)
    head = f'#set document(title: "R-{seed}", date: none)\n#set text(font: "Libertinus Serif", 11pt)'
    source = f"{head}\n= Rechnung R-{seed}\n{body}"
    return typst.compile(source.encode(), timestamp=datetime(2015, 2, 4, tzinfo=UTC))


def _bare(seed: int, pages: list[list[str]]) -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as pdf:
        helvetica = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
        for lines in pages:
            page = pdf.add_blank_page(page_size=(595, 842))
            drawn = "\n".join(f"({line}) Tj T*" for line in [f"Rechnung R-{seed}", *lines])
            page.Contents = pdf.make_stream(f"BT /F1 11 Tf 15 TL 60 780 Td {drawn} ET".encode("cp1252"))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=helvetica))
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _scan(seed: int, pages: list[list[str]]) -> bytes:
    import numpy
    import pypdfium2
    from PIL import Image

    drawn = pypdfium2.PdfDocument(_bare(seed, pages))
    noise = numpy.random.default_rng(seed)
    sheets = []
    for page in drawn:
        grey = page.render(scale=300 / 72, grayscale=True).to_pil().convert("L")
        there = numpy.asarray(grey, dtype=numpy.int16)
        noisy = numpy.clip(there - 8 + noise.normal(0, 1.5, there.shape), 0, 255).astype(numpy.uint8)
        sheets.append(Image.fromarray(noisy))
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=300, quality=80)
    return out.getvalue()


def mail(n: int) -> tuple[bytes, Reading]:
    """A mail of twelve lines and what is read of it."""
    chance = Random(n)
    body = "\n".join(" ".join(chance.choices(WORDS, k=9)) for _ in range(12))
    data = f"From: kunde{n}@example.org\nSubject: Auftrag {n}\n\n{body}\n".encode()
    at = fixture.at(4) + timedelta(minutes=n)
    record = Mail(at, f"kunde{n}@example.org", "shop@example.org", f"Auftrag {n}", body, Locator("0" * 64))
    return data, Reading("mail", f"Mail: Auftrag {n}", (record,))


def papers(folder: Path) -> None:
    """Make the invoices, once."""
    folder.mkdir(exist_ok=True)
    for n in range(INVOICES):
        (folder / f"rechnung-{n:03}.pdf").write_bytes(paper(MIX[n % len(MIX)], n))


class Originals(Mapping[str, Later]):
    """Originals as a case folder has them: read from the disk each time."""

    def __init__(self, folder: Path, names: Mapping[str, str], small: Mapping[str, bytes]) -> None:
        self._folder, self._names, self._small = folder, names, small

    def __getitem__(self, digest: str) -> Later:
        if digest in self._small:
            return Later.of(self._small[digest])
        path = self._folder / self._names[digest]
        return Later(path.stat().st_size, lambda at, most: path.read_bytes()[at : at + most])

    def __iter__(self) -> Iterator[str]:
        return iter((*self._names, *self._small))

    def __len__(self) -> int:
        return len(self._names) + len(self._small)


def case(folder: Path, more: bool) -> tuple[Claim, Originals]:
    """The claim made by hand for the tests with 200 invoices as exhibits, and mails and tables where `more`."""
    made = fixture.claim()
    names: dict[str, str] = {}
    small = dict(fixture.ORIGINALS)
    found = list(made.case.exhibits)

    def add(name: str, data: bytes, reading: Reading) -> str:
        digest, number = sha256(data).hexdigest(), len(found) + 1
        found.append(Exhibit(number, digest, name, "", len(data), fixture.at(27, 10), number, reading))
        return digest

    for path in sorted(folder.iterdir()):
        names[add(path.name, path.read_bytes(), Reading("pdf", f"Rechnung {path.stem}"))] = path.name
    for n in range(MAILS if more else 0):
        data, reading = mail(n)
        small[add(f"mail-{n}.eml", data, reading)] = data
    for n in range(TABLES if more else 0):
        data = fixture.CSV + f"T-{n};2015-02-01;1,00\n".encode()
        small[add(f"tabelle-{n}.csv", data, Reading("orders", "401 Bestellungen", rows=401))] = data
    return replace(made, case=replace(made.case, exhibits=tuple(found))), Originals(folder, names, small)


def ours(folder: Path, more: bool) -> str:
    """The dossier as Heller makes it, with a shelf beside the papers; its SHA-256."""
    claim, originals = case(folder, more)
    made = folder.with_name("dossier.pdf")
    with made.open("wb") as out:
        typesetting.write(dossier.compose(claim, "de"), originals, out, KeptPages(folder.parent))
    return file_digest(made)


def bare_typst(folder: Path, more: bool) -> str:
    """A stamp and the picture of each page, which are there already."""
    import typst

    pictures = sorted(folder.with_name("pictures").iterdir())
    box = "#align(right, box(stroke: 1pt, inset: 2mm)[Anlage K {}])"
    shown = '#image("{}", alt: "{}", height: 240mm)'
    sheets = (
        f"#page[{box.format(n // PAGES + 1)} {shown.format(p.name, n)}]" for n, p in enumerate(pictures)
    )
    head = '#set document(title: "bare", date: datetime(year: 2015, month: 1, day: 1))\n#set text(lang: "de")'
    source = "\n".join((head, *sheets))
    made, root = folder.with_name("bare.pdf"), str(folder.with_name("pictures"))
    typst.compile(source.encode(), output=str(made), root=root, pdf_standards=["a-3b", "ua-1"])
    return file_digest(made)


def bare_pikepdf(folder: Path, more: bool) -> str:
    """The originals' pages one after another, and each original attached: no stamp, no archive's PDF."""
    import pikepdf

    made = folder.with_name("joined.pdf")
    with pikepdf.new() as out:
        for path in sorted(folder.iterdir()):
            out.pages.extend(pikepdf.open(path).pages)
            out.attachments[path.name] = pikepdf.AttachedFileSpec.from_filepath(out, path)
        out.save(made)
    return file_digest(made)


def file_digest(path: Path) -> str:
    """SHA-256 of a file, read a piece at a time."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


WORKS = {"heller": ours, "typst": bare_typst, "pikepdf": bare_pikepdf}


def main() -> None:
    """Print the table, or do one work in this process."""
    known = argparse.ArgumentParser(description=__doc__)
    known.add_argument("--json", action="store_true")
    known.add_argument("--one", nargs=3, metavar=("WORK", "FOLDER", "MORE"), help=argparse.SUPPRESS)
    asked = known.parse_args()
    if asked.one:
        work, folder, more = asked.one
        print(WORKS[work](Path(folder), more == "more"))
        return
    with tempfile.TemporaryDirectory() as home:
        rows = list(measured(Path(home)))
    if asked.json:
        print(json.dumps(rows, indent=1))
        return
    print(f"{'':48}{'processor s':>12}{'seconds':>9}{'peak MB':>9}  SHA-256")
    for name, found in rows:
        print(
            f"{name:48}{found['cpu']:12.1f}{found['seconds']:9.1f}{found['peak']:9.0f}  {found['digest'][:12]}"
        )


def measured(home: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each row: what was done, and what it took."""
    folder = home / "papers"
    papers(folder)
    draw(folder, home / "pictures")
    for name, more in (("200 exhibits of three pages", "few"), ("510 exhibits", "more")):
        yield f"{name}, first", run("heller", folder, more)
        yield f"{name}, again", run("heller", folder, more)
        shutil.rmtree(home / "derived")
    yield "200 exhibits, built a second time from nothing", run("heller", folder, "few")
    yield "bare Typst, 600 pictures", run("typst", folder, "few")
    yield "bare pikepdf, 600 pages joined", run("pikepdf", folder, "few")


def draw(folder: Path, pictures: Path) -> None:
    """Every page as a picture at 200 dpi, which bare Typst needs."""
    import pypdfium2

    pictures.mkdir()
    for path in sorted(folder.iterdir()):
        for n, page in enumerate(pypdfium2.PdfDocument(path)):
            page.render(scale=200 / 72, grayscale=True).to_pil().save(
                pictures / f"{path.stem}-{n}.png", compress_level=1
            )


def run(work: str, folder: Path, more: str) -> dict[str, Any]:
    """One work in a process of its own: processor seconds with its children, peak of it and its children at once."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    asked = [sys.executable, "-m", "benchmarks.dossier", "--one", work, str(folder), more]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, text=True) as doing:
        peak, process = 0, psutil.Process(doing.pid)
        while doing.poll() is None:
            with contextlib.suppress(psutil.Error):
                all_of_it = [process, *process.children(recursive=True)]
                peak = max(peak, sum(one.memory_info().rss for one in all_of_it))
            time.sleep(0.02)
        assert doing.stdout is not None and doing.returncode == 0
        digest = doing.stdout.read().strip()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"cpu": cpu, "seconds": time.perf_counter() - begun, "peak": peak / 1e6, "digest": digest}


if __name__ == "__main__":
    main()
