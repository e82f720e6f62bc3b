"""An invented country is one folder: a whole claim, letter and dossier included, runs in it as in a real one."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import cyclopts
import pytest
from tests.law import law_world as world
from tests.law.law_world import AS_OF, step

import heller.law
from heller import casefile, dossier, law
from heller.cli import app, demo, screen
from heller.cli.law import add, query
from heller.dossier.wording import Words
from heller.journal.archive import unpack
from heller.law.book.rules import Mark
from heller.law.country import country, known
from heller.model.amount import Range
from heller.model.claim import Waterfall
from heller.model.kinds.contact import ContactKind
from heller.model.money import Money
from heller.model.record import Record

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "schilda"
E = Money.of


@pytest.fixture(scope="module", autouse=True)
def schilda() -> Iterator[None]:
    """Its folder is handed to the frame, and forgotten again."""
    law.look_in(FOLDER)
    yield
    heller.law.__path__.remove(str(FOLDER))
    known.cache_clear()


def run(
    *records: Record, damage: str = "25000", as_of: date = AS_OF, town: str = "XS", **facts: str
) -> Waterfall:
    """The waterfall of the town."""
    case = world.case(records, line__country=town, **facts)
    found = world.assessment(
        world.position("lost_sales", world.exact(damage), norm=law.head_norm("XS", "lost_sales")),
        world.position("pursuit_hours", world.exact("660"), recoverable=False),
    )
    return law.waterfall(case, world.outage(), found, as_of)


def test_a_country_is_found_by_its_folder() -> None:
    """Handed the path, the frame knows the town; its code is that of its folder."""
    assert known() == tuple(sorted(known())) and "xs" in known()
    assert country("XS").code == "XS"


def test_its_own_steps_in_its_own_order() -> None:
    """25,000: a tenth is sown, 22,500 are left; seven sacks of 1,428 hold 9,996; salt grows from the third day
    after 17 March, 103 days at 7.3 % are 205.92 by hand; no step of another country."""
    fall = run(world.demand())
    assert [one.key for one in fall.steps] == [
        "gross",
        "not_recoverable",
        "salt",
        "fault",
        "cap",
        "insurers",
        "interest",
    ]
    assert step(fall, "not_recoverable").effect == world.exact("-660")
    assert step(fall, "salt").running == world.exact("22500")
    assert step(fall, "cap").running == world.exact("9996")
    assert fall.interest == world.exact("205.92") and fall.due == world.exact("10201.92")
    assert fall.law == "Stadtrecht von Schilda"


def test_its_cap_falls_for_the_wicked_only() -> None:
    """Two assumptions beside each other; the lifter is worth what the sacks do not hold."""
    fall = run(world.demand())
    assert [one.key for one in fall.scenarios] == ["foolish", "wicked"]
    assert fall.scenarios[1].cap is None
    (lift,) = fall.lifts
    assert (lift.key, lift.worth) == ("intent", world.exact("12504"))


def test_its_costs_and_its_court() -> None:
    """By hand: 20 for 500, 15 for each of nine steps to 5,000, 10 for each of five to 9,996: 205."""
    fall = run(world.demand(), suit__odds_low="0.4", suit__odds_high="0.6")
    assert fall.costs is not None and fall.costs.risk == E("205") and not fall.costs.lawyer_mandatory
    assert fall.decision is not None and fall.decision.risk == E("205")
    assert fall.beyond[0].norm is not None and fall.beyond[0].norm.id == "SX-LIME"
    assert fall.overclaim is not None and fall.overclaim.value == E("22500")


def test_its_limitation_and_its_calendar() -> None:
    """A year and a day after 4 February 2015; a letter never asks for payment on a Monday."""
    fall = run(world.demand())
    assert fall.deadlines[-1].on == date(2016, 2, 5)
    assert "law.time_barred" in {one.code for one in run(as_of=date(2016, 2, 6)).findings}
    monday = run(as_of=date(2015, 6, 29 - 14))  # two weeks on is a Monday
    assert monday.jurisdiction.pay_by == date(2015, 6, 30)


def test_what_is_not_verified_is_shown_and_not_added() -> None:
    """The bell stands beside the chain with its mark."""
    fall = run(world.demand())
    (bell,) = fall.alternatives
    assert bell.norm.mark == Mark.UNVERIFIED.value
    assert fall.due == run(world.demand(), world.contact(ContactKind.PROMISE, date(2015, 2, 4))).due


def test_draws_go_through_its_steps() -> None:
    """A draw of 5,000 leaves 4,500, one of 50,000 fills the sacks: the decision spreads between them."""
    case = world.case((world.demand(),), line__country="XS", suit__odds_low="0.5")
    found = world.assessment(world.position("lost_sales", world.exact("25000")))
    draws = tuple(E(one) for one in (5000, 50000))
    decided = law.waterfall(case, world.outage(), found, AS_OF, draws).decision
    assert decided is not None
    assert decided.won.low < decided.won.high


def test_a_country_without_a_cap() -> None:
    """In Lalenburg 22,500 stay; nothing lifts what is not there, and no odds hang on it."""
    fall = run(world.demand(), town="XA", suit__odds_low="0.4")
    assert step(fall, "cap").running == world.exact("22500")
    assert (fall.lifts, fall.scenarios, fall.outside) == ((), (), ())
    assert fall.decision is not None
    assert "Whether the cap falls" not in {one.label.id for one in fall.decision.swings}
    ahead = law.cap_ahead("XA", date(2015, 2, 4), E(1000), AS_OF)
    assert (ahead.amount, ahead.words[0].id) == (None, "Lalenburg has no sacks, so there is no cap.")


def test_a_country_whose_costs_nobody_knows() -> None:
    """In Krähwinkel the claim is worked out, costs and decision are left open and said so; no odds are asked."""
    fall = run(world.demand(), town="XB")
    assert fall.due == world.exact("9996") and fall.interest == Range()
    assert (fall.costs, fall.decision, fall.beyond) == (None, None, ())
    assert "law.costs_unknown" in {one.code for one in fall.findings}
    case = world.case(line__country="XB")
    asked = law.questions(case, world.outage(), lambda facts: Range())
    assert "suit.odds_low" not in {one.key for one in asked}


def test_without_its_folder_the_damage_stands() -> None:
    """The same case where nobody handed the folder: no law is known, nothing else is said."""
    heller.law.__path__.remove(str(FOLDER))
    known.cache_clear()
    fall = run(world.demand())
    assert not fall.jurisdiction.known and fall.due == world.exact("25000")
    assert fall.interest == Range() and fall.costs is None
    law.look_in(FOLDER)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped case, as if the line lay in Schilda."""
    folder = tmp_path_factory.mktemp("schilda") / "case"
    casefile.open_case(folder)
    casefile.add(folder, demo.inputs(ROOT / "examples" / "2015-companyconnect"))
    assert app.run(["note", str(folder), "fact", "line.country", "xs"]) == 0
    return folder


def plain(printed: object) -> str:
    """All that is printed, for searching."""
    return repr(printed).replace("\\xa0", " ")


def test_letter_and_dossier_speak_its_law(shipped: Path) -> None:
    """The letter demands what its chain leaves, by its calendar and with its words; no other country is named."""
    claimed = casefile.claim(shipped, date(2015, 6, 30))
    printed = dossier.compose(claimed, "en")
    assert printed.letter is not None
    letter, everything = plain(printed.letter), plain((printed.letter, printed.parts))
    due = Words("en").money(claimed.waterfall.due.low)
    assert (
        due.replace("\N{NO-BREAK SPACE}", " ") in letter
        and "cry under the lime tree (§ 9 Schildaer Neuzeitrecht)" in letter
    )
    assert "§ 5 Schildaer Neuzeitrecht" in everything
    for foreign in ("BGB", "TKG", "ZPO", "VVG", "OLG", "12,500"):
        assert foreign not in everything, foreign
    inner = plain(dossier.compose(claimed, "en", inner=True).parts)
    assert "council under the lime tree" in inner and "BGB" not in inner


def test_its_bundle_is_sealed_and_verified(shipped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Through the command line: the dossier is made, its claim names the town's law, and it verifies."""
    for door in (screen.out, screen.err):
        door.cache_clear()
    built = casefile.build(shipped, date(2015, 6, 30), "en")
    claim = json.loads(bytes(unpack(built.bundle.read_bytes()).files["data/claim.json"]))
    assert claim["law"] == "Stadtrecht von Schilda"
    assert app.run(["verify", str(built.bundle)]) == 0
    for verb in ("show", "claim", "deadlines", "decide", "questions"):
        assert app.run([verb, str(shipped), "--as-of", "30.06.2015", "--lang", "en"]) == 0
    assert "BGB" not in capsys.readouterr().out


def test_its_questions_are_verbs(capsys: pytest.CaptureFixture[str]) -> None:
    """A file beside its law is a verb of `heller law xs`, read and shown like those of any country."""
    verbs = add(cyclopts.App(name="xs"), "xs")
    assert verbs["salt"].help == "What is sown on the salt field."
    query.xs__salt(claim="1.000,00", json=True)
    assert json.loads(capsys.readouterr().out)["sown"] == "100.00"


def test_the_folder_is_all_that_was_added() -> None:
    """No line of the program, its catalogue or its pages knows the town: only its folder and these tests do."""
    tracked = subprocess.run(
        ["git", "ls-files", "src", "tools", "docs", "Makefile", "pyproject.toml"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    ).stdout.split()
    files = [ROOT / name for name in tracked] or list((ROOT / "src").rglob("*.py"))
    assert len(files) > 100
    for path in files:
        if path.suffix in {".py", ".po", ".toml", ".html"} and path.exists():
            words = path.read_text("utf-8")
            assert "schilda" not in words.lower() and "SX-" not in words, path
