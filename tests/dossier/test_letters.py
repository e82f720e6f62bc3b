"""The room for letters: each is found, has the frame, and can be sent as text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.dossier.fixture import claim

from heller import pipeline
from heller.dossier import letter_frame
from heller.dossier.letters import letters
from heller.dossier.writer import Pen
from heller.law.de.deadlines import CALENDAR
from heller.law.duties.next_steps import answer_by, pay_by
from heller.model.amount import Range
from heller.model.errors import InputRefused
from heller.model.kinds.quick_estimate import QuickEstimate
from heller.model.money import Money


def test_every_file_is_a_letter() -> None:
    """The folder is the list."""
    files = {path.stem for path in Path(letter_frame.__file__).parent.glob("letters/*.py")} - {"__init__"}
    assert set(letters()) == files >= {"claim", "damage_warning"}


def test_the_letter_of_demand_as_text_has_the_frame_and_the_table() -> None:
    """Sender, recipient, subject and the sum; no line is wider than a mail program shows."""
    pen = Pen(claim(), "en")
    letter = letters()["claim"].write(pen)
    plain = letter_frame.plain(letter)
    assert plain.subject == letter.subject[0] and plain.mail.startswith("mailto:?subject=")
    assert all(line in plain.body for line in (*letter.sender, *letter.recipient, *letter.closing))
    assert pen.words.money(pen.claim.waterfall.due.low) in plain.body
    assert max(map(len, plain.body.splitlines())) <= letter_frame.WIDTH
    assert plain.body.count("Dear Sir or Madam") == 1


def test_a_letter_that_the_case_has_nothing_for_says_what_to_do() -> None:
    """Without a first estimate there is no notice of high damage; with one there is."""
    made = claim()
    with pytest.raises(InputRefused) as refused:
        letters()["damage_warning"].write(Pen(made, "en"))
    assert "heller estimate" in str(refused.value.do.id)
    at, day = datetime(2015, 2, 11, 9, tzinfo=UTC), Range.exact(Money(100000))
    estimate = QuickEstimate(
        at, at, Decimal(2), Money(2000), Money(10**7), Decimal(1), Decimal("0.4"), day, day
    )
    noted = replace(made.case, noted=(*made.case.noted, estimate))
    letter = letters()["damage_warning"].write(Pen(replace(made, case=noted), "en"))
    assert "1,000.00" in letter_frame.plain(letter).body


def test_what_is_for_us_is_no_fact_of_a_letter() -> None:
    """The own estimate of fault and of the odds never leaves the house; what names the contract does."""
    case = pipeline.suppose(
        claim().case, {"fault.share": "0.2", "suit.odds_low": "0.4", "line.number": "4711"}
    )
    told = letter_frame.facts_of(case)
    assert told["line.number"] == "4711" and not {"fault.share", "suit.odds_low"} & told.keys()


def test_a_letter_sets_no_holiday() -> None:
    """Two weeks after 23 March 2026 is Easter Monday: Tuesday is set; before Easter an answer is asked for after it."""
    assert pay_by(date(2026, 3, 23), CALENDAR, "NW") == date(2026, 4, 7)
    assert answer_by(date(2026, 4, 2), CALENDAR, "NW") == date(2026, 4, 7)
