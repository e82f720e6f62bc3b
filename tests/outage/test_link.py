"""The own link: what lies between its loss and its return was observed by nobody."""

from __future__ import annotations

from tests.outage.linelab import OUTER, fault, head, table, us

from heller.model.sample import Outcome, Upset, UpsetKind
from heller.outage.line import line, of_head, offline

CABLE = (
    Upset(UpsetKind.LINK_DOWN, us(60), us(61), "main"),
    Upset(UpsetKind.LINK_UP, us(70), us(71), "main"),
)


def test_all_of_the_time_without_a_link_is_a_hole() -> None:
    """Probes that left in it and timed out do not make a second of it observed."""
    odd = {n: {68: Outcome.TIMEOUT} for n in OUTER}
    frame = table(120, fault("router", 60, 70.5), extra=odd)
    found = line("main", [of_head(head(120, CABLE), frame.lazy().collect(), "main")])
    assert found is not None
    assert any(h.start.timestamp() * 1e6 <= us(60) and us(71) <= h.end.timestamp() * 1e6 for h in found.holes)
    assert [span.length.total_seconds() for span in found.offline] == [11]


def test_a_link_that_never_comes_back_is_gone_until_the_end() -> None:
    """And one that was already gone, or came back twice, does no harm."""
    assert offline(CABLE[:1], us(100)) == [(us(60), us(100))]
    assert offline((CABLE[1], *CABLE, CABLE[1]), us(100)) == [(us(60), us(71))]
    assert offline((), us(100)) == []
