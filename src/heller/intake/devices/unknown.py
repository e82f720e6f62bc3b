"""Messages of a device that speak of the line in words that nobody here knows: counted and quoted, never passed over.

'Nothing is known' is not 'nothing happened': no outage is made of them, and none is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from heller.model.finding import Finding, Locator, Weight
from heller.model.text import text

_LINE = re.compile(
    r"internet|dsl\b|docsis|kabel(?!loses)|cable|glasfaser|fib(?:er|re)|gpon|onu\b|ont\b|sync|leitung|anbieter|provider|"
    r"\bwan\b|pppoe?\b|uplink|gateway|verbindung|connection|\blink\b|carrier|signal|route\b|ping\b|einwahl|breitband",
    re.IGNORECASE,
)
# One of these stands in every message that the pattern finds; looking for them is thirty times as quick.
STEMS = (
    *(
        "internet",
        "dsl",
        "docsis",
        "kabel",
        "cable",
        "glasfaser",
        "fib",
        "gpon",
        "onu",
        "ont",
        "sync",
        "leitung",
    ),
    *(
        "anbieter",
        "provider",
        "wan",
        "ppp",
        "uplink",
        "gateway",
        "verbindung",
        "connection",
        "link",
        "carrier",
    ),
    *("signal", "route", "ping", "einwahl", "breitband"),
)
_TURN = re.compile(
    r"getrennt|unterbr|abgebr|verlor|fehlgeschlag|ausfall|ausgefallen|gest[öo]rt|kein|nicht|hergestellt|aufgebaut|"
    r"verf[üu]gbar|wieder|down\b|up\b|lost|loss|fail|dead|live|restored|timeout|cleared|establish|inactive|active\b|"
    r"disconnect|connected|unreachable|alarm|removing|adding|terminat|no response|not responding|begins",
    re.IGNORECASE,
)
ELSE = re.compile(
    r"wlan|wi-?fi|vpn|wireguard|ipsec|telefon|rufnummer|sip\b|voip|dect|benutzeroberfl|anmeldung an der|login|"
    r"user interface|usb|smart ?home|nas\b|mediaserver|repeater|mesh|update|firmware|e-?mail|push|kindersicherung|"
    r"lan-?port|associat|station|deauth|dhcp(?:ack|req|offer)|hostapd|sshd?\b|cron|radar",
    re.IGNORECASE,
)


def about_line(message: str) -> bool:
    """Whether a message seems to speak of the line: what it is about, and that something turned."""
    small = message.lower()
    if not any(map(small.__contains__, STEMS)):
        return False
    return bool(_LINE.search(message) and _TURN.search(message) and not ELSE.search(message))


def doubts(
    device: str, unknown: Sequence[tuple[int, str]], digest: str, *, any_known: bool, of: int = 0
) -> Iterator[Finding]:
    """What is said of messages that are not known: with others that are, or as all that the file has. `of` is their
    number, where not all are kept."""
    if not unknown:
        return
    n = max(of, len(unknown))
    row, raw = unknown[0]
    source = Locator(digest, f"row {row}", raw[:200])
    if any_known:
        said = text(
            "{n} messages of {device} speak of the line in words that are not known here; the first is: {message}",
            "One message of {device} speaks of the line in words that are not known here: {message}",
            n=n,
            device=device,
            message=raw[:160],
        )
        do = text("Read them: an outage may stand there that is not counted, or an end of one.")
        yield Finding("log.line_words_unknown", said, do, Weight.WARNING, source)
        return
    said = text(
        "The log of {device} is not understood: {n} messages speak of the line in words that are not known here; the"
        " first is: {message}",
        "The log of {device} is not understood: one message speaks of the line in words that are not known here:"
        " {message}",
        n=n,
        device=device,
        message=raw[:160],
    )
    do = text(
        "Note what it says as a list of outages (Beginn;Ende), or add another log of that time; the original "
        "stays an exhibit."
    )
    yield Finding("log.not_understood", said, do, Weight.REFUSED, source)


def nothing_known(device: str, n: int, source: Locator) -> Finding:
    """A file of a device without a message that is known to speak of the line."""
    said = text(
        "The log of {device} is not understood: none of its {n} messages is known to speak of the line.",
        device=device,
        n=n,
    )
    do = text("If one of them does, note what it says as a list of outages; else add the log of that time.")
    return Finding("log.not_understood", said, do, Weight.REFUSED, source)


def by_plain_sense(device: str, plain: Sequence[str], source: Locator, of: int = 0) -> Iterator[Finding]:
    """That messages were taken by their plain sense, with the first of them. `of` is their number, where not all are
    kept."""
    if not plain:
        return
    what = text(
        "{n} messages of {device} are of no maker that is known here; they are taken by what they plainly say. "
        "The first is: {message}",
        "One message of {device} is of no maker that is known here; it is taken by what it plainly says: {message}",
        n=max(of, len(plain)),
        device=device,
        message=plain[0][:160],
    )
    do = text("Read them: where one says something else, add another log of that time.")
    yield Finding("log.plain_words", what, do, Weight.WARNING, source)
