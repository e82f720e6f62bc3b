"""Asks any router by SNMP, version 2c or 3: the state and the counters of an interface, and what the MIBs of DSL and
DOCSIS say of the line. It sends GET and nothing else.

Objects: IF-MIB (RFC 2863), ADSL-LINE-MIB (RFC 2662), VDSL2-LINE-MIB (RFC 5650), DOCS-IF-MIB (RFC 4546); noise,
attenuation and power stand there in tenths.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from heller.model.kinds.line_values import LineLook
from heller.watch.router.settings import Router

PORT = 161
PATIENCE = 5.0  # seconds until an answer is late; it is asked twice
_MIB = "1.3.6.1.2.1"
_BANDS = f"{_MIB}.10.251.1.1.2.1"  # xdsl2LineBandTable: 2 is downstream, 1 upstream, 4 and 5 the first band of each
# The objects of each value, the first that answers counts; {} is the interface.
OBJECTS = {
    "up": (f"{_MIB}.2.2.1.8.{{}}",),  # ifOperStatus: 1 is up
    "octets_in": (f"{_MIB}.31.1.1.1.6.{{}}",),  # ifHCInOctets
    "octets_out": (f"{_MIB}.31.1.1.1.10.{{}}",),  # ifHCOutOctets
    "errors": (f"{_MIB}.2.2.1.14.{{}}",),  # ifInErrors
    # adslAturCurrSnrMgn, xdsl2LineBandStatusSnrMargin
    "margin_down": (f"{_MIB}.10.94.1.1.3.1.4.{{}}", f"{_BANDS}.4.{{}}.2", f"{_BANDS}.4.{{}}.4"),
    # adslAturCurrAtn, xdsl2LineBandStatusLnAtten
    "attenuation_down": (f"{_MIB}.10.94.1.1.3.1.5.{{}}", f"{_BANDS}.2.{{}}.2", f"{_BANDS}.2.{{}}.4"),
    # adslAtucCurrSnrMgn, xdsl2LineBandStatusSnrMargin
    "margin_up": (f"{_MIB}.10.94.1.1.2.1.4.{{}}", f"{_BANDS}.4.{{}}.1", f"{_BANDS}.4.{{}}.5"),
    # adslAtucCurrAtn, xdsl2LineBandStatusLnAtten
    "attenuation_up": (f"{_MIB}.10.94.1.1.2.1.5.{{}}", f"{_BANDS}.2.{{}}.1", f"{_BANDS}.2.{{}}.5"),
    "rate_down": (f"{_MIB}.10.94.1.1.4.1.2.{{}}",),  # adslAtucChanCurrTxRate, bit/s
    "rate_up": (f"{_MIB}.10.94.1.1.5.1.2.{{}}",),  # adslAturChanCurrTxRate, bit/s
    "power_down": (f"{_MIB}.10.127.1.1.1.1.6.{{}}",),  # docsIfDownChannelPower
    "noise": (f"{_MIB}.10.127.1.1.4.1.5.{{}}",),  # docsIfSigQSignalNoise: the margin of a cable is its ratio
}
_UNKNOWN = 0x7FFFFFFE  # from here on a value of VDSL2-LINE-MIB is out of range or not there
_TENTHS = ("margin_down", "margin_up", "attenuation_down", "attenuation_up", "power_down", "noise")
_THOUSANDTHS = ("rate_down", "rate_up")


class Snmp:
    """One router and one of its interfaces."""

    def __init__(self, router: Router, secret: Sequence[str]) -> None:
        self.router, self.secret = router, secret

    def log(self) -> list[str]:
        """SNMP hands out no log."""
        return []

    def line(self) -> LineLook:
        """What it reports of its line; raises OSError where it does not answer or refuses."""
        told = asyncio.run(self._ask())
        found = {key: _scaled(key, value) for key, value in told.items()}
        noise, up = found.pop("noise", None), told.get("up")
        margin = found.pop("margin_down", None)
        return LineLook(
            datetime.now(UTC),
            up == 1 if up is not None else None,
            found.get("rate_down"),
            found.get("rate_up"),
            margin if margin is not None else noise,
            found.get("margin_up"),
            found.get("attenuation_down"),
            found.get("attenuation_up"),
            found.get("power_down"),
            told.get("errors"),
            told.get("octets_in"),
            told.get("octets_out"),
        )

    async def _ask(self) -> dict[str, int]:
        from pysnmp.hlapi.v3arch import asyncio as hlapi  # half a second to load, for watches that ask only

        engine = hlapi.SnmpEngine()
        where = (self.router.address, self.router.port or PORT)
        way = hlapi.Udp6TransportTarget if ":" in self.router.address else hlapi.UdpTransportTarget
        target = await way.create(where, timeout=PATIENCE, retries=1)
        told: dict[str, int] = {}
        try:
            for key, oid in ((key, oid) for key, oids in OBJECTS.items() for oid in oids):
                if key in told:
                    continue
                wanted = hlapi.ObjectType(hlapi.ObjectIdentity(oid.format(self.router.interface)))
                failed, status, _, bound = await hlapi.get_cmd(
                    engine, self._who(hlapi), target, hlapi.ContextData(), wanted, lookupMib=False
                )
                if failed:
                    raise OSError(str(failed))
                value = None if status else _whole(bound[0][1])
                if value is not None and (key not in _TENTHS or abs(value) < _UNKNOWN):
                    told[key] = value
        finally:
            engine.close_dispatcher()
        return told

    def _who(self, hlapi: Any) -> Any:
        """Version 2c by its community, 3 by user and keys (SHA, AES-128)."""
        if not self.router.user:
            return hlapi.CommunityData(self.secret[0], mpModel=1)
        if len(self.secret) < 2:
            return hlapi.UsmUserData(self.router.user, self.secret[0], authProtocol=hlapi.USM_AUTH_HMAC96_SHA)
        return hlapi.UsmUserData(
            self.router.user,
            *self.secret[:2],
            authProtocol=hlapi.USM_AUTH_HMAC96_SHA,
            privProtocol=hlapi.USM_PRIV_CFB128_AES,
        )


def _whole(value: Any) -> int | None:
    """The number of an answer; None where there is no such object."""
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def _scaled(key: str, value: int) -> float:
    return value / 10 if key in _TENTHS else value / 1000 if key in _THOUSANDTHS else float(value)
