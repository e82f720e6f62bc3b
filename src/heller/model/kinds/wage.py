"""Wages: what every room needs to know of them."""

from __future__ import annotations

from decimal import Decimal

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_field import money, person, share
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text


class Wage(RecordNoun, frozen=True, tag="wage"):
    """What an hour of a person costs: gross pay, employer's share included; surcharge as a share."""

    person: str
    per_hour: Money
    overtime_surcharge: Decimal
    source: Locator


def _line(record: Wage) -> tuple[object, ...]:
    return (record.person, text("{amount} per hour", amount=record.per_hour))


FIELDS = (
    person("person", text("Who worked?")),
    money("per_hour", text("Cost of an hour")),
    share("overtime_surcharge", text("Surcharge for overtime")),
)
KIND = RecordKind(Wage, text("Wages"), "wages", FIELDS, line_of=_line, timeless=True)
