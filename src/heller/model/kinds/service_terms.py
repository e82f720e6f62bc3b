"""Terms of service of a line: what every room needs to know of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum

from heller.model.credit_steps import credit_steps
from heller.model.finding import Locator
from heller.model.record_field import (
    AnswerSet,
    RecordForm,
    choice,
    day,
    number,
    prose,
    share,
    words,
    yes_no,
)
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import Text, text
from heller.model.weekly import weekly


class AvailabilityYear(Enum):
    """Over which year an availability is promised."""

    CALENDAR = "calendar"
    CONTRACT = "contract"
    ROLLING = "rolling"  # any twelve months


class ServiceTerms(RecordNoun, frozen=True, tag="service_terms"):
    """What a contract promises of a line since a day, which begins its contract year too.

    `availability` is a share of the `year` (None: the contract names none, so each reading is shown). `maintenance`
    are weekly windows that are left out of it, and work that was `announced` is left out with them. `repair` are hours
    of `service` ('24x7' where nothing is said) from the report to the end. `credits` are steps of the monthly fee, by
    availability ('98.5 %=5 %') or by hours beyond the repair time ('4 h=10 %'), at most `cap` of it.
    """

    line: str = ""
    since: date | None = None
    until: date | None = None
    availability: Decimal | None = None
    year: AvailabilityYear | None = None
    maintenance: str = ""
    announced: bool = True
    repair: int | None = None
    service: str = ""
    credits: str = ""
    cap: Decimal | None = None
    said: str = ""
    source: Locator | None = None


YEARS: dict[AvailabilityYear, Text] = {
    AvailabilityYear.CALENDAR: text("calendar year"),
    AvailabilityYear.CONTRACT: text("contract year"),
    AvailabilityYear.ROLLING: text("any twelve months"),
}
WORDS = {
    "Kalenderjahr": AvailabilityYear.CALENDAR,
    "Vertragsjahr": AvailabilityYear.CONTRACT,
    "gleitend": AvailabilityYear.ROLLING,
}
FIELDS = (
    words("line", text("Which line?"), listed=True),
    day("since", text("Since when?"), listed=True),
    day("until", text("Until when?")),
    share("availability", text("Promised availability"), listed=True),
    choice("year", text("Of which year?"), AnswerSet(YEARS, WORDS)),
    words(
        "maintenance", text("Maintenance windows"), hint=text("For example: Sun 02:00-06:00; Wed 03:00-05:00")
    ),
    yes_no("announced", text("Is announced work left out too?")),
    number("repair", text("Promised repair time in hours"), most=8784, listed=True),
    words("service", text("Hours of service"), hint=text("For example: Mon-Fri 08:00-18:00, or 24x7")),
    words("credits", text("Steps of the credit"), hint=text("For example: 98.5 %=5 %; 97 %=10 %; 4 h=10 %")),
    share("cap", text("At most this share of a monthly fee")),
    prose("said", text("What does the contract say?")),
)
FORMS = (RecordForm("service", 67, text("What a contract promises of a line"), ("said",), german="leistung"),)


def _faults(record: ServiceTerms) -> Iterator[tuple[str, Text]]:
    for name, read in (("maintenance", weekly), ("service", weekly), ("credits", credit_steps)):
        try:
            read(getattr(record, name))
        except ValueError:
            yield name, text("'{raw}' cannot be read.", raw=getattr(record, name))
    if record.year is AvailabilityYear.CONTRACT and record.since is None:
        yield "since", text("A contract year needs the day on which the contract began.")


KIND = RecordKind(
    ServiceTerms,
    text("Terms of service"),
    "notes",
    FIELDS,
    FORMS,
    faults=_faults,
    known_of=lambda record: record.since,
)
