"""Outages from servers' logs: the silence of the office, what forbids a statement, mails that could not go out."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from msgspec.structs import replace
from tests.outage import traffic
from tests.outage.traffic import OFFICE, Year

from heller import outage
from heller.model.column import Column
from heller.model.finding import Locator
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.device_log import DeviceEvent, DeviceLog, DeviceSign
from heller.model.kinds.hit_log import HitLog
from heller.model.kinds.probe_log import ProbeLog
from heller.model.kinds.queue_log import Attempt, QueueLog
from heller.model.observation import Failure, Observation, Observations
from heller.model.outage import Detection, Strength
from heller.outage.evidence import bursts, office

BEGIN = traffic.noon(date(2015, 6, 10), 11.3)  # a Wednesday
END = traffic.noon(date(2015, 6, 24), 11.6)
PLACE = Locator("0" * 64, "row 1")


@cache
def made() -> Year:
    """A year of people and a machine."""
    return traffic.year(3, date(2015, 1, 1), machine=True)


@cache
def dead() -> Year:
    """The same with two weeks without a line."""
    return traffic.cut(made(), BEGIN, END)


def detect(*hits: HitLog, say: tuple[str, ...] = (OFFICE,), **more: object) -> Detection:
    """The detection from servers' logs and whatever else is given."""
    given = {"probes": (), "devices": (), "contacts": (), **more}
    return outage.detect(hits=hits, office=say, **given)  # type: ignore[arg-type]


def codes(found: Detection) -> set[str]:
    """The codes of the findings."""
    return {finding.code for finding in found.findings}


def at(second: int) -> datetime:
    """The instant of a second."""
    return datetime.fromtimestamp(second, UTC)


def test_two_silent_weeks_are_an_outage_with_bounds() -> None:
    """Begin and end lie within the bounds, which begin with the last hit and end with the first one."""
    found = detect(traffic.log(dead()))
    (one,) = found.outages
    assert one.strength is Strength.SUSPECTED and one.cause.value == "unknown"
    assert one.widest.start <= at(BEGIN) <= one.start.latest
    assert one.end.earliest <= at(END) <= one.widest.end
    last = int(dead().office[dead().office < BEGIN][-1])
    assert one.widest.start == at(last) - timedelta(seconds=1)
    assert one.witnesses[0].source.place.startswith("row ")
    assert {"odds", "k", "days", "times"} <= one.cause_reason.args.keys()


def test_a_year_with_holidays_and_weeks_off_says_nothing() -> None:
    """Nights, weekends, holidays, weeks off, meetings and a server that was down are no outage."""
    for seed in range(4):
        year = traffic.year(seed, date(2016, 1, 1), machine=seed % 2 == 1)
        assert detect(traffic.log(year)).outages == ()


def test_without_an_address_nothing_is_decided() -> None:
    """The most regular clients are named, and that is all."""
    found = detect(traffic.log(dead()), say=())
    assert found.outages == () and "outage.office_unknown" in codes(found)
    (told,) = (f for f in found.findings if f.code == "outage.office_unknown")
    assert OFFICE in str(told.text.args["clients"])
    assert "outage.office_absent" in codes(detect(traffic.log(dead()), say=("192.0.2.99",)))


@pytest.mark.parametrize(
    ("client", "said", "own"),
    [
        ("203.0.113.7", "203.0.113.0/29", True),
        ("203.0.113.9", "203.0.113.0/29", False),
        ("2001:db8:1:2::/64", "2001:db8:1::/48", True),
        ("2001:db8:1:2::/64", "2001:db8:1:2::17", True),
        ("2001:db8:1:3::/64", "2001:db8:1:2::17", False),
        ("203.0.113.7", "2001:db8::/32", False),
        ("office.example.com", "office.example.com", True),
    ],
)
def test_who_is_the_office(client: str, said: str, own: bool) -> None:
    """An address, a prefix, the /64 around an address, or a name as it stands in the log."""
    assert office.is_office(client, (said,)) is own


def test_a_server_that_served_nobody_is_no_witness() -> None:
    """While the server itself was down no bursts are expected: there is nothing to judge."""
    year = dead()
    quiet = year._replace(others=year.others[(year.others < BEGIN) | (year.others > END)])
    assert detect(traffic.log(quiet)).outages == ()


def test_an_address_that_moved_is_no_outage() -> None:
    """Programs that only the office uses come from another address meanwhile: no statement, and why."""
    log = traffic.log(dead())
    times, who, agents = (
        np.frombuffer(c.data, t) for c, t in ((log.times, "<i8"), (log.who, "<u4"), (log.agents, "<u4"))
    )
    inside = np.flatnonzero((times > BEGIN) & (times < END) & (who == 5))[:200]
    moved = agents.copy()
    moved[inside] = 7  # what the office calls itself
    found = detect(replace(log, agents=Column.of("I", moved.astype("u4"))))
    assert found.outages == ()
    assert any(
        "emergency" in str(f.text.args["why"]) for f in found.findings if f.code == "outage.no_statement"
    )


def test_too_short_a_log_is_no_statement() -> None:
    """Of three weeks nobody knows the office's usual rate."""
    year = dead()
    low, high = BEGIN - 8 * 86_400, END + 8 * 86_400
    short = year._replace(
        office=year.office[(year.office > low) & (year.office < high)],
        others=year.others[(year.others > low) & (year.others < high)],
    )
    found = detect(traffic.log(short))
    assert found.outages == ()
    told = [f for f in found.findings if f.code == "outage.no_statement"]
    assert not told or all("days" in str(f.text.args["why"]) for f in told)


def test_rotated_files_of_one_server_are_one_log() -> None:
    """Three files of access.log, in any order: the same outage as from the whole."""
    whole = traffic.log(dead())
    thirds = [dead().begin, BEGIN + 86_400, END - 86_400, dead().end]
    parts = [
        traffic.log(
            dead()._replace(
                office=dead().office[(dead().office >= low) & (dead().office < high)],
                others=dead().others[(dead().others >= low) & (dead().others < high)],
            )
        )
        for low, high in pairwise(thirds)
    ]
    (one,), (same,) = detect(whole).outages, detect(*parts[::-1]).outages
    assert (one.start, one.end) == (same.start, same.end)


def test_another_server_that_was_used_meanwhile_speaks_against_it() -> None:
    """Silent here, there not: then it was this server's matter."""
    found = detect(traffic.log(dead()), traffic.log(made(), "mail"))
    assert found.outages == ()
    both = detect(traffic.log(dead()), traffic.log(dead(), "mail"))
    assert len(both.outages) == 1 and len(both.outages[0].witnesses) == 2


def probes(lost: bool) -> ProbeLog:
    """A monitor from an hour before the cut to an hour after it, a probe a minute, of one outside target."""
    seen = [
        Observation(at(s), n, Failure.TIMEOUT if lost and BEGIN <= s < END else None)
        for n, s in enumerate(range(BEGIN - 3600, END + 3600, 60), 1)
    ]
    return ProbeLog("198.51.100.53", Observations.of(seen), 60.0, PLACE)


def test_a_silence_proves_what_a_router_measured() -> None:
    """The router's log and the server's agree: two witnesses, the router's bounds."""
    events = (
        DeviceEvent(at(BEGIN), DeviceSign.LINE_DOWN, "down", 1),
        DeviceEvent(at(END), DeviceSign.LINE_UP, "up", 2),
    )
    log = DeviceLog("router", events, PLACE)
    (alone,) = detect(devices=(log,)).outages
    (both,) = detect(traffic.log(dead()), devices=(log,)).outages
    assert (alone.strength, both.strength) == (Strength.MEASURED, Strength.PROVEN)
    assert (both.start, both.end) == (alone.start, alone.end) and len(both.witnesses) == 2
    used = detect(traffic.log(made()), devices=(log,))
    assert used.outages[0].strength is Strength.MEASURED and "outage.office_seen" in codes(used)


def test_a_shorter_outage_of_a_router_does_not_swallow_a_silence() -> None:
    """The router saw two hours of the two weeks: both are told, and that they differ."""
    events = (
        DeviceEvent(at(BEGIN - 7200), DeviceSign.LINE_DOWN, "down", 1),
        DeviceEvent(at(BEGIN + 600), DeviceSign.LINE_UP, "up", 2),
    )
    found = detect(traffic.log(dead()), devices=(DeviceLog("router", events, PLACE),))
    assert len(found.outages) == 1 and "outage.bounds_differ" in codes(found)


def test_a_silence_while_probes_were_answered_is_no_outage() -> None:
    """A monitor that was answered all the time outweighs a server's log."""
    found = detect(traffic.log(dead()), probes=(probes(lost=False),))
    assert found.outages == () and "outage.sources_disagree" in codes(found)
    (one,) = detect(traffic.log(dead()), probes=(probes(lost=True),)).outages
    assert len(one.witnesses) == 2


def test_what_people_said_gives_way_to_a_log() -> None:
    """A report of the fault alone is a suspicion from report to release; the log has better bounds."""
    report = Contact(
        at(BEGIN + 7200), ContactKind.FAULT_REPORT, "phone", "Anna", "line is dead", incoming=False
    )
    release = Contact(at(END + 7200), ContactKind.ONLINE_CLAIM, "phone", "provider", "you are online")
    found = detect(traffic.log(dead()), contacts=(report, release))
    (one,) = found.outages
    assert one.widest.start < at(BEGIN) and "outage.not_measured" not in codes(found)


def attempt(minute: int, ok: bool, relay: str, waited: float = 30.0) -> Attempt:
    """An attempt so many minutes after the cut."""
    return Attempt(at(BEGIN + 60 * minute), ok, relay, minute + 100, waited)


def test_mails_that_could_not_go_out_bound_an_outage() -> None:
    """Between the last mail handed on and the first that failed; two servers out of reach at least."""
    tries = (
        attempt(-5, True, "mx.example.com"),
        attempt(2, False, "mx.example.net"),
        attempt(20, False, "mx.example.com"),
        attempt(90, False, "mx.example.net"),
        attempt(95, True, "mx.example.net"),
    )
    found = outage.detect((), (), (), queues=(QueueLog("mail", tries, PLACE),))
    (one,) = found.outages
    assert one.strength is Strength.SUSPECTED
    assert (one.widest.start, one.start.latest) == (at(BEGIN - 301), at(BEGIN + 121))
    assert (one.end.earliest, one.widest.end) == (at(BEGIN + 5400 - 31), at(BEGIN + 5701))
    alone = tuple(replace(t, relay="mx.example.net") for t in tries)
    one_relay = outage.detect((), (), (), queues=(QueueLog("mail", alone, PLACE),))
    assert one_relay.outages == () and "outage.one_relay" in codes(one_relay)


def test_hits_are_thinned_to_bursts() -> None:
    """Each counted hit lies ten minutes or more after the last one counted, and none is left uncovered."""
    times = np.sort(np.random.default_rng(5).integers(0, 100_000, 500)).astype(np.int64)
    kept = bursts.thin(times)
    assert (np.diff(kept) >= bursts.THIN).all() and set(kept) <= set(times.tolist())
    gaps = times - kept[np.searchsorted(kept, times, side="right") - 1]
    assert (gaps < bursts.THIN).all()
