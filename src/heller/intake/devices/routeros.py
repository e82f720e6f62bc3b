"""What MikroTik's RouterOS says: topics, then the message."""

from __future__ import annotations

import re

from heller.intake.devices.sign import LineSign
from heller.intake.servers.syslog import SyslogLine
from heller.model.kinds.device_log import DeviceSign

MIKROTIK = "MikroTik"
_TOPICS = re.compile(
    r"(?:\S+ )??(?P<topics>(?:[a-z0-9-]+,)*(?:info|warning|error|critical|debug|account)(?:,[a-z0-9-]+)*)"
    r"[ \t]+(?P<said>.*)$"
)
_SAID: tuple[tuple[str, DeviceSign], ...] = (
    (
        r"(?P<port>[^\s:]+): terminating\.\.\. - (?:administrator|user) request|(?P<port2>[^\s:]+): disabled",
        DeviceSign.OWN_ACT,
    ),
    (r"(?P<port>[^\s:]+): (?:terminating\.\.\.|hungup|disconnected)", DeviceSign.SESSION_DOWN),
    (r"(?P<port>[^\s:]+): connected\b", DeviceSign.SESSION_UP),
    (r"(?P<port>\S+?):? link down\b", DeviceSign.LINE_DOWN),
    (r"(?P<port>\S+?):? link up\b", DeviceSign.LINE_UP),
    (r"dhcp-client on (?P<port>\S+) lost IP address", DeviceSign.SESSION_DOWN),
    (r"dhcp-client on (?P<port>\S+) got IP address", DeviceSign.SESSION_UP),
    (r"(?P<port>)router (?:was )?rebooted", DeviceSign.RESTART),
)
_KNOWN = tuple((re.compile(pattern), sign) for pattern, sign in _SAID)
_OF_A_SESSION = ("pppoe", "ppp", "l2tp", "lte")


def routeros(line: SyslogLine) -> LineSign | None:
    """A line whose message begins with topics of RouterOS."""
    if line.tag:
        return None
    whole = f"{line.program}: {line.said}" if line.program else line.said
    hit = _TOPICS.match(whole) or _TOPICS.match(line.said)
    return sign_of(hit["topics"], hit["said"]) if hit and "," in hit["topics"] else None


def sign_of(topics: str, message: str) -> LineSign:
    """What a message of RouterOS says; a VPN's session and radio clients are not the line."""
    words = set(topics.split(","))
    if words & {"wireless", "caps", "wireguard", "ipsec", "ovpn", "sstp", "pptp"}:
        return LineSign(MIKROTIK)
    for pattern, sign in _KNOWN:
        hit = pattern.match(message)
        if hit is None:
            continue
        port = hit["port"] or hit.groupdict().get("port2") or ""
        session = sign in (DeviceSign.SESSION_DOWN, DeviceSign.SESSION_UP, DeviceSign.OWN_ACT)
        if session and port.startswith("<"):  # a customer that dialled in to this router
            return LineSign(MIKROTIK)
        if session and not words & {*_OF_A_SESSION, "dhcp"}:
            return LineSign(MIKROTIK)
        return LineSign(MIKROTIK, sign, port)
    return LineSign(MIKROTIK)


FAMILIES = (routeros,)
