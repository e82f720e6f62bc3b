"""German as it is written where the line lies: Austria and Switzerland have words, months and figures of their own.

It changes what Heller says, never what it quotes: names and addresses stay as they are written.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from msgspec import Struct


class German(Struct, frozen=True):
    """A variety: the locale of its dates and figures, and what is written otherwise than in Germany."""

    locale: str
    otherwise: tuple[tuple[str, str], ...] = ()

    def write(self, sentence: str) -> str:
        """A sentence of the catalogue as it is written there.

        >>> of_place(ZoneInfo("Europe/Vienna")).write("Schadensersatz für den Ausfall")
        'Schadenersatz für den Ausfall'
        """
        for german, theirs in self.otherwise:
            sentence = sentence.replace(german, theirs)
        return sentence


GERMANY = German("de_DE")
AUSTRIA = German("de_AT", (("Schadensersatz", "Schadenersatz"), ("Januar", "Jänner")))
SWITZERLAND = German("de_CH", (("Schadensersatz", "Schadenersatz"), ("ß", "ss")))
PLACES = {
    "Europe/Vienna": AUSTRIA,
    "Europe/Zurich": SWITZERLAND,
    "Europe/Vaduz": SWITZERLAND,
}


def of_place(zone: ZoneInfo) -> German:
    """The German of a time zone; that of Germany elsewhere."""
    return PLACES.get(zone.key, GERMANY)
