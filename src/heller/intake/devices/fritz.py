"""What the messages of a FRITZ!Box or a Speedport say of the line, by their beginnings; others by their plain sense."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from heller.intake.devices import plain_words
from heller.model.kinds.device_log import DeviceSign

_STAMP = r"(\d\d)\.(\d\d)\.(\d\d(?:\d\d)?)[ \t,;]+(\d\d):(\d\d):(\d\d)"
ENTRY = re.compile(rf"(?:^|(?<=\s)|(?<=\"))(?<!seit ){_STAMP}[\";,\s]+")
REPEATED = re.compile(rf"\[(\d+) Meldungen seit {_STAMP}\]")
CODE = re.compile(r"\([A-Z]{1,4}\d{2,4}\) ")  # a Speedport numbers its messages
FORCED = re.compile(r"Zwangstrennung")
FORCED_LASTS = timedelta(seconds=120)  # a forced disconnection is over sooner
# The beginnings of the messages that count. The order matters: the first that fits is taken.
_OTHER_WAY = (
    r"(?:Internetverbindung (?:über|per) |\w*)(?:Mobilfunk|Ersatzverbindung|Ausfallschutz|LTE|UMTS|5G)"
)
_SIGNS: tuple[tuple[str, DeviceSign | None], ...] = (
    (rf"{_OTHER_WAY}.*\b(?:getrennt|beendet|deaktiviert|unterbrochen|verloren)", DeviceSign.DETOUR_DOWN),
    (rf"{_OTHER_WAY}.*\b(?:hergestellt|aktiviert|verbunden)", DeviceSign.DETOUR_UP),
    (rf"{_OTHER_WAY}.*\bwird aufgebaut", None),
    (r"(?:Die )?DSL-Verbindung wurde (?:unterbrochen|getrennt)", DeviceSign.LINE_DOWN),
    (r"Kabel(?:verbindung|-Internetzugang)\b.*(?:unterbrochen|getrennt|kein Empfang)", DeviceSign.LINE_DOWN),
    (r"Kabel(?:verbindung|-Internetzugang)\b.*hergestellt", DeviceSign.LINE_UP),
    (r"Glasfaserverbindung\b.*(?:unterbrochen|getrennt|verloren)", DeviceSign.LINE_DOWN),
    (r"Glasfaserverbindung\b.*(?:aufgebaut|hergestellt)", DeviceSign.LINE_UP),
    (r"DSL (?:is )?not responding", DeviceSign.LINE_DOWN),
    (r"DSL is available", DeviceSign.LINE_UP),
    (r"DSL synchroni[sz]ation (?:begins|starting)", None),
    (r"PPPoE error", DeviceSign.SESSION_DOWN),
    (
        r"(?:The )?Internet connection (?:has been |was )?(?:cleared|disconnected|lost|interrupted)",
        DeviceSign.SESSION_DOWN,
    ),
    (r"(?:The )?Internet connection (?:has been |was )?(?:successfully )?established", DeviceSign.SESSION_UP),
    (r"DSL antwortet nicht", DeviceSign.LINE_DOWN),
    (r"PPPoE-Fehler: DSL-Synchronisierung verloren", DeviceSign.LINE_DOWN),
    (r"DSL ist verfügbar", DeviceSign.LINE_UP),
    (r"DSL-Synchronis(?:ierung|ation) beginnt", None),  # on its way up, nothing yet
    (r"PPPoE-Fehler", DeviceSign.SESSION_DOWN),
    (r"Zeitüberschreitung bei der PPP-Aushandlung(?! für IP-Telefonie)", DeviceSign.SESSION_DOWN),
    (r"PPP-Aushandlung (?:ist )?fehlgeschlagen", DeviceSign.SESSION_DOWN),
    (r"Anmeldung beim Internetanbieter ist", DeviceSign.SESSION_DOWN),
    (r"(?:Die )?Internetverbindung wurde (?:<.*> )?getrennt", DeviceSign.SESSION_DOWN),
    (r"Verbindung getrennt", DeviceSign.SESSION_DOWN),
    (r"(?:Die )?Internetverbindung wurde (?:erfolgreich )?hergestellt", DeviceSign.SESSION_UP),
    (r"Die Internetverbindung wird kurz unterbrochen", DeviceSign.OWN_ACT),
    (r".*(?:FRITZ!Box|System)\b.*\bneu gestartet", DeviceSign.RESTART),
    (r".*Stromausfall", DeviceSign.RESTART),
)
_KNOWN = tuple((re.compile(pattern), sign) for pattern, sign in _SIGNS)


@lru_cache(maxsize=4096)
def meant(message: str) -> tuple[bool, DeviceSign | None]:
    """Whether a message is known, and its sign, else by its plain sense; a box says few things, again and again."""
    told = next(((True, sign) for pattern, sign in _KNOWN if pattern.match(message)), None)
    if told is None and (plain := plain_words.sign_in(message)):
        return False, plain.sign
    return told or (False, None)


def is_plain(message: str) -> bool:
    """Whether a message counts by its plain sense alone."""
    known, sign = meant(message)
    return not known and sign is not None


def message(said: str) -> str:
    """What stands behind an entry's stamp, without a number."""
    bare = said.strip(' \t";')
    return CODE.sub("", bare, count=1) if CODE.match(bare) else bare


def wall(parts: Sequence[str]) -> datetime | None:
    """The wall clock's time of a stamp, None where there is no such day."""
    day, month, year, hour, minute, second = (int(p) for p in parts)
    try:
        return datetime(
            year + (0 if year > 99 else 1900 if year > 69 else 2000), month, day, hour, minute, second
        )
    except ValueError:
        return None
