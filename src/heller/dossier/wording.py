"""Turns texts, money, days and spans into German or English. The only place that formats."""

from __future__ import annotations

import gettext
import io
import os
import re
import string
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from heller.dossier.german_of_place import of_place
from heller.model.amount import Range
from heller.model.money import Money
from heller.model.text import Text
from heller.model.trade import FORMS, Trade, TradeWords
from heller.model.trades import trade_of

LANGUAGES = ("de", "en")
LOCALES = {"en": "en_GB"}
TRADE_WORD = re.compile("{(" + "|".join(FORMS) + ")}")
TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")
MINUS = "\N{MINUS SIGN}"
NBSP = "\N{NO-BREAK SPACE}"
BERLIN = ZoneInfo("Europe/Berlin")


@cache
def catalogue(lang: str) -> gettext.NullTranslations:
    """The translations of a language; English is its own catalogue."""
    folder = Path(str(resources.files("heller"))) / "locale" / lang / "LC_MESSAGES"
    if not (folder / "heller.po").exists():
        return gettext.NullTranslations()
    return gettext.GNUTranslations(io.BytesIO(_compiled(folder)))


def _compiled(folder: Path) -> bytes:
    """The catalogue as gettext loads it. It is made of the written one where that is newer, and kept beside it
    if the folder may be written: two branches with a sentence each have no binary to disagree about."""
    written, kept = folder / "heller.po", folder / "heller.mo"
    if kept.exists() and kept.stat().st_mtime_ns > written.stat().st_mtime_ns:
        return kept.read_bytes()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    made = io.BytesIO()
    with written.open("rb") as source:
        write_mo(made, read_po(source))
    with suppress(OSError):  # a folder that belongs to somebody else: made again at the next start
        fresh = kept.with_name(f"{kept.name}.{os.getpid()}")
        fresh.write_bytes(made.getvalue())
        fresh.replace(kept)
    return made.getvalue()


GERMAN_TIMES = {"CET": "MEZ", "CEST": "MESZ"}
NIGHT = 4  # hours after midnight in which the name of the time is said, on a day on which it changes


def _is_changed(local: datetime) -> bool:
    """Whether the clock is changed in the night of this time."""
    midnight, noon = (local.replace(hour=hour, minute=0, fold=0) for hour in (0, 12))
    return local.hour < NIGHT and midnight.utcoffset() != noon.utcoffset()


class Words:
    """Says things in one language and in the words of one trade, times in one zone.

    >>> Words("de").money(Money(3026928))
    '30.269,28\\xa0€'
    """

    def __init__(self, lang: str, zone: ZoneInfo = BERLIN, trade: Trade | None = None) -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"no such language: {lang}")
        german = of_place(zone)
        self.lang, self.zone = lang, zone
        self.locale = german.locale if lang == "de" else LOCALES[lang]
        self._write = german.write if lang == "de" else str
        self._filler = _Filler(self, (trade or trade_of(None)).words[lang])

    def __call__(self, what: Text | str) -> str:
        """A text in this language; a plain string is looked up as it is, and only words of the trade are filled in."""
        sentence = what if isinstance(what, str) else what.sentence
        if not sentence:  # the catalogue would answer with its own header
            return ""
        if isinstance(what, str):
            return self._write(self._filler.trade_words(catalogue(self.lang).gettext(what)))
        said = self._filler.vformat(self._write(catalogue(self.lang).gettext(sentence)), (), what.args)
        return TWO_STOPS.sub(".", said)  # '2 Min.' may end a sentence

    def money(self, amount: Money, *, sign: bool = False) -> str:
        """'1.234,56 €' with a no-break space and a true minus; `sign` writes the plus too."""
        from babel.numbers import format_decimal

        number = format_decimal(abs(amount.decimal), "#,##0.00", locale=self.locale)
        unit = "€" if amount.currency == "EUR" else amount.currency
        mark = MINUS if amount.cents < 0 else "+" if sign and amount.cents > 0 else ""
        return f"{mark}{number}{NBSP}{unit}"

    def span_of_money(self, amount: Range) -> str:
        """One figure where the range has no width, else 'low to high'."""
        if amount.is_exact:
            return self.money(amount.likely)
        return f"{self.money(amount.low)}{NBSP}– {self.money(amount.high)}"

    def number(self, value: Decimal | int | float, places: int | None = None) -> str:
        """A plain number; `places` fixes the decimals."""
        from babel.numbers import format_decimal

        pattern = "#,##0.###" if places is None else "#,##0" + ("." + "0" * places if places else "")
        return str(format_decimal(value, pattern, locale=self.locale)).replace("-", MINUS)

    def percent(self, share: Decimal | float, places: int = 0) -> str:
        """0.38 as '38 %' (German with a space, English without)."""
        from babel.numbers import format_percent

        shown = Decimal(str(share))
        if places == 0 and shown * 100 != int(shown * 100) and abs(shown) < 1:
            places = (
                1 if shown * 1000 == int(shown * 1000) else 2 if shown * 10000 == int(shown * 10000) else 0
            )
        pattern = (
            "#,##0" + ("." + "0" * places if places else "") + (f"{NBSP}%" if self.lang == "de" else "%")
        )
        return str(format_percent(shown, pattern, locale=self.locale)).replace("-", MINUS)

    def country(self, code: str) -> str:
        """'Österreich' for 'AT'; the code itself where it is none."""
        from babel import Locale

        return str(Locale.parse(self.locale).territories.get(code, code))

    def day(self, day: date, style: str = "medium") -> str:
        """'04.02.2015'; style 'long' writes the month, 'full' the weekday too, 'month' month and year alone."""
        from babel.dates import format_date

        if isinstance(day, datetime):
            day = self.local(day).date()
        pattern = {
            ("medium", "de"): "dd.MM.yyyy",
            ("medium", "en"): "d MMM yyyy",
            ("weekday", "de"): "EEE dd.MM.",
            ("weekday", "en"): "EEE d MMM",
            ("month", self.lang): "MMMM yyyy",
        }.get((style, self.lang), style)
        return str(format_date(day, pattern, locale=self.locale))

    def moment(self, moment: datetime, *, seconds: bool = False) -> str:
        """Day and time of day in the site's zone."""
        return f"{self.day(moment)}, {self.time(moment, seconds=seconds)}"

    def time(self, moment: datetime, *, seconds: bool = False) -> str:
        """The time of day in the site's zone; in the night in which the clock is changed with the name of its time."""
        local = self.local(moment)
        clock = f"{local:{'%H:%M:%S' if seconds else '%H:%M'}}"
        label = f"{NBSP}{self._time_of_year(local)}" if _is_changed(local) else ""
        return f"{clock}{NBSP}Uhr{label}" if self.lang == "de" else f"{clock}{label}"

    def _time_of_year(self, local: datetime) -> str:
        name = local.tzname() or ""
        return GERMAN_TIMES.get(name, name) if self.lang == "de" else name

    def local(self, moment: datetime) -> datetime:
        """The instant on the wall clock of the site."""
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(self.zone)

    def duration(self, length: timedelta) -> str:
        """'14 Tage 2 Std. 5 Min.', seconds only below an hour; the parts that are zero are left out."""
        seconds = int(length.total_seconds())
        days, rest = divmod(seconds, 86400)
        hours, rest = divmod(rest, 3600)
        minutes, seconds = divmod(rest, 60)
        units = (
            [(days, ("Tag", "Tage")), (hours, ("Std.", "Std.")), (minutes, ("Min.", "Min."))]
            if self.lang == "de"
            else [(days, ("day", "days")), (hours, ("h", "h")), (minutes, ("min", "min"))]
        )
        if not days and not hours:
            units.append((seconds, ("Sek.", "Sek.") if self.lang == "de" else ("s", "s")))
        said = [f"{n}{NBSP}{names[n != 1]}" for n, names in units if n]
        return " ".join(said) or f"0{NBSP}{units[-1][1][1]}"

    def line(self, parts: Iterable[object]) -> str:
        """What a record says, in a line; what it does not say is left out."""
        return " · ".join(self.value(part) for part in parts if part not in (None, ""))

    def value(self, value: object, spec: str = "") -> str:
        """Any argument of a text, by its type; `spec` is what stands after the colon."""
        match value:
            case Text():
                return self.value(self(value), spec) if spec == "cap" else self(value)
            case Money():
                return self.money(value)
            case Range():
                return self.span_of_money(value)
            case datetime() if spec == "day":
                return self.day(value)
            case datetime() if spec == "time":
                return self.time(value)
            case datetime():
                return self.moment(value, seconds=spec == "seconds")
            case date():
                return self.day(value, spec if spec and spec != "day" else "medium")
            case timedelta():
                return self.duration(value)
            case Decimal() if spec == "percent":
                return self.percent(value)
            case Decimal() | int():
                return self.number(value) if not spec else self.number(value, int(spec))
            case str() if spec == "country":
                return self.country(value)
            case str() if spec == "cap":
                return value[:1].upper() + value[1:]
            case _:
                return str(value)


class _Filler(string.Formatter):
    """Fills the `{names}` of a sentence, words of the trade too; a missing one shows its name instead of failing."""

    def __init__(self, words: Words, trade: TradeWords) -> None:
        self._words, self._trade = words, trade

    def trade_words(self, said: str) -> str:
        """A sentence with the words of the trade and nothing else filled in: it may be a quotation."""
        return TRADE_WORD.sub(lambda at: str(getattr(self._trade, at[1])), said)

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        name = str(key)
        return kwargs.get(name, getattr(self._trade, name) if name in FORMS else "{" + name + "}")

    def format_field(self, value: Any, format_spec: str) -> str:
        return self._words.value(value, format_spec)
