"""What the words of appointment books, reservation systems and time trackers say of the fate of a unit."""

from __future__ import annotations

import re
from datetime import date

from heller.intake.written import numbers
from heller.intake.written.canonical import fold
from heller.model.kinds.unit import Fate

_FATES: tuple[tuple[Fate, tuple[str, ...]], ...] = (
    (Fate.ABSENT, ("no show", "noshow", "nicht erschienen", "nicht gekommen", "did not show", "unentschuldigt",
                   "not arrived", "versaeumt", "missed", "absent", "nichterschienen")),
    (Fate.CAUGHT_UP, ("nachgeholt", "verschoben", "verlegt", "umgebucht", "neu terminiert", "rescheduled", "moved",
                      "postponed", "caught up", "made up", "nachgearbeitet", "nachgeliefert",
                      "spaeter geliefert", "ersatztermin")),
    (Fate.REFUNDED, ("erstattet", "rueckerstattet", "refund", "chargeback", "gutgeschrieben", "teilerstattet",
                     "partially refunded", "zurueckgezahlt")),
    (Fate.CANCELLED, ("abgesagt", "storn", "cancel", "annull", "absage", "zurueckgezogen", "geloescht", "deleted",
                      "declined", "abgelehnt", "rejected", "widerrufen", "canceled")),
    (Fate.LOST, ("ausgefallen", "entfallen", "ausfall", "entfaellt", "verloren", "lost", "nicht stattgefunden",
                 "nicht durchgefuehrt", "nicht moeglich", "gescheitert", "failed", "did not take place",
                 "nicht angenommen", "nicht geliefert", "not delivered", "undelivered", "not possible",
                 "leerlauf", "idle")),
    (Fate.OPEN, ("offen", "angefragt", "anfrage", "option", "tentative", "pending", "requested", "unbekannt",
                 "unknown", "warteliste", "waitlist", "vorgemerkt")),
    (Fate.HELD, ("wahrgenommen", "stattgefunden", "erschienen", "gehalten", "durchgefuehrt", "erledigt",
                 "abgeschlossen", "behandelt", "abgerechnet", "bezahlt", "eingecheckt", "ausgecheckt", "angereist",
                 "abgereist", "checked in", "checked out", "seated", "done", "completed", "complete", "ok", "held",
                 "attended", "arrived", "kept", "show", "fulfilled", "bestaetigt", "confirmed", "gebucht", "booked",
                 "anwesend", "finished", "geliefert", "zugestellt", "delivered", "paid", "successful", "erfolgreich",
                 "besucht", "past guest", "vergangener gast", "currently hosting",
                 "arriving", "upcoming",
                 "in behandlung", "no action", "active", "aktiv", "reserved", "reserviert", "accepted",
                 "gearbeitet", "planmaessig", "geplant", "bearbeitet", "served", "angenommen", "in house", "departed")),
)  # fmt: skip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?!\d)")
_MOVED = re.compile(
    r"(?:verschoben|verlegt|nachgeholt|umgebucht|nachgearbeitet|nachgeliefert|moved|rescheduled|"
    r"postponed|caught up|made up|"
    r"ersatztermin|neuer termin|new (?:date|appointment))",
    re.IGNORECASE,
)


def fate(word: str) -> Fate | None:
    """What became of a unit by the word of its status; None for a word that is not known.

    >>> fate("Storniert durch Gast"), fate("cancelled_by_guest"), fate("No-Show"), fate("wahrgenommen"), fate("xy")
    (<Fate.CANCELLED: 'cancelled'>, <Fate.CANCELLED: 'cancelled'>, <Fate.ABSENT: 'absent'>, <Fate.HELD: 'held'>, None)
    """
    said = fold(word)
    if not said:
        return None
    for found, words in _FATES:
        if any(said.startswith(one) for one in words):
            return found
    padded = f" {said} "
    negated = " nicht " in padded or " not " in padded
    for found, words in _FATES:
        if found is not Fate.HELD and any(f" {one}" in padded for one in words):
            return found
    held = next(words for found, words in _FATES if found is Fate.HELD)
    if any(f" {one} " in padded for one in held):
        return Fate.LOST if negated else Fate.HELD
    return None


def moved_to(words: str) -> date | None:
    """The day to which a remark says that a unit was moved: 'verschoben auf 12.03.2015', 'moved to 2015-03-12'."""
    match = _MOVED.search(words[:500])
    found = _DAY.search(words[:500], match.end()) if match else None
    return numbers.day(found[0]) if found else None
