"""A question about lump sums, its readings, and how they are counted in words."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from heller.law.de import lumpsums
from heller.law.de.answers.lump_extras import Extras
from heller.law.de.deadlines import holidays_between, holidays_from
from heller.law.de.lumpsums import LumpSum, Reading58, Reading59
from heller.law.de.rules import book
from heller.model.money import Money
from heller.model.text import Text, text

OUTAGE, CHANGE = "tkg58", "tkg59"
OLD_LAW = "TKG04-46-5"
RULES = {
    OUTAGE: ("TKG21-58-3", "TKG21-71-3", "TKG21-58-5", "TKG21-58-6", "DAY-01", "DAY-03", "DAY-06"),
    CHANGE: ("TKG21-59-2", "TKG21-59-1", "TKG21-59-4", "DAY-05", "DAY-01"),
}
REPAIR = text("The day of repair counts too.")
READINGS_58 = (
    (Reading58(repair_day_counts=True), REPAIR),
    (Reading58(report_day_counts=True), text("The day of the report is the first day.")),
    (
        Reading58(report_day_counts=True, repair_day_counts=True),
        text("The day of the report is the first day, and the day of repair counts too."),
    ),
)
READINGS_59 = (
    (
        Reading59(interruption_day_counts=True),
        text("The day of the interruption is the working day that is free."),
    ),
    (Reading59(repair_day_counts=True), REPAIR),
    (
        Reading59(interruption_day_counts=True, repair_day_counts=True),
        text("The day of the interruption is the free working day, and the day of repair counts too."),
    ),
)


class LumpSumQuery(Struct, frozen=True):
    """The contract's fee, the days, the state, and what else is known."""

    rule: str
    fee: Money
    reported: date
    restored: date
    state: str
    extras: Extras

    @property
    def change(self) -> bool:
        """Whether it is about a change of provider."""
        return self.rule == CHANGE

    def sum(self, law_of: date, reading: Reading58 | Reading59 | None = None) -> LumpSum:
        """The lump sum under the law of a day; by default in the cautious reading."""
        if self.rule == OUTAGE:
            outage = reading if isinstance(reading, Reading58) else None
            return lumpsums.for_outage(self.reported, self.restored, self.fee, law_of=law_of, reading=outage)
        change = reading if isinstance(reading, Reading59) else None
        return lumpsums.for_change(
            self.reported,
            self.restored,
            self.fee,
            state=self.state,
            catholic=self.extras.catholic,
            law_of=law_of,
            reading=change,
        )


def counted(asked: LumpSumQuery, on: date) -> tuple[Text, ...]:
    """How the days were counted, and with which public holidays."""
    said = book().in_force(RULES[asked.rule][0], on)
    if asked.rule == OUTAGE:
        return (
            text(
                "Day 0 is that of the report, {day}. Free calendar days: {free}. The next {n} days give the "
                "higher of {first} and {first_share:percent} of the monthly fee, later ones the higher of {then} "
                "and {then_share:percent}. The day of repair does not count.",
                day=asked.reported,
                free=int(said.number("free_days")),
                n=int(said.number("first_stage_days")),
                first=said.money("first_amount"),
                first_share=said.number("first_share"),
                then=said.money("then_amount"),
                then_share=said.number("then_share"),
            ),
        )
    return (
        text(
            "The first working day after {day} is free; each further one gives the higher of {least} and "
            "{share:percent} of the monthly fee. The day of repair does not count.",
            day=asked.reported,
            least=said.money("amount"),
            share=said.number("share"),
        ),
        text(
            "Working days: Monday to Friday without the public holidays of {state} ({library}): {days}.",
            state=asked.state,
            library=holidays_from(),
            days=_days_in_words(
                holidays_between(asked.reported, asked.restored, asked.state, catholic=asked.extras.catholic)
            ),
        ),
    )


def _days_in_words(days: tuple[date, ...]) -> Text:
    if not days:
        return text("none in these days")
    out = text("{day}", day=days[0])
    for day in days[1:]:
        out = text("{some}, {more}", some=out, more=text("{day}", day=day))
    return out


def depends(of: str) -> tuple[Text, ...]:
    """What the answer depends on."""
    shared = (
        text("How the days are counted is an open reading: the others stand beside it, none is added."),
        text("Lump sums and damages are set off against each other; the higher one counts."),
    )
    if of == CHANGE:
        return (*shared, text("Owed by the losing provider to every end user who is not to blame himself."))
    return (
        *shared,
        text("Only if all services of the contract were down and the customer is not to blame."),
        text(
            "For consumers, and for micro and small firms that did not expressly waive it (§ 71 (3) TKG); not "
            "for larger firms."
        ),
    )
