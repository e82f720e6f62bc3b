"""Answers of another: a walled garden, a hijacking resolver; they prove nothing of the line."""

from __future__ import annotations

import pytest
from tests.outage.anyworld import ANOTHER, FOUR, LOST, NAMES, PAGES, ROUTER, Told, ok, told
from tests.outage.wayslab import inside
from tests.outage.worlds import codes

from heller.model.outage import Cause, Strength
from heller.model.sample import ECHO, PAGE, QUESTION, Target

START, END = 120.2, 300.7
ALL = (ROUTER, *FOUR, *NAMES, *PAGES)


def world(echo: Told, name: Told, page: Told) -> object:
    """How the probes end while another stands in the way."""

    def say(who: Target, t: float) -> Told:
        if who is ROUTER or not START <= t < END:
            return ok()
        return {ECHO: echo, QUESTION: name, PAGE: page}[who.protocol]

    return say


@pytest.mark.parametrize("echo", [LOST, ok(0.001)], ids=["silent", "answered by the garden"])
def test_a_walled_garden_is_an_outage_of_a_line_that_is_up(echo: Told) -> None:
    """Not yet released: names and pages are another's. Whether it answers echoes too proves nothing."""
    found = told(420, ALL, world(echo, ANOTHER, ANOTHER))  # type: ignore[arg-type]
    (outage,) = found.outages
    assert (outage.cause, outage.strength) == (Cause.REDIRECTED, Strength.MEASURED)
    assert inside(START, outage.start) and inside(END, outage.end)
    assert outage.longest is not None and (outage.longest - outage.shortest).total_seconds() < 8
    assert "outage.redirected" in codes(found)


def test_a_page_that_is_silent_while_names_are_anothers() -> None:
    """The garden drops all but names: the silence is measured, and who answered is its cause."""
    found = told(420, ALL, world(LOST, ANOTHER, LOST))  # type: ignore[arg-type]
    (outage,) = found.outages
    assert outage.cause is Cause.REDIRECTED and inside(START, outage.start) and inside(END, outage.end)


def test_a_hijacked_resolver_is_a_bad_line_and_no_outage() -> None:
    """Names are another's, the page has its certificate, echoes come back: it carried, and led names astray."""
    found = told(420, ALL, world(ok(), ANOTHER, ok()))  # type: ignore[arg-type]
    assert not found.outages
    (poor,) = found.degraded
    assert poor.cause is Cause.REDIRECTED and inside(START, poor.start) and inside(END, poor.end)


def test_one_page_in_another_name_is_a_slip() -> None:
    """A single answer of another makes no outage."""

    def say(who: Target, t: float) -> Told:
        return ANOTHER if who.protocol == PAGE and 150 <= t < 153 else ok()

    assert not told(420, ALL, say).outages
