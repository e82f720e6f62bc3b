"""Reads `watch.toml`: uplinks, and whom to ask instead of the list that comes with Heller."""

from __future__ import annotations

import tomllib
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from heller.model.errors import InputRefused
from heller.model.sample import Layer, Target
from heller.model.text import Text, text
from heller.watch.plan import (
    DEADLINE,
    DNS_EVERY,
    EVERY,
    KNOWN,
    METERED_EVERY,
    PAGE_EVERY,
    PAGES,
    QUESTION,
    QUESTIONS,
    Known,
    Plan,
    Probe,
    Uplink,
    Way,
)

Seconds = Annotated[float, Meta(ge=0.2, le=3600)]
Name = Annotated[str, Meta(min_length=1, max_length=60)]
Port = Annotated[int, Meta(ge=1, le=65535)]
FEW, NETWORKS = 4, 2


class UplinkSetting(Struct, forbid_unknown_fields=True):
    """[[uplink]]"""

    name: Name
    source: str = ""
    interface: str = ""
    budget_mb: Annotated[float, Meta(ge=0)] | None = None
    since: date = date(1970, 1, 1)
    raised: bool = False
    gateway: str = "auto"
    hop: str = "auto"


class TargetSetting(Struct, forbid_unknown_fields=True):
    """[[target]]"""

    name: Name
    address: str
    network: str = ""
    every: Seconds = EVERY


class DnsSetting(Struct, forbid_unknown_fields=True):
    """[[dns]]"""

    name: Name
    address: str
    network: str = ""
    ask: str = QUESTION
    every: Seconds = DNS_EVERY


class PageSetting(Struct, forbid_unknown_fields=True):
    """[[page]]"""

    host: Name
    address: str
    path: str = "/"
    port: Port = 443
    network: str = ""
    every: Seconds = PAGE_EVERY


class Settings(Struct, forbid_unknown_fields=True):
    """The whole file."""

    deadline: Annotated[float, Meta(ge=0.2, le=10)] = DEADLINE
    ipv6: bool = False
    uplink: list[UplinkSetting] = []
    target: list[TargetSetting] | None = None
    dns: list[DnsSetting] | None = None
    page: list[PageSetting] | None = None


def read_plan(path: Path) -> Plan:
    """The plan that a file describes. Raises InputRefused with what is wrong and where."""
    try:
        return plan_of(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise _refused(path.name, str(error)) from None
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, ValueError) as error:
        raise _refused(path.name, str(error)) from None


def plan_of(toml: str) -> Plan:
    """The plan that a text describes. Pure; raises ValueError (or one of its kinds) with the reason."""
    given = msgspec.convert(tomllib.loads(toml), Settings)
    uplinks = tuple(_uplink(setting) for setting in given.uplink) or (Uplink("main"),)
    if len({uplink.name for uplink in uplinks}) < len(uplinks):
        raise ValueError("two uplinks have one name")
    probes: list[Probe] = []
    for uplink in uplinks:
        found = _targets(given)
        if uplink.metered:
            found = [(t, msgspec.structs.replace(p, every=METERED_EVERY * len(found))) for t, p in found]
        else:
            found += [*_questions(given), *_pages(given)]
        for target, probe in found:
            numbered = msgspec.structs.replace(target, number=len(probes) + 1, uplink=uplink.name)
            probes.append(msgspec.structs.replace(probe, target=numbered))
    return Plan(uplinks, tuple(probes), given.deadline)


def _uplink(setting: UplinkSetting) -> Uplink:
    for address in (setting.source, setting.gateway, setting.hop):
        if address not in ("", "auto"):
            _address(address)
    return Uplink(**msgspec.structs.asdict(setting))


Pair = tuple[Target, Probe]


def _pair(
    layer: Layer, one: Known, way: Way, every: float, port: int = 53, host: str = "", path: str = "/"
) -> Pair:
    target = Target(0, "", layer, one.name, _address(one.address), one.network or one.address)
    return target, Probe(target, way, every, port, host, path)


def _known(six: bool, known: Known) -> Known:
    return msgspec.structs.replace(known, address=known.six if six else known.address)


def _targets(given: Settings) -> list[Pair]:
    if given.target is None:
        return [_pair(Layer.TARGET, _known(given.ipv6, one), Way.ECHO, EVERY) for one in KNOWN]
    return [
        _pair(Layer.TARGET, Known(t.name, t.address, "", t.network), Way.ECHO, t.every) for t in given.target
    ]


def _questions(given: Settings) -> list[Pair]:
    if given.dns is None:
        known = (_known(given.ipv6, one) for one in QUESTIONS)
        return [_pair(Layer.DNS, one, Way.QUESTION, DNS_EVERY, host=QUESTION) for one in known]
    return [
        _pair(Layer.DNS, Known(d.name, d.address, "", d.network), Way.QUESTION, d.every, host=d.ask)
        for d in given.dns
    ]


def _pages(given: Settings) -> list[Pair]:
    pages = given.page
    if pages is None:
        pages = [
            PageSetting(host, six if given.ipv6 else four, network=network)
            for host, four, six, network in PAGES
        ]
    return [
        _pair(Layer.HTTPS, Known(p.host, p.address, "", p.network), Way.PAGE, p.every, p.port, p.host, p.path)
        for p in pages
    ]


def _address(given: str) -> str:
    """An IP address: no name is ever looked up in the loop."""
    try:
        ip_address(given.partition("%")[0])
    except ValueError:
        raise ValueError(f"{given!r} is no IP address; names are not looked up while watching") from None
    return given


def thin(plan: Plan) -> tuple[Text, ...]:
    """What weakens the proof that a plan can give, to be said before it is watched."""
    said = []
    for uplink in plan.uplinks:
        targets = [
            p.target for p in plan.probes if p.target.uplink == uplink.name and p.target.layer == Layer.TARGET
        ]
        networks = {target.network for target in targets}
        if len(targets) < FEW or len(networks) < NETWORKS:
            said.append(
                text(
                    "{uplink}: {n} targets in {networks} networks are watched. Four targets in two networks or "
                    "more are needed, so that nobody can say that the targets had failed.",
                    uplink=uplink.name,
                    n=len(targets),
                    networks=len(networks),
                )
            )
    return tuple(said)


def _refused(name: str, reason: str) -> InputRefused:
    return InputRefused(
        text("The settings in {name} cannot be read: {reason}", name=name, reason=reason),
        text("Without them it is not clear what is to be watched."),
        text(
            "Correct the file; docs/watch.md shows every setting. Without a file the list of Heller is watched."
        ),
    )
