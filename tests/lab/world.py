"""The honest world of the forgery lab: a small case, stamped by a real authority, and its bundle."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from msgspec import Struct
from tests.journal.authority import Authority

from heller import casefile
from heller.casefile import stamping
from heller.casefile.bundle.hand_out import HandedOut, hand_out
from heller.casefile.stamping.renew import renew
from heller.casefile.writing import write
from heller.casefile.writing.take_in import keep_layout, take_in
from heller.intake.bank.profile import Profile
from heller.journal.archive import unpack
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.purpose import Purpose

EXAMPLE = Path(__file__).parents[2] / "examples" / "2015-companyconnect"
AS_OF = date(2015, 6, 30)
FIRST = ("angaben.csv", "kontakte.csv", "rechnung-notanschluss.xml", "belegliste.csv")
WAGES = "Mitarbeiter;Kosten je Stunde;Überstundenzuschlag\nErika Zwölfer;43,17;27 %\nHans Dröge;29,83;25 %\n"
HOURS = (
    "Mitarbeiter;Datum;Beginn;Ende;Pause;Art;Bemerkung\n"
    "Erika Zwölfer;05.02.2015;08:00;12:00;0;Schadensbeseitigung;Ersatzleitung\n"
    "Hans Dröge;21.02.2015;17:00;20:00;0;Überstunden;\n"
)
LATER = ("rechnung-mobilfunk.xml",)


class World(Struct, frozen=True):
    """The case folder, its bundle by name, an anchor that somebody kept, and the authority."""

    folder: Path
    bundle: Path
    files: dict[str, bytes]
    kept: bytes
    authority: Authority | None


def inputs(folder: Path, names: tuple[str, ...]) -> list[Path]:
    """Copies of some files of the example."""
    folder.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copy(EXAMPLE / name, folder / name)) for name in names]


def honest(home: Path, authority: Authority | None, asked: tuple[str, ...] = ("one", "two")) -> World:
    """A case that was stamped in between and at the end, by authorities of these names; without an authority it has
    tree heads alone."""
    case = home / "case"
    casefile.open_case(case)
    if authority is not None:
        stamping.add(case, [authority.tsa(name) for name in asked], [authority.root])
    casefile.add(case, inputs(home / "first", FIRST))
    stamping.stamp(case)
    renew(case)
    _decided(case, home)
    casefile.add(case, inputs(home / "later", LATER))
    number = write.note(case, written("Der Techniker sagt: Sie können jetzt online gehen."))
    write.note(case, written("Frau Muster hat die Leitung nochmals gemeldet."))
    casefile.correct(case, number, "Es war der Kollege.")
    built = casefile.build(case, AS_OF, "de")
    files = opened(built.bundle.read_bytes())
    return World(case, built.bundle, files, newest(files), authority)


def _decided(case: Path, home: Path) -> None:
    """What people decide, withdraw, erase and hand out before the newest tree head."""
    take_in(case, [("zettel.txt", "Router um 9 Uhr neu gestartet, Frau Özil war dabei.".encode())])
    paper = max(exhibit.number for exhibit in casefile.load(case).exhibits)
    said = {"kind": "receipt", "date": "2015-02-16", "number": "Z-1", "seller": "Elektro Beispiel (erfunden)",
            "net": "20.00", "vat": "3.80", "gross": "23.80", "currency": "EUR"}  # fmt: skip
    casefile.give(case, paper, said, "Erika Muster")
    write.note(case, Purpose("Z-1", "hardware", Decimal(1), "Netzteil des Routers"))
    layout = Profile(name="hausbank", title="Hausbank", source="lab", head=("Tag", "Zweck", "Euro"),
                     columns={"booked": ("Tag",), "purpose": ("Zweck",), "amount": ("Euro",)})  # fmt: skip
    keep_layout(case, "tag|zweck|euro", layout)
    gone = write.note(case, written("Meine Nummer ist 0170 0000000."))
    casefile.erase(case, gone, "Antrag der betroffenen Person", "Art. 17 DSGVO")
    casefile.correct(case, write.note(case, written("Es war am 17. Februar.")), "Verwechselt.")
    pages = inputs(home / "handed", ("angaben.csv", "kontakte.csv"))
    hand_out(case, HandedOut(pages[0], pages[1], "ab" * 32, AS_OF), "Rechtsanwältin Muster")


def closed(world: World, home: Path) -> World:
    """The same case with wages and hours, its bundle closed."""
    case = Path(shutil.copytree(world.folder, home / "closed"))
    take_in(case, [("loehne.csv", WAGES.encode()), ("stunden.csv", HOURS.encode())])
    built = casefile.build(case, AS_OF, "de", close=("names", "wages"))
    data = built.bundle.read_bytes()
    files = opened(data)
    return World(case, built.bundle, files, newest(files), world.authority)


def newest(files: dict[str, bytes]) -> bytes:
    """The newest tree head of a bundle."""
    name = max(
        n for n in files if n.startswith("data/anchors/0") and n.count(".") == 1 and n.endswith(".txt")
    )
    return files[name]


def opened(data: bytes) -> dict[str, bytes]:
    """The files of a bundle."""
    return {name: bytes(view) for name, view in unpack(data).files.items()}


def written(said: str) -> Contact:
    """A contact, as a person writes it down."""
    return Contact(datetime(2015, 2, 16, 9, tzinfo=UTC), ContactKind.CONTACT, "Telefon", "Techniker", said)
