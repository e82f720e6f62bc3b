"""One file per kind of record says what every room needs; no kind is passed over in silence."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from typing import Any, get_args, get_type_hints

import pytest
from msgspec import Struct

from heller.dossier.wording import Words
from heller.intake import personal
from heller.intake.values import document_of
from heller.intake.written.typed_record import asked, forms, needed
from heller.model.finding import Locator
from heller.model.kinds import kind_of, kinds
from heller.model.kinds.acceptance import Acceptance, Announcement, Verdict
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.decided import Decided
from heller.model.kinds.hit_log import HitLog
from heller.model.kinds.mail import Mail
from heller.model.kinds.order import Order
from heller.model.kinds.unit import Unit
from heller.model.money import Money
from heller.model.record import Record
from heller.model.record_field import RecordForm
from heller.model.record_kind import RecordKind, RecordNoun

NOW = datetime(2015, 2, 12, 9, tzinfo=UTC)
PERSON_FIELDS = {"who", "by", "person", "customer", "sender", "to"}
NO_NAMES = {(Order, "customer"), (Unit, "customer"), (HitLog, "who")}  # a digest; numbers of clients


def test_every_record_has_a_file_and_every_file_a_record() -> None:
    """What a type checker takes for a record is decoded too: every noun of a record stands in the file of its kind."""
    nouns = {one for one in RecordNoun.__subclasses__() if one.__module__.startswith("heller.")}
    assert nouns == set(kinds()) == set(get_args(Record))


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.of.__name__)
def test_every_field_that_holds_words_is_described(kind: RecordKind) -> None:
    """Closing, erasing and lists walk the description: what holds text and is not in it would be passed over."""
    hints = get_type_hints(kind.of)
    told = {field.name.split(".")[0] for field in kind.fields}
    assert {
        name for name, hint in hints.items() if name not in ("source", "places") and _holds_text(hint)
    } <= told
    assert {field.name.split(".")[0] for field in kind.fields} <= set(hints)


def _holds_text(hint: Any, inside: frozenset[Any] = frozenset()) -> bool:
    if hint is str:
        return True
    if hint in inside or (isinstance(hint, type) and issubclass(hint, Money | Enum)):
        return False
    inner = (
        get_type_hints(hint).values()
        if isinstance(hint, type) and issubclass(hint, Struct)
        else get_args(hint)
    )
    return any(_holds_text(one, inside | {hint}) for one in inner if one is not Locator)


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.of.__name__)
def test_a_field_for_a_person_says_so(kind: RecordKind) -> None:
    """A field of a person's that is not described as one would be left open under `--close names`."""
    named = {field.name.rpartition(".")[2] for field in kind.fields if field.personal is not None}
    fields = PERSON_FIELDS & set(kind.of.__struct_fields__)
    assert {(kind.of, field) for field in fields - named} <= NO_NAMES


@pytest.mark.parametrize(
    ("kind", "form"), forms(tuple(kinds().values())), ids=lambda one: getattr(one, "name", "")
)
def test_a_form_asks_for_fields_that_are_there_and_for_all_that_is_needed(
    kind: RecordKind, form: RecordForm
) -> None:
    """A record that a form describes can be made of what it asks for; no two fields have one name in it."""
    fields = asked(kind, form)
    names = [field.name for field in fields]
    assert {*form.words, *(form.options or ())} <= set(names)
    assert {field.name for field in kind.fields if needed(kind, field)} <= {*names, *form.preset}
    assert len({field.typed_as for field in fields} | {field.flag for field in fields if field.flag}) == len(
        fields
    ) + sum(bool(field.flag) for field in fields)


def test_names_in_decisions_and_acceptance_tests_are_closed() -> None:
    """Who decided about a paper, and who said that the line works, are persons as much as who was on the phone."""
    said = Announcement("You can go online now", "Frau Beispiel", NOW, "Telefon")
    records: list[Record] = [
        Decided("d", "left", "Erika Muster", NOW),
        Acceptance(NOW, NOW, Verdict.OPEN, (), "r", said=said),
        Contact(NOW, ContactKind.PROMISE, "Telefon", "Herr Vorlage", "x", by="Inhaberin"),
        Mail(NOW, "Max Probe <max@example.test>", "info@example.test", "s", "b", Locator("x")),
    ]
    assert set(personal.persons(records)) == {
        "Erika Muster",
        "Frau Beispiel",
        "Herr Vorlage",
        "Inhaberin",
        "Max Probe",
        "max@example.test",
    }


def test_a_kind_that_nobody_described_stops_closing() -> None:
    """A noun without a file is refused where names are closed, listed and said, instead of being left open."""

    class Planned(Struct, frozen=True):
        who: str

    for use in (kind_of, document_of, lambda record: list(personal.persons([record]))):
        with pytest.raises(LookupError, match="Planned"):
            use(Planned("Erika Muster"))  # type: ignore[arg-type]


def test_every_kind_is_said_in_both_languages() -> None:
    """Its name has its German."""
    assert all(Words("de")(kind.name) and Words("en")(kind.name) for kind in kinds().values())
