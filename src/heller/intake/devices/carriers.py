"""Switches and routers that carriers and larger sites have: Juniper, Brocade NetIron, SONiC."""

from __future__ import annotations

import re

from heller.intake.devices.sign import LineSign
from heller.intake.servers.syslog import SyslogLine
from heller.model.kinds.device_log import DeviceSign

JUNOS, NETIRON, SONIC = "Juniper", "Brocade NetIron", "SONiC"
_DAEMONS = frozenset({"rpd", "mib2d", "lacpd", "alarmd", "chassisd", "dcd", "eventd", "mgd", "bfdd", "jpppd"})
_LINK = re.compile(
    r"SNMP_TRAP_LINK_(?P<state>UP|DOWN): .{0,300}ifAdminStatus (?P<admin>\w{1,40}).{0,300}ifName (?P<port>[^,\s]{1,99})"
)
_LACP = re.compile(r"LACP_INTF_(?P<state>UP|DOWN): (?P<port>[^:\s]+):")
_J_BGP = re.compile(r"BGP peer (?P<who>\S+) .*changed state from (?P<old>\w+) to (?P<new>\w+)")
_J_OSPF = re.compile(r"OSPF neighbor (?P<who>\S+) .*state changed from (?P<old>\w+) to (?P<new>\w+)")
_N_PORT = re.compile(r"Interface (?P<port>[\w ./-]+?), state (?P<state>up|down)(?: - (?P<why>.*))?$")
_N_BGP = re.compile(r"Peer (?P<who>\S+) (?P<state>UP|DOWN)\b")
_N_OSPF = re.compile(r"nbr state changed,.*nbr addr (?P<who>[^,\s]+),.*state (?P<new>\w+)")
_S_BGP = re.compile(
    r"%ADJCHANGE: neighbor (?P<who>[^\s(]{1,99})\S{0,99} (?:in vrf \S+ )?(?P<state>Up|Down)\b"
)
_S_PORT = re.compile(
    r"(?:.*:- )?(?:.*?)(?:Set|Port) (?P<port>Ethernet\d+|PortChannel\d+) (?:oper state to|oper state set from "
    r"\w+ to) (?P<state>up|down)"
)


def juniper(line: SyslogLine) -> LineSign | None:
    """Junos: its daemons, and messages that begin with a name in capitals."""
    if line.program not in _DAEMONS or line.tag:
        return None
    if hit := _LINK.match(line.said):
        if hit["state"] == "DOWN" and hit["admin"].startswith("down"):
            return LineSign(JUNOS, DeviceSign.OWN_ACT, hit["port"])
        return LineSign(JUNOS, _link(up=hit["state"] == "UP"), hit["port"])
    if hit := _LACP.match(line.said):
        return LineSign(JUNOS, _link(up=hit["state"] == "UP"), hit["port"])
    for pattern, kind, whole in ((_J_BGP, "BGP", "Established"), (_J_OSPF, "OSPF", "Full")):
        hit = pattern.search(line.said)
        if hit and whole in (hit["old"], hit["new"]):
            return LineSign(JUNOS, _session(up=hit["new"] == whole), f"{kind} {hit['who']}")
    return LineSign(JUNOS)


def netiron(line: SyslogLine) -> LineSign | None:
    """NetIron of Brocade, later Extreme."""
    if line.program == "System" and (hit := _N_PORT.match(line.said.strip())):
        if hit["state"] == "down" and (hit["why"] or "").startswith(("admin", "disabled")):
            return LineSign(NETIRON, DeviceSign.OWN_ACT, hit["port"])
        return LineSign(NETIRON, _link(up=hit["state"] == "up"), hit["port"])
    if line.program == "BGP" and (hit := _N_BGP.match(line.said)):
        return LineSign(NETIRON, _session(up=hit["state"] == "UP"), f"BGP {hit['who']}")
    if line.program == "OSPF" and (hit := _N_OSPF.match(line.said)):
        new = hit["new"].lower()
        if new in ("full", "down"):
            return LineSign(NETIRON, _session(up=new == "full"), f"OSPF {hit['who']}")
        return LineSign(NETIRON)
    return None


def sonic(line: SyslogLine) -> LineSign | None:
    """SONiC: FRR's BGP and the switch's own ports."""
    if line.program == "bgpd" and (hit := _S_BGP.match(line.said.strip())):
        return LineSign(SONIC, _session(up=hit["state"] == "Up"), f"BGP {hit['who']}")
    if "orchagent" in line.program and (hit := _S_PORT.match(line.said)):
        return LineSign(SONIC, _link(up=hit["state"] == "up"), hit["port"])
    return None


def _link(*, up: bool) -> DeviceSign:
    return DeviceSign.LINE_UP if up else DeviceSign.LINE_DOWN


def _session(*, up: bool) -> DeviceSign:
    return DeviceSign.SESSION_UP if up else DeviceSign.SESSION_DOWN


FAMILIES = (
    juniper,
    netiron,
    sonic,
)
