"""The lump sum for an outage, § 58 (3) TKG, or for a change of provider, § 59 (4) TKG, day by day.

How the days are counted is open at several points: the cautious reading is the answer, the others stand
beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from heller.law.book.answer import Figure, LawAnswer, Table, in_order, not_negative, one_of, reach
from heller.law.de import liability
from heller.law.de.answers import lump_extras
from heller.law.de.answers.lump_extras import Extras
from heller.law.de.answers.lump_words import (
    OLD_LAW,
    OUTAGE,
    READINGS_58,
    READINGS_59,
    RULES,
    LumpSumQuery,
    counted,
    depends,
)
from heller.law.de.deadlines import holidays_between, holidays_from, places, state_code
from heller.law.de.lumpsums import LumpSum
from heller.law.de.rules import book, rule
from heller.model.errors import InputRefused
from heller.model.money import Money, total
from heller.model.text import Text, text


def answer(
    fee: Money,
    reported: date,
    restored: date,
    state: str = "",
    of: str = OUTAGE,
    law_of: date | None = None,
    extras: Extras | None = None,
) -> LawAnswer:
    """What is owed for a monthly fee. `reported` is the day of the fault report (§ 58) or of the
    interruption (§ 59), `restored` the day the service came back, `state` that of the line, `law_of` the
    day whose law counts (default: `reported`), `extras` what else is known.

    Raises InputRefused for a negative fee, days in the wrong order, an unknown state or rule, and
    BeyondTheData before 2 July 2012.
    """
    extras = extras or Extras()
    of = one_of(
        of,
        RULES,
        "--rule",
        text("A lump sum is owed for a complete outage or at a change of provider, by other rules."),
    )
    not_negative(fee)
    in_order(reported, restored)
    lump_extras.check(extras)
    code = _state(state, of)
    on = law_of or reported
    book().begins(on, OLD_LAW)
    asked = LumpSumQuery(of, fee, reported, restored, code, extras)
    notes = reach(book(), max(on, restored), RULES[of])
    new_law = rule(RULES[of][0]).versions[0].since
    if on < new_law:
        return _before(asked, on, new_law, notes)
    return _since(asked, on, notes)


def _since(asked: LumpSumQuery, on: date, notes: tuple[Text, ...]) -> LawAnswer:
    gate = lump_extras.gate(asked.extras, on, change=asked.change)
    found = LumpSum() if gate.closed else asked.sum(on)
    items = (
        ()
        if gate.nobody
        else tuple(lump_extras.items(asked.extras, asked.fee, on, asked.state, asked.change))
    )
    whole = found.total + total(item.amount for item in items)
    cap = liability.cap(on)
    amount = min(whole, cap.amount)
    capped = (
        (text("The cap of {cap} per end user holds for lump sums too (§ 70 TKG).", cap=cap.amount),)
        if amount < whole
        else ()
    )
    others = () if gate.closed else tuple(_others(asked, on, cap.amount, whole - found.total))
    return LawAnswer(
        head=gate.closed
        or text("A lump sum of {amount} for {n} days, counted cautiously.", amount=amount, n=len(found.days)),
        figures={
            "amount": amount,
            "days": tuple({"date": day, "amount": each} for day, each in found.days),
            "items": tuple({"what": item.what, "amount": item.amount} for item in items),
            "alternatives": tuple(_row(said, sum_) for said, sum_ in others),
            **lump_extras.set_off(asked.extras, amount),
            **_holidays(asked),
        },
        lines=(
            *(text("{day}: {amount}", day=day, amount=each) for day, each in found.days),
            *(text("{what}: {amount}", what=item.what, amount=item.amount) for item in items),
        ),
        table=Table(
            (text("Day"), text("Lump sum")),
            (
                *((text("{day:full}", day=day), each) for day, each in found.days),
                *((item.what, item.amount) for item in items),
            ),
            right=(1,),
        ),
        under=(
            *(() if gate.closed else counted(asked, on)),
            *capped,
            *lump_extras.said(asked.extras, amount),
        ),
        notes=(*depends(asked.rule), *gate.notes, *notes),
        sources=book().norms(
            *RULES[asked.rule],
            *(("TKG21-70-1",) if capped else ()),
            *(item.rule for item in items),
        ),
    )


def _holidays(asked: LumpSumQuery) -> dict[str, Figure]:
    """Which public holidays were used, so that another version of the library cannot alter the answer."""
    if not asked.change:
        return {}
    days = holidays_between(asked.reported, asked.restored, asked.state, catholic=asked.extras.catholic)
    said: Mapping[str, Figure] = {
        "from": holidays_from(),
        "state": asked.state,
        "catholic": asked.extras.catholic,
        "days": days,
    }
    return {"holidays": said}


def _state(said: str, of: str) -> str:
    code = state_code(said)
    if code or (of == OUTAGE and not said):
        return code
    raise InputRefused(
        what=text("{state} is no German state.", state=said or "''"),
        why=text("Working days depend on the public holidays of the state in which the line lies."),
        do=text("Give it by name or as one of {codes}.", codes=", ".join(places())),
    )


def _others(asked: LumpSumQuery, on: date, cap: Money, besides: Money) -> Iterator[tuple[Text, Money]]:
    readings = READINGS_58 if asked.rule == OUTAGE else READINGS_59
    for reading, said in readings:
        yield said, min(asked.sum(on, reading).total + besides, cap)


def _row(reading: Text, sum_: Money) -> Mapping[str, Figure]:
    return {"reading": reading, "amount": sum_}


def _before(asked: LumpSumQuery, on: date, new_law: date, notes: tuple[Text, ...]) -> LawAnswer:
    """Nothing was owed under the old Act; what the new one would give is shown for comparison only."""
    cap = liability.cap(new_law).amount
    cautious = text("Cautiously counted.")
    readings = (
        (cautious, min(asked.sum(new_law).total, cap)),
        *_others(asked, new_law, cap, Money(0)),
    )
    others = tuple(
        _row(
            text("Only for comparison, with the law since {day}: {reading}", day=new_law, reading=said), sum_
        )
        for said, sum_ in readings
    )
    nothing = Money(0)
    return LawAnswer(
        head=text("No lump sum: before {day} the law knew none.", day=new_law),
        figures={
            "amount": nothing,
            "days": (),
            "items": (),
            "alternatives": others,
            **lump_extras.set_off(asked.extras, nothing),
            **_holidays(asked),
        },
        lines=(
            text(
                "On {on} the TKG 2004 counted; it knew no lump sum, only proven damage ({amount}).",
                on=on,
                amount=nothing,
            ),
        ),
        notes=(text("To see another law applied to these days, give --law-of DAY."), *notes),
        sources=book().norms(OLD_LAW, *RULES[asked.rule]),
    )
