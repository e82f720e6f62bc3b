"""The forgery lab: every attack against every verifier, flipped bits, honest bundles.

`make test` tries each attack on heller and verify.py and some on the shell; `make lab` sets HELLER_LAB and
tries everything, in the numbers that the docs name.
"""

from __future__ import annotations

import os
import random
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.journal.authority import Authority, authority
from tests.lab import beside, flips, judges, member_types, small, table
from tests.lab.attack import ATTACKS, MISSED, Attack
from tests.lab.forger import Forger
from tests.lab.world import AS_OF, HOURS, WAGES, World, closed, honest

from heller.casefile import stamping
from heller.casefile.bundle.build import build, sheets
from heller.casefile.bundle.scope import Scope
from heller.casefile.bundle.verify import verify_bundle
from heller.casefile.stamping.renew import renew
from heller.casefile.writing.take_in import take_in
from heller.journal.checking.verify import verify

__all__ = ["authority"]

FULL = bool(os.environ.get("HELLER_LAB"))
FLIPS = 100_000 if FULL else 400
TYPES = 2_000 if FULL else 60  # bundles with a value of another type
HONEST = 1_000 if FULL else 12
EVERY = 1 if FULL else 20  # how many attacks apart the shell is tried
PARTS = 20  # so that several processes share the work
NEEDED = ("unzip", "zipinfo", "sha256sum", "openssl", "bash")

pytestmark = pytest.mark.xdist_group("lab")


@pytest.fixture(scope="module")
def world(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> World:
    """An honest case, stamped, with its bundle."""
    return honest(tmp_path_factory.mktemp("world"), authority)


@pytest.fixture(scope="module")
def shut(world: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The same case with wages and hours, its bundle closed."""
    return closed(world, tmp_path_factory.mktemp("shut"))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The same case, stamped by nobody, with its bundle."""
    return honest(tmp_path_factory.mktemp("plain"), None)


@pytest.fixture(scope="module")
def worlds(world: World, shut: World, plain: World) -> Callable[[Attack], World]:
    """The honest world that an attack starts from."""
    return lambda one: shut if one.shut else plain if one.plain else world


def shell_is_here() -> None:
    """Skip where a program of the sheets is missing."""
    for name in NEEDED:
        if shutil.which(name) is None:
            pytest.skip(f"{name} is not here")


def test_the_honest_bundle_holds(world: World, tmp_path: Path) -> None:
    """For all three, with the kept tree head and with the authority's root named by hand."""
    shell_is_here()
    assert world.authority is not None
    root = world.authority.root.read_bytes()
    assert judges.heller(world.bundle.read_bytes(), (world.kept,), (root,)) == ""
    given = [("kept.txt", world.kept.decode()), ("root.pem", root.decode())]
    assert judges.script(world.bundle, tmp_path / "script", given) == ""
    for sheet in ("PRUEFEN.txt", "VERIFY.txt"):
        assert judges.shell(world.bundle, tmp_path / "shell", world.kept, sheet) == ""


def test_the_honest_closed_bundle_holds(shut: World, tmp_path: Path) -> None:
    """For all three; each says what is closed."""
    shell_is_here()
    assert judges.heller(shut.bundle.read_bytes()) == ""
    assert judges.script(shut.bundle, tmp_path / "script") == ""
    assert "closed Kosten je Stunde" in judges.script_unchecked()
    for sheet in ("PRUEFEN.txt", "VERIFY.txt"):
        faults, unchecked = judges.shell_said(shut.bundle, tmp_path / "shell", b"", sheet)
        assert faults == "" and "Kosten je Stunde" in unchecked


def test_the_sheets_are_short_and_say_the_same() -> None:
    """At most 16 lines of shell and 123 of Python; both languages have the same lines."""
    assert len(judges.shell_lines("PRUEFEN.txt")) == 16
    assert judges.shell_lines("PRUEFEN.txt") == judges.shell_lines("VERIFY.txt")
    script = next(sheet for sheet in sheets() if sheet.name == "verify.py")
    lines = script.read_text().splitlines()
    assert (
        len(lines) <= 123 and max(map(len, lines)) <= 120 and not any(";" in x for x in lines if "#" not in x)
    )


def test_there_are_enough_attacks() -> None:
    """At least 330 kinds, each with its own name; what others find, heller finds too, and a miss has a reason."""
    assert len({one.name for one in ATTACKS}) == len(ATTACKS) >= 330
    for one in ATTACKS:
        assert one.heller != MISSED or one.script == one.shell == MISSED
        assert bool(one.why) is (MISSED in (one.heller, one.script, one.shell)), one.name
        assert one.unchecked or one.heller == MISSED or MISSED not in (one.script, one.shell), one.name


@pytest.mark.parametrize("one", ATTACKS, ids=lambda one: one.name)
def test_attack(one: Attack, worlds: Callable[[Attack], World], tmp_path: Path) -> None:
    """Each verifier says what the table says; what a smaller one finds heller finds too; a smaller one that misses
    what another finds says that it did not look at that, so no two contradict each other."""
    data = one.forge(Forger(worlds(one)))
    bundle = tmp_path / "forged.zip"
    bundle.write_bytes(data)
    breach, beside = judges.heller_said(data)
    assert one.says in beside
    said = {
        "heller": breach,
        "script": judges.script(bundle, tmp_path / "script"),
    }
    unchecked = {"script": judges.script_unchecked()}
    if ATTACKS.index(one) % EVERY == 0:
        shell_is_here()
        said["shell"], unchecked["shell"] = judges.shell_said(bundle, tmp_path / "shell")
    assert said["heller"] or not any(said.values()), said
    for judge, fault in said.items():
        assert bool(fault) is (getattr(one, judge) != MISSED), f"{judge}: {fault}"
        assert fault or one.unchecked in unchecked.get(judge, one.unchecked), f"{judge}: {unchecked}"


@pytest.mark.parametrize("one", [a for a in ATTACKS if a.kept], ids=lambda one: one.name)
def test_what_somebody_kept_finds_the_rest(
    one: Attack, world: World, worlds: Callable[[Attack], World], tmp_path: Path
) -> None:
    """A tree head received earlier, or a root of one's own, finds what the bundle alone cannot show."""
    assert world.authority is not None
    data = one.forge(Forger(worlds(one)))
    bundle = tmp_path / "forged.zip"
    bundle.write_bytes(data)
    root = world.authority.root.read_bytes()
    kept = worlds(one).kept
    assert judges.heller(data, (kept,), (root,))
    given = [("kept.txt", kept.decode()), ("root.pem", root.decode())]
    assert judges.script(bundle, tmp_path / "script", given)


def test_the_honest_bundle_that_nobody_stamped_holds(plain: World, tmp_path: Path) -> None:
    """What is forged in it is found for itself, not for the stamps that it lacks."""
    assert judges.heller(plain.bundle.read_bytes()) == judges.script(plain.bundle, tmp_path / "script") == ""
    if all(map(shutil.which, NEEDED)):
        assert judges.shell(plain.bundle, tmp_path / "shell") == ""


@pytest.fixture(scope="module")
def copy(world: World) -> bytes:
    """An honest stamped copy of the dossier."""
    made = beside.stamped(world)
    assert beside.judged(world, beside.paper(made)).holds
    return made


@pytest.mark.parametrize("one", beside.BESIDE, ids=lambda one: one.name)
def test_what_is_handed_over_beside_is_checked(one: beside.Beside, world: World, copy: bytes) -> None:
    """A copy of the dossier on which something else was put than stamps and signatures is found."""
    assert not beside.judged(world, one.make(world, copy)).holds


@pytest.mark.parametrize("one", beside.BESIDE_CLOSED, ids=lambda one: one.name)
def test_what_opens_closed_fields_is_checked(one: beside.Beside, shut: World) -> None:
    """An opening, an original, a tree head or a root that does not fit the closed bundle is found, or refused."""
    assert not beside.judged(shut, one.make(shut, b"")).holds


def test_a_file_that_nothing_opened_names_is_said(shut: World) -> None:
    """Handed over as an original, and of no entry that was opened: nothing was compared, and that is said."""
    said = beside.judged(shut, {"originals": [b"Mitarbeiter;Kosten\nErika;99,99\n"]}).opened
    assert "original of no entry" in said[0].id


def test_who_tries_values_out_learns_nothing(world: World, shut: World) -> None:
    """The true wages and names, with every salt that the bundle shows, give no digest that stands in it; what is
    shown is as long whatever the value is. So no list of values, however short, can be tried out."""
    data = shut.bundle.read_bytes()
    wages = ["43,17", "29,83", "27 %", "25 %", "Erika Zwölfer", "Hans Dröge"]
    shown = data.decode("latin-1")
    for name, digests in beside.guessed(world, shut, iter(wages)).items():
        assert name == "length of what is closed" or digests, name
        there = [one for one in digests if one in shown or bytes.fromhex(one) in data]
        assert there == [], name
    assert {mark for _, place, mark in beside.fields(shut) if "Kosten" in place} == {"XXXX"}


def test_the_page_is_what_the_lab_says() -> None:
    """docs/forgery-lab.md is made from the attacks: python -m tests.lab.table"""
    assert table.PAGE.read_text("utf-8") == table.page()


@pytest.fixture(scope="module")
def stamped(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[bytes]:
    """A small stamped bundle."""
    case = tmp_path_factory.mktemp("small") / "case"
    small.lived(case, random.Random(7))
    stamping.add(case, [authority.tsa("one"), authority.tsa("two")], [authority.root])
    yield small.bundle_of(case)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_flipped_bit_is_found(stamped: bytes, tmp_path: Path, part: int) -> None:
    """In the archive and in the files, by heller's check of the bytes and by verify.py."""
    assert flips.missed(stamped, FLIPS // PARTS, part, tmp_path) == []


@pytest.mark.parametrize("part", range(HONEST // 4 if not FULL else PARTS))
def test_honest_bundles_hold(authority: Authority, tmp_path: Path, part: int) -> None:
    """Crashes, clocks that jump, nights without an hour, erasures, stamps, closed fields: no false alarm, and
    nothing closed in any byte."""
    shell = shutil.which("zipinfo") and part % 10 == 0
    for number in range(HONEST // PARTS if FULL else 4):
        dice = random.Random(f"{part}-{number}")
        case = tmp_path / f"case-{number}"
        stamps = number % 4 == 0

        def stamp(folder: Path) -> None:
            stamping.add(folder, [authority.tsa("one")], [authority.root])
            stamping.stamp(folder)

        small.lived(case, dice, stamp if stamps else None)
        bundle = tmp_path / "honest.zip"
        kinds = (("names", "wages"), ("names",), ())[number % 3]
        bundle.write_bytes(small.bundle_of(case, kinds))
        assert verify(bundle.read_bytes()).breaches == ()
        assert judges.script(bundle, tmp_path / "script") == ""
        if "names" in kinds and b"loehne-" in (case / "bodies.jsonl").read_bytes():
            assert "Zwölfer".encode() not in bundle.read_bytes()
        if shell and number < 2:
            assert judges.shell(bundle, tmp_path / "shell") == ""
        shutil.rmtree(case)


def test_made_twice_it_is_the_same_bytes(world: World) -> None:
    """The stamp over the manifest is asked for once and used again."""
    before = world.bundle.read_bytes()
    assert build(world.folder, AS_OF, "de").bundle.read_bytes() == before


def test_only_what_is_cited_travels(world: World, tmp_path: Path) -> None:
    """What nothing was read from stays at home; its line stays, verify says so, nothing is a breach."""
    case = Path(shutil.copytree(world.folder, tmp_path / "case"))
    take_in(case, [("foto.bin", bytes(50_000))])
    built = build(case, AS_OF, "de", scope=Scope.CITED)
    outcome = verify_bundle(built.bundle)
    assert outcome.breaches == ()
    assert any("not in the bundle" in said.id for said in outcome.remarks)
    assert built.bundle.stat().st_size < world.bundle.stat().st_size + 45_000
    assert judges.script(built.bundle, tmp_path / "script") == ""
    if all(map(shutil.which, NEEDED)):
        assert judges.shell(built.bundle, tmp_path / "shell") == ""


def test_bundles_of_one_case_closed_this_way_and_that_hold(authority: Authority, tmp_path: Path) -> None:
    """After a hash renewal, whose lists have digests without salt and stay at home: closed, closed and cited only,
    open again, and closed in the other language with names alone."""
    if not FULL:
        pytest.skip("make lab")
    case = honest(tmp_path / "world", authority).folder
    renew(case, digest="sha512")
    take_in(case, [("foto.bin", b"\0\1Hans Dr\xc3\xb6ge" + bytes(3000)), ("leer.bin", bytes(50))])
    take_in(case, [("loehne.csv", WAGES.encode()), ("stunden.csv", HOURS.encode())])
    for lang, kinds, scope in (
        ("de", ("names", "wages"), Scope.ALL),
        ("de", ("names", "wages"), Scope.CITED),
        ("de", (), Scope.ALL),
        ("en", ("names",), Scope.ALL),
    ):
        bundle = build(case, AS_OF, lang, scope=scope, close=kinds).bundle
        assert verify_bundle(bundle).breaches == ()
        assert judges.script(bundle, tmp_path / "script") == judges.shell(bundle, tmp_path / "shell") == ""
        assert not kinds or "Dröge".encode() not in bundle.read_bytes()
        with zipfile.ZipFile(bundle) as archive:
            assert any("sha512" in name for name in archive.namelist()) is not bool(kinds)


def test_a_hostile_archive_costs_little(world: World, tmp_path: Path) -> None:
    """A bomb of 200 MB is refused without unpacking it."""
    forged = next(one for one in ATTACKS if one.name == "bomb").forge(Forger(world))
    begun = time.process_time()
    assert judges.heller(forged)
    assert time.process_time() - begun < 5


def test_no_type_of_a_value_in_a_bundle_is_a_fault_of_the_program(world: World, shut: World) -> None:
    """Each is 'does not hold', or holds: `make fuzz-bundle` tries for as long as one likes."""
    dice = random.Random(7)
    faults = [fault for _ in range(TYPES) if (fault := member_types.tried([world, shut], dice))]
    assert faults == []
