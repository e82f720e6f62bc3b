"""Forms: fields with a label, a hint, a value and the fault in it; those of records are made of what their kinds say.
German and English input is read by `heller.intake`; what cannot be read is shown again with a sentence at its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from heller.intake.written import spoken, spoken_times
from heller.model.money import Money
from heller.model.text import Text, text
from heller.model.value_form import HOW, ValueForm, ValueKind

LONGEST = 20_000  # characters of one field
NO_TIME = text("Say the time of day too, such as 8:35.")
NEEDED = text("This is needed.")
WHICH = text("This can be read in more than one way. Which is meant?")
TWICE = text("The clock was set back in that night, so this time came twice. Which is meant?")
LEFT_OUT = text(
    "The clock was set forward in that night, so this time never came. Write the one before or after it."
)
IN_FUTURE = text("This lies in the future. Is it right?")
MODES = {ValueKind.MONEY: "decimal", ValueKind.SHARE: "decimal", ValueKind.NUMBER: "numeric"}
T = TypeVar("T")

DAY_HINT = text("For example 3.2., yesterday or a whole date")
MOMENT_HINT = text("For example today 7:50, yesterday 8 pm or 3.2. 8:15")
AMOUNT_HINT = text("For example 8,500 or 8.5k")
# what is said of what could not be read at all, with an example that stays true
UNREAD = {
    ValueKind.DATE: text("This could not be read. Write a day, for example 3.2., yesterday or a whole date."),
    ValueKind.MOMENT: text(
        "This could not be read. Write day and time, for example today 7:50, yesterday 8 pm or 3.2. 8:15."
    ),
    ValueKind.MONEY: text("This could not be read. Write an amount, for example 8,500 or 8.5k."),
    ValueKind.SHARE: text("This could not be read. Write a share between 0 and 100 %, for example 38 %."),
    ValueKind.NUMBER: text("This could not be read. Write a number, for example 12."),
}
HINTS = {
    ValueKind.DATE: DAY_HINT,
    ValueKind.MOMENT: MOMENT_HINT,
    ValueKind.MONEY: AMOUNT_HINT,
    ValueKind.SHARE: HOW[ValueKind.SHARE],
    ValueKind.NUMBER: HOW[ValueKind.NUMBER],
}


class Field(Struct, frozen=True):
    """One field. `kind` is line, area, choice or check; `options` are value and name pairs, `near`
    are words that are offered while typing; `mode` is the keyboard of a phone. Of several `readings` of what was typed,
    canonical and as shown, one is chosen."""

    name: str
    label: Text
    kind: str = "line"
    hint: Text | None = None
    options: tuple[tuple[str, Text], ...] = ()
    near: tuple[Text, ...] = ()
    required: bool = False
    value: str = ""
    fault: Text | None = None
    wide: bool = False
    mode: str = ""
    readings: tuple[tuple[str, object], ...] = ()


class Form:
    """What was sent, and the faults that were found in it."""

    def __init__(self, data: Mapping[str, str]) -> None:
        self._data = data
        self.faults: dict[str, Text] = {}
        self.readings: dict[str, tuple[tuple[str, object], ...]] = {}

    def said(self, name: str, missing: Text | None = None) -> str:
        """A line as typed; a fault where it is empty and `missing` says that it must not be."""
        value = self.chosen(name) or (self._data.get(name) or "").replace("\r\n", "\n").strip()
        if not value and missing is not None:
            self.faults[name] = missing
        if len(value) > LONGEST:
            self.faults[name] = text("That is longer than {n} characters.", n=LONGEST)
        return value

    def chosen(self, name: str) -> str:
        """Which reading of a field was chosen, as long as nothing else was typed into it; '' where none was."""
        typed, was = self._data.get(name), self._data.get(f"{name}-was")
        return self._data.get(f"{name}-as", "") if typed == was else ""

    def read(self, name: str, value: T | None, fault: Text) -> T | None:
        """What reading a field gave; a fault where something was typed and nothing could be read."""
        if value is None and self.said(name):
            self.faults.setdefault(name, fault)
        return value

    def heard(
        self,
        name: str,
        form: ValueForm[Any],
        now: datetime,
        *,
        how: Text | None = None,
        ahead: bool = False,
        begin: bool = False,
        raw: str = "",
    ) -> str | None:
        """What was typed in canonical form, in the words that people use; a fault where it cannot be read, may be
        meant in two ways, or lies in the future though it must not and nobody said that it is right. A day alone is a
        moment where its `begin` will do; `raw` is what was typed where it stands in several inputs."""
        settled = self.chosen(name)
        if settled and spoken.fits(form, settled):
            return settled
        raw = raw or self.said(name)
        found = spoken.readings(form, raw, now, begin=begin, ahead=ahead) if raw else ()
        if len(found) == 1 and not ahead and spoken.is_future(form, found[0], now):
            self.ask(name, form, found, now, IN_FUTURE)
            return None
        if len(found) == 1:
            return found[0]
        if found:
            self.ask(name, form, found, now, TWICE if _same_wall(form, found) else WHICH)
        elif raw:
            self.faults.setdefault(
                name, LEFT_OUT if _left_out(form, raw, now) else how or UNREAD.get(form.kind, form.how)
            )
        return None

    def ask(self, name: str, form: ValueForm[Any], found: Sequence[str], now: datetime, why: Text) -> None:
        """Ask between the readings of a field."""
        self.faults.setdefault(name, why)
        self.readings[name] = tuple((one, reading_shown(form, one, now.tzinfo)) for one in found)

    def shown(self, fields: Sequence[Field]) -> tuple[Field, ...]:
        """The fields again with what was typed and what is wrong with it."""
        return tuple(
            replace(
                f,
                value=self.said(f.name),
                fault=self.faults.get(f.name),
                readings=self.readings.get(f.name, ()),
            )
            for f in fields
        )


def reading_shown(form: ValueForm[Any], value: str, zone: tzinfo | None) -> object:
    """A value in canonical form as it is said to people, whole: the weekday, the year, and the side of a clock change
    in the night in which that matters."""
    found = form.parse(value)
    match form.kind:
        case ValueKind.SHARE:
            return text("{share:percent}", share=found)
        case ValueKind.MOMENT:
            return text("{day:full}, {at:time}", day=found.astimezone(zone).date(), at=found)
        case ValueKind.DATE:
            return text("{day:full}", day=found)
    return found


def _same_wall(form: ValueForm[Any], found: Sequence[str]) -> bool:
    return form.kind is ValueKind.MOMENT and len({one[:16] for one in found}) == 1


def _left_out(form: ValueForm[Any], raw: str, now: datetime) -> bool:
    return form.kind is ValueKind.MOMENT and spoken_times.left_out(raw, now)


UNSAID = (("", text("not stated")), ("yes", text("yes")), ("no", text("no")))
DAY: ValueForm[date] = ValueForm(kind=ValueKind.DATE)
MOMENT: ValueForm[datetime] = ValueForm(kind=ValueKind.MOMENT)
MONEY: ValueForm[Money] = ValueForm(kind=ValueKind.MONEY)
SHARE: ValueForm[Decimal] = ValueForm(kind=ValueKind.SHARE)
