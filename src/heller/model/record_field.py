"""What a field of a record is: what is asked for it, how it is written, whether it names a person.

Forms, lists, closing and erasing walk these; no field of a record that holds text is left out (a test sees to it).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from msgspec import Struct

from heller.model.text import Text, text
from heller.model.value_form import ValueForm, ValueKind

NOW = "now"  # as a default: the day or the moment at which it is written down


class Personal(Enum):
    """How a field names a person."""

    NAME = "name"
    MAILBOX = "mailbox"  # 'Erika Muster <erika@example.test>'; an address alone names nobody


class AnswerSet(Struct, frozen=True):
    """The answers among which one is chosen, by value, as they are shown; `words` are what an office calls them too,
    the first of each is the one that is printed."""

    names: Mapping[Any, Text]
    words: Mapping[str, Any] = {}


class RecordField(ValueForm[Any], frozen=True):
    """One field. `name` is that of the noun, `offer.credit` that of a noun inside; `label` asks for it in a form.

    `default` counts where nothing is typed; without one the noun's own default does, and where it has none the
    field is `needed` (None: so it is). `listed` says that it stands in the line that tells a record from others;
    `prose` that it is free text, in which anybody may be named. `many` are several, separated by commas. `option`
    is its name on the command line where that is not the last part of `name`; `flag` an option without a value that
    turns a yes into a no. `near` are words that are offered while typing, `form_of` says of which form it is where
    that depends on what else was typed.
    """

    name: str
    label: Text
    personal: Personal | None = None
    prose: bool = False
    listed: bool = False
    needed: bool | None = None
    default: str = ""
    answers: AnswerSet | None = None
    many: bool = False
    option: str = ""
    flag: str = ""
    hint: Text | None = None
    near: tuple[Text, ...] = ()
    form_of: Callable[[Mapping[str, str]], ValueForm[Any] | None] | None = None

    @property
    def typed_as(self) -> str:
        """Its name in a form and on the command line."""
        return self.option or self.name.rpartition(".")[2]

    def of(self, record: object) -> Any:
        """What a record says in it; None where the noun inside is not there."""
        found: Any = record
        for part in self.name.split("."):
            found = None if found is None else getattr(found, part)
        return found

    def shown(self, found: Any) -> object:
        """A value as it is said to people."""
        if self.answers is not None:
            return self.answers.names.get(found, found)
        if isinstance(found, tuple):
            return ", ".join(map(str, found))
        if isinstance(found, bool):
            return text("yes") if found else text("no")
        return text("{share:percent}", share=found) if self.kind is ValueKind.SHARE else found


class RecordForm(Struct, frozen=True):
    """What a person is asked to write down a record. `words` are typed in order on the command line, the last one takes
    the rest of the line; the `options` follow (None: all other fields that are asked). `preset` are values that the
    form says by itself. Where only the day counts, a moment without a time of day is `noon`.
    """

    name: str
    place: int
    what: Text
    words: tuple[str, ...]
    options: tuple[str, ...] | None = None
    preset: Mapping[str, Any] = {}
    german: str = ""
    noon: bool = False


def words(name: str, label: Text, **more: Any) -> RecordField:
    """A field of words that name no person: a number, a thing, a place."""
    return RecordField(name, label, **more)


def person(name: str, label: Text, **more: Any) -> RecordField:
    """A field that names a person: it is closed with the names."""
    return RecordField(name, label, personal=Personal.NAME, **more)


def prose(name: str, label: Text, **more: Any) -> RecordField:
    """A field of free text: names that are known are found in it."""
    return RecordField(name, label, prose=True, **more)


def choice(name: str, label: Text, answers: AnswerSet, **more: Any) -> RecordField:
    """A field that holds one of several answers."""
    return RecordField(name, label, answers=answers, **more)


def money(name: str, label: Text, **more: Any) -> RecordField:
    """An amount in euro, not negative."""
    return RecordField(name, label, kind=ValueKind.MONEY, **more)


def share(name: str, label: Text, **more: Any) -> RecordField:
    """A share between 0 and 1."""
    return RecordField(name, label, kind=ValueKind.SHARE, **more)


def day(name: str, label: Text, **more: Any) -> RecordField:
    """A day."""
    return RecordField(name, label, kind=ValueKind.DATE, **more)


def moment(name: str, label: Text, **more: Any) -> RecordField:
    """An instant."""
    return RecordField(name, label, kind=ValueKind.MOMENT, **more)


def number(name: str, label: Text, **more: Any) -> RecordField:
    """A whole number."""
    return RecordField(name, label, kind=ValueKind.NUMBER, **more)


def yes_no(name: str, label: Text, **more: Any) -> RecordField:
    """Yes or no."""
    return RecordField(name, label, kind=ValueKind.YES_NO, **more)
