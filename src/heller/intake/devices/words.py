"""Messages of makers as data: whose program or tag, which words, what they prove, at which port.

A new message is a row. What needs more than words (two ports that go together, states that depend on each other) has a
family of its own. Which rows were checked against public text and which are from samples stands in docs/router-logs.md.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from heller.intake.devices.sign import LineSign
from heller.intake.servers.syslog import SyslogLine
from heller.model.kinds.device_log import DeviceSign

LINE_DOWN, LINE_UP = DeviceSign.LINE_DOWN, DeviceSign.LINE_UP
DOWN, UP = DeviceSign.SESSION_DOWN, DeviceSign.SESSION_UP
WINDOW = 60.0  # seconds over which dpinger judges


class Words(NamedTuple):
    """One message: the maker, what writes it (a program, or a tag of the form %TAG), its words with the port."""

    maker: str
    by: str
    said: str
    sign: DeviceSign | None
    coarse: float = 0.0


WORDS = (
    Words(
        "OPNsense",
        "dpinger",
        r"(?:ALERT|MONITOR): (?P<port>\S+) \(Addr: \S+ Alarm: \w+ -> down\b",
        DOWN,
        WINDOW,
    ),
    Words(
        "OPNsense",
        "dpinger",
        r"(?:ALERT|MONITOR): (?P<port>\S+) \(Addr: \S+ Alarm: down -> none\b",
        UP,
        WINDOW,
    ),
    Words("OPNsense", "dpinger", r"(?:ALERT|MONITOR): (?P<port>\S+) \(Addr: ", None),
    Words(
        "Cisco ASA", r"(?:ASA|FTD)-\d-622001", r"Removing tracked route .* on interface (?P<port>\S+)", DOWN
    ),
    Words("Cisco ASA", r"(?:ASA|FTD)-\d-622001", r"Adding tracked route .* on interface (?P<port>\S+)", UP),
    Words("Cisco IOS", r"TRACK(?:ING)?-\d-STATE", r"(?P<port>\d+) .*\bUp ?-> ?Down", DOWN),
    Words("Cisco IOS", r"TRACK(?:ING)?-\d-STATE", r"(?P<port>\d+) .*\bDown ?-> ?Up", UP),
    Words(
        "DrayTek",
        "DrayTek",
        r"\[?(?P<port>WAN ?\d)\]?:? (?:DSL|VDSL2?|ADSL2?|Ethernet|Link) .*\bdown\b",
        LINE_DOWN,
    ),
    Words(
        "DrayTek",
        "DrayTek",
        r"\[?(?P<port>WAN ?\d)\]?:? (?:DSL|VDSL2?|ADSL2?|Ethernet|Link) .*\bup\b",
        LINE_UP,
    ),
    Words("DrayTek", "DrayTek", r"\[?(?P<port>WAN ?\d)\]?:? is down\b", DOWN),
    Words("DrayTek", "DrayTek", r"\[?(?P<port>WAN ?\d)\]?:? is up\b", UP),
    Words(
        "Asus",
        r"(?P<port>WAN(?:\(\d\))?)_Connection|Connection",
        r"(?:Ethernet link down|WAN(?:\(\d\))? link down|ISP's DHCP did not function|Fail to connect|"
        r"WAN was exceptionally disconnected|.*\bdid not function properly)",
        DOWN,
    ),
    Words(
        "Asus",
        r"(?P<port>WAN(?:\(\d\))?)_Connection|Connection",
        r"WAN (?:was restored|is connected|link up)",
        UP,
    ),
    Words("Asus", r"(?P<port>WAN(?:\(\d\))?)_Connection|Connection", r"Ethernet link up", None),
    Words(
        "NetworkManager",
        "NetworkManager",
        r".*state is now (?:CONNECTED_SITE|CONNECTED_LOCAL|DISCONNECTED)",
        DOWN,
    ),
    Words("NetworkManager", "NetworkManager", r".*state is now CONNECTED_GLOBAL", UP),
    # LCOS reference manual, 'Documenting events at the xDSL interfaces'.
    Words("LANCOM", r".*", r".{0,80}xDSL: Line is up\b", LINE_UP),
    Words("LANCOM", r".*", r".{0,80}xDSL: Line disconnected\b", LINE_DOWN),
    Words("LANCOM", r".*", r".{0,80}xDSL: (?:Booting modem|Set up line|Line data update|SNR margin)", None),
    # Events of DOCSIS as its Operations Support System Interface lists them; a T3 alone is no loss of the line.
    Words(
        "DOCSIS",
        r".*",
        r".{0,99}(?:SYNC Timing Synchronization failure|Ranging Request Retries exhausted)",
        LINE_DOWN,
    ),
    Words(
        "DOCSIS",
        r".*",
        r".{0,99}(?:Lost MDD Timeout|MDD message timeout|No UCDs? Received|UCD invalid)",
        LINE_DOWN,
    ),
    Words("DOCSIS", r".*", r".{0,99}(?:Registration Complete|TLV-11 - unrecognized OID)", LINE_UP),
    Words("DOCSIS", r".*", r".{0,99}Cable Modem Reboot", DeviceSign.RESTART),
    Words("DOCSIS", r".*", r".*(?:CM-MAC=|T[34] time-?out)", None),
    # Fortinet's health checks of an SD-WAN; sessions of PPPoE; ports.
    Words(
        "Fortinet",
        r"Virtual WAN Link status|SDWAN status.*",
        r".*interface=(?P<port>\S+)(?: .*)? newvalue=dead",
        DOWN,
    ),
    Words(
        "Fortinet",
        r"Virtual WAN Link status|SDWAN status.*",
        r".*interface=(?P<port>\S+)(?: .*)? newvalue=alive",
        UP,
    ),
    Words("Fortinet", r"SDWAN SLA.*", r"", None),
    Words("Sophos", "Gateway", r"Gateway (?P<port>\S+)(?: on \S+)? is Dead\b", DOWN),
    Words("Sophos", "Gateway", r"Gateway (?P<port>\S+)(?: on \S+)? is Live\b", UP),
    Words(
        "Sophos",
        "Interface",
        r"Interface (?P<port>\S{1,99}).{0,300} (?:link )?(?:is )?(?:down|Down|DOWN)\b",
        LINE_DOWN,
    ),
    Words(
        "Sophos",
        "Interface",
        r"Interface (?P<port>\S{1,99}).{0,300} (?:link )?(?:is )?(?:up|Up|UP)\b",
        LINE_UP,
    ),
    Words(
        "Fortinet",
        r"Link monitor status|Routing information changed|system|Link monitor status warning",
        r"Link [Mm]onitor.*\b(?:from alive to (?:dead|die)|is (?:dead|down))\b.*?(?:interface=(?P<port>\S+).*)?$",
        DOWN,
    ),
    Words(
        "Fortinet",
        r"Link monitor status|Routing information changed|system|Link monitor status warning",
        r"Link [Mm]onitor.*\b(?:from (?:dead|die) to alive|is (?:alive|up))\b.*?(?:interface=(?P<port>\S+).*)?$",
        UP,
    ),
    Words("Juniper", "rmopd", r"PING_TEST_FAILED: .*pingCtlTestName = (?P<port>[^,\s]+)", DOWN),
    Words("Juniper", "rmopd", r"PING_TEST_COMPLETED: .*pingCtlTestName = (?P<port>[^,\s]+)", UP),
)
_KNOWN = tuple((re.compile(row.by), re.compile(row.said, re.IGNORECASE), row) for row in WORDS)


@lru_cache(1024)
def _of(by: str) -> tuple[tuple[re.Match[str], re.Pattern[str], Words], ...]:
    """The rows of one writer, of which a log has few: looked for once."""
    return tuple((wrote, said, row) for writer, said, row in _KNOWN if (wrote := writer.fullmatch(by)))


def words(line: SyslogLine) -> LineSign | None:
    """What the first row that fits says; None where none does."""
    for wrote, said, row in _of(line.tag or line.program):
        if hit := said.match(line.said):
            port = hit.groupdict().get("port") or wrote.groupdict().get("port") or ""
            return LineSign(row.maker, row.sign, port.replace(" ", "") if row.sign else "", row.coarse)
    return None


PLACE = 0  # asked before all makers
FAMILIES = (words,)
