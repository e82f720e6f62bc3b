"""Default interest on a sum from one day to another, half-year by half-year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from heller.law.book.answer import Figure, LawAnswer, Table, in_order, not_negative, one_of
from heller.law.book.interest import Basis, Segment
from heller.law.de.interest import interest, payment_rule, points
from heller.law.de.rules import book, open_norm, rule
from heller.model.errors import InputRefused
from heller.model.money import Money
from heller.model.text import Text, text

PAYMENT_CLAIMS = {"8": "BGB-288-2a", "9": "BGB-288-2b"}  # by number of points
DAMAGES, PAYMENT = "damages", "payment"
MERCHANTS = "HGB-352"


def answer(
    sum_: Money,
    first: date,
    last: date,
    above: Decimal | None = None,
    basis: str = "act/365",
    claim: str = "",
    arose: date | None = None,
    rendered: date | None = None,
) -> LawAnswer:
    """Simple interest, first and last day included; `above` are points over the base rate (§ 288 BGB).

    `claim` is damages or payment ('': not said). A payment claim between businesses has the points of the
    day it `arose` and of what was `rendered` under an older continuing contract. Raises InputRefused for
    a negative sum, days in the wrong order, an unknown basis or claim, points that are negative, finer
    than hundredths or not for damages; BeyondTheData where the base rate is not known.
    """
    not_negative(sum_)
    in_order(first, last)
    kind = _claim(claim) if claim else ""
    chosen = _points(above, kind, arose or first, rendered)
    _check(chosen)
    if kind == DAMAGES and chosen != points() and _rule_of(chosen):
        raise _not_for_damages(chosen)
    book().begins(first, "BGB-247")
    counted = _basis(basis)
    other = next(one for one in Basis if one is not counted)
    found = interest(sum_, first, last, above=chosen, basis=counted)
    elsewise = interest(sum_, first, last, above=chosen, basis=other).amount
    return LawAnswer(
        head=text("Interest of {amount} on {sum} for {n} days.", amount=found.amount, sum=sum_, n=found.days),
        figures={
            "amount": found.amount,
            "days": found.days,
            "segments": tuple(_segment(one) for one in found.segments),
            "alternatives": (
                *(({"reading": other.value, "amount": elsewise},) if elsewise != found.amount else ()),
                *(_merchants(sum_, first, last, counted) if _rule_of(chosen) == ("BGB-288-1",) else ()),
            ),
            **({"flat_sum": _flat_sum(chosen)} if kind == PAYMENT else {}),
        },
        lines=tuple(_line(sum_, one, counted) for one in found.segments),
        table=Table(
            (text("First day"), text("Last day"), text("Days"), text("Rate a year"), text("Interest")),
            tuple(
                (one.first, one.last, one.days, text("{rate:percent}", rate=one.rate / 100), one.amount)
                for one in found.segments
            ),
            right=(2, 3, 4),
        ),
        under=(
            text("First and last day both count. Rounded once, at the end: {amount}.", amount=found.amount),
            text("The statute does not fix the days of a year; counted is {basis}.", basis=counted.value),
        ),
        notes=_notes(chosen, first),
        sources=book().norms("BGB-247", *_rule_of(chosen), "BGB-289", "DAY-01"),
    )


def _claim(said: str) -> str:
    why = text("Damages bear five points; eight or nine and the 40 euros are for payment claims only.")
    return one_of(said, (DAMAGES, PAYMENT), "--claim", why)


def _points(above: Decimal | None, kind: str, arose: date, rendered: date | None) -> Decimal:
    if above is not None:
        return above
    if kind == PAYMENT:
        return rule(payment_rule(arose, rendered)).versions[-1].number("points")
    return points()


def _not_for_damages(above: Decimal) -> InputRefused:
    return InputRefused(
        what=text("{points} points are not for damages.", points=above),
        why=text("§ 288 (2) BGB gives them for payment claims among businesses only."),
        do=text("Leave --points out for the 5 points of § 288 (1) BGB."),
    )


def _flat_sum(above: Decimal) -> Money:
    """The 40 euros of § 288 (5) BGB came with the nine points and the same transitional rule."""
    newer = _rule_of(above) == ("BGB-288-2b",)
    return rule("BGB-288-5").versions[-1].money("amount") if newer else Money(0)


def _merchants(sum_: Money, first: date, last: date, basis: Basis) -> tuple[Mapping[str, Figure], ...]:
    """§§ 352, 353 HGB: a reading, because it is open whether they cover damages."""
    found = book().rule(MERCHANTS)
    if first < found.versions[0].since:
        return ()
    amount = interest(sum_, first, last, above=Decimal(0), basis=basis, base=found).amount
    said = text("5 % a year among merchants from the due date; that it covers damages is not verified.")
    return ({"reading": said, "amount": amount, "mark": open_norm(MERCHANTS).mark},)


def _check(above: Decimal) -> None:
    if above < 0 or above != above.quantize(Decimal("0.01")):
        raise InputRefused(
            what=text("{points} are no points above the base rate.", points=str(above)),
            why=text("Default interest is the base rate plus points, with two decimals at most."),
            do=text("Leave --points out for the 5 points of § 288 (1) BGB, or write 8 or 9."),
        )


def _basis(said: str) -> Basis:
    for one in Basis:
        if one.value == said.lower():
            return one
    raise InputRefused(
        what=text("{basis} is no basis for interest days.", basis=said or "''"),
        why=text("How many days a year has changes the interest by some cents."),
        do=text("Use --basis act/365 or --basis act/act."),
    )


def _segment(one: Segment) -> Mapping[str, Figure]:
    return {
        "from": one.first,
        "to": one.last,
        "days": one.days,
        "rate": f"{one.rate:.2f}",
        "amount": one.amount,
    }


def _line(sum_: Money, one: Segment, basis: Basis) -> Text:
    return text(
        "{first} to {last}: {sum} × {rate:percent} × {days}/{year} = {amount}",
        first=one.first,
        last=one.last,
        sum=sum_,
        rate=one.rate / 100,
        days=one.days,
        year=basis.days(one.first.year),
        amount=one.amount,
    )


def _rule_of(above: Decimal) -> tuple[str, ...]:
    if above == points():
        return ("BGB-288-1",)
    id = PAYMENT_CLAIMS.get(f"{above.normalize():f}")
    return (id,) if id else ()


def _notes(above: Decimal, first: date) -> tuple[Text, ...]:
    ids = _rule_of(above)
    if not ids:
        return (text("{points} points are your figure; no rule here supports them.", points=above),)
    out = []
    if ids != ("BGB-288-1",):
        out.append(
            text(
                "{points} points are for payment claims among businesses, not for damages (§ 288 (2) BGB).",
                points=above,
            )
        )
    since = rule(ids[0]).versions[0].since
    if first < since:
        out.append(
            text(
                "The {points} points were read in the statute for the time from {day} on; for earlier days check "
                "them.",
                points=above,
                day=since,
            )
        )
    return tuple(out)
