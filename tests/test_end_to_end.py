"""The case of February 2015 from an empty folder to a verified bundle, against figures worked by hand."""

import hashlib
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from heller import casefile
from heller.casefile.bundle import made_again
from heller.casefile.bundle.build import sheets
from heller.casefile.bundle.verify import verify_bytes
from heller.cli import app, demo, screen
from heller.dossier.wording import Words
from heller.journal.archive import unpack
from heller.journal.bundle import make
from heller.journal.entry import Clock, line_hash, seal
from heller.model.claim import Claim
from heller.model.money import Money
from heller.model.span import Bounds

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "2015-companyconnect"
HAND = tomllib.loads((ROOT / "tests" / "2015-companyconnect.toml").read_text())
AS_OF = date(2015, 6, 30)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped case, taken in."""
    folder = tmp_path_factory.mktemp("e2e") / "fall"
    casefile.open_case(folder)
    casefile.add(folder, demo.inputs(EXAMPLE))
    return folder


@pytest.fixture(scope="module")
def built(case: Path) -> casefile.Built:
    """Its dossier and bundle."""
    return casefile.build(case, AS_OF, "de")


@pytest.fixture
def claimed(case: Path) -> Claim:
    """Its claim."""
    return casefile.claim(case, AS_OF)


def test_each_head_comes_out_as_worked_by_hand(claimed: Claim) -> None:
    """To the cent, for every head that is not an estimate."""
    found = {p.head: p.amount for p in claimed.assessment.positions}
    for head, amount in HAND["heads"].items():
        assert found[head].is_exact, head
        assert found[head].likely == Money.of(amount), head
    assert set(found) == {*HAND["heads"], "lost_sales"}


def test_the_estimate_holds_the_truth(claimed: Claim) -> None:
    """The loss that was cut into the orders lies in the range that Heller gives without knowing it."""
    lost = next(p.amount for p in claimed.assessment.positions if p.head == "lost_sales")
    assert lost.low <= Money.of(HAND["truth"]["lost_margin"]) <= lost.high


def test_the_sum_is_the_sum_of_its_positions(claimed: Claim) -> None:
    """Recoverable positions add up to the total, and the two worlds give the same difference."""
    assessment = claimed.assessment
    counted = [p.amount.likely.cents for p in assessment.positions if p.recoverable]
    flows = [f.without.likely.cents - f.actual.likely.cents for f in assessment.flows]
    assert sum(counted) == assessment.total.likely.cents == sum(flows)
    assert sum(a.likely.cents for _, a in assessment.by_grade) == assessment.total.likely.cents


def test_the_waterfall_under_the_law_of_2015(claimed: Claim) -> None:
    """Cap, interest and what is due, as worked by hand."""
    steps = {s.key: s for s in claimed.waterfall.steps}
    running = [s.running.likely for s in claimed.waterfall.steps]
    assert steps["cap"].running.likely == Money.of(HAND["law"]["cap"])
    assert claimed.waterfall.interest.likely == Money.of(HAND["law"]["interest"])
    assert claimed.waterfall.due.likely == running[-1] == Money.of(HAND["law"]["due"])


def test_the_readme_shows_what_the_demo_prints(claimed: Claim) -> None:
    """Every figure of the waterfall in the README is the one that is worked out."""
    shown = (ROOT / "README.md").read_text()
    say = Words("en").money
    for step in claimed.waterfall.steps:
        assert say(step.running.likely).replace("\xa0", " ") in shown, step.key
        assert say(step.effect.likely, sign=True).replace("\xa0", " ").lstrip("+") in shown, step.key


def test_the_outage_has_bounds_and_two_ends(claimed: Claim) -> None:
    """The true instants lie within the bounds, the technician's word does not hold, sleep stays grey."""
    (outage,) = claimed.detection.outages
    for bounds, truth in ((outage.start, HAND["outage"]["start"]), (outage.end, HAND["outage"]["end"])):
        assert isinstance(bounds, Bounds)
        assert bounds.earliest <= truth <= bounds.latest
        assert bounds.width.total_seconds() <= 120
    assert outage.ends
    assert not any(end.holds for end in outage.ends)
    assert any(end.said_by == "Techniker" for end in outage.ends)
    assert sum(s.seconds for s in outage.unobserved) == pytest.approx(13 * 3600, abs=180)


def test_the_invoice_that_came_twice_counts_once(claimed: Claim) -> None:
    """FB-1042 came as a file and by mail."""
    assert any("FB-1042" in str(f.text.args) for f in claimed.case.findings)
    flows = [f for f in claimed.assessment.flows if f.head == "emergency_line"]
    assert sum(-f.actual.likely.cents for f in flows) == 86000


def test_the_bundle_holds(built: casefile.Built) -> None:
    """Digests, journal, figures, pages."""
    outcome = casefile.verify_bundle(built.bundle)
    assert outcome.holds, outcome.breaches
    assert outcome.unchecked == ()
    assert len(outcome.checks) == 6


def test_another_process_makes_the_same_dossier(built: casefile.Built) -> None:
    """A fresh process typesets the same bytes: `heller verify` ends with 0."""
    command = [
        sys.executable,
        "-c",
        "from heller.cli import main; main()",
        "verify",
        str(built.bundle),
        "--json",
    ]
    done = subprocess.run(
        command, check=False, capture_output=True, env={**os.environ, "TZ": "America/New_York"}
    )
    assert done.returncode == 0, done.stdout.decode()
    assert json.loads(done.stdout)["not_checked"] == []


def contents(bundle: Path) -> dict[str, bytes]:
    """The files of a bundle."""
    return {name: bytes(data) for name, data in unpack(bundle.read_bytes()).files.items()}


def reseal(files: dict[str, bytes]) -> bytes:
    """A bundle whose every list of digests was honestly made for changed contents; it says of itself what it said."""
    rows = (row.partition(": ") for row in files["bag-info.txt"].decode().splitlines())
    info = {name: said for name, _, said in rows if name != "Payload-Oxum"}
    payload = {name.removeprefix("data/"): data for name, data in files.items() if name.startswith("data/")}
    return make(payload, info)


def forgeries(files: dict[str, bytes]) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Contents that a forger would like, name of the attack first."""
    claim = json.loads(files["data/claim.json"])
    figure = files["data/claim.json"].replace(b'"cents": 86000', b'"cents": 96000')
    assert figure != files["data/claim.json"] and claim
    yield "a figure of the claim", {**files, "data/claim.json": figure}
    pdf = files["data/dossier-de.pdf"]
    yield "a page of the dossier", {**files, "data/dossier-de.pdf": pdf[:-200] + b"%" + pdf[-199:]}
    journal, bodies = (
        files[f"data/{n}"].splitlines(keepends=True) for n in ("journal.jsonl", "bodies.jsonl")
    )
    cut = {"data/journal.jsonl": b"".join(journal[:-1]), "data/bodies.jsonl": b"".join(bodies[:-1])}
    yield "the last line dropped", {**files, **cut}
    dropped = {
        "data/journal.jsonl": b"".join(journal[:5] + journal[6:]),
        "data/bodies.jsonl": b"".join(bodies[:5] + bodies[6:]),
    }
    yield "a line in the middle dropped", {**files, **dropped}
    name = next(n for n in files if n.startswith("data/objects/"))
    yield "an original changed", {**files, name: files[name] + b" "}


def test_a_forger_who_adjusts_every_digest_is_found(built: casefile.Built) -> None:
    """A changed figure, page, original and a dropped line are found and named."""
    files = contents(built.bundle)
    assert verify_bytes(reseal(files)).holds, "resealing alone must not be a breach"
    for attack, changed in forgeries(files):
        outcome = verify_bytes(reseal(changed))
        assert not outcome.holds, attack


def test_the_claim_for_programs_is_valid(built: casefile.Built) -> None:
    """`heller-claim/1` fits the schema that is shipped."""
    import jsonschema

    schema = json.loads((ROOT / "src/heller/dossier/heller-claim-1.schema.json").read_text())
    files = contents(built.bundle)
    faults = jsonschema.Draft202012Validator(schema).iter_errors(json.loads(files["data/claim.json"]))
    assert [f"{list(fault.path)}: {fault.message}" for fault in faults] == []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_verb_works_on_the_case(case: Path, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each verb answers in both languages, and its JSON is JSON."""
    for door in (screen.out, screen.err):
        door.cache_clear()
    day = ["--as-of", "30.06.2015"]
    verbs: list[tuple[str, list[str]]] = [
        ("show", day),
        ("outages", []),
        ("assess", []),
        ("assess", ["--unfold"]),
        ("claim", day),
        ("dossier", day),
    ]
    for verb, words in verbs:
        assert app.run([verb, str(case), *words, "--lang", lang]) == 0, verb
        assert capsys.readouterr().out.strip()
        if "--unfold" not in words:
            assert app.run([verb, str(case), *words, "--json", "--lang", lang]) == 0
            assert json.loads(capsys.readouterr().out)
    assert app.run(["journal", "show", str(case)]) == 0


def test_the_readings_rest_on_the_untouched_files(case: Path) -> None:
    """Every exhibit's digest is that of the shipped file."""
    shipped = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in demo.inputs(EXAMPLE)}
    taken: dict[str, Any] = {e.name: e.digest for e in casefile.load(case).exhibits}
    assert taken == shipped


def test_other_versions_leave_the_pages_unchecked_and_say_so(
    built: casefile.Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another typesetter draws other bytes: that is no forgery, and it is not passed over in silence."""
    monkeypatch.setattr(made_again, "program", lambda: "heller 9.9")
    outcome = verify_bytes(built.bundle.read_bytes())
    assert outcome.whole  # the bytes are the same all the same
    drawn = made_again._pages
    monkeypatch.setattr(made_again, "_pages", lambda *given: (bytes(drawn(*given)[0]) + b"%", []))
    outcome = verify_bytes(built.bundle.read_bytes())
    assert outcome.holds and not outcome.whole
    assert [said.id.split(";")[0] for said in outcome.unchecked] == ["The dossier was made by {program}"]
    assert f"heller {version('heller')}" in outcome.made_by


def test_the_kept_list_of_sheets_knows_those_of_today() -> None:
    """Who changes a sheet adds its digest, so that the bundles of today are known tomorrow."""
    known = made_again.known_sheets()
    assert {hashlib.sha256(sheet.read_bytes()).hexdigest() for sheet in sheets()} <= known


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"as_of": "gestern", "entries": 23, "lang": "de", "program": "x", "files": {}},
        {"as_of": "2015-06-30", "entries": "viele", "lang": "de", "program": "x", "files": {}},
        {"as_of": "2015-06-30", "entries": 0, "lang": "xx", "program": "x", "files": {}},
        {"as_of": None, "entries": None, "lang": None, "program": None, "files": None},
    ],
    ids=["empty", "no day", "no number", "no entries", "nothing"],
)
def test_a_well_chained_journal_that_says_nonsense_is_a_breach(
    built: casefile.Built, body: dict[str, Any]
) -> None:
    """Entries that Heller never wrote are named as such; nobody sees a traceback."""
    files = contents(built.bundle)
    journal = files["data/journal.jsonl"].splitlines()
    seq = len(journal)
    clock = Clock("2015-06-30T10:00:00.000000Z", 1, "", "unknown")
    line, said = seal(seq, line_hash(journal[-1]), "dossier", body, bytes(32), clock)
    files["data/journal.jsonl"] += line + b"\n"
    files["data/bodies.jsonl"] += said + b"\n"
    outcome = verify_bytes(reseal(files))
    assert [b.where for b in outcome.breaches] == ["data/journal.jsonl"]


@pytest.mark.parametrize("verb", ["show", "claim"])
def test_a_claim_that_is_too_late_is_never_shown_without_that(
    case: Path, verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Asked in 2026 the sum stands beside the time bar; asked in 2015 nobody is frightened."""
    screen.out.cache_clear()
    assert app.run([verb, str(case), "--as-of", "2026-11-24", "--lang", "en"]) == 0
    assert "time-barred since 31 Dec 2018" in capsys.readouterr().out
    screen.out.cache_clear()
    assert app.run([verb, str(case), "--as-of", "2015-06-30", "--lang", "en"]) == 0
    assert "time-barred since" not in capsys.readouterr().out
