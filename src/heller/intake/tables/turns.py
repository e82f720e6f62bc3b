"""The words by which a table says that something began and was over, German and English: one mapper for headings of
beginning and end, and for what a cell says of a state in a phrase ('Störung behoben', 'changed to Down')."""

from __future__ import annotations

import re

# Folded, as `canonical.fold` leaves headings: small letters, no umlauts, no punctuation.
_WHAT = (
    r"(?:(?:outages?|downtimes?|incidents?|problems?|down|offline|faults?|failures?|alerts?|events?|stoerungs?|ausfall(?:s|zeit)?|"
    r"unterbrechungs?|entstoer\w*|check|time|date|datum|zeit) ?)?"
)
_WHEN = (
    r"(?: ?(?:times?|dates?|at|on|zeit|zeitpunkt|datum|um|am|der stoerung|des ausfalls|der unterbrechung))*"
)
BEGINS = re.compile(
    rf"{_WHAT}(?:start(?:s|ed|zeit)?|beginn?s?|began|begonnen|since|seit|opened|occurred|raised|gemeldet|eingetreten|from|von|"
    rf"ab){_WHEN}"
)
ENDS = re.compile(
    rf"{_WHAT}(?:end(?:e|s|ed|zeit)?|resolved|closed|until|till|bis|to|recover(?:y|ed|s)?|restored|cleared|solved|over|"
    rf"stopped|behoben|behebung|beendet|geschlossen|geloest|entstoert|wiederhergestellt|wieder (?:da|ok|online)){_WHEN}"
)
# Headings that speak of outages and of nothing else.
ABOUT = re.compile(
    r"resolved|recover|behoben|entst[öo]r|incident|root.?cause|outage|downtime|restored|st[öo]rung|ausfall",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:resolved|recover(?:y|ed|s)?|restored|cleared|solved|behoben|beseitigt|gel[öo]st|beendet|ende|end(?:ed|s)?|"
    r"entst[öo]rt|wieder \w+|back)\b",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:up|online|normal|connect(?:ed)?|reachable|alive|available|erreichbar|verbunden|verf[üu]gbar|hergestellt)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:down|offline|lost|alerting|problem|disconnect(?:ed)?|unreachable|dead|st[öo]rung|ausfall|ausgefallen|getrennt|unterbrochen|"
    r"timed ?out|timeout|alert|outage|incident|not (?:reachable|available|connected)|"
    r"nicht (?:erreichbar|verbunden|verf[üu]gbar)|zeit[üu]berschreitung)\b",
    re.IGNORECASE,
)
_TURNED = re.compile(r"\bto\b|->|→|\bauf\b|\bnach\b|\bzu\b", re.IGNORECASE)
LONGEST = 200  # characters; what is longer is a text and no state


def state_in(phrase: str) -> bool | None:
    """Whether a phrase says up or down; None where it says neither, or both and not which came last."""
    if len(phrase) > LONGEST:
        return None
    if _OVER.search(phrase):
        return True
    down, up = bool(_DOWN.search(phrase)), bool(_UP.search(phrase))
    turned = list(_TURNED.finditer(phrase))
    if turned and (down or up):
        after = phrase[turned[-1].end() :]
        last_down, last_up = bool(_DOWN.search(after)), bool(_UP.search(after))
        if last_down != last_up:
            return last_up
    if down and not re.sub(_DOWN, "", phrase).strip() and up:
        return False  # 'not connected' holds 'connected'
    return None if down == up else up
