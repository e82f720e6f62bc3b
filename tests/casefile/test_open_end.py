"""A line that is still dead, and a report that came before the measured start, on their way through the case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.casefile.known_facts import FACTS
from tests.outage.worlds import FAR, NEAR, probes

from heller import dossier, pipeline
from heller.dossier.explained import refuse_unexplained
from heller.model.case import Case, Exhibit
from heller.model.claim import Claim
from heller.model.errors import InputRefused
from heller.model.finding import Locator
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.device_log import DeviceEvent, DeviceLog, DeviceSign
from heller.model.kinds.fact import Fact
from heller.model.kinds.probe_log import ProbeLog
from heller.model.outage import OpenEnd
from heller.model.record import Reading, Record

BEGIN = datetime(2026, 3, 2, 8, tzinfo=UTC)
AS_OF = date(2026, 3, 9)


def logs(dead: list[tuple[float, float]], seconds: float = 7200, step: float = 1.0) -> list[ProbeLog]:
    """Two targets for two hours from the morning of 2 March on."""
    from tests.outage import worlds

    shift = BEGIN - worlds.BEGIN
    found = [probes(t, seconds, step=step, phase=p * step, dead=dead) for t, p in ((NEAR, 0.0), (FAR, 0.5))]
    moved = []
    for log in found:
        seen = [
            type(one)(one.at + shift, one.row, one.failure, one.rtt, one.width) for one in log.observations
        ]
        moved.append(ProbeLog(log.target, type(log.observations).of(seen), log.step, log.source))
    return moved


def case(records: Sequence[Record], *noted: Record) -> Case:
    """A case of one exhibit."""
    reading = Reading("ping", "ping", tuple(records))
    taken = datetime(2026, 3, 8, tzinfo=UTC)
    exhibit = Exhibit(1, "a" * 64, "ping.log", "text/plain", 1, taken, 1, reading)
    facts = [Fact(key, value) for key, value in FACTS.items()]
    return Case("c" * 32, BEGIN, (exhibit,), (*facts, *noted))


def report(at: datetime) -> Contact:
    """A report of the fault by the firm."""
    return Contact(at, ContactKind.FAULT_REPORT, "phone", "hotline", "The line is dead.", incoming=False)


def said(claimed: Claim, lang: str) -> str:
    """All that the dossier prints, in one string."""
    return repr(pipeline.compose(claimed, lang))


@pytest.mark.parametrize(
    ("lang", "still"), [("en", "still down, last measured at"), ("de", "Ausfall dauert an")]
)
def test_a_line_that_is_still_dead_has_an_end_nowhere(lang: str, still: str) -> None:
    """Letter, dossier and the claim for programs say that it is still dead and when that was last measured."""
    claimed = pipeline.claim(case(logs([(3600, 9e9)]), report(BEGIN + timedelta(hours=1.5))), AS_OF)
    (outage,) = claimed.detection.outages
    assert isinstance(outage.end, OpenEnd)
    printed = said(claimed, lang)
    assert still in printed and ("first sign of life" not in printed)
    found: Any = dossier.claim_json(claimed)["outages"]
    assert [one["end"]["latest"] for one in found] == [None]
    assert [one["duration"]["max_s"] for one in found] == [None]


def test_the_sums_of_a_dead_line_run_until_now() -> None:
    """The lump sum of § 58 counts on from day to day as long as nothing says that the line is back."""
    noted = report(BEGIN + timedelta(hours=1.5))
    sums = [
        pipeline.claim(case(logs([(3600, 9e9)]), noted), day).waterfall.due.likely
        for day in (date(2026, 3, 4), date(2026, 3, 7), AS_OF)
    ]
    assert sums[0] < sums[1] < sums[2]
    back = case(logs([(3600, 6000)]), noted)
    ended = [pipeline.claim(back, day).waterfall.due.likely for day in (date(2026, 3, 7), AS_OF)]
    assert ended[0] == ended[1] < sums[2]


def test_an_explanation_is_asked_before_a_dossier_is_built() -> None:
    """Reported the day before it was measured, and measured as up meanwhile: asked with its euros, then printed."""
    early = report(BEGIN + timedelta(minutes=10))
    world = case(logs([(3600, 6000)]), early)
    claimed = pipeline.claim(world, AS_OF)
    (one,) = claimed.detection.contradictions
    assert one.euros is not None and "outage.contradiction" in {q.key for q in claimed.questions}
    with pytest.raises(InputRefused) as refused:
        refuse_unexplained(claimed)
    assert "both be right" in refused.value.what.id
    answered = pipeline.suppose(world, {"outage.contradiction": "The report was about the telephone."})
    told = pipeline.claim(answered, AS_OF)
    refuse_unexplained(told)
    assert "outage.contradiction" not in {q.key for q in told.questions}
    assert "about the telephone" in said(told, "en")


def test_no_advice_to_change_a_record() -> None:
    """What a finding says is to be done never touches a record that exists."""
    found = pipeline.claim(case(logs([(3600, 6000)]), report(BEGIN + timedelta(minutes=10))), AS_OF).findings
    assert not any(f.do and f.do.id.startswith("Correct ") for f in found)


DAY = 86_400.0


def many_days(dead: list[tuple[float, float]]) -> list[ProbeLog]:
    """The same two targets for six days, a probe every five minutes."""
    return logs(dead, 6 * DAY, step=300.0)


def test_euros_hang_on_a_report_that_came_days_before() -> None:
    """Reported five days before it was measured: if the report is right, § 58 TKG counts those days too."""
    noted = report(BEGIN + timedelta(hours=2))
    claimed = pipeline.claim(case(many_days([(5 * DAY, 9e9)]), noted), AS_OF)
    (one,) = claimed.detection.contradictions
    assert not one.counted and one.euros is not None and one.euros.cents > 0
    (asked,) = [q for q in claimed.questions if q.key == "outage.contradiction"]
    assert asked.worth == one.euros
    earlier = pipeline.claim(case(many_days([(7200.0, 9e9)]), noted), AS_OF)
    assert one.euros == earlier.waterfall.due.likely - claimed.waterfall.due.likely


def test_euros_hang_on_a_router_that_says_otherwise() -> None:
    """The router calls the line dead for four days in which probes outside were answered: the whole sum hangs on it."""
    down = DeviceEvent(BEGIN + timedelta(hours=1), DeviceSign.LINE_DOWN, "down", 1)
    up = DeviceEvent(BEGIN + timedelta(days=5), DeviceSign.LINE_UP, "up", 2)
    log = DeviceLog("router", (down, up), Locator("b"), 1.0)
    claimed = pipeline.claim(case([*many_days([]), log], report(BEGIN + timedelta(hours=2))), AS_OF)
    assert not claimed.detection.outages
    found = {c.down.name.id: c.euros for c in claimed.detection.contradictions}
    router_alone = pipeline.claim(case([log], report(BEGIN + timedelta(hours=2))), AS_OF)
    assert (
        found["Log of {device}"] == router_alone.waterfall.due.likely
        and router_alone.waterfall.due.likely.cents > 0
    )
