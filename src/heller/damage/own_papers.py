"""Bills and credit notes that the firm itself wrote, under a head of loss: a credit it gave, a bill nobody paid.

A person says what each was for, as of a receipt; what the firm sells is a cost nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable

from heller.damage.head import Inputs, Item
from heller.damage.purposes import number
from heller.damage.receipts import grade
from heller.model.amount import Range, WorkingLine
from heller.model.damage import Flow, Missing, Token
from heller.model.document_class import FirmRole
from heller.model.finding import Finding, Weight
from heller.model.heads import HEADS
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.purpose import Purpose
from heller.model.money import ZERO, Money
from heller.model.text import Text, text


def own_papers_of(
    inputs: Inputs, head: str
) -> tuple[tuple[Item, ...], tuple[Missing, ...], tuple[Finding, ...]]:
    """The firm's own papers under a head that can be counted, those that are not there, what is wrong about others."""
    good: list[Item] = []
    gaps: list[Missing] = []
    findings: list[Finding] = []
    for said in (p for p in inputs.purposes if p.head == head):
        paper = next(iter(inputs.invoices.get(number(said.invoice), ())), None)
        if paper is None:
            gaps += [] if number(said.invoice) in inputs.papers else [_absent(head, said)]
        elif (why := _wrong(inputs, head, paper)) is not None:
            findings.append(_refused(said, why))
        else:
            good.append(_item(inputs, head, said, paper))
    return tuple(good), tuple(gaps), tuple(findings)


def _absent(head: str, said: Purpose) -> Missing:
    return Missing(
        head,
        text("Invoice {number} is on the list of receipts but not among the files.", number=said.invoice),
    )


def _wrong(inputs: Inputs, head: str, paper: Invoice) -> Text | None:
    link = inputs.links.get(paper.source)
    if link is None or link.role is not FirmRole.SELLER:
        return text("under '{head}' only what the firm itself wrote counts", head=HEADS[head].title)
    if _worth(inputs, paper).currency != "EUR" or _worth(inputs, paper) == ZERO:
        return text("its amount is not above zero in euros")
    if not paper.credit and "bank" in paper.proven_by:
        return text("the account shows that it was paid")
    return None


def _refused(said: Purpose, why: Text) -> Finding:
    what = text("The own paper {number} is not counted: {why}.", number=said.invoice, why=why)
    do = text("Give it to another head, or note anew what it was for.")
    return Finding("damage.own_paper", what, do, Weight.REFUSED, said.source)


def _worth(inputs: Inputs, paper: Invoice) -> Money:
    """Without VAT where the firm owes VAT: what it does not owe on it is no loss."""
    amount = paper.net if inputs.net else paper.gross
    return amount if amount >= ZERO else -amount


def _item(inputs: Inputs, head: str, said: Purpose, paper: Invoice) -> Item:
    worth = _worth(inputs, paper) * said.share
    place = paper.places.get("net" if inputs.net else "gross", paper.source)
    flow = Flow(
        id=f"{head}:own:{number(said.invoice)}",
        head=head,
        label=_named(paper),
        without=Range(),
        actual=Range.exact(-worth),
        grade=grade(paper, inputs.links.get(paper.source)),
        tokens=frozenset({Token("receipt", f"{number(paper.number)}:{paper.source.object}:own")}),
        sources=(place,) if said.source is None else (place, said.source),
    )
    return Item((flow,), tuple(_working(inputs, said, paper, flow)))


def _working(inputs: Inputs, said: Purpose, paper: Invoice, flow: Flow) -> Iterable[WorkingLine]:
    whole = _worth(inputs, paper)
    yield WorkingLine(_named(paper), Range.exact(whole), flow.sources)
    if said.share != 1:
        why = text("of which for the outage {share:percent}: {reason}", share=said.share, reason=said.reason)
        yield WorkingLine(why, Range.exact(whole * said.share - whole))


def _named(paper: Invoice) -> Text:
    if paper.credit:
        return text("Own credit note {number} of {day}", number=paper.number, day=paper.issued)
    return text("Own bill {number} of {day}, unpaid", number=paper.number, day=paper.issued)
