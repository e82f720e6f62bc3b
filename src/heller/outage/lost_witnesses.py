"""Outages of which a witness is a file that is lost for good: nobody can check any more what it saw. Pure."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from heller.model.outage import Detection, Outage, Strength

ORDER = tuple(Strength)  # the weakest first


def weakened(seen: Detection, lost: Collection[str]) -> Detection:
    """The detection with each outage no stronger than the witnesses that are left make it; `lost` are digests."""
    if not lost:
        return seen
    return replace(
        seen,
        outages=tuple(_weaker(one, lost) for one in seen.outages),
        others=tuple(weakened(one, lost) for one in seen.others),
    )


def _weaker(outage: Outage, lost: Collection[str]) -> Outage:
    saw = [one for one in outage.witnesses if one.state == "down"]
    left = [one for one in saw if one.source.object not in lost]
    if len(left) == len(saw):
        return outage
    most = Strength.MEASURED if left else Strength.SUSPECTED
    return replace(outage, strength=min(outage.strength, most, key=ORDER.index))
