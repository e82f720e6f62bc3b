"""Who has which right: the decision table of §§ 57-59, 69-71 TKG, and what the old Act gave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from heller.law.book.refusals import BeyondTheData
from heller.law.de.answers import rights as answers
from heller.law.de.who import Customer, Kind, OpenPoint, Right, right, rights, size
from heller.model.money import Money
from heller.model.text import Text

NEW, OLD = date(2021, 12, 1), date(2021, 11, 30)
Y, N = True, False

TABLE = [  # the wording of §§ 57 (4), 58, 59 (4), 69, 70, 71 (3) TKG, row by row
    (Kind.CONSUMER, None, (Y, Y, Y, Y, Y)),
    (Kind.MICRO, N, (N, Y, Y, Y, Y)),
    (Kind.SMALL, N, (N, Y, Y, Y, Y)),
    (Kind.NON_PROFIT, N, (N, Y, Y, Y, Y)),
    (Kind.MICRO, Y, (N, N, Y, Y, Y)),
    (Kind.SMALL, Y, (N, N, Y, Y, Y)),
    (Kind.LARGER, None, (N, N, Y, Y, Y)),
]
COLUMNS = (Right.REDUCTION, Right.OUTAGE_SUM, Right.CHANGE_SUM, Right.DAMAGES, Right.CAP)


@pytest.mark.parametrize(("kind", "waived", "expected"), TABLE)
def test_the_decision_table(kind: Kind, waived: bool | None, expected: tuple[bool, ...]) -> None:
    """Every customer has the rights of his row, and none depends on a further fact."""
    found = {one.right: one for one in rights(Customer(kind, waived, provider_change=True), NEW)}
    assert tuple(found[column].has for column in COLUMNS) == expected
    assert not any(one.depends_on for one in found.values())


@pytest.mark.parametrize("kind", list(Kind))
def test_the_old_act_knew_no_lump_sum(kind: Kind) -> None:
    """On its last day nobody had a lump sum or a reduction; the cap held against all."""
    found = {one.right: one.has for one in rights(Customer(kind, False, True), OLD)}
    assert not any(found[one] for one in (Right.REDUCTION, Right.OUTAGE_SUM, Right.CHANGE_SUM))
    assert found[Right.CAP] and found[Right.SHORT_CHANGE]
    assert found[Right.DAMAGES] is (True if kind is Kind.CONSUMER else None)


def test_what_is_unknown_is_asked_for() -> None:
    """An unknown customer has no answer but the facts that would give it."""
    nobody = Customer()
    needs = {one.right: (one.has, one.depends_on) for one in rights(nobody, NEW)}
    assert needs[Right.REDUCTION] == (None, (OpenPoint.KIND,))
    assert needs[Right.OUTAGE_SUM] == (None, (OpenPoint.KIND, OpenPoint.WAIVED))
    assert needs[Right.CHANGE_SUM] == needs[Right.SHORT_CHANGE] == (None, (OpenPoint.PROVIDER_CHANGE,))
    assert right(Customer(Kind.SMALL), NEW, Right.OUTAGE_SUM).depends_on == (OpenPoint.WAIVED,)
    assert right(Customer(waived=True), NEW, Right.OUTAGE_SUM).depends_on == (OpenPoint.KIND,)
    assert right(nobody, OLD, Right.DAMAGES).depends_on == (OpenPoint.KIND,)


def test_a_takeover_inside_one_provider() -> None:
    """No lump sum of § 59; whether the limit of one day holds is open, and nothing more can be asked."""
    inside = Customer(Kind.SMALL, False, provider_change=False)
    assert right(inside, NEW, Right.CHANGE_SUM).has is False
    for day in (OLD, NEW):
        found = right(inside, day, Right.SHORT_CHANGE)
        assert (found.has, found.depends_on) == (None, ())


@pytest.mark.parametrize(("day", "rule"), [(OLD, "TKG04-44a-5"), (NEW, "TKG21-70-4")])
def test_an_agreed_cap(day: date, rule: str) -> None:
    """§ 44a sentence 5 TKG 2004, § 70 sentence 5 TKG: only with who is no consumer."""
    agreed = Money.of(20000)
    business = right(Customer(Kind.SMALL, agreed_cap=agreed), day, Right.CAP)
    assert business.norm.id == rule and business.reason.args == {"cap": agreed}
    assert right(Customer(Kind.CONSUMER, agreed_cap=agreed), day, Right.CAP).reason.args == {}
    assert right(Customer(agreed_cap=agreed), day, Right.CAP).depends_on == (OpenPoint.KIND,)


def test_the_table_as_an_answer() -> None:
    """What has a right, what has none, what depends on which fact: in words and for machines."""
    found = answers.answer(NEW, Customer(Kind.SMALL, provider_change=False), None)
    held = found.figures["rights"]
    assert isinstance(held, tuple)
    rows = {row["right"]: (row["has"], row["depends_on"]) for row in held if isinstance(row, Mapping)}
    assert rows["outage_sum"] == (None, ("waived",))
    assert rows["change_sum"] == (False, ()) and rows["short_change"] == (None, ())
    assert len(found.working) == len(held) == len(Right)
    unknown = answers.answer(NEW, Customer())
    facts = [args(args(line)["has"]).get("facts") for line in unknown.lines]
    assert any(isinstance(one, Text) and "{some}" in one.id for one in facts)


def args(said: object) -> dict[str, object]:
    """The arguments of a text."""
    assert isinstance(said, Text)
    return dict(said.args)


def test_the_size_is_asked_for_only_where_the_act_knows_sizes() -> None:
    """25 staff and 4 million are a small firm since December 2021; before it made no difference."""
    firm = answers.Size(25, Money.of("4000000"))
    assert answers.answer(NEW, Customer(), firm).figures["kind"] == "small"
    assert answers.answer(OLD, Customer(), firm).figures["kind"] is None


M = Money.of
SIZES = [  # Recommendation 2003/361/EC as TKG21-71-3 carries it
    ((9, M("2000000"), None), Kind.MICRO),
    ((9, M("2000000.01"), None), None),  # its balance sheet may still be small enough
    ((9, M("2000000.01"), M("2000000")), Kind.MICRO),
    ((9, M("2000000.01"), M("2000000.01")), Kind.SMALL),
    ((10, M("1"), None), Kind.SMALL),
    ((25, M("4000000"), None), Kind.SMALL),
    ((49, M("10000000.01"), M("10000000")), Kind.SMALL),
    ((49, M("10000000.01"), M("10000000.01")), Kind.LARGER),
    ((50, None, None), Kind.LARGER),
    ((25, None, None), None),
    ((None, M("1"), None), None),
    ((None, M("99000000"), M("99000000")), Kind.LARGER),
    ((None, None, None), None),
]


@pytest.mark.parametrize(("known", "kind"), SIZES)
def test_sizes(known: tuple[int | None, Money | None, Money | None], kind: Kind | None) -> None:
    """Staff, and turnover or balance sheet; what is missing leaves the size open."""
    assert size(*known, on=NEW) is kind


@pytest.mark.parametrize("known", [(-1, None), (1, Money(-1))])
def test_no_negative_size(known: tuple[int, Money | None]) -> None:
    """A negative size is a mistake of the caller."""
    with pytest.raises(ValueError, match="negative"):
        size(*known, on=NEW)


def test_before_the_rules() -> None:
    """Before 2 July 2012 no right is known, and sizes matter only since December 2021."""
    with pytest.raises(BeyondTheData):
        rights(Customer(), date(2012, 7, 1))
    with pytest.raises(BeyondTheData):
        size(1, on=OLD)
