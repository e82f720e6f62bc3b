"""Payments and a settlement at the command line: what is owed, what the letter demands, what is paid."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.web import web_sample

from heller import casefile, pipeline
from heller.cli import app
from heller.dossier.letters import claim as claim_letter
from heller.dossier.writer import Pen
from heller.model.account import AccountState
from heller.model.errors import InputRefused
from heller.model.kinds.contact import Contact
from heller.model.money import ZERO, Money

DAY = "2015-06-30"
SETTLED = (
    "settlement 1000 --on 2015-07-01",
    "instalment 500 2015-07-31",
    "instalment 500 2015-09-30",
    "zahlung 500 --on 2015-07-31",
    "zahlung 500 --on 2015-10-05",
)
PAID = "payment 0,29 --on 2015-11-02"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small case; nobody may write into it."""
    return web_sample.case_in(tmp_path_factory.mktemp("account"))


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(sample, tmp_path / "case"))


def note(folder: Path, *notes: str) -> None:
    """Write down what is typed."""
    for said in notes:
        form, *words = said.split()
        assert app.run(["note", str(folder), form, *words, "--lang", "en"]) == 0


def account(folder: Path, day: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The firm's account of a day."""
    capsys.readouterr()
    assert app.run(["account", str(folder), "--as-of", day, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)["accounts"][0]
    return found


def test_a_payment_is_taken_off_and_stops_interest(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last step of the claim leads to what the account says is owed, and the day before nothing is known of it."""
    before = casefile.claim(own, date(2015, 6, 30)).waterfall
    note(own, "payment 300 --on 2015-06-15")
    after = casefile.claim(own, date(2015, 6, 30)).waterfall
    assert after.steps[-1].key == "account" and after.steps[-1].running == after.due
    assert before.due.low - after.due.low >= Money.of("300")
    earlier = casefile.claim(own, date(2015, 6, 14)).waterfall
    assert [step.key for step in earlier.steps] == [step.key for step in before.steps]
    assert account(own, DAY, capsys)["paid"]["cents"] == 30_000


def test_a_settled_case_demands_what_is_due_of_it(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """500.00 five days late at 4.17 % are 0.29: that is owed, and nothing of what was settled."""
    note(own, *SETTLED)
    found = account(own, "2015-10-31", capsys)
    assert found["state"] == "settled"
    claimed = casefile.claim(own, date(2015, 10, 31))
    assert claimed.waterfall.due.low == claimed.waterfall.due.high == Money.of("0.29")
    letter = claim_letter.LETTER.write(Pen(claimed, "en"))
    assert "0.29" in repr(letter) and "Damages" not in repr(letter.blocks)
    assert claimed.waterfall.decision is None and claimed.missing == ()


def test_before_its_day_an_instalment_is_not_demanded(own: Path) -> None:
    """Between the instalments nothing is due, and a letter is refused with the day of the next one."""
    note(own, *SETTLED)
    claimed = casefile.claim(own, date(2015, 8, 15))
    assert claimed.waterfall.due.high == ZERO
    assert claimed.waterfall.accounts[0].later == Money.of("500")
    assert [step.until for step in claimed.next_steps] == [date(2015, 9, 30)]
    with pytest.raises(InputRefused):
        claim_letter.LETTER.write(Pen(claimed, "en"))


def test_a_paid_case_says_paid_and_demands_nothing(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No letter, no open step, no question; the dossier has none either, and its account says so."""
    note(own, *SETTLED, PAID)
    claimed = casefile.claim(own, date(2015, 12, 31))
    assert claimed.waterfall.accounts[0].state is AccountState.PAID
    assert claimed.waterfall.due.high == ZERO
    assert [step.done for step in claimed.next_steps] == [True]
    assert claimed.questions == ()
    made = pipeline.compose(claimed, "en")
    assert made.letter is None
    assert "Paid: nothing is owed." in repr(next(part for part in made.parts if part.key == "account"))
    capsys.readouterr()
    assert app.run(["show", str(own), "--as-of", "2015-12-31", "--lang", "en"]) == 0
    assert "Paid: nothing is owed." in " ".join(capsys.readouterr().out.split())


def test_an_accepted_offer_is_a_settlement(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last offer of the other side, accepted: its sum is owed by the day that the acceptance names."""
    note(
        own,
        "offer 800 --amount 800 --at 2015-05-04 --waives outage",
        "acceptance accepted --ours --at 2015-05-06 --until 2015-05-20",
    )
    found = account(own, "2015-05-10", capsys)
    assert (found["state"], found["later"]["cents"]) == ("settled", 80_000)
    assert account(own, "2015-05-21", capsys)["instalments"][0]["default"] == "2015-05-21"


def test_what_several_insurers_paid_adds(own: Path) -> None:
    """Two payments of own insurers are taken off together, each once it was made."""
    note(own, "insurer 100 --on 2015-05-04", "insurer 50 --on 2015-06-04")
    steps = {s.key: s for s in casefile.claim(own, date(2015, 6, 30)).waterfall.steps}
    assert steps["insurers"].effect.low == Money.of("-150")
    steps = {s.key: s for s in casefile.claim(own, date(2015, 5, 30)).waterfall.steps}
    assert steps["insurers"].effect.low == Money.of("-100")


def test_a_set_off_cannot_have_begun_after_it(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What does not fit is refused, and nothing is written."""
    entries = casefile.claim(own, date(2015, 6, 30)).case.entries
    assert app.run(["note", str(own), "set-off", "100", "--on", "2015-05-04", "--since", "2015-05-05"]) != 0
    assert casefile.claim(own, date(2015, 6, 30)).case.entries == entries


def test_a_merged_provider_is_written_to_under_its_new_name(own: Path) -> None:
    """Since the merger the letter and the page of the matter bear both names; the day before they bear the old one."""
    note(own, "succession Neue --since 2015-06-01 --address Ring")
    after = casefile.claim(own, date(2015, 6, 30))
    letter = claim_letter.LETTER.write(Pen(after, "en"))
    assert letter.recipient[:2] == ("Neue", "formerly Beispiel Telekommunikation AG (Anbieter)")
    assert "Neue" in repr(pipeline.compose(after, "en").parts[0])
    before = claim_letter.LETTER.write(Pen(casefile.claim(own, date(2015, 5, 31)), "en"))
    assert before.recipient[0] == "Beispiel Telekommunikation AG (Anbieter)"


def test_a_payment_under_the_later_name_is_of_the_same_debtor(own: Path) -> None:
    """Who is called otherwise by now still owes what he owed."""
    note(own, "succession Neue --since 2015-06-01", "payment 300 --on 2015-06-15 --debtor Neue")
    (found,) = casefile.claim(own, date(2015, 6, 30)).waterfall.accounts
    assert found.paid == Money.of("300")


def test_a_claim_of_an_earlier_day_knows_nothing_later(own: Path) -> None:
    """A receipt of March is no damage of February, whatever was taken in when."""
    early, late = (casefile.claim(own, day) for day in (date(2015, 2, 6), date(2015, 6, 30)))
    assert early.assessment.total.high < late.assessment.total.high
    assert len(early.case.records(Contact)) < len(late.case.records(Contact))


def test_a_payment_with_acknowledgement_starts_limitation_anew(own: Path) -> None:
    """§ 212 (1) no. 1 BGB: three years from the payment; without acknowledgement, and without a word of it, none."""
    note(own, "payment 10 --on 2016-03-01", "payment 10 --on 2016-03-02 --acknowledges no")
    assert barred(own, date(2016, 6, 30)) == date(2018, 12, 31)
    note(own, "payment 10 --on 2016-05-04 --acknowledges yes")
    assert barred(own, date(2016, 5, 3)) == date(2018, 12, 31)
    assert barred(own, date(2016, 6, 30)) == date(2019, 5, 4)


def barred(folder: Path, day: date) -> date | None:
    """The last day before the claim is time-barred, as known on a day."""
    return casefile.claim(folder, day).debts[0].events[0].barred


def test_an_event_that_is_none_is_named(own: Path) -> None:
    """The payment counts as one without a purpose, and the doubt says so."""
    note(own, "payment 10 --on 2015-06-01 --event 2014-01-01")
    claimed = casefile.claim(own, date(2015, 6, 30))
    assert claimed.waterfall.accounts[0].paid == Money.of("10")
    assert "account.event" in {one.code for one in claimed.findings}
