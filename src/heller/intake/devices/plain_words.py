"""What a message plainly says of a line, in German or English, whoever wrote it: what it speaks of (the line, a session
over it), and whether that went or came back. Asked after all makers; what it takes by its plain sense is said.

A message that says both, that is on its way, or that speaks of telephones, tunnels or desks says nothing here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from heller.intake.devices import unknown
from heller.intake.devices.sign import LineSign, is_mobile
from heller.intake.servers.syslog import SyslogLine
from heller.model.kinds.device_log import DeviceSign

PLACE = 1000  # asked after all makers
UNSURE = 31.0  # seconds: how late an unknown maker writes is not known, so its word alone is a suspicion
_NOT_THE_LINE = re.compile(
    r"ipv6|\bdns\b|\bntp\b|dyndns|\bkey\b|tunnel", re.IGNORECASE
)  # a part of it, or over it
# Programs of servers and desks: what they call a gateway, a provider or a connection is their own.
_ELSEWHERE = re.compile(
    r"charon|.*swan.*|ipsec.*|openvpn.*|wireguard|[sn]mbd|fetchmail|getmail|nginx|apache.*|httpd|haproxy|traefik|squid|"
    r"mysqld?|mariadbd?|postgres|redis.*|cups.*|asterisk|kamailio|freeswitch|postfix.*|dovecot|exim.*|sendmail|sshd|cron|"
    r"anacron|systemd(?!-networkd).*|sudo|snmpd|ntpd|chronyd|named|unbound|docker.*|containerd|fail2ban.*|zabbix.*|telegraf|collectd|"
    r"wpa_supplicant|hostapd",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"\b(?:x?dsl\d?|[av]dsl2?\+?|docsis|kabel\w*|cable\w*|glasfaser\w*|fib(?:er|re)\w*|gpon|xgs-?pon|onu|ont|leitung|"
    r"port wan|wan[- ]port|line|dsl-\w+|sync\w*)\b",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"\b(?:internet\w*|i?wan\d*(?:[_(]\w+\)?)?|ppp(?:oe)?\d*(?:-\w+)?|uplink\w*|gateway\w*|gegenstelle|einwahl|isp|"
    r"anbieter|remote (?:site|station)|provider|external\W{1,3}(?:\w{1,12}\W{1,3}){0,2}(?:link|interface)|"
    r"breitband\w*|broadband)\b",
    re.IGNORECASE,
)
_MOBILE = re.compile(
    r"mobilfunk|ersatzverbindung|ausfallschutz|fallback|backup|\b(?:lte|umts|[345]g|mob\d\w*|wwan\d*|cellular)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:down|offline|dead|lost|loss of (?:sync|signal)|unreachable|inactive|disconnected|interrupted|cleared|"
    r"hang-?up|hung up|off-line|terminated|closed|dropped|"
    r"no (?:signal|sync\w*|reception|optical signal|link|carrier|response|lock)|"
    r"not (?:responding|available|active|connected|reachable)|disconnect|failed|"
    r"getrennt|unterbrochen|abgebaut|verloren|abgebrochen|ausgefallen|gest[öo]rt|fehlgeschlagen|"
    r"nicht (?:verf[üu]gbar|aktiv|erreichbar|verbunden|synchron|mehr \w+)|antwortet nicht|"
    r"kein(?:e|en)? (?:signal|empfang|sync\w*|verbindung|lichtsignal|\w+-sync\w*))\b",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:up|online|on-line|activated|gained|obtained|alive|live|restored|established|connected|active|available|recovered|back|reconnected|"
    r"(?:local|remote) +ip address|ip address (?:assigned|obtained)|"
    r"(?:wieder)?hergestellt|aufgebaut|verf[üu]gbar|aktiv|verbunden|erreichbar|erfolgreich|synchron|besteht)\b",
    re.IGNORECASE,
)
_ON_ITS_WAY = re.compile(
    r"\b(?:beginnt|begins|starting|training|wird (?:\w+ )?(?:auf|abge)\w*|connecting|attempt\w*|trying|retry\w*|"
    r"warte\w*|waiting|next|will be|soll|geplant|scheduled|check failed|\w+ rate|test)\b",
    re.IGNORECASE,
)
_OWN_ACT = re.compile(
    r"administrativ|by (?:user|admin)|user request|manuell|manually|vom benutzer|zwangstrennung",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"(?:fail(?:ing)?[- ]?over|switch(?:ed|ing)?|umschalt\w*|umgeschaltet|wechsel\w*)\b.{0,60}?\b(?:to|auf|from)\b",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"\b(?:to|auf) (?:the )?(?:main|primary|haupt\w*|dsl|wan1?|eth0)\b(?! ?[2-9])", re.IGNORECASE
)
_ASIDE = re.compile(r"\([^()]{0,200}\)")
_IS = re.compile(  # a watched address, and nothing else but its state
    r"\W{0,3}(?:\d{1,3}(?:\.\d{1,3}){3})\W{1,3}(?:is |went |now ){0,2}(?:down|up|offline|online)\W{0,3}",
    re.IGNORECASE,
)
_PORT = re.compile(r"\b(wan) ?[\[(]?(\d)\b", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(?:interface|port) ((?:eth|ppp|wan|vdsl|dsl|ge|igb|em|vtnet|port)[\w./-]{0,12})\b", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def sign_in(message: str) -> LineSign | None:
    """What a message plainly says; None where it is not about a line, or not plain."""
    if unknown.ELSE.search(message) or _NOT_THE_LINE.search(message):
        return None
    line, session = _LINE.search(message), _SESSION.search(message)
    over = _OVER.search(message)
    if not (line or session or over):
        return None
    if over and not (_DOWN.search(message[: over.start()])):
        return _switched(message)
    down, up = _DOWN.search(message), _UP.search(message)
    beside = _ASIDE.sub("", message)  # a reason in brackets is no further word
    if _ON_ITS_WAY.search(beside if _DOWN.search(beside) or _UP.search(beside) else message) or not (
        down or up
    ):
        return None
    if _MOBILE.search(message) and not over:
        return _plain(DeviceSign.DETOUR_DOWN if down else DeviceSign.DETOUR_UP)
    if _OWN_ACT.search(message) and down:
        return _plain(DeviceSign.OWN_ACT, _port(message))
    # 'DSL' in a message of a session is its way; a message that names the line first speaks of the line.
    of_line = line and (not session or line.start() <= session.start())
    if down:
        sign = DeviceSign.LINE_DOWN if of_line else DeviceSign.SESSION_DOWN
        return _plain(sign, _port(message))._replace(other_way=DeviceSign.DETOUR_UP if over else None)
    return _plain(DeviceSign.LINE_UP if of_line else DeviceSign.SESSION_UP, _port(message))


def _switched(message: str) -> LineSign | None:
    """A message that only says which way is taken now."""
    if _HOME.search(message):
        return _plain(DeviceSign.DETOUR_DOWN)
    return _plain(DeviceSign.DETOUR_UP) if _MOBILE.search(message) or "wan2" in message.lower() else None


def _plain(sign: DeviceSign, port: str = "") -> LineSign:
    return LineSign("", sign, port, UNSURE, plain=True)


def _port(message: str) -> str:
    """The line's port where a message names one."""
    if hit := _PORT.search(message):
        return f"{hit[1].upper()}{hit[2]}"
    hit = _CALLED.search(message)
    return hit[1] if hit and not is_mobile(hit[1]) else ""


def plain_words(line: SyslogLine) -> LineSign | None:
    """A line that no maker's family knows, by its plain sense."""
    if _ELSEWHERE.fullmatch(line.program):
        return None
    message = f"{line.program}: {line.said}" if line.program else f"{line.host} {line.said}".strip()
    return sign_in(f"uplink {message}" if _IS.fullmatch(message) else message)


FAMILIES = (plain_words,)
