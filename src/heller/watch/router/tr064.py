"""Asks a FRITZ!Box by TR-064: its log, and what its DSL line reports. Four actions that read, and no other.

Services and fields as AVM's documents 'TR-064 DeviceInfo', 'WANDSLInterfaceConfig' and 'WANCommonInterfaceConfig' have
them: noise margins and attenuations in tenths of a dB, rates in kbit/s. The password goes by digest (RFC 7616) only.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from datetime import UTC, datetime
from xml.etree import ElementTree

from heller.model.kinds.line_values import LineLook
from heller.watch.router.settings import Router

PORT = 49000
PATIENCE = 10.0  # seconds until it is given up for this time
MOST = 4 << 20  # bytes of an answer
_URN = "urn:dslforum-org:service:"
# What may be asked: action, its service and where that is controlled.
READS = {
    "GetDeviceLog": ("DeviceInfo:1", "/upnp/control/deviceinfo"),
    "GetInfo": ("WANDSLInterfaceConfig:1", "/upnp/control/wandslifconfig1"),
    "GetStatisticsTotal": ("WANDSLInterfaceConfig:1", "/upnp/control/wandslifconfig1"),
    "GetCommonLinkProperties": ("WANCommonInterfaceConfig:1", "/upnp/control/wancommonifconfig1"),
}


class Tr064:
    """One box, asked over plain HTTP in the own house."""

    def __init__(self, router: Router, secret: str) -> None:
        self.base = f"http://{router.host}:{router.port or PORT}"
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, self.base, router.user, secret)
        self.open = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPDigestAuthHandler(passwords)
        ).open

    def log(self) -> list[str]:
        """The entries of its log, the oldest first; raises OSError where it does not answer."""
        said = self._ask("GetDeviceLog").get("NewDeviceLog", "")
        return [line.strip() for line in said.splitlines() if line.strip()][::-1]

    def line(self) -> LineLook:
        """What it reports of its line; raises OSError where it does not answer."""
        info, common = self._told("GetInfo"), self._told("GetCommonLinkProperties")
        errors = self._told("GetStatisticsTotal").get("NewCRCErrors", "")
        status = info.get("NewStatus") or common.get("NewPhysicalLinkStatus", "")
        return LineLook(
            datetime.now(UTC),
            status.lower() == "up" if status else None,
            _number(info, "NewDownstreamCurrRate") or _kbit(common, "NewLayer1DownstreamMaxBitRate"),
            _number(info, "NewUpstreamCurrRate") or _kbit(common, "NewLayer1UpstreamMaxBitRate"),
            _tenths(info, "NewDownstreamNoiseMargin"),
            _tenths(info, "NewUpstreamNoiseMargin"),
            _tenths(info, "NewDownstreamAttenuation"),
            _tenths(info, "NewUpstreamAttenuation"),
            errors=int(errors) if errors.isdecimal() else None,
        )

    def _told(self, action: str) -> dict[str, str]:
        """The same; a box without such a line (cable, fibre) does not know the action."""
        try:
            return self._ask(action)
        except urllib.error.HTTPError as error:
            if error.code in (401, 403):
                raise
            return {}

    def _ask(self, action: str) -> dict[str, str]:
        service, path = READS[action]
        body = (
            '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
            's:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>'
            f'<u:{action} xmlns:u="{_URN}{service}"/></s:Body></s:Envelope>'
        )
        heads = {"Content-Type": 'text/xml; charset="utf-8"', "SOAPAction": f'"{_URN}{service}#{action}"'}
        asked = urllib.request.Request(self.base + path, body.encode(), heads)
        with self.open(asked, timeout=PATIENCE) as answer:
            return _fields(answer.read(MOST))


def _fields(answer: bytes) -> dict[str, str]:
    """The fields of an answer; raises OSError where it is no answer, or declares entities."""
    if b"<!DOCTYPE" in answer or b"<!ENTITY" in answer:
        raise OSError("the answer declares entities")
    try:
        root = ElementTree.fromstring(answer)
    except ElementTree.ParseError as error:
        raise OSError(f"the answer is no XML: {error}") from error
    return {one.tag: one.text or "" for one in root.iter() if one.tag.startswith("New")}


def _number(told: dict[str, str], key: str) -> float | None:
    try:
        return float(told[key])
    except (KeyError, ValueError):
        return None


def _tenths(told: dict[str, str], key: str) -> float | None:
    found = _number(told, key)
    return None if found is None else found / 10


def _kbit(told: dict[str, str], key: str) -> float | None:
    found = _number(told, key)
    return None if found is None else found / 1000
