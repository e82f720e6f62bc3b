"""In which country a line lies, and what is said where its law is not known."""

from __future__ import annotations

from datetime import date

import pytest
from tests.law import law_world as world
from tests.law.law_world import AS_OF

import heller.law
from heller import law
from heller.law.book.calendar import PLAIN
from heller.law.book.papers import PLAIN_VAT
from heller.law.book.seat import of_zone, proposed
from heller.model.amount import Range
from heller.model.case import Case
from heller.model.countries import code_of
from heller.model.kinds.contact import ContactKind
from heller.model.money import Money
from heller.model.outage import Detection


@pytest.mark.parametrize(
    ("zone", "address", "code"),
    [
        ("Europe/Berlin", "", "DE"),
        ("Europe/Busingen", "", "DE"),
        ("Europe/Vienna", "", "AT"),
        ("Europe/Zurich", "", "CH"),
        ("Europe/Vaduz", "", "LI"),
        ("America/New_York", "", "US"),
        ("Asia/Calcutta", "", "IN"),  # an older name of a zone
        ("UTC", "", ""),
        ("Etc/GMT-1", "", ""),
        ("Europe/Berlin", "Ring 1\n50667 Köln", "DE"),
        ("Europe/Berlin", "Ring 1\nA-1010 Wien", "AT"),
        ("Europe/Berlin", "Ring 1\nCH-8001 Zürich", "CH"),
        ("Europe/Berlin", "Ring 1\n1010 Wien\nÖsterreich", "AT"),
        ("Europe/Berlin", "Ring 1\n8001 Zürich\nSwitzerland", "CH"),
        ("Europe/Berlin", "Ring 1\n1010 Wien", ""),  # four digits are none of Germany's
        ("Europe/Vienna", "Ring 1\n1010 Wien", "AT"),
        ("Europe/Vienna", "Ring 1\n50667 Köln", ""),
        ("Europe/Vienna", "Ring 1\nD-50667 Köln", ""),  # the zone was chosen, the address says otherwise
        ("UTC", "Ring 1\n50667 Köln", "DE"),
        ("UTC", "Ring 1\nA-1010 Wien", "AT"),
        ("UTC", "Ring 1\n1010 Wien", ""),
        ("Europe/Berlin", "Q-12345 Nowhere", "DE"),  # letters that are no country's
    ],
)
def test_a_country_is_proposed(zone: str, address: str, code: str) -> None:
    """By the letters before the postal code, the name of a country, the digits, the zone; never in silence."""
    found = proposed(zone, address)
    assert (found.code, found.stated) == (code, False)
    assert found.why.id


def test_what_is_stated_counts() -> None:
    """The fact is worth more than zone and address."""
    stated = law.seat(world.case(line__country="AT", firm__address="50667 Köln"))
    assert (stated.code, stated.stated) == ("AT", True)


def test_every_zone_of_europe_lies_in_a_country() -> None:
    """The zones that a firm may choose from are known; a country's name is known in two languages."""
    from zoneinfo import available_timezones

    european = {zone for zone in available_timezones() if zone.startswith("Europe/")}
    assert all(of_zone(zone) for zone in european)
    assert {code_of(word) for word in ("Schweiz", "switzerland", "CH")} == {"CH"}
    assert code_of("xs") == "XS" and code_of("") == ""


def unknown(**facts: str) -> Case:
    """A case in a country whose law is not known here."""
    return world.case((world.demand(),), **facts)


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        (
            {"line__country": "PT"},
            "The law of {code:country} is not known here: no cap, no interest and no costs",
        ),
        ({"firm__address": "A\nP\nPortugal"}, "The country is assumed"),
        ({"firm__address": "A\n1010 Wien"}, "The country of the line is not known"),
    ],
)
def test_without_a_law_the_damage_stands(facts: dict[str, str], word: str) -> None:
    """Stated, assumed or not known: gross damage, one step that says why, one doubt, nothing else."""
    case, found = (
        unknown(**facts),
        world.assessment(
            world.position("lost_sales", world.exact("25000")),
            world.position("pursuit_hours", world.exact("660"), recoverable=False),
        ),
    )
    fall = law.waterfall(case, world.outage(), found, AS_OF)
    assert [one.key for one in fall.steps] == ["gross", "no_law"]
    assert fall.due == fall.steps[-1].running == world.exact("25000")
    assert not fall.jurisdiction.known
    (doubt,) = fall.findings
    assert doubt.code == "law.no_law" and word in doubt.text.id
    assert law.due(case, world.outage(), found, AS_OF) == world.exact("25000")
    assert (fall.costs, fall.decision, fall.deadlines, fall.lifts, fall.covers) == (None, None, (), (), ())


def test_without_a_law_the_next_steps_help_all_the_same() -> None:
    """Report, keep, fetch; no demand, no lawyer, no payment order. The country is asked for first."""
    case = world.case(
        (world.contact(ContactKind.FAULT_REPORT, date(2015, 2, 4)), world.demand()),
        firm__address="A\n1010 Wien",
    )
    found = world.assessment(world.position("lost_sales", world.exact("25000")))
    for detection in (world.outage(), Detection()):
        fall = law.waterfall(case, detection, found, AS_OF)
        steps = law.next_steps(case, detection, found, fall)
        said = " ".join(one.text.id for one in steps)
        assert "router" in said and "lawyer" not in said and "demand" not in said
    asked = law.questions(case, world.outage(), lambda facts: Range())
    assert asked[0].key == "line.country" and "Nothing is assumed" in asked[0].why.id


def test_what_the_frame_gives_where_no_law_is_known() -> None:
    """Monday to Friday, no rule, no cap, all VAT deductible, nothing kept, no region."""
    assert law.calendar_of("PT") is PLAIN and law.vat_of("PT") is PLAIN_VAT
    assert not PLAIN.works(date(2015, 2, 7), "") and PLAIN.works(date(2015, 2, 6), "")
    assert PLAIN.region("Algarve") == "" == law.region("Algarve")
    assert law.public_holidays("PT", 2015) == frozenset()
    assert (law.ground("PT", "warning").id, law.head_norm("PT", "hardware").id) == ("", "")
    assert law.retention("PT", date(2015, 2, 4), date(2026, 1, 1)) == ()
    for code in ("PT", ""):
        ahead = law.cap_ahead(code, date(2015, 2, 4), Money.of(1000), AS_OF)
        assert ahead.amount is None and "no cap is shown" in ahead.words[0].id


def test_what_germany_gives_to_other_rooms() -> None:
    """Its holidays, its rule for a head that it does not name, nothing for a topic that it does not know."""
    assert not law.calendar_of("DE").works(date(2015, 5, 1), "")
    assert law.head_norm("DE", "a new head").id == "BGB-249"
    assert law.ground("DE", "no such topic").id == ""
    assert law.region("nrw") == "DE-NW" and law.region(None) == ""
    assert len(law.retention("DE", date(2015, 2, 4), date(2026, 1, 1))) == 2


def test_no_name_of_the_law_is_a_module_beside_it() -> None:
    """So the order of imports decides nothing."""
    folder = heller.law.__path__[0]
    from pathlib import Path

    beside = {path.stem for path in Path(folder).iterdir()}
    assert not beside & set(law.__all__)
