"""What is known of the line beforehand, so that an acceptance test can tell it from another way out of the firm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from heller.model.sample import run_lengths
from heller.outage.carriage import own
from heller.outage.slowness import usual_level

LOOKED_AT = 168  # hours of an earlier watch, the last ones, that show what is usual of the line

if TYPE_CHECKING:
    from heller.model.case import Case
    from heller.outage.acceptance.points import Agreed
    from heller.watch.plan import Uplink


def known_line(agreed: Agreed, uplink: Uplink, case: Case | None) -> Agreed:
    """The agreement with the line's public addresses and first routers, as `watch.toml` and the case say them, else as
    the case's own watch saw the line carry; and with how long its answers usually took in that watch."""
    said = (case.fact("line.addresses") or "").replace(",", " ").split() if case else []
    addresses = (*((uplink.address,) if uplink.address else ()), *said)
    looks = [look for head, _ in (case.samples if case else ()) for look in head.carriers]
    seen = own(run_lengths(look for look in looks if look.uplink == uplink.name), addresses)
    named = (uplink.hop,) if uplink.hop not in ("", "auto") else ()
    usual = usual_level(case.samples[-LOOKED_AT:], uplink.name) if case else None
    return replace(agreed, addresses=addresses, hops=(*named, *sorted(seen.hops)), usual=usual)
