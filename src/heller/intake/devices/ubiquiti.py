"""Gateways of Ubiquiti: UniFi (its failover and the events in CEF) and EdgeOS (wlb, the balancer of its lines).

The words of a transition are those of the event EVT_GW_WANTransition, as owners quote it in public; the lines in
CEF and of wlb are known from samples only.
"""

from __future__ import annotations

import re

from heller.intake.devices import plain_words
from heller.intake.devices.sign import LineSign
from heller.intake.servers.syslog import SyslogLine
from heller.model.kinds.device_log import DeviceSign

UNIFI, EDGEOS = "UniFi", "EdgeOS"
DOWN, UP = DeviceSign.SESSION_DOWN, DeviceSign.SESSION_UP
_TRANSITION = re.compile(
    r".*\b(?:WAN i(?:nter)?face (?P<port>\S+)|WLB-\S+?-(?P<wlb>\S+)) transition to state (?P<state>\w+)",
    re.IGNORECASE,
)
_WLB = re.compile(r"Group: \S+ Interface: (?P<port>[^,\s]+), State: \w+->(?P<state>\w+)")
_CEF = re.compile(r"(?:CEF: ?)?\d\|Ubiquiti\|UniFi Network\|.*?\|Internet (?P<state>Disconnected|Restored)\|")
_OVER = re.compile(r"[Ff]ailover to \w+")
_WAN = re.compile(r"UNIFIwanName=(?P<port>\w+)")
# 'failover' is a line that was left, not one that took over; 'recover' is on its way up, nothing yet.
_STATES = {"active": UP, "inactive": DOWN, "failover": DOWN}


def ubiquiti(line: SyslogLine) -> LineSign | None:
    """Transitions of an interface, and the internet lost or restored at one of them."""
    if hit := _TRANSITION.match(line.said):
        maker = EDGEOS if hit["wlb"] else UNIFI
        sign = _STATES.get(hit["state"].lower())
        return LineSign(maker, sign, hit["port"] or hit["wlb"], alias=maker is UNIFI)
    if line.program == "wlb" and (hit := _WLB.search(line.said)):
        return LineSign(EDGEOS, _STATES.get(hit["state"]), hit["port"])
    if "|Ubiquiti|" in line.said:
        return _cef(line.said)
    return LineSign(UNIFI) if line.program in ("ubios-udapi-server", "mca-ctrl") else None


def _cef(said: str) -> LineSign:
    """An event in CEF; the words behind the last bar name the line."""
    hit, wan = _CEF.match(said), _WAN.search(said)
    port = wan["port"] if wan else ""
    if hit is None:
        told = plain_words.sign_in(" ".join((*said.split("|")[5:6], *said.rpartition("msg=")[2:])))
        return told._replace(maker=UNIFI, port=port) if told else LineSign(UNIFI)
    if hit["state"] == "Restored":
        return LineSign(UNIFI, UP, port, other_way=DeviceSign.DETOUR_DOWN)
    return LineSign(UNIFI, DOWN, port, other_way=DeviceSign.DETOUR_UP if _OVER.search(said) else None)


FAMILIES = (ubiquiti,)
