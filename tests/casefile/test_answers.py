"""Both sides of a dispute: bundles that are ruled on, answers that are taken in, forged ones that are refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace
from tests.casefile.desk_rounds import KEY, WHO, added, agreed_items, answered, notes, one_round, resigned
from tests.letters import worked

from heller import casefile, model, pipeline
from heller.casefile.examination import (
    ExaminerNotes,
    answer_of,
    examine,
    keep_notes,
    notes_of,
    notes_path,
    ruled,
)
from heller.cli import demo
from heller.intake.answer_file import answer_file
from heller.model.amount import Range
from heller.model.answer_file import AnswerBody, AnswerFile
from heller.model.errors import InputRefused, NotVerified
from heller.model.kinds.item_ruling import RulingKind
from heller.model.kinds.movement import Movement, MovementKind
from heller.model.kinds.settlement import Settlement
from heller.model.money import Money
from heller.model.terms import Waiver

FORTNIGHT, TEN_DAYS = timedelta(14), timedelta(10)
SCHEMA = Path(model.__file__).parent / "heller-answer-1.schema.json"


def shipped(folder: Path) -> date:
    """The shipped case, and the day of its claim."""
    casefile.open_case(folder)
    casefile.add(folder, demo.inputs(demo.EXAMPLE))
    return demo.AS_OF


def told(name: str) -> Callable[[Path], date]:
    """A worked case, and the day of its claim."""

    def make(folder: Path) -> date:
        worked.told(folder, name)
        return worked.AS_OF

    return make


# Each case: what is ruled in three rounds (what is not named is accepted), what is agreed of the items after each,
# added up by hand, and the sum of the settlement that ends it.
PLAYED = {
    "shipped": (
        shipped,
        (
            {"overtime": "doubt", "removal_hours": "refuse", "lost_sales": "4000.00"},
            {"removal_hours": "673.75", "lost_sales": "5500.00"},
            {"removal_hours": "673.75", "lost_sales": "6000.00"},
        ),
        ("7053.71", "12008.59", "12508.59"),
        "12850.00",
    ),
    "print-shop": (
        told("print-shop"),
        (
            {"outside_help": "4900.00", "removal_hours": "doubt"},
            {"outside_help": "7350.00", "removal_hours": "640.00"},
            {"outside_help": "9000.00", "removal_hours": "1280.00"},
        ),
        ("6929.68", "10019.68", "12309.68"),
        "13500.00",
    ),
    "tailor": (
        told("tailor"),
        ({"mobile_data": "refuse"}, {"lump_sums": "refuse", "mobile_data": "5.00"}, {"lump_sums": "20.00"}),
        ("44.41", "15.31", "46.21"),
        "50.00",
    ),
    "carrier": (
        told("carrier"),
        (
            {"outside_help": "9200.00", "extra_cost": "doubt"},
            {"outside_help": "9200.00", "extra_cost": "3150.00"},
            {"outside_help": "15000.00", "removal_hours": "refuse"},
        ),
        ("13977.42", "17127.42", "23377.42"),
        "24000.00",
    ),
}


@pytest.mark.parametrize("name", PLAYED)
def test_both_sides_play_three_rounds_to_a_settlement(name: str, tmp_path: Path) -> None:
    """Each round answers the bundle that holds the answer before; what is agreed comes out as added up by hand, and the
    settlement, once paid, leaves nothing due."""
    make, rounds, sums, settled = PLAYED[name]
    folder = tmp_path / "case"
    day, files = make(folder), list[AnswerFile]()
    for said, wanted in zip(rounds, sums, strict=True):
        files.append(one_round(folder, day, day + TEN_DAYS, said))
        day += FORTNIGHT
        claimed = casefile.claim(folder, day)
        assert sum(agreed_items(claimed).values()) == Money.of(wanted).cents
        found = claimed.dispute
        assert found is not None and found.agreed + found.rest == claimed.waterfall.due.low
        assert claimed.waterfall.beyond[0].running.low == found.rest  # the next offer starts from there
    assert [one.answer.round for one in files] == [1, 2, 3]
    names = [one.digest for one in casefile.load(folder).exhibits if one.reading.reader == "claim_answer"]
    assert [one.answer.before for one in files] == ["", *names[:2]]
    casefile.note(folder, Settlement(day, Money.of(settled), WHO, due=day + FORTNIGHT, waives=Waiver.OUTAGE))
    casefile.note(folder, Movement(MovementKind.PAYMENT, day + TEN_DAYS, Money.of(settled), WHO))
    over = casefile.claim(folder, day + FORTNIGHT).waterfall
    assert over.over and over.due.low == Money(0)
    assert sum(one.paid.cents for one in over.accounts) == Money.of(settled).cents


@pytest.fixture(scope="module")
def tailor(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, AnswerFile]:
    """The smallest case, its bundle, the answer to it, not taken in yet."""
    folder = tmp_path_factory.mktemp("answers") / "case"
    worked.told(folder, "tailor")
    bundle = casefile.build(folder, worked.AS_OF, "de").bundle
    return (
        folder,
        bundle,
        answered(bundle, worked.AS_OF + TEN_DAYS, {"mobile_data": "doubt", "lump_sums": "20.00"}),
    )


def _first(file: AnswerFile, **changed: object) -> AnswerFile:
    """The answer with something else in its first ruling, signed anew."""
    first, *others = file.answer.rulings
    return resigned(file, rulings=(replace(first, **changed), *others))


def _bundle(file: AnswerFile, **changed: object) -> AnswerFile:
    return resigned(file, bundle=replace(file.answer.bundle, **changed))


FORGED: dict[str, tuple[Callable[[AnswerFile], AnswerFile], str]] = {
    "changed after it was written": (
        lambda file: replace(file, answer=replace(file.answer, by="Herr Niemand")),
        "digest is not the one",
    ),
    "changed, digest made anew": (
        lambda file: replace(
            file,
            answer=replace(file.answer, by="Herr Niemand"),
            sha256=replace(file.answer, by="Herr Niemand").digest,
        ),
        "signature does not hold",
    ),
    "a changed bundle": (lambda file: _bundle(file, sha256="0" * 64), "none of this case has it"),
    "another journal": (lambda file: _bundle(file, head="f" * 64), "not made of this case"),
    "more entries than there are": (lambda file: _bundle(file, entries=9999), "not made of this case"),
    "another day": (lambda file: _bundle(file, as_of=date(2020, 1, 1)), "speaks of a claim of"),
    "an item that is unknown": (lambda file: _first(file, item="moon"), "has no item"),
    "another sum asked": (
        lambda file: _first(file, asked=Money.of("99.00")),
        "the bundle asks for",
    ),
    "more agreed than asked": (
        lambda file: _first(file, ruling=RulingKind.ACCEPT, agreed=Money.of("9999.00")),
        "more than the",
    ),
    "less than nothing": (lambda file: _first(file, agreed=Money(-1)), "less than nothing"),
    "one item twice": (
        lambda file: resigned(file, rulings=(file.answer.rulings[0], *file.answer.rulings)),
        "one item twice",
    ),
    "a round that was not": (
        lambda file: resigned(file, round=2, before="0" * 64),
        "one of round",
    ),
    "the first round behind another": (lambda file: resigned(file, before="0" * 64), "answer before it"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_answer_is_refused_with_its_reason(
    name: str, tailor: tuple[Path, Path, AnswerFile], tmp_path: Path
) -> None:
    """Nothing of it gets into the case, and the reason is said."""
    folder, _, file = tailor
    forge, reason = FORGED[name]
    path, before = tmp_path / "forged.json", (folder / "journal.jsonl").read_bytes()
    path.write_bytes(forge(file).written)
    with pytest.raises(InputRefused) as refused:
        casefile.add(folder, [path])
    assert reason in str(refused.value.what.args["why"])
    assert (folder / "journal.jsonl").read_bytes() == before


def test_an_answer_of_another_form_is_refused(tailor: tuple[Path, Path, AnswerFile], tmp_path: Path) -> None:
    """A field that the schema does not know, and a later form."""
    folder, _, file = tailor
    for n, data in enumerate(
        (
            file.written.replace(b'"sha256": "', b'"more": 1, "sha256": "', 1),
            file.written.replace(b"heller-answer/1", b"heller-answer/2"),
        )
    ):
        path = tmp_path / f"{n}.json"
        path.write_bytes(data)
        with pytest.raises(InputRefused):
            casefile.add(folder, [path])


def test_a_changed_bundle_is_not_ruled_on(tailor: tuple[Path, Path, AnswerFile], tmp_path: Path) -> None:
    """One byte otherwise, and the desk stays shut."""
    data = bytearray(tailor[1].read_bytes())
    data[len(data) // 2] ^= 1
    changed = tmp_path / "bundle.zip"
    changed.write_bytes(data)
    with pytest.raises(NotVerified):
        examine(changed)


def test_the_desk_only_reads_the_bundle(tailor: tuple[Path, Path, AnswerFile], tmp_path: Path) -> None:
    """What is said lies in a small file beside it, which is about this bundle and no other."""
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(tailor[1].read_bytes())
    desk = examine(bundle)
    said = ruled(notes_of(desk), desk.items[0], "x", RulingKind.ACCEPT)
    keep_notes(desk, said)
    assert bundle.read_bytes() == tailor[1].read_bytes()
    assert notes_of(desk) == said and notes_path(bundle).stat().st_size < 1000
    keep_notes(desk, replace(said, sha256="0" * 64))
    with pytest.raises(InputRefused, match="another bundle"):
        notes_of(desk)
    notes_path(bundle).write_bytes(b"{")
    with pytest.raises(InputRefused, match="cannot be read"):
        notes_of(desk)


def test_a_ruling_without_what_it_needs_is_refused(tailor: tuple[Path, Path, AnswerFile]) -> None:
    """A cut needs a reason, a doubt a paper, a refusal a ground, and nothing is cut to more than was asked."""
    desk = examine(tailor[1])
    empty, item = ExaminerNotes(desk.verification.digest), desk.items[0]
    for kind, more in (
        (RulingKind.CUT, {"agreed": Money(1)}),
        (RulingKind.CUT, {"agreed": item.asked + Money(1), "words": "x"}),
        (RulingKind.DOUBT, {}),
        (RulingKind.REFUSE, {}),
    ):
        with pytest.raises(InputRefused):
            ruled(empty, item, "x", kind, **more)
    with pytest.raises(InputRefused):
        desk.item("moon")
    with pytest.raises(InputRefused, match="Nothing was ruled"):
        answer_of(desk, replace(empty, by=WHO), worked.AS_OF)


@pytest.fixture(scope="module")
def disputed(tailor: tuple[Path, Path, AnswerFile]) -> tuple[Path, date]:
    """The case with two answers to its bundle that say different things, and the day after."""
    folder, bundle, file = tailor
    added(folder, file)
    added(folder, answered(bundle, worked.AS_OF + timedelta(11), {"mobile_data": "10.00"}), "other.json")
    return folder, worked.AS_OF + FORTNIGHT


def test_two_answers_to_one_bundle_are_both_shown(disputed: tuple[Path, date]) -> None:
    """Both stand in the table; of each item the smaller figure counts, and a finding says so."""
    claimed = casefile.claim(*disputed)
    assert claimed.dispute is not None
    rows = {one.key: [r.agreed.cents if r else None for r in one.rulings] for one in claimed.dispute.items}
    assert rows == {"mobile_data": [0, 1000], "line_fee": [1031, 1031], "lump_sums": [2000, 3410]}
    assert agreed_items(claimed) == {"mobile_data": 0, "line_fee": 1031, "lump_sums": 2000}
    assert [one.code for one in claimed.findings if one.code == "answer.two"] == ["answer.two"]


def test_each_question_is_a_missing_paper_with_its_day(disputed: tuple[Path, date]) -> None:
    """What a doubt asks for stands in the list of what is missing, until an answer asks for it no more."""
    folder, day = disputed
    first = casefile.claim(folder, worked.AS_OF + TEN_DAYS)
    assert first.dispute is not None and len(first.dispute.answers) == 1
    asked = next(one for one in first.missing if "asks for" in one.text.id)
    assert (asked.until, asked.secures) == (date(2030, 1, 31), Range.exact(Money.of("15.90")))
    assert not [one for one in casefile.claim(folder, day).missing if "asks for" in one.text.id]


def test_what_is_agreed_is_a_step_and_can_be_paid_in_part(disputed: tuple[Path, date]) -> None:
    """The step takes nothing off what is due; a part payment leaves the disputed rest."""
    folder, day = disputed
    claimed = casefile.claim(folder, day)
    found, step = claimed.dispute, claimed.waterfall.steps[-1]
    assert found is not None
    assert step.key == "agreed" and step.running == claimed.waterfall.due
    assert step.working[-2].amount is not None and step.working[-2].amount.low == found.agreed
    assert claimed.next_steps[0].key == "agreed"
    paid = replace(
        claimed.case, noted=(*claimed.case.noted, Movement(MovementKind.PAYMENT, day, found.agreed))
    )
    after = pipeline.claim(paid, day)
    assert after.dispute is not None
    assert after.dispute.agreed == Money(0) and after.dispute.paid == found.agreed
    assert after.waterfall.due.low == found.rest == after.dispute.rest
    assert not [one for one in after.next_steps if one.key == "agreed"]


def test_the_next_round_is_signed_by_the_same_key(disputed: tuple[Path, date]) -> None:
    """Who signed once is not followed by somebody without the key."""
    folder, day = disputed
    bundle = casefile.build(folder, day, "de").bundle
    desk = examine(bundle)
    body = answer_of(desk, notes(desk, {}), day + TEN_DAYS)
    assert body.round == 2 and body.before
    for key in (None, Ed25519PrivateKey.generate()):
        with pytest.raises(InputRefused) as refused:
            added(folder, answer_file(body, key), "third.json")
        assert "signed with a key" in str(refused.value.what.args["why"])
    added(folder, answer_file(body, KEY), "third.json")
    claimed = casefile.claim(folder, day + FORTNIGHT)
    assert claimed.dispute is not None and not claimed.dispute.rest
    assert claimed.waterfall.decision is None  # nothing is fought over any more


def test_the_published_schema_is_that_of_the_program(tailor: tuple[Path, Path, AnswerFile]) -> None:
    """It says what the program reads, and a written answer fits it."""
    published = json.loads(SCHEMA.read_text())
    made = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(AnswerFile)))
    assert {"$ref": published["$ref"], "$defs": published["$defs"]} == made
    jsonschema.validate(json.loads(tailor[2].written), published)


def test_a_body_has_one_encoding() -> None:
    """What was read again is the same bytes, so its digest and signature hold."""
    bundle = {"sha256": "a", "head": "b", "entries": 1, "as_of": "2020-01-01"}
    body = msgspec.convert(
        {"bundle": bundle, "round": 1, "on": "2020-01-02", "by": "Ä", "rulings": []}, AnswerBody
    )
    assert msgspec.json.decode(body.encoded, type=AnswerBody).encoded == body.encoded
