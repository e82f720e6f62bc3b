"""`heller law` at its door: keys for machines, words for people, codes for what is refused, quick to start."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from tests.cli.conftest import _fresh_screen  # noqa: F401  (the fixture is used by all)
from tests.cli.questions import asked

from heller.cli import app

KEYS = {  # what the program promises to other programs, key by key
    "interest --amount 12500 --from 2015-02-19 --to 2018-12-31": {"amount", "days", "segments"},
    "fees --value 12500 --on 2025-06-30": {
        "rvg_unit",
        "gkg_unit",
        "pretrial_net",
        "pretrial_gross",
        "lawyer_net",
        "lawyer_gross",
        "court",
        "risk_net",
        "risk_gross",
    },
    "compensation --fee 500 --reported 2026-02-04 --restored 2026-02-18 --state NW": {
        "amount",
        "days",
        "alternatives",
    },
    "compensation --fee 500 --reported 2026-02-04 --restored 2026-02-18 --state NW --rule tkg59": {
        "amount",
        "days",
        "alternatives",
        "holidays",
    },
    "cap --on 2015-02-04 --fault gross": {"per_end_user", "per_event", "lifted"},
    "limitation --event 2015-02-04 --talks 2015-03-18/2015-06-17": {"ends"},
    "court --value 12500 --on 2026-03-01": {"court", "lawyer_required"},
    "rights --on 2026-02-04 --who small --not-waived --change": {"kind", "rights"},
    "refund --fee 500 --from 2015-02-04 --to 2015-02-18": {"amount", "days", "alternatives"},
    "period --from 2015-02-28 --length 2 --unit weeks --state NW": {"ends", "before_moving", "holidays"},
    "rule TKG21-58-3": {"id", "cite", "what", "mark", "verified", "open", "source", "versions"},
    "rules --on 2015-02-04": {"count", "rules"},
}
WIDER = [
    ("fees --value 25000 --on 2015-03-18 --won 12500", "part_won", "borne_net", "2546.50"),
    ("fees --value 25000 --on 2015-03-18 --won 12500", "part_won", "pretrial_gap_net", "239.20"),
    ("fees --value 12500 --on 2025-06-01 --clients 2 --factor 1.5", "lawyer_net", None, "1999.60"),
    ("fees --value 12500 --on 2025-06-01 --early", "court", None, "313.50"),
    ("fees --value 12500 --on 2025-06-01 --settled", "lawyer_net", None, "2494.50"),
    ("fees --value 25000 --on 2005-01-03 --vat 16%", "risk_gross", None, "4958.20"),
    ("cap --on 2015-02-04 --fault gross --claim 25000 --all-claims 12500000", "owed", None, "10000.00"),
    ("cap --on 2026-02-04 --fault simple --agreed 20000 --who small", "per_end_user", None, "20000.00"),
    ("limitation --event 2015-02-04 --acknowledged 2017-05-10", "ends", None, "2020-05-10"),
    ("limitation --event 2015-02-04 --payment-order 2018-12-01/2019-01-15", "ends", None, "2019-08-15"),
    ("limitation --event 2015-02-04 --action 2018-06-01/2020-03-30", "ends", None, "2021-05-02"),
    ("limitation --event 2015-02-04 --expert 2016-03-01/2016-05-30", "ends", None, "2019-10-02"),
    ("limitation --event 2022-02-04 --arbitration 2023-03-01/2023-05-30", "ends", None, "2026-10-02"),
    ("limitation --event 2015-02-04 --knew 2017-03-01", "ends", None, "2020-12-31"),
    (
        "compensation --fee 500 --reported 2026-02-04 --restored 2026-02-18 --damage 9000 --missed 1",
        "owed_in_all",
        None,
        "9000.00",
    ),
    (
        "compensation --fee 500 --reported 2026-02-04 --restored 2026-02-18 --who small --waived",
        "amount",
        None,
        "0.00",
    ),
    (
        "compensation --fee 500 --reported 2026-02-04 --restored 2026-02-18 --excuse force-majeure",
        "amount",
        None,
        "0.00",
    ),
    ("compensation --fee 500 --reported 2026-02-04 --restored 2026-02-18 --partial", "amount", None, "0.00"),
    (
        "compensation --fee 500 --reported 2026-02-04 --restored 2026-02-18 --porting 2026-02-04/2026-02-12",
        "amount",
        None,
        "1060.00",
    ),
    (
        "refund --fee 500 --from 2026-02-01 --to 2026-03-01 --for slow --shortfall 60% --who consumer",
        "amount",
        None,
        "300.00",
    ),
    (
        "refund --fee 500 --from 2026-02-01 --to 2026-03-01 --for slow --shortfall 0,6",
        "amount",
        None,
        "300.00",
    ),
    (
        "period --from 2025-08-14 --length 1 --unit working-days --state BY --catholic",
        "ends",
        None,
        "2025-08-18",
    ),
    ("period --from 2015-02-02 --length 5 --event-counts --unmoved", "ends", None, "2015-02-06"),
    (
        "interest --amount 100 --from 2017-01-01 --to 2017-12-31 --claim payment --arose 2014-07-29",
        "flat_sum",
        None,
        "40.00",
    ),
    ("rule bgb-247 --on 2015-02-04", "mark", None, "VP"),
    ("interest --amount 12500 --served 2015-02-18 --to 2015-12-31", "amount", None, "451.27"),
    ("rights --on 2026-02-04 --staff 25 --turnover 4000000 --inside --waived", "kind", None, "small"),
    ("rights --on 2015-02-04 --staff 25 --balance 4000000 --agreed 20000", "kind", None, None),
]
LONG = "compensation --fee 500 --reported 2026-02-04 --restored 2026-02-18"
REFUSED = [
    ("interest --amount -5 --from 2015-02-19 --to 2018-12-31", 3),
    ("interest --amount 12.500 --from 2015-02-19 --to 2018-12-31", 3),  # 12.5 or 12500: nobody guesses
    ("interest --amount 1USD --from 2015-02-19 --to 2018-12-31", 3),
    ("interest --amount 12500 --from 2015-02-19 --to 2018-02-30", 3),
    ("interest --amount 12500 --from 2015-02-19 --to 2014-12-31", 3),
    ("interest --amount 12500 --from 2015-02-19 --to 2027-01-01", 8),
    ("interest --amount 12500 --from 2015-02-19 --to 2018-12-31 --points many", 3),
    ("interest --amount 12500 --from 2015-02-19 --to 2018-12-31 --basis 30/360", 3),
    ("fees --value 12.500,00 --on 30.06.2025 --instance 3", 3),
    ("fees --value 12.500,00 --on 30.06.2025 --instance 1.5", 3),
    ("fees --value 12.500,00 --on 30.06.2010", 8),
    ("compensation --fee 500 --reported 2026-02-04 --restored 2026-02-18 --state Tirol", 3),
    ("compensation --fee 500 --reported 2026-02-04 --restored 2026-02-18 --state NW --rule tkg12", 3),
    ("compensation --fee 500 --reported 2026-02-04 --restored 2026-02-03 --state NW", 3),
    ("cap --on 2015-02-04 --fault slight", 3),
    ("cap --on 2010-02-04 --fault gross", 8),
    ("limitation --event 2015-02-04 --talks 2015-03-18/2015-03-01", 3),
    ("limitation --event 2015-02-04 --talks 2015-03-18-2015-06-17", 3),
    ("court --value 12500 --on 2099-03-01", 8),
    ("court --value 12500 --on 2026-03-01 --colour blue", 2),
    ("interest", 2),
    ("divorce", 2),
    ("rule TKG21-99", 8),
    ("rule BGB-247 --on 2027-01-01", 8),
    ("rule BGB-247 --country at", 8),
    ("rules --country schilda", 8),
    ("rules --find unicorn", 3),
    ("period --from 2026-02-30 --length 1", 3),
    ("period --from 2026-02-01 --length -1", 3),
    ("period --from 2026-02-01 --length 0", 3),
    ("period --from 2098-12-01 --length 3 --unit years", 8),
    ("period --from 2012-07-01 --length 1", 8),
    ("refund --fee 500 --from 2026-02-01 --to 2026-03-01 --for slow --shortfall 160%", 3),
    ("refund --fee 500 --from 2012-06-01 --to 2012-06-03", 8),
    (f"{LONG} --who giant", 3),
    (f"{LONG} --excuse weather", 3),
    (f"{LONG} --porting 2026-02-04", 3),
    ("rights --on 2012-07-01", 8),
    ("rights --on 2026-02-04 --staff -1", 3),
    ("rights --on 2026-02-04 --turnover -1", 3),
    ("rights --on 2026-02-04 --waived --not-waived", 3),
    ("interest --amount 5 --to 2020-02-01", 3),
    ("interest --amount 5 --from 2020-01-01 --served 2020-01-01 --to 2020-02-01", 3),
    ("fees --value 5 --on 2025-06-01 --clients 0", 3),
    ("fees --value 5 --on 2025-06-01 --clients 2.5", 3),
    ("fees --value 5 --on 2025-06-01 --factor 9", 3),
    ("fees --value 5 --on 2010-06-01", 8),
    ("interest --amount 5 --from 2020-01-01 --to 2020-02-01 --points 9 --claim damages", 3),
    ("interest --amount 99999999999999999999999999999999 --from 2020-01-01 --to 2020-02-01", 3),
    ("cap --on 2026-02-30 --fault gross", 3),
    ("limitation --event 2015-02-04 --action 2018-06-01", 3),
    ("limitation --event 2015-02-04 --acknowledged 2014-01-01", 3),
]


@pytest.mark.parametrize("question", KEYS)
def test_the_keys_for_machines(question: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every promised key is there, beside the working and the sources; no float is among the figures."""
    found = asked(question, capsys)
    assert KEYS[question] | {"working", "sources", "notes", "answer"} <= set(found)
    assert found["working"]
    assert not [one for one in leaves(found) if isinstance(one, float)]


def leaves(value: object) -> Iterator[object]:
    """Every single value of a JSON document."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


@pytest.mark.parametrize(("question", "key", "inner", "expected"), WIDER)
def test_every_option_reaches_the_answer(
    question: str, key: str, inner: str | None, expected: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """The figures of the case files, asked at the door."""
    found = asked(question, capsys)[key]
    assert (found if inner is None else found[inner]) == expected


@pytest.mark.parametrize("question", [*KEYS, *(one[0] for one in WIDER)])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_people_get_words(question: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No placeholder is left open in either language, and what is said is not empty."""
    assert app.run(["law", *question.split(), "--lang", lang]) == 0
    said = capsys.readouterr().out
    assert len(said) > 100
    assert not re.search(r"\{\w+", said)


@pytest.mark.parametrize(("question", "code"), REFUSED)
def test_bad_input(question: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code tells what kind it is, the words what to do; nothing stands on the output."""
    assert app.run(["law", *question.split(), "--json", "--lang", "en"]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    assert ("What to do:" if code != 2 else "--help") in said.err


def test_an_unverified_rule_is_said_to_be_one(capsys: pytest.CaptureFixture[str]) -> None:
    """For machines `verified` is false; for people the words say it and what is open."""
    assert asked("rule DAY-05", capsys)["verified"] is False
    assert app.run(["law", "rule", "DAY-05", "--lang", "de"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "nicht belegt" in said and "Offen:" in said


HEAVY = (
    "numpy",
    "holidays",
    "lxml",
    "pypdfium2",
    "typst",
    "django",
    "heller.damage",
    "heller.intake.readers",
)


@pytest.mark.parametrize("question", KEYS)
def test_an_answer_for_machines_imports_nothing_heavy(question: str) -> None:
    """What makes a start slow is not imported: the answer is quick because of what it does without."""
    code = (
        "import sys; from heller.cli import app; code = app.run(sys.argv[1:]); "
        "print(' '.join(sorted(sys.modules)), file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "law", *question.split(), "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    loaded = set(done.stderr.split())
    assert not [name for name in HEAVY if name in loaded]
