"""The lump sum for an outage, § 58 (3) TKG, or for a change of provider, § 59 (4) TKG, day by day.

How the days are counted is open at several points: the cautious reading is the answer, the others stand
beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from heller.law.answers.shape import Answer, Figure, Table, begins, in_order, norms, not_negative, reach
from heller.law.de import liability, lumpsums
from heller.law.de.deadlines import STATES, state_code
from heller.law.de.lumpsums import LumpSum, Reading58, Reading59
from heller.law.rules import book, rule
from heller.model.errors import InputRefused
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


class _Asked(Struct, frozen=True):
    rule: str
    fee: Money
    reported: date
    restored: date
    state: str

    def sum(self, law_of: date, reading: Reading58 | Reading59 | None = None) -> LumpSum:
        """The lump sum under the law of a day; by default in the cautious reading."""
        if self.rule == OUTAGE:
            outage = reading if isinstance(reading, Reading58) else None
            return lumpsums.for_outage(self.reported, self.restored, self.fee, law_of=law_of, reading=outage)
        change = reading if isinstance(reading, Reading59) else None
        return lumpsums.for_change(
            self.reported, self.restored, self.fee, state=self.state, law_of=law_of, reading=change
        )


def answer(
    fee: Money, reported: date, restored: date, state: str = "", of: str = OUTAGE, law_of: date | None = None
) -> Answer:
    """What is owed for a monthly fee. `reported` is the day of the fault report (§ 58) or of the
    interruption (§ 59), `restored` the day the service came back, `state` that of the line, `law_of` the
    day whose law counts (default: `reported`).

    Raises InputRefused for a negative fee, days in the wrong order, an unknown state or rule, and
    BeyondTheData before 2 July 2012.
    """
    of = of.strip().lower()
    not_negative(fee)
    in_order(reported, restored)
    code = _state(state, of)
    on = law_of or reported
    begins(on, OLD_LAW)
    asked = _Asked(of, fee, reported, restored, code)
    notes = reach(max(on, restored), RULES[of])
    new_law = rule(RULES[of][0]).versions[0].since
    if on < new_law:
        return _before(asked, on, new_law, notes)
    found = asked.sum(on)
    cap = liability.cap(on)
    amount = min(found.total, cap.amount)
    capped = (
        (text("The cap of {cap} per end user holds for lump sums too (§ 70 TKG).", cap=cap.amount),)
        if amount < found.total
        else ()
    )
    return Answer(
        head=text(
            "A lump sum of {amount} for {n} days, counted cautiously.", amount=amount, n=len(found.days)
        ),
        figures={
            "amount": amount,
            "days": tuple({"date": day, "amount": each} for day, each in found.days),
            "alternatives": tuple(_row(said, sum_) for said, sum_ in _others(asked, on, cap.amount)),
        },
        lines=tuple(text("{day}: {amount}", day=day, amount=each) for day, each in found.days),
        table=Table(
            (text("Day"), text("Lump sum")),
            tuple((text("{day:full}", day=day), each) for day, each in found.days),
            right=(1,),
        ),
        under=(*_counted(asked, on), *capped),
        notes=(*_depends(of), *notes),
        sources=norms(*RULES[of], *(("TKG21-70-1",) if capped else ())),
    )


def _state(said: str, of: str) -> str:
    if of not in RULES:
        raise InputRefused(
            what=text("There is no rule {rule} for lump sums.", rule=of or "''"),
            why=text("A lump sum is owed for a complete outage or at a change of provider, by other rules."),
            do=text("Use --rule tkg58 for an outage, --rule tkg59 for a change of provider."),
        )
    code = state_code(said)
    if code or (of == OUTAGE and not said):
        return code
    raise InputRefused(
        what=text("{state} is no German state.", state=said or "''"),
        why=text("Working days depend on the public holidays of the state in which the line lies."),
        do=text("Give it by name or as one of {codes}.", codes=", ".join(sorted(STATES.values()))),
    )


def _others(asked: _Asked, on: date, cap: Money) -> Iterator[tuple[Text, Money]]:
    readings = READINGS_58 if asked.rule == OUTAGE else READINGS_59
    for reading, said in readings:
        yield said, min(asked.sum(on, reading).total, cap)


def _row(reading: Text, sum_: Money) -> Mapping[str, Figure]:
    return {"reading": reading, "amount": sum_}


def _before(asked: _Asked, on: date, new_law: date, notes: tuple[Text, ...]) -> Answer:
    """Nothing was owed under the old Act; what the new one would give is shown for comparison only."""
    cap = liability.cap(new_law).amount
    cautious = text("Cautiously counted.")
    readings = (
        (cautious, min(asked.sum(new_law).total, cap)),
        *_others(asked, new_law, cap),
    )
    others = tuple(
        _row(
            text("Only for comparison, with the law since {day}: {reading}", day=new_law, reading=said), sum_
        )
        for said, sum_ in readings
    )
    nothing = Money(0)
    return Answer(
        head=text("No lump sum: before {day} the law knew none.", day=new_law),
        figures={"amount": nothing, "days": (), "alternatives": others},
        lines=(
            text(
                "On {on} the TKG 2004 counted; it knew no lump sum, only proven damage ({amount}).",
                on=on,
                amount=nothing,
            ),
        ),
        notes=(text("To see another law applied to these days, give --law-of DAY."), *notes),
        sources=norms(OLD_LAW, *RULES[asked.rule]),
    )


def _counted(asked: _Asked, on: date) -> tuple[Text, ...]:
    said = book().in_force(RULES[asked.rule][0], on)
    if asked.rule == OUTAGE:
        return (
            text(
                "Day 0 is that of the report, {day}. Free calendar days: {free}. The next {n} days give the "
                "higher of {first} and {first_share:percent} of the monthly fee, later ones the higher of "
                "{then} and {then_share:percent}. The day of repair does not count.",
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
        text("Working days: Monday to Friday without the public holidays of {state}.", state=asked.state),
    )


def _depends(of: str) -> tuple[Text, ...]:
    shared = (
        text("How the days are counted is an open reading: the others stand beside it, none is added."),
        text("Lump sums and damages are set off against each other; the higher one counts."),
    )
    if of == CHANGE:
        return (*shared, text("Owed by the losing provider to every end user who is not to blame himself."))
    return (
        *shared,
        text("Only if all services of the contract were dead and the customer is not to blame."),
        text(
            "For consumers, and for micro and small firms that did not expressly waive it (§ 71 (3) TKG); "
            "not for larger firms."
        ),
    )
