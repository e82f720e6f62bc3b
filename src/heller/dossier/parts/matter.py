"""The matter on one page: what happened, what it cost, what is due, and how sure each of it is."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Cell, Figure, KeyFigure, Keys, Para, Part, Table, TableColumn
from heller.dossier.charts import positions as picture
from heller.dossier.names import GRADES, STRENGTHS
from heller.dossier.parts.schedule import in_order
from heller.dossier.writer import Pen, row
from heller.model.kinds.succession import WhoseName
from heller.model.outage import OpenEnd, Outage
from heller.model.party_name import party_name
from heller.model.text import Text, text

MIN_BARS = 3  # fewer positions need no picture


def part(pen: Pen) -> Part:
    """The key figures, the facts of the line, the damage by grade of proof."""
    blocks: list[Block] = [Keys(_keys(pen)), _matter(pen), *_picture(pen), *_by_grade(pen)]
    return Part("matter", pen(text("The matter on one page")), tuple(blocks), fresh=True)


def _keys(pen: Pen) -> tuple[KeyFigure, ...]:
    outages, fall, total = pen.claim.outages, pen.claim.waterfall, pen.claim.assessment.total
    keys = []
    if len(outages) == 1:
        outage = outages[0]
        note = (
            pen(text("at least; {longest} at most", longest=outage.longest))
            if outage.longest
            else _open(pen, outage)
        )
        keys.append(KeyFigure(pen(text("Without service")), pen.words.duration(outage.shortest), note))
    elif outages:
        sum_of = sum((o.shortest for o in outages[1:]), outages[0].shortest)
        note = pen(text("at least, in {n} outages", "at least, in one outage", n=len(outages)))
        keys.append(KeyFigure(pen(text("Without service")), pen.words.duration(sum_of), note))
    note = pen(text("cautious; likely {likely}, at most {high}", likely=total.likely, high=total.high))
    if total.is_exact:
        note = pen(text("exact"))
    keys.append(KeyFigure(pen(text("Damage")), pen.words.money(total.low), note))
    interest = text(
        "of which {interest} interest until {day}", interest=fall.interest.low, day=fall.interest_until
    )
    note = pen(interest) if fall.interest.low else pen(text("as of {day}", day=fall.as_of))
    keys.append(KeyFigure(pen.due_now(), pen.words.money(fall.due.low), note))
    return tuple(keys)


def _open(pen: Pen, outage: Outage) -> str:
    """Why there is no longest duration."""
    if isinstance(outage.end, OpenEnd):
        return pen(text("at least: it is still down"))
    return pen(text("at least: it was down before the first measurement"))


def _picture(pen: Pen) -> Iterator[Figure]:
    positions = in_order(pen)
    counting = [p for p in positions if picture.counts(p)]
    if len(counting) < MIN_BARS:
        return
    caption = text("What the damage consists of: likely figures in euros, the line shows the range")
    alt = "; ".join(f"{pen(p.title)}: {pen.words.span_of_money(p.amount)}" for p in counting)
    yield Figure(picture.chart(positions, pen.words), pen(caption), alt)


def _matter(pen: Pen) -> Block:
    case = pen.case
    terms: list[tuple[Text, str | Cell]] = [
        (text("Firm"), _party(pen, WhoseName.FIRM)),
        (text("Provider"), _party(pen, WhoseName.PROVIDER)),
        (text("Line"), ", ".join(filter(None, (case.fact("line.product"), case.fact("line.number"))))),
    ]
    for outage in pen.claim.outages[:3]:
        terms += [
            (text("Start"), pen.edge(outage.start)),
            (text("End"), pen.edge(outage.end)),
            (text("Proof"), pen(STRENGTHS[outage.strength])),
        ]
    terms.append((text("Basis of claim"), _norms(pen)))
    return pen.terms(terms)


def _party(pen: Pen, whose: WhoseName) -> str:
    """The party as it is called today, with the names that it had before."""
    now = party_name(pen.case, whose)
    former = (pen(text("until {day}: {name}", day=day, name=name)) for name, day in now.former)
    return ", ".join(
        [part.strip() for part in (now.name, *now.address.splitlines(), *former) if part.strip()]
    )


def _norms(pen: Pen) -> str:
    cites = [pen.norm(p.norm) for p in pen.claim.assessment.positions if p.recoverable or p.apart]
    return "; ".join(dict.fromkeys(cites))


def _by_grade(pen: Pen) -> list[Block]:
    assessment = pen.claim.assessment
    if not assessment.by_grade:
        return []
    rows = [row(pen(GRADES[grade]), *pen.three(amount)) for grade, amount in assessment.by_grade]
    rows.append(row(pen(text("Damage")), *pen.three(assessment.total), kind="total"))
    columns = (TableColumn(pen(text("Damage by proof, in euros")), "left", "1fr"), *pen.three_columns())
    note = "" if assessment.total.is_exact else pen(RANGES)
    return [Table(columns, tuple(rows), note), *_lead(pen)]


RANGES = text(
    "Cautious: the damage is at least this in nineteen of twenty cases. Likely: the middle. High: at most this "
    "in nineteen of twenty cases. Ranges are added by drawing all uncertain figures together many times, so the "
    "sums are less wide than the sums of their lines."
)


def _lead(pen: Pen) -> list[Block]:
    said = pen(
        text(
            "The letter demands the cautious figure. A lump sum, a doubt or a reading of the law that is not "
            "settled is named where it matters, and never added."
        )
    )
    return [Para(said, style="small")]
