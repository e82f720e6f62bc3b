"""The elements of the claim: what has to be shown, what shows it here, and who has to prove it; then each position.

It argues nothing: each row names a fact of the case, its exhibit and a rule. It stands only where the law of the case
names the rules it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from heller.dossier.blocks import Cell, Heading, Para, Part, Table, TableColumn, TableRow
from heller.dossier.names import GRADES, SURE, head_name
from heller.dossier.outage_words import outage_said
from heller.dossier.writer import Pen
from heller.model import bearing_out
from heller.model.facts import line
from heller.model.finding import Locator
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.pleading import DEGREES, FaultDegree
from heller.model.text import Text, text

CLAIMANT, RESPONDENT = text("Claimant"), text("Respondent")
MOST = 6  # pointers of one row; all of them stand where the figure is worked out


def part(pen: Pen) -> Part | None:
    """The table, and under it what each position rests on."""
    if "breach" not in pen.claim.waterfall.jurisdiction.grounds or not pen.claim.outages:
        return None
    columns = (
        TableColumn(pen(text("What has to be shown")), "left", "38mm"),
        TableColumn(pen(text("What shows it")), "left", "1fr"),
        TableColumn(pen(text("Burden of proof")), "left", "24mm"),
    )
    blocks = (
        Para(pen(_LEAD)),
        Table(columns, tuple(_elements(pen)), size="small"),
        Heading(pen(text("Position by position"))),
        Table(
            (
                TableColumn(pen(text("Position")), "left", "1fr"),
                TableColumn(pen(text("Rule")), "left", "34mm"),
                TableColumn(pen(text("Proof")), "left", "34mm"),
                TableColumn(pen(text("cautious")), "right", "22mm"),
            ),
            tuple(_positions(pen)),
            size="small",
        ),
    )
    return Part("elements", pen(text("What the claim rests on")), blocks, fresh=True)


_LEAD = text(
    "A claim for damages has these elements. Beside each stands what shows it in this case, and which side has to "
    "prove it; an exhibit is named where one speaks of it."
)


def _elements(pen: Pen) -> Iterator[TableRow]:
    yield _row(pen, text("Contract"), "", _contract(pen), _sources(pen), CLAIMANT)
    outages = pen.claim.outages
    witnesses = [w.source for outage in outages for w in outage.witnesses]
    yield _row(pen, text("Breach: the service failed"), "breach", outage_said(pen), witnesses, CLAIMANT)
    yield _row(
        pen,
        text("Fault"),
        "breach",
        text("Fault is presumed. Nothing that would clear the respondent is in this case."),
        (),
        RESPONDENT,
    )
    yield from _degree(pen)
    yield _row(
        pen,
        text("Helpers"),
        "helpers",
        text("The respondent answers for everybody whom it employs for its performance."),
        (),
        text("nobody"),
    )
    reports = _contacts(pen, ContactKind.FAULT_REPORT, ContactKind.DAMAGE_WARNING)
    if reports:
        said = text("Reported on {at}; all reports and warnings stand in the chronology.", at=reports[0].at)
        places = [one.source for one in reports if one.source]
        yield _row(pen, text("Report and warning"), "warning", said, places, CLAIMANT)
    total = pen.claim.assessment.total
    yield _row(
        pen,
        text("Damage"),
        "full_proof",
        text(
            "That damage arose is shown by receipts; it comes to {low}, cautiously estimated.", low=total.low
        ),
        (),
        CLAIMANT,
    )
    yield _row(
        pen,
        text("Causation and amount"),
        "estimate",
        text(
            "The state without the outage stands beside the state with it, line by line; the court may estimate."
        ),
        (),
        CLAIMANT,
    )
    yield from _limits(pen)


def _degree(pen: Pen) -> Iterator[TableRow]:
    """The degree beyond simple negligence that is pleaded: whoever says it proves it."""
    pleaded = pen.claim.waterfall.pleaded
    if pleaded is not None and pleaded.degree is not FaultDegree.SIMPLE:
        said = text("{parts}", parts=" ".join(pen(one.text) for one in pleaded.grounds))
        places = [place for one in pleaded.grounds for place in one.sources]
        yield _row(pen, DEGREES[pleaded.degree], "", said, places, CLAIMANT, pen.norm(pleaded.norm))


def _limits(pen: Pen) -> Iterator[TableRow]:
    """The cap where it takes something, and what lies outside it without doubt."""
    fall = pen.claim.waterfall
    cap = next((step for step in fall.steps if step.key == "cap" and step.effect.low), None)
    if cap is not None:
        yield _row(
            pen,
            text("Cap on liability"),
            "",
            cap.reason,
            (),
            RESPONDENT,
            pen.norm(cap.norm) if cap.norm else "",
        )
    default = [debt.default for of in pen.claim.debts for debt in of.events if debt.default]
    if default and fall.interest.low:
        said = text("In default since {day}; interest lies outside the cap.", day=min(default))
        places = [one.source for one in _contacts(pen, ContactKind.DEMAND) if one.source]
        yield _row(pen, text("Default"), "default", said, places, CLAIMANT)


def _contract(pen: Pen) -> Text:
    product, number = pen.case.fact("line.product"), pen.case.fact("line.number")
    if product and number:
        return text("Contract {number} on the line {product}.", number=number, product=product)
    if product or number:
        return text("Contract: {name}.", name=product or number or "")
    return text("The contract is not named in this case.")


def _sources(pen: Pen) -> list[Locator]:
    """Where the contract is named, documents that say the same first: they prove it, a statement does not."""
    rows = (line.PRODUCT, line.NUMBER)
    stated = (pen.case.facts.statement(row) for row in rows)
    said = (one.source for one in stated if one is not None and one.source is not None)
    return [*bearing_out.of_facts(pen.case, *(row.key for row in rows)), *said]


def _contacts(pen: Pen, *kinds: ContactKind) -> list[Contact]:
    on = pen.claim.waterfall.as_of
    ours = (one for one in pen.case.records(Contact) if one.kind in kinds and not one.incoming)
    return sorted((one for one in ours if pen.words.local(one.at).date() <= on), key=lambda one: one.at)


def _row(
    pen: Pen, element: Text, topic: str, shown: Text, sources: Iterable[Locator], who: Text, norm: str = ""
) -> TableRow:
    ground = pen.claim.waterfall.jurisdiction.grounds.get(topic)
    rule = norm or (pen.norm(ground) if ground is not None else "")
    places = tuple(dict.fromkeys(sources))[:MOST]
    return TableRow((Cell(pen(element), rule), pen.cell(shown, places), Cell(pen(who))))


def _positions(pen: Pen) -> Iterator[TableRow]:
    for position in pen.claim.assessment.positions:
        if (position.recoverable or position.apart) and position.amount.high:
            name = Cell(pen(head_name(position.head)), "", pen.refs(position.sources[:MOST]))
            proof = Cell(pen(GRADES[position.grade]))
            rule = pen.norm(position.norm) if position.norm.mark in SURE else ""
            yield TableRow((name, Cell(rule), proof, Cell(pen.bare(position.amount.low))))
