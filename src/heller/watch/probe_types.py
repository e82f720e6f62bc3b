"""What a file under `probes/` says of its way of asking, and finding these files. It opens no socket itself."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache
from typing import NamedTuple

from heller.model.scan import modules
from heller.watch.lane import Channel, Lane
from heller.watch.plan import EVERY, KnownTarget, Probe
from heller.watch.sockets_allowed import SocketKind


def _nothing() -> None:
    """Most types need nothing made ready."""


class ProbeType(NamedTuple):
    """`protocol` is its name in watch.toml and in the samples. `open` makes a channel, with the kind of socket
    that the system allows for echoes; probes with the same `shared` value go through one channel. `every` and
    `trial` are the seconds between two probes in a watch and in an acceptance test; `host` is asked for where
    no name is given; `targets` come with Heller; `prepare` is run once in a thread before the first probe."""

    protocol: str
    open: Callable[[Lane, Probe, SocketKind], Channel]
    shared: Callable[[Probe], Hashable]
    port: int
    every: float = EVERY
    trial: float = EVERY
    host: str = ""
    targets: tuple[KnownTarget, ...] = ()
    prepare: Callable[[], object] = _nothing


@cache
def probe_types() -> dict[str, ProbeType]:
    """Every type in the folder `probes` by its protocol, those that are asked most often first."""
    found: list[ProbeType] = [module.PROBE for module in modules("heller.watch.probes")]
    return {
        one.protocol: one for one in sorted(found, key=lambda one: (one.every, one.protocol == "connect"))
    }
