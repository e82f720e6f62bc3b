"""The honest world of the forgery lab: a small case, stamped by a real authority, and its bundle."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from msgspec import Struct
from tests.journal.authority import Authority

from heller import casefile
from heller.casefile import stamping
from heller.casefile.stamping.renew import renew
from heller.casefile.writing import write
from heller.casefile.writing.take_in import take_in
from heller.journal.archive import unpack
from heller.model.kinds.contact import Contact, ContactKind

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


def honest(home: Path, authority: Authority | None) -> World:
    """A case that was stamped in between and at the end; without an authority it has tree heads alone."""
    case = home / "case"
    casefile.open_case(case)
    if authority is not None:
        stamping.add(case, [authority.tsa("one"), authority.tsa("two")], [authority.root])
    casefile.add(case, inputs(home / "first", FIRST))
    stamping.stamp(case)
    renew(case)
    casefile.add(case, inputs(home / "later", LATER))
    number = write.note(case, written("Der Techniker sagt: Sie können jetzt online gehen."))
    write.note(case, written("Frau Muster hat die Leitung nochmals gemeldet."))
    casefile.correct(case, number, "Es war der Kollege.")
    built = casefile.build(case, AS_OF, "de")
    files = opened(built.bundle.read_bytes())
    return World(case, built.bundle, files, newest(files), authority)


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
