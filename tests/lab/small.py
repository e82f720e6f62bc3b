"""Small cases without pages: enough for a bundle, quick enough for a hundred thousand tries."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.lab.world import AS_OF, written

from heller import casefile
from heller.casefile import stamping
from heller.casefile.bundle import seal
from heller.casefile.bundle.build import along, payload
from heller.casefile.bundle.closed_case import close
from heller.casefile.stamping import settings
from heller.casefile.writing.take_in import take_in
from heller.journal import store
from heller.journal.archive import facts
from heller.journal.bundle import make
from heller.journal.clock import read_clock
from heller.journal.mend import mend

PAGES, FIGURES = b"%PDF-1.7 not a real page\n%%EOF\n", b"{}\n"


def bundle_of(case: Path, kinds: tuple[str, ...] = ()) -> bytes:
    """The bundle of a case whose dossier is a stub; fields of these kinds are closed."""
    shut = close(case, casefile.claim(case, AS_OF), AS_OF, kinds, frozenset()) if kinds else None
    files = along(case, {"dossier-de.pdf": PAGES, "claim.json": FIGURES}, shut)
    named = {name: facts(data).sha for name, data in files.items()}
    body = {"lang": "de", "entries": len(store.load(case).entries), "files": named}
    told = [("closed", shut.entry)] if shut and shut.entry else []
    store.append(case, [*told, ("dossier", body)], read_clock())
    if settings.load(case).authorities:
        stamping.stamp(case)
    inside = payload(case, (), files, shut)
    origin = store.load(case).entries[0].body or {}
    return make(
        inside, {"External-Identifier": str(origin["case"])}, lambda data: seal.first_stamp(case, data)
    )


def lived(case: Path, dice: random.Random, stamp: Callable[[Path], object] | None = None) -> None:
    """A case with a life: entries, files, clocks that jump, nights without an hour, crashes, erasures."""
    now = datetime(2026, dice.choice((3, 10)), dice.choice((25, 29)), 0, 30, tzinfo=UTC)
    casefile.open_case(case, now)
    for step in range(dice.randrange(3, 12)):
        now += timedelta(minutes=dice.choice((1, 7, 60, 600)))
        event = dice.randrange(8)
        if event == 0:
            now += timedelta(hours=dice.choice((-26, -1, 1, 9000)))  # a clock jumps, an hour is doubled
        elif event == 1:
            torn(case, dice)
        elif event == 2 and stamp is not None:
            stamp(case)
        elif event == 3:
            erase(case, dice, now)
        elif event in (4, 5):
            data = dice.randbytes(dice.randrange(1, 300))
            wage = f"Mitarbeiter;Kosten je Stunde\nErika Zwölfer;{dice.randrange(15, 90)},17\n"
            named = (
                (f"beleg-{step}.bin", data) if dice.randrange(2) else (f"loehne-{step}.csv", wage.encode())
            )
            take_in(case, [named], now)
        else:
            said = f"Notiz {step} äöü\u2028€ {dice.choice(('', 'an Frau Zwölfer'))}"
            casefile.note(case, written(said), now)


def torn(case: Path, dice: random.Random) -> None:
    """What a crash leaves: a body without its line, or half of either."""
    name = dice.choice(("journal.jsonl", "bodies.jsonl"))
    path = case / name
    last = path.read_bytes().splitlines(keepends=True)[-1]
    with path.open("ab") as file:
        file.write(last[: dice.randrange(1, max(2, len(last) - 1))])
    mend(case)


def erase(case: Path, dice: random.Random, now: datetime) -> None:
    """Take a note's body out and write why."""
    entries = store.load(case).entries
    notes = [e.seq for e in entries if e.kind == "note" and e.body is not None]
    if not notes:
        return
    gone = dice.choice(notes)
    path = case / "bodies.jsonl"
    kept = [x for x in path.read_bytes().splitlines(keepends=True) if not x.endswith(b'"seq":%d}\n' % gone)]
    store.append(case, [("erased", {"entry": gone, "why": "Antrag der betroffenen Person"})], read_clock(now))
    last = path.read_bytes().splitlines(keepends=True)[len(kept) + 1 :]
    path.write_bytes(b"".join(kept + last))
