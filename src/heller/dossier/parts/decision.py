"""For the firm and its lawyer only: settle or sue, what the firm did, its insurances, what is not stated."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from heller.dossier import route_words
from heller.dossier.blocks import Block, Cell, Figure, Heading, Note, Para, Table, TableColumn, TableRow
from heller.dossier.charts import decide as picture
from heller.dossier.writer import Pen, row
from heller.model.decision import Decision, Offer
from heller.model.kinds.policy import POLICIES, PolicyKind
from heller.model.terms import WAIVERS
from heller.model.text import text


def decision(pen: Pen) -> Iterator[Block]:
    """What stops the claim, inputs, picture, worth of suing, offers, counter-offer, ways, sums, what matters most."""
    found = pen.claim.waterfall.decision
    if found is None:
        return
    for gate in found.gates:
        said = f"{pen(gate.why)} {pen(route_words.columns(gate))}"
        yield Note(pen(gate.label), f"{said} ({pen.norm(gate.norm)})" if gate.norm.id else said)
    yield pen.terms([(label, pen(value)) for label, value in found.inputs])
    yield _beyond(pen)
    yield _picture(pen, found)
    yield _chances(pen, found)
    for offer in found.offers:
        yield from _offer(pen, offer)
    yield from _counter(pen, found)
    yield from _routes(pen, found)
    yield Heading(pen(text("How much to sue for")))
    yield _sizes(pen, found)
    yield from _swings(pen, found)
    yield Para(" ".join(pen(note) for note in found.notes))


def _beyond(pen: Pen) -> Table:
    """The last steps of the chain: from what is due to costs, worth of suing and the offer."""
    fall = pen.claim.waterfall
    columns = (TableColumn(pen(text("Step, reason and rule")), "left", "1fr"), *pen.three_columns())
    rows = [TableRow((Cell(pen.due_now()), *pen.three(fall.due)))]
    for step in fall.beyond:
        norm = f" {pen.norm(step.norm)}." if step.norm else ""
        rows.append(TableRow((Cell(pen(step.label), f"{pen(step.reason)}{norm}"), *pen.three(step.running))))
    return Table(columns, tuple(rows), pen(text("The columns show what stands after each step, in euros.")))


def _picture(pen: Pen, found: Decision) -> Figure:
    caption = text("What suing is worth at every chance of winning, beside the offers, in euros")
    said = "; ".join(f"{pen.words.percent(c.odds)}: {pen.words.money(c.expected)}" for c in found.chances)
    return Figure(picture.chart(found, pen.words), pen(caption), said)


def _chances(pen: Pen, found: Decision) -> Table:
    columns = (
        TableColumn(pen(text("Chance of winning")), "right", "1fr"),
        TableColumn(pen(text("on average")), "right", "1fr"),
        TableColumn(pen(text("worst of twenty")), "right", "1fr"),
        TableColumn(pen(text("middle")), "right", "1fr"),
        TableColumn(pen(text("best of twenty")), "right", "1fr"),
    )
    rows = [
        TableRow(
            (
                Cell(pen.words.percent(one.odds)),
                *(Cell(pen.bare(figure)) for figure in (one.expected, one.low, one.middle, one.high)),
            ),
            "total" if one.asked else "plain",
        )
        for one in found.chances
    ]
    note = text("In euros. Bold: the odds that you stated; the others are a scale and nobody's estimate.")
    return Table(columns, tuple(rows), pen(note))


def _offer(pen: Pen, offer: Offer) -> Iterator[Block]:
    who = offer.who or pen(text("the other side"))
    head = text("Offer of {who}, {day}", who=who, day=offer.on)
    yield Heading(pen(head if offer.incoming else text("Our offer, {day}", day=offer.on)))
    items = [
        (text("Cash"), pen.words.money(offer.cash)),
        (text("Credit on future bills"), pen.words.money(offer.credit) if offer.credit else ""),
        (text("Worth to the firm"), pen.words.money(offer.worth)),
        (text("Given up with it"), pen(WAIVERS[offer.waiver])),
        (text("Open until"), pen.words.day(offer.until) if offer.until else ""),
    ]
    yield pen.terms(items)
    yield Para(pen(offer.words))
    for warning in offer.warnings:
        yield Note(pen(text("Mind")), pen(warning))


def _counter(pen: Pen, found: Decision) -> Iterator[Block]:
    if found.counter is None:
        return
    low, high = found.counter
    yield Heading(pen(text("Counter-offer")), f"{pen.words.money(low)} – {pen.words.money(high)}")
    said = text(
        "Below {low} suing is worth more on your cautious odds; {high} is what the other side loses on average "
        "on your hopeful ones, with its part of the costs.",
        low=low,
        high=high,
    )
    yield Para(pen(said))


def _routes(pen: Pen, found: Decision) -> Iterator[Block]:
    yield Heading(pen(text("The ways")))
    ends = range(2) if any(one.expected for one in found.routes) else ()
    odds = found.odds or (Decimal(0), Decimal(1))
    columns = (
        TableColumn(pen(text("Way, what follows, and its rule")), "left", "1fr"),
        TableColumn(pen(text("costs at risk")), "right"),
        *(TableColumn(pen(text("worth at {odds:percent}", odds=odds[n])), "right") for n in ends),
        TableColumn(pen(text("better than nothing from")), "right", "22mm"),
    )
    rows = []
    for one in found.routes:
        norm = f" ({pen.norm(one.norm)})" if one.norm else ""
        below = " ".join(pen(said) for said in route_words.beside(one))
        worths = [pen.bare(one.expected[n]) if one.expected else "–" for n in ends]
        even = "–" if one.break_even is None else pen.words.percent(round(one.break_even, 3))
        rows.append(row(Cell(pen(one.label), f"{below}{norm}"), pen.bare(one.risk), *worths, even))
    yield Table(columns, tuple(rows), pen(text("In euros. What binds nobody has no figure.")), size="small")
    if found.best_route is not None:
        yield Para(pen(found.best_route))


def _sizes(pen: Pen, found: Decision) -> Table:
    odds = tuple(dict.fromkeys(found.odds)) if found.odds else ()
    columns = (
        TableColumn(pen(text("Sum")), "left", "1fr"),
        TableColumn(pen(text("sued for")), "right"),
        TableColumn(pen(text("costs at risk")), "right"),
        TableColumn(pen(text("lost to costs")), "right"),
        TableColumn(pen(text("left if it succeeds")), "right"),
        *(TableColumn(pen(text("worth at {odds:percent}", odds=one)), "right") for one in odds),
    )
    rows = [
        row(
            pen(size.label),
            *(pen.bare(one) for one in (size.value, size.risk, size.lost_to_costs, size.won)),
            *(pen.bare(one) for one in (size.expected or ())[: len(odds)]),
        )
        for size in found.sizes
    ]
    note = pen.cited(
        text("Who sues for more than he gets bears the costs of the part that he lost."), "quota"
    )
    return Table(columns, tuple(rows), note, size="small")


def _swings(pen: Pen, found: Decision) -> Iterator[Block]:
    if not found.swings:
        return
    yield Heading(pen(text("What moves it most")))
    columns = (
        TableColumn(pen(text("Input")), "left", "1fr"),
        TableColumn(pen(text("from")), "right", "28mm"),
        TableColumn(pen(text("to")), "right", "28mm"),
        TableColumn(pen(text("moves it by")), "right", "28mm"),
    )
    rows = [
        row(pen(one.label), *(pen.bare(figure) for figure in (one.low, one.high, one.width)))
        for one in found.swings
    ]
    yield Table(columns, tuple(rows), pen(text("Worth of suing in euros, everything else held.")))


def duties(pen: Pen) -> Iterator[Block]:
    """What the firm did to keep the damage low, and when."""
    found = pen.claim.waterfall.duties
    if not found:
        return
    columns = (
        TableColumn(pen(text("Day")), "left", "24mm"),
        TableColumn(pen(text("What was done, and its rule")), "left", "1fr"),
        TableColumn(pen(text("Proof")), "left", "40mm"),
        TableColumn(pen(text("worth in euros")), "right", "26mm"),
    )
    rows = [
        row(
            pen.words.day(one.on) if one.on else "",
            Cell(pen(one.text), pen.norm(one.norm)),
            pen.sources(one.sources),
            pen.words.span_of_money(one.worth) if one.worth else "",
        )
        for one in found
    ]
    yield Table(columns, tuple(rows))


def covers(pen: Pen) -> Iterator[Block]:
    """What each own policy would pay, and until when it must be told."""
    found = pen.claim.waterfall.covers
    if not found:
        return
    columns = (
        TableColumn(pen(text("Policy")), "left", "50mm"),
        TableColumn(pen(text("Why, and its rule")), "left", "1fr"),
        TableColumn(pen(text("report by")), "left", "24mm"),
        TableColumn(pen(text("would pay")), "right", "34mm"),
    )
    rows = [
        row(
            f"{pen(POLICIES[one.policy.kind])} {one.policy.insurer}".strip(),
            Cell(pen(one.reason), pen.norm(one.norm)),
            pen.words.day(one.notice_by) if one.notice_by else "",
            "" if one.policy.kind is PolicyKind.LEGAL_EXPENSES else pen.words.span_of_money(one.pays),
        )
        for one in found
    ]
    said = text("What an insurer pays passes to him and is taken off the claim; nothing is yet.")
    note = pen.cited(said, "insurers")
    yield Table(columns, tuple(rows), note)


def questions(pen: Pen) -> Iterator[Block]:
    """What is not stated yet, and the euros that hang on each answer."""
    found = pen.claim.questions
    if not found:
        return
    columns = (
        TableColumn(pen(text("Not stated")), "left", "1fr"),
        TableColumn(pen(text("hangs on it, in euros")), "right", "40mm"),
    )
    rows = [
        row(Cell(pen(one.label), pen(one.why)), pen.bare(one.worth) if one.worth else "") for one in found
    ]
    yield Table(columns, tuple(rows))
