"""What is wrong with a line, from ten seconds of all its layers, and how a degraded stretch is printed."""

from collections.abc import Mapping

import pytest
from tests.outage.linelab import TARGETS, fault, head, table

from heller.model.outage import Cause
from heller.model.sample import QUESTION, Depth
from heller.outage import detect
from heller.outage.acceptance.fingerprint import TargetCount, fingerprint
from heller.outage.plain import as_json


def asked(
    name: str, *, answered: Mapping[int, int] | None = None
) -> tuple[dict[Depth, list[TargetCount]], list[TargetCount]]:
    """Ten probes of each target while a fault lasts; `answered` sets how many of them came back."""
    silent, out, names = fault(name, 0, 10), dict[Depth, list[TargetCount]](), list[TargetCount]()
    for target in TARGETS[:9]:
        good = (answered or {}).get(target.number, 0 if target.number in silent else 10)
        group = names if target.protocol == QUESTION else out.setdefault(target.depth, [])
        group.append(TargetCount(target.network, 10, good))
    return out, names


@pytest.mark.parametrize(
    ("name", "state", "cause"),
    [
        ("router", "down", Cause.ROUTER),
        ("line", "down", Cause.LINE),
        ("beyond", "down", Cause.BEYOND),
        ("dns", "degraded", Cause.DNS),
        ("target", "up", Cause.TARGET),
        ("loss", "up", None),
    ],
)
def test_who_is_silent_names_the_place(name: str, state: str, cause: Cause | None) -> None:
    """The table of faults, from the inside out."""
    assert fingerprint(*asked(name)) == (state, cause)


def test_own_link_comes_before_all() -> None:
    """Without a link of its own the computer says nothing about the line."""
    assert fingerprint(*asked("lan"), own_link=False) == ("unobserved", Cause.OWN_HOST)


def test_never_the_provider_while_the_gateway_is_silent_or_answers_in_part() -> None:
    """A gateway that answered half of its probes leaves the place open."""
    assert fingerprint(*asked("line", answered={0: 5})) == ("down", Cause.UNKNOWN)
    assert fingerprint(*asked("router", answered={1: 0, 0: 1})) == ("down", Cause.ROUTER)


def test_loss_in_all_networks_is_degraded() -> None:
    """Seven of ten answers from each target: neither up nor down."""
    assert fingerprint(*asked("loss", answered=dict.fromkeys(range(2, 8), 7))) == ("degraded", None)


def test_a_degraded_stretch_has_the_shape_of_an_outage_and_is_never_down() -> None:
    """The same keys, `state` degraded, the cause, and a length between its bounds."""
    found = detect([], [], [], [(head(600), table(600, fault("dns", 200.3, 320.6)))])
    printed = as_json(found, [], {}, [], lambda said: said.id)["outages"]
    assert isinstance(printed, list)
    (one,) = printed
    assert (one["line"], one["state"], one["cause"]) == ("main", "degraded", "dns")
    assert one["duration_s"]["min"] <= 120.3 <= one["duration_s"]["max"]
    down = detect([], [], [], [(head(600), table(600, fault("line", 200.3, 320.6)))])
    shape = as_json(down, [], {}, [], lambda said: said.id)["outages"]
    assert isinstance(shape, list) and shape[0].keys() == one.keys()
