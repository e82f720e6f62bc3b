"""Heller and its peers read the same files in one run: fields right, wrong, missing, seconds per file.

    python benchmarks/intake.py SAMPLES [--peers PYTHON] [--receipts DIR] [--keep FILE]

SAMPLES is a folder with a folder for each kind, each with its files and an `expected.csv`. PYTHON is the
interpreter of an environment that has factur-x, mt-940 and invoice2data: a peer runs there, in one process
for all files, after one file has been read to warm it up. Heller runs here in the same way. Times are those
of the processor, a peer's own programs included, so that a busy machine does not matter; `cold` is the
command line from its start to its end, the median of five runs, beside the time on the wall.

Tesseract by itself says no field: one counts as right where its value stands among the words that it recognised,
which is more than any reader of its words could give. DIR holds real scans in the layout of SROIE's set (see
tools/receipts_score.py): they are measured apart from the scans that were made of PDFs. Each line is kept in FILE as
soon as it is measured: what was ended before its end goes on from there, and `rm FILE` begins anew.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

E_INVOICES = ("en16931", "xrechnung", "zugferd-v1", "zugferd-v2", "zugferd-odd", "fatturapa")
STATEMENTS = ("mt940",)
PAPER = ("pdf-text",)
SCANS = ("scan",)
MONEY = frozenset({"net", "vat", "gross", "pay", "credit", "debit", "opening", "closing", "refunded"})
NOT_ASKED = frozenset({"file", "outcome", "must_warn", "truth", "note"})
LIMIT = 0.005  # seconds for one e-invoice
Answer = dict[str, Any]


def right(field: str, wanted: str, got: str) -> bool:
    """Whether an answer is the expected one: numbers by value, the seller by letters and digits."""
    try:
        if field in MONEY or field in ("entries", "pending"):
            return Decimal(wanted) == Decimal(got)
    except InvalidOperation:
        return False
    if field == "seller":
        return _letters(wanted) == _letters(got)
    blank = "" if field in ("account", "number") else " "
    return re.sub(r"\s+", blank, wanted).strip() == re.sub(r"\s+", blank, got).strip()


def _letters(said: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", said).casefold() if c.isalnum())


def cases(samples: Path, kinds: tuple[str, ...]) -> list[tuple[Path, dict[str, str]]]:
    """The files that are to be read, each with what is expected of it; those to be refused are left out."""
    found = []
    for kind in kinds:
        table = samples / kind / "expected.csv"
        if table.is_file():
            with table.open(encoding="utf-8", newline="") as file:
                rows = [row for row in csv.DictReader(file) if row["outcome"] == "read"]
            found += [(samples / kind / row["file"], row) for row in rows]
    return found


# --- peers: each reads a path into the answers that it can give -------------------------------------------


def heller(path: Path) -> Answer:
    """Heller's own reading."""
    from zoneinfo import ZoneInfo

    from heller import intake
    from heller.intake import as_plain
    from heller.model.record import Blob

    data = path.read_bytes()
    blob = Blob(path.name, data, sha256(data).hexdigest())
    found = as_plain.documents(intake.read(blob, ZoneInfo("Europe/Berlin")))
    return {key: value.value for key, value in found[0].values.items()} if found else {}


def facturx(path: Path) -> Answer:
    """factur-x: the XML of the PDF, then its parser of EN 16931; without XSD, which loses files."""
    from facturx import get_xml_from_pdf
    from facturx.parse_xml import parse_ubl_cii_xml

    data = path.read_bytes()
    if data[:4] == b"%PDF":
        _, data = get_xml_from_pdf(data, check_xsd=False)
    found = parse_ubl_cii_xml(data, check_xsd=False)
    terms = found[0] if isinstance(found, tuple) else found
    seller = terms.get("BG-4") or {}
    return {
        "number": terms.get("BT-1"),
        "date": terms.get("BT-2"),
        "type": terms.get("BT-3"),
        "currency": terms.get("BT-5"),
        "seller": seller.get("name") if isinstance(seller, dict) else None,
        "net": _term(terms, "BT-109"),
        "vat": _term(terms, "BT-110"),
        "gross": _term(terms, "BT-112"),
        "pay": _term(terms, "BT-115"),
    }


def _term(terms: Answer, name: str) -> Any:
    totals = terms.get("BG-22")
    return terms.get(name) or (totals.get(name) if isinstance(totals, dict) else None)


def mt940(path: Path) -> Answer:
    """mt-940 with its default options."""
    import mt940 as library

    found = library.parse(str(path))
    amounts = [entry.data["amount"] for entry in found if entry.data.get("amount")]
    said = found.data
    return {
        "account": said.get("account_identification"),
        "currency": amounts[0].currency if amounts else None,
        "entries": len(amounts),
        "credit": sum((a.amount for a in amounts if a.amount > 0), Decimal(0)),
        "debit": -sum((a.amount for a in amounts if a.amount < 0), Decimal(0)),
        "opening": _balance(said.get("final_opening_balance")),
        "closing": _balance(said.get("final_closing_balance")),
    }


def _balance(balance: Any) -> Any:
    return None if balance is None else balance.amount.amount


def invoice2data(path: Path) -> Answer:
    """invoice2data with the templates that it ships."""
    import logging

    from invoice2data import extract_data
    from invoice2data.extract.loader import read_templates

    logging.disable(logging.CRITICAL)
    found = extract_data(str(path), templates=read_templates()) or {}
    day = found.get("date")
    return {
        "number": found.get("invoice_number"),
        "date": day.date().isoformat() if day is not None and hasattr(day, "date") else day,
        "seller": found.get("issuer"),
        "net": found.get("amount_untaxed"),
        "vat": found.get("amount_tax"),
        "gross": found.get("amount"),
        "currency": found.get("currency"),
    }


def tesseract(path: Path) -> Answer:
    """Tesseract with German and English, as its program reads a picture."""
    call = ["tesseract", str(path), "stdout", "-l", "deu+eng"]
    return {"text": subprocess.run(call, capture_output=True, check=True, timeout=120).stdout.decode()}


def stands(field: str, wanted: str, text: str) -> bool:
    """Whether a value stands among words: an amount or day in any usual writing, a name by its letters."""
    if field in MONEY:
        plain = f"{Decimal(wanted):.2f}"
        return any(
            re.sub(r"[.,' ](?=\d{3})", "", one).replace(",", ".") == plain for one in _AMOUNT.findall(text)
        )
    if field == "date":
        year, month, day = wanted.split("-")
        forms = (f"{day}{m}{month}{m}{y}" for m in "./-" for y in (year, year[2:]))
        return wanted in text or any(form in text for form in forms)
    return _letters(wanted) in _letters(text)


_AMOUNT = re.compile(r"\d{1,3}(?:[.,' ]\d{3})*[.,]\d{2}(?!\d)|\d+[.,]\d{2}(?!\d)")


PEERS: dict[str, tuple[Callable[[Path], Answer], tuple[str, ...]]] = {
    "factur-x": (facturx, E_INVOICES),
    "mt-940": (mt940, STATEMENTS),
    "invoice2data": (invoice2data, PAPER),
    "Tesseract": (tesseract, SCANS),
}


def answers(read: Callable[[Path], Answer], paths: list[Path]) -> list[tuple[Answer, float]]:
    """What a reader says of each file, and the seconds that it took; an exception is no answer."""
    said: list[tuple[Answer, float]] = []
    for number, path in enumerate([*paths[:1], *paths]):
        began = _spent()
        try:
            found = {key: str(value) for key, value in read(path).items() if value is not None}
        except Exception:  # a peer that breaks has not answered
            found = {}
        if number:
            said.append((found, _spent() - began))
    return said


def _spent() -> float:
    """Seconds of the processor that this process, the programs it ran and the one that recognises have used."""
    own, ended = (
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )
    return own + ended + max(0.0, _programs() - ended)


def _programs() -> float:
    """Seconds of all programs that were called, those that still run as the recogniser does among them."""
    try:
        from heller.machine.spent import spent
    except ImportError:  # where the peers are
        return 0.0
    return spent(os.getpid()).programs


def elsewhere(python: str, peer: str, samples: Path) -> list[tuple[Answer, float]]:
    """The answers of a peer, read in its own environment."""
    call = [python, __file__, str(samples), "--as", peer]
    done = subprocess.run(call, capture_output=True, check=True, timeout=600)
    return [(found, seconds) for found, seconds in json.loads(done.stdout)]


def line(name: str, asked: list[tuple[Path, dict[str, str]]], said: list[tuple[Answer, float]]) -> str:
    """The measured line of a reader."""
    good = bad = total = whole = 0
    for (_, row), (found, _) in zip(asked, said, strict=True):
        fields = [(f, w) for f, w in row.items() if w and f and f not in NOT_ASKED]
        hits = [_hit(f, w, found) for f, w in fields]
        total += len(fields)
        good += hits.count(True)
        bad += hits.count(False)
        whole += all(hits)
    times = [seconds for _, seconds in said]
    share = f"{100 * good / total:6.1f} % {100 * bad / total:6.1f} % {100 * whole / len(asked):6.1f} %"
    speed = f"{statistics.median(times) * 1000:>10.2f}{max(times) * 1000:>10.1f}"
    return f"{name:24}{len(asked):>6}{total:>8}  {share}{speed}"


def _hit(field: str, wanted: str, found: Answer) -> bool | None:
    """Whether a field is right; None where it was not answered."""
    if text := found.get("text"):
        return stands(field, wanted, text) or None
    return right(field, wanted, str(found[field])) if found.get(field) not in (None, "") else None


def real_scans(folder: Path) -> list[tuple[Path, dict[str, str]]]:
    """Real receipts with the values that their set gives: total, day, company."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
    import receipts_score

    found = []
    for picture, said in receipts_score.pairs(folder):
        days = sorted(receipts_score._days(said.get("date", "")))
        total = receipts_score._amount(said.get("total", ""))
        values = {"seller": said.get("company", ""), "date": str(days[0]) if days else ""}
        found.append((picture, values | {"gross": "" if total is None else str(total)}))
    return found


def bare(path: Path) -> Answer:
    """What PDFium itself needs to open a file and to hand out the text of its pages: the floor of a hybrid."""
    import pypdfium2

    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        said = "".join(page.get_textpage().get_text_range() for page in document)
        return {"text": said, "attached": document.count_attachments()}


def hybrids(asked: list[tuple[Path, dict[str, str]]]) -> str:
    """The quickest of five readings of each hybrid, beside the quickest that PDFium takes for its text alone."""
    pages = [path for path, _ in asked if path.suffix.lower() == ".pdf"]
    paths = [path for path in pages if bare(path)["attached"]]
    ours, floor = (
        [min(times) for times in zip(*([s for _, s in answers(read, paths)] for _ in range(5)), strict=True)]
        for read in (heller, bare)
    )
    over = sorted(
        (f"{path.name} {1000 * spent:.1f} ({1000 * least:.1f})", spent)
        for path, spent, least in zip(paths, ours, floor, strict=True)
        if spent > LIMIT
    )
    said = f"hybrids: {1000 * statistics.median(ours):.1f} ms (PDFium alone {1000 * statistics.median(floor):.1f}), "
    said += f"{len(paths) - len(over)} of {len(paths)} within {1000 * LIMIT:.0f} ms"
    return said + "".join(f"\n  over: {name}" for name, _ in over)


def cold(path: Path) -> tuple[float, float]:
    """Seconds of `heller read FILE --json` from its start to its end: of the processor, and on the wall."""
    busy, wall = [], []
    for _ in range(5):
        spent, began = _spent(), time.perf_counter()
        call = [str(Path(sys.executable).parent / "heller"), "read", str(path), "--json"]
        subprocess.run(call, capture_output=True, check=True)
        busy.append(_spent() - spent)
        wall.append(time.perf_counter() - began)
    return statistics.median(busy), statistics.median(wall)


def kept(file: Path | None) -> dict[str, str]:
    """The lines that an earlier run has measured."""
    return json.loads(file.read_text("utf-8")) if file and file.is_file() else {}


def measurements(samples: Path, peers: str, receipts: Path | None) -> Iterator[tuple[str, Callable[[], str]]]:
    """What is measured, each by the name of its line and the function that measures and words it."""
    for peer, (read, kinds) in PEERS.items():
        if not (files := cases(samples, kinds)):
            continue
        ours = f"Heller ({kinds[0]} ...)" if len(kinds) > 1 else f"Heller ({kinds[0]})"
        yield ours, partial(measured, ours, files, heller)
        if read is tesseract:
            yield peer, partial(measured, peer, files, read)
        elif peers:
            yield peer, lambda peer=peer, files=files: line(peer, files, elsewhere(peers, peer, samples))
    if receipts:
        scans = real_scans(receipts)
        yield "Heller (real scans)", partial(measured, "Heller (real scans)", scans, heller)
        yield "Tesseract (real scans)", partial(measured, "Tesseract (real scans)", scans, tesseract)
    yield "hybrids", lambda: hybrids(cases(samples, E_INVOICES))
    for kind in ("xrechnung", "zugferd-v2"):
        if files := cases(samples, (kind,)):
            yield f"cold {kind}", partial(from_start_to_end, files[0][0])


def measured(name: str, files: list[tuple[Path, dict[str, str]]], read: Callable[[Path], Answer]) -> str:
    """The line of a reader that runs here."""
    return line(name, files, answers(read, [path for path, _ in files]))


def from_start_to_end(path: Path) -> str:
    """The line of one call of the command line."""
    busy, wall = cold(path)
    return f"cold `heller read` of {path.name}: {busy:.3f} s of the processor, {wall:.3f} s in all"


def main() -> int:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("samples", type=Path)
    asked.add_argument("--peers", default="", help="the interpreter of an environment with the peers")
    asked.add_argument("--receipts", type=Path, help="real scans in the layout of SROIE's set")
    asked.add_argument("--keep", type=Path, help="where measured lines are kept, so that a run can go on")
    asked.add_argument("--as", dest="peer", choices=[*PEERS], help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.peer:
        read, kinds = PEERS[given.peer]
        print(json.dumps(answers(read, [path for path, _ in cases(given.samples, kinds)])))
        return 0
    shares = f"{'right':>8} {'wrong':>8} {'whole':>8}"
    print(f"{'reader':24}{'files':>6}{'fields':>8}  {shares}{'ms median':>10}{'ms worst':>10}")
    known = kept(given.keep)
    for name, measure in measurements(given.samples, given.peers, given.receipts):
        if name not in known:
            known[name] = measure()
            if given.keep:
                given.keep.write_text(json.dumps(known), "utf-8")
        print(known[name], flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
