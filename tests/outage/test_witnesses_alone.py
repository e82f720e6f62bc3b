"""What devices and lists say without probes: one time is one outage, however many logs tell of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from heller.model.finding import Locator
from heller.model.kinds.device_log import DeviceEvent, DeviceLog, DeviceSign
from heller.model.outage import Cause, Outage, Strength
from heller.outage.lone import from_routers

AT = datetime(2026, 3, 3, 8, tzinfo=UTC)


def log(name: str, *breaks: tuple[float, float], stated: bool = False) -> DeviceLog:
    """A log or a list with breaks from and to, in minutes."""
    events = []
    for first, last in breaks:
        events.append(DeviceEvent(AT + timedelta(minutes=first), DeviceSign.LINE_DOWN, "down", 1))
        events.append(DeviceEvent(AT + timedelta(minutes=last), DeviceSign.LINE_UP, "up", 2))
    return DeviceLog(name, tuple(events), Locator(name), stated=stated)


def outages(*logs: DeviceLog) -> tuple[Outage, ...]:
    """The outages of some logs."""
    return from_routers(logs, (), inside_only=False).outages


@pytest.mark.parametrize("apart", [0.0, 5 / 60, 1.5])
def test_two_routers_that_saw_the_same_are_two_witnesses(apart: float) -> None:
    """Seconds apart: one outage, proven because both noted it themselves."""
    (one,) = outages(log("a", (0, 120)), log("b", (apart, 120 + apart)))
    assert [str(witness.name.args["device"]) for witness in one.witnesses] == ["a", "b"]
    assert one.strength is Strength.PROVEN


def test_a_list_beside_a_log_is_a_persons_word() -> None:
    """Whichever comes first: the log decides, the list is a witness and proves nothing more."""
    kept, noted = log("liste.csv", (-10, 121), stated=True), log("fritz", (0, 120))
    for logs in ((kept, noted), (noted, kept)):
        (one,) = outages(*logs)
        assert one.strength is Strength.MEASURED and one.cause is Cause.LINE
        assert [witness.name.id for witness in one.witnesses] == ["Log of {device}", "List {name}"]
        assert one.span.length <= timedelta(minutes=120)


def test_a_list_alone_never_says_what_the_router_says() -> None:
    """Its cause is not known, and its words are those of whoever kept it."""
    (one,) = outages(log("liste.csv", (0, 120), stated=True))
    assert one.cause is Cause.UNKNOWN and one.strength is Strength.SUSPECTED
    assert (
        "router" not in f"{one.cause_reason.id} {one.witnesses[0].name.id} {one.witnesses[0].saw.id}".lower()
    )


def test_what_one_of_two_routers_saw_twice_stays_twice() -> None:
    """A list with one long outage joins no two that a router saw with the line up between them."""
    found = outages(log("fritz", (0, 30), (60, 120)), log("liste.csv", (0, 120), stated=True))
    assert len(found) == 2 and all(len(one.witnesses) == 2 for one in found)


def test_outages_apart_stay_apart() -> None:
    """Another day is another outage, by whichever log."""
    assert len(outages(log("a", (0, 120)), log("b", (1440, 1500)))) == 2
