"""A sample at least for every reader: what the properties over all readers and the fuzzer begin with."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from tests.intake.compound import compound, outlook
from tests.intake.papers import printed
from tests.intake.test_bank_kinds import TABLES
from tests.intake.test_bookkeepers_papers import SUSA
from tests.intake.test_containers import BILL, cms, tnef
from tests.intake.test_printed_statements import LAYOUTS
from tests.intake.test_shops import LISTS
from tests.intake.test_trackers_and_calls import MORE_CALLS, TRACKED
from tests.intake.test_units import BOOK, CASES, CLOSING, ERP, HOUSE, KIMAI, RECEIPTS
from tests.intake.test_units import TABLES as SEATS

from heller.intake.reading import choose
from heller.intake.written.encoding import as_text
from heller.model.record import Blob
from heller.model.sample import COLUMNS, VERSION, SampleHeader

HERE = Path(__file__).parent
HOMES = (HERE / "data", HERE.parent / "outage" / "data", HERE.parents[1] / "examples")
EXPECTED = (
    ".md",
    ".expected.json",
    ".expected-jc.json",
    "expected.json",
    ".yang.json",
    "golden.csv",
    "story.txt",
)
LARGEST = 300_000  # bytes: larger ones only cost time
OFFICE = {
    "bankauszug.qif": "!Type:Bank\nD05/02/2026\nT-119.00\nPFunkladen\nMR-1\n^\nD16/02/2026\nT5950.00\nPGrosskunde\n^\n",
    "belegliste.csv": "Rechnung;Schadensart;Anteil;Grund\nR-1;Notanschluss;100 %;LTE\nR-2;Eilbote;50 %;Fahrt\n",
    "eigenbelege.csv": "Datum;Wofür;Schadensart;Betrag;USt-Satz\n16.03.2026;Fisch;Verdorbene Ware;86,00;\n"
    "17.03.2026;Eis;Verdorbene Ware;14,00;7 %\n",
    "kanaele.csv": "Kanal;Deckungsbeitrag;USt-Satz;Kommt später\nLaden;40 %;19 %;10 %\nNetz;30 %;19 %;60 %\n",
    "kontakte.csv": "Datum;Uhrzeit;Art;Richtung;Weg;Inhalt\n05.02.2026;10:00;Störungsmeldung;aus;Telefon;Leitung tot\n"
    "06.02.2026;11:00;Zusage;ein;Telefon;Techniker kommt\n",
    "kundenforderungen.csv": "Kunde;Gefordert am;Forderung;Grund;Bezahlt am\nA;05.03.2026;100,00;Verzug;\n"
    "B;06.03.2026;50,00;Verzug;10.03.2026\n",
    "loehne.csv": "Mitarbeiter;Kosten je Stunde\nAnna;30,00\nBert;28,50\n",
    "susa.csv": SUSA.format(month="02/2026"),
    "angaben.csv": "Angabe;Wert;Quelle\nFirma;Muster GmbH;Handelsregister\nAnbieter;Netz AG;Vertrag\n",
    "stunden.csv": "Mitarbeiter;Datum;Von;Bis;Pause;Art\nAnna;05.02.2026;08:00;16:30;0:30;Leerlauf\n"
    "Bert;06.02.2026;08:00;16:30;0:30;Leerlauf\n",
}  # fmt: skip
UNITS = {"buch": BOOK, "haus": HOUSE, "tische": SEATS, "kasse": CLOSING, "bons": RECEIPTS, "faelle": CASES,
         "kimai": KIMAI, "erp": ERP}  # fmt: skip


def blob(name: str, data: bytes) -> Blob:
    """A file as it is taken in."""
    return Blob(name, data, sha256(data).hexdigest())


@cache
def samples() -> tuple[Blob, ...]:
    """All of them: files of the tests and examples, and those made here."""
    return (*_on_disk(), *_written(), *_packed())


@cache
def by_reader() -> dict[str, tuple[Blob, ...]]:
    """The samples by the reader that is the surest of them."""
    found: dict[str, list[Blob]] = {}
    for one in samples():
        readers = choose(as_text(one))
        found.setdefault(readers[0].NAME if readers else "", []).append(one)
    return {name: tuple(files) for name, files in found.items()}


LINE = (
    "at;up;rate_down;rate_up;margin_down;margin_up\n"
    "2026-03-02T08:00:00+01:00;1;100000;40000;7.5;9.0\n"
    "2026-03-02T08:05:00+01:00;0;;;;\n"
)


def tables() -> dict[str, bytes]:
    """Lists as shops, banks, trackers, telephone systems, practices and offices keep them."""
    return {
        **{f"bank {name}": content.encode() for name, (content, _) in TABLES.items()},
        **{f"shop {name}": data for name, data in LISTS.items()},
        **{f"calls {name}": content.encode() for name, content in MORE_CALLS.items()},
        **{f"hours {name}": content.encode() for name, content in TRACKED.items()},
        **{f"units {name}": content.encode() for name, content in UNITS.items()},
        **{name: content.encode() for name, content in OFFICE.items()},
    }


def _on_disk() -> Iterator[Blob]:
    for home in HOMES:
        for path in sorted(home.rglob("*")):
            if path.is_file() and not path.name.endswith(EXPECTED) and path.stat().st_size <= LARGEST:
                yield blob(path.name, path.read_bytes())


def _written() -> Iterator[Blob]:
    yield blob("router-main.csv", LINE.encode())
    for name, data in tables().items():
        yield blob(name if name.endswith((".csv", ".qif")) else f"{name}.csv", data)
    for name, lines in LAYOUTS.items():
        yield blob(f"{name}.pdf", printed(lines))


def _packed() -> Iterator[Blob]:
    notes = {"R-1.xml": BILL, "notiz.bin": b"\0\1"}
    yield blob("made.msg", _outlook())
    yield blob("R-1.xml.p7m", cms(BILL))
    yield blob("winmail.dat", tnef(notes, "Guten Tag"))
    yield blob(
        "zugriff.log.gz", gzip.compress((HERE / "data/logs/jc_common-log-format.log").read_bytes(), mtime=0)
    )
    yield blob("kuma.db-wal", b"\x37\x7f\x06\x82" + bytes(28))
    yield blob("20260204T000000Z.parquet", _segment())
    packed, taped = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in notes.items():
            archive.writestr(name, data)
    with tarfile.open(fileobj=taped, mode="w") as tape:
        for name, data in notes.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tape.addfile(info, io.BytesIO(data))
    yield blob("x.zip", packed.getvalue())
    yield blob("x.tar", taped.getvalue())


def _outlook() -> bytes:
    """A mail of Outlook with an attachment and a mail inside."""
    when = datetime(2015, 2, 12, 8, 31, tzinfo=UTC)
    inner = outlook(subject="Störung", sender=("A", "a@example.org"), sent=when, body="Auftrag 123456")
    files = (("b.csv", b"a;b\n1;2\n"), ("", inner), ("c.txt", b"x" * 5000))
    to = (("C", "c@example.org", 1),)
    return compound(
        outlook(subject="WG", sender=("B", "b@example.org"), to=to, sent=when, body="b", files=files)
    )


def _segment() -> bytes:
    """A sealed hour without a probe."""
    import msgspec
    import polars as pl

    head = SampleHeader(VERSION, "s", (), ((0, 1),), 1_000_000)
    table = pl.DataFrame(schema={name: getattr(pl, kind) for name, kind in COLUMNS.items()})
    out = io.BytesIO()
    table.write_parquet(out, metadata={"heller": msgspec.json.encode(head).decode()})
    return out.getvalue()
