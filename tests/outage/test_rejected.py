"""A rejected acceptance test is an end that was claimed and does not hold."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace
from tests.outage.linelab import fault, head, table
from tests.outage.test_acceptance import run, silent_from

from heller.model.kinds.acceptance import Announcement, Verdict
from heller.model.outage import CompetingEnd, Detection
from heller.model.text import text
from heller.outage import detect
from heller.outage.acceptance.points import Agreed
from heller.outage.acceptance.refused_ends import with_tests


def test_it_stands_in_the_outage_in_place_of_the_bare_claim() -> None:
    """Who said it, when, and what the test found; a test of another time, or an accepted one, changes nothing."""
    found = detect([], [], [], samples=[(head(300, ()), table(300, fault("line", 60, 200)))])
    (outage,) = found.outages
    at = outage.start.latest + timedelta(seconds=60)
    made = run(silent_from(0))[0].conclude(Agreed(), Announcement("works", "Meier", at))
    moved = replace(made, started=at, ended=at + timedelta(seconds=11))
    bare = CompetingEnd(at, "Meier", False, text("dead"))
    with_claim = Detection(outages=(replace(outage, ends=(bare,)),))
    (told,) = with_tests(with_claim, [moved]).outages
    assert [(e.at, e.said_by, e.holds) for e in told.ends] == [(at, "Meier", False)]
    assert "acceptance test" in told.ends[0].why.id and told.ends[0].why.args["lost"] == made.lost
    for other in (made, replace(moved, verdict=Verdict.OPEN)):
        assert with_tests(with_claim, [other]) == with_claim
