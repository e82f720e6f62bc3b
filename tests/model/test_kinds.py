"""One file per kind of record says what every room needs; no kind is passed over in silence."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from msgspec import Struct

from heller.dossier.wording import Words
from heller.intake import personal
from heller.intake.values import document_of
from heller.model.finding import Locator
from heller.model.kinds import kind_of, kinds
from heller.model.kinds.acceptance import Acceptance, Announcement, Verdict
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.decided import Decided
from heller.model.kinds.hit_log import HitLog
from heller.model.kinds.mail import Mail
from heller.model.kinds.order import Order
from heller.model.record import Record
from heller.model.record_kind import NOBODY, RecordNoun

NOW = datetime(2015, 2, 12, 9, tzinfo=UTC)
PERSON_FIELDS = {"who", "by", "person", "customer", "sender", "to"}
NO_NAMES = {(Order, "customer"), (HitLog, "who")}  # a digest; numbers of clients


def test_every_record_has_a_file_and_every_file_a_record() -> None:
    """What a type checker takes for a record is decoded too: every noun of a record stands in the file of its kind."""
    nouns = {one for one in RecordNoun.__subclasses__() if one.__module__.startswith("heller.")}
    assert nouns == set(kinds()) == set(get_args(Record))


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.of.__name__)
def test_a_kind_that_names_nobody_has_no_field_for_a_name(kind: Any) -> None:
    """Who writes a kind with a field for a person and says NOBODY would leave it open under `--close names`."""
    if kind.persons is NOBODY:
        fields = PERSON_FIELDS & set(kind.of.__struct_fields__)
        assert not {(kind.of, field) for field in fields} - NO_NAMES


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
        "Erika Muster", "Frau Beispiel", "Herr Vorlage", "Inhaberin", "Max Probe", "max@example.test",
    }  # fmt: skip


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
