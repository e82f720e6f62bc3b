"""Forms: fields with a label, a hint, a value and the fault in it. German and English input is read
by `heller.intake`; what cannot be read is shown again with a sentence at its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from heller.model.text import Text, text

LONGEST = 20_000  # characters of one field
T = TypeVar("T")

DAY_HINT = text("For example 04.02.2015 or 2015-02-04")
AMOUNT_HINT = text("For example 3.000,00")


class Field(Struct, frozen=True):
    """One field. `kind` is line, area, choice or check; `options` are value and name pairs, `near`
    are words that are offered while typing."""

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


class Form:
    """What was sent, and the faults that were found in it."""

    def __init__(self, data: Mapping[str, str]) -> None:
        self._data = data
        self.faults: dict[str, Text] = {}

    def said(self, name: str, missing: Text | None = None) -> str:
        """A line as typed; a fault where it is empty and `missing` says that it must not be."""
        value = (self._data.get(name) or "").replace("\r\n", "\n").strip()
        if not value and missing is not None:
            self.faults[name] = missing
        if len(value) > LONGEST:
            self.faults[name] = text("That is longer than {n} characters.", n=LONGEST)
        return value

    def read(self, name: str, value: T | None, fault: Text) -> T | None:
        """What reading a field gave; a fault where something was typed and nothing could be read."""
        if value is None and self.said(name):
            self.faults.setdefault(name, fault)
        return value

    def shown(self, fields: Sequence[Field]) -> tuple[Field, ...]:
        """The fields again with what was typed and what is wrong with it."""
        return tuple(replace(f, value=self.said(f.name), fault=self.faults.get(f.name)) for f in fields)
