"""What is for the firm alone goes to nobody: letters, dossier and its data are worked out as if it were not stated."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.letters import rendered
from tests.letters.test_amounts_of_the_chain import held, printed

from heller import pipeline
from heller.casefile.bundle.build import figures_of
from heller.dossier.letter_frame import Occasion, plain
from heller.dossier.letters import letters
from heller.dossier.wording import Words
from heller.dossier.writer import Pen
from heller.model.claim import Claim
from heller.model.errors import InputRefused
from heller.model.facts import FACTS, Side
from heller.model.kinds.fact import Fact
from heller.model.money import Money
from heller.model.value_form import ValueKind

PRIVATE = {key: row for key, row in FACTS.items() if row.side is Side.US}
SHARES = {key: f"0.{2731 + 11 * n}" for n, key in enumerate(PRIVATE) if PRIVATE[key].kind is ValueKind.SHARE}
SUMS = {key: f"{8123 + n}.45" for n, key in enumerate(PRIVATE) if PRIVATE[key].kind is ValueKind.MONEY}


@pytest.fixture(scope="module")
def plain_claim(tmp_path_factory: pytest.TempPathFactory) -> Claim:
    """The shipped case, which states nothing of that kind."""
    return rendered.claim(tmp_path_factory.mktemp("wall") / "case")


@pytest.fixture(scope="module")
def claimed(plain_claim: Claim) -> Claim:
    """The same case with a value for every private share and sum that nobody could print by chance."""
    facts = tuple(Fact(key, value) for key, value in {**SHARES, **SUMS}.items())
    case = replace(plain_claim.case, noted=(*plain_claim.case.noted, *facts))
    return pipeline.claim(case, plain_claim.waterfall.as_of)


def secrets(lang: str) -> list[str]:
    """Each value as a page or a program would write it."""
    words = Words(lang)
    shares = [
        f"{float(value) * 100:.2f}".replace(".", "," if lang == "de" else ".") for value in SHARES.values()
    ]
    sums = [words.money(Money.of(value)).split("\u00a0")[0] for value in SUMS.values()]
    cents = [str(Money.of(value).cents) for value in SUMS.values()]
    return [*shares, *sums, *cents, *SHARES.values(), *SUMS.values()]


def test_the_table_of_facts_says_whose_each_is() -> None:
    """The own estimate of fault and of the odds, private risk and private money are ours."""
    assert {
        "fault.share",
        "fault.share_low",
        "fault.share_high",
        "suit.odds_low",
        "suit.odds_high",
    } <= PRIVATE.keys()
    assert {"suit.money_rate", "suit.funding_share", "suit.open_bills", "goodwill.stated"} <= PRIVATE.keys()
    assert {"insurance.paid", "line.monthly_fee", "firm.account"}.isdisjoint(PRIVATE)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_nothing_of_it_stands_in_what_goes_out(claimed: Claim, lang: str) -> None:
    """Dossier with its data, claim for programs, every letter; inside it is counted and shown."""
    out = "\n".join(printed(pipeline.compose(claimed, lang))) + figures_of(claimed).decode()
    pen = Pen(pipeline.outward(claimed), lang)
    for kind in letters().values():
        try:
            out += plain(kind.write(pen, Occasion(amount=Money.of("9000.00")))).body
        except InputRefused:
            continue
    assert [one for one in secrets(lang) if one in out] == []
    inside = "\n".join(printed(pipeline.compose(claimed, lang, inner=True)))
    assert any(one in inside for one in secrets(lang))


def test_what_goes_out_demands_as_if_it_were_not_stated(plain_claim: Claim, claimed: Claim) -> None:
    """The own estimate lowers the sums inside and not the demand; without such facts nothing is worked out twice."""
    assert claimed.waterfall.due.low < plain_claim.waterfall.due.low
    assert pipeline.outward(claimed).waterfall.due == plain_claim.waterfall.due
    assert pipeline.outward(plain_claim) is plain_claim
    assert "law.own_estimate" in {one.code for one in claimed.findings}
    assert set(held(pipeline.outward(claimed).waterfall.steps)) == set(held(plain_claim.waterfall.steps))


def test_a_private_fact_of_one_line_and_of_a_later_day_stays_too(plain_claim: Claim) -> None:
    """However it was stated, it is opened where it stands."""
    when = plain_claim.waterfall.as_of.replace(year=2014)
    facts = (Fact("fault.share", "0.5", line="main"), Fact("fault.share", "0.4", since=when))
    case = replace(plain_claim.case, noted=(*plain_claim.case.noted, *facts))
    made = pipeline.claim(case, plain_claim.waterfall.as_of)
    assert pipeline.outward(made).waterfall.due == plain_claim.waterfall.due


def test_letters_on_the_command_line_are_written_outward(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The letter of demand asks for the whole sum, whatever the firm thinks of its own share."""
    from heller.cli import app

    folder = tmp_path / "case"
    rendered.claim(folder)
    assert app.run(["note", str(folder), "fact", "fault.share", "40 %"]) == 0
    capsys.readouterr()
    assert app.run(["letter", str(folder), "claim", "--as-of", "30.06.2015", "--lang", "de"]) == 0
    assert "12.902,95" in capsys.readouterr().out
