"""Chains: the documents of one business, linked, with what each of them counts for and why.

Pure: a case in, chains out. Documents are linked by the numbers that they name and by sums and days of one seller;
what a link changes of a cost is worked out in `heller.intake.across.costs`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from heller.intake.across import costs
from heller.intake.across.decisions import provisional
from heller.intake.across.identity import letters, name_of
from heller.intake.across.nodes import Node
from heller.intake.across.roles import Firm, firm_of, role_of
from heller.model.case import Case
from heller.model.chain import Chain, Link
from heller.model.document_class import DocumentClass, FirmRole, Reference, Use
from heller.model.facts import firm
from heller.model.finding import Locator
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.paper import Paper
from heller.model.money import Money

ORDER = (  # of trade
    *(DocumentClass.PRICE_LIST, DocumentClass.QUOTATION, DocumentClass.CONTRACT, DocumentClass.ORDER),
    *(DocumentClass.ORDER_CONFIRMATION, DocumentClass.DELIVERY_NOTE, DocumentClass.PRO_FORMA),
    *(DocumentClass.PARTIAL, DocumentClass.INVOICE, DocumentClass.SELF_BILLED, DocumentClass.FINAL),
    *(DocumentClass.CARD_SLIP, DocumentClass.RECEIPT, DocumentClass.CANCELLATION, DocumentClass.CORRECTED),
    *(DocumentClass.CREDIT_NOTE, DocumentClass.REMINDER, DocumentClass.STATEMENT, DocumentClass.OTHER),
)
# Documents before an invoice that state its sum: alike in seller and sum they belong to it.
BEFORE = frozenset(
    {DocumentClass.QUOTATION, DocumentClass.ORDER, DocumentClass.ORDER_CONFIRMATION, DocumentClass.PRO_FORMA}
    | {DocumentClass.DELIVERY_NOTE}
)
SHARED = frozenset({DocumentClass.ORDER, DocumentClass.ORDER_CONFIRMATION, DocumentClass.DELIVERY_NOTE})
SHARED |= {DocumentClass.QUOTATION}  # two documents that name the same one of these belong together
NEAR = timedelta(days=120)  # between a quotation and its invoice


def chains(case: Case) -> tuple[Chain, ...]:
    """The chains of a case in order of their first exhibit; a document that is linked to nothing is one alone."""
    nodes = list(_nodes(case))
    work = costs.Work(nodes)
    joined = _Joined(len(nodes))
    for one, other in (*_by_number(nodes), *_by_common(nodes), *_by_sum(nodes), *work.settle()):
        joined.join(one, other)
    return tuple(_chain([nodes[n] for n in group], work) for group in joined.groups())


def links_of(found: Iterable[Chain]) -> dict[Locator, Link]:
    """The links of all chains by the place of their documents."""
    return {link.source: link for chain in found for link in chain.links}


def firm_in(case: Case) -> Firm | None:
    """The firm of the case, as stated or presumed."""
    return firm_of(case.facts[firm.NAME], (i for _, i in _documents(case) if i is not None))


def _documents(case: Case) -> Iterator[tuple[Invoice | Paper, Invoice | None]]:
    """Each document, and the invoice that it is or may be."""
    for exhibit in case.exhibits:
        if exhibit.reading.by_kind.keys().isdisjoint((Invoice, Paper)):
            continue
        for record in exhibit.reading.records:
            if isinstance(record, Invoice):
                yield record, record
            elif isinstance(record, Paper) and not record.left:
                yield record, provisional(record)
    for record in case.noted:
        if isinstance(record, Invoice):
            yield record, record


def _nodes(case: Case) -> Iterator[Node]:
    buyer = firm_in(case)
    for n, (record, invoice) in enumerate(_documents(case)):
        if isinstance(record, Invoice):
            yield Node(
                n,
                record.source,
                record.kind,
                role_of(record, buyer),
                record.number,
                record.seller,
                record.issued,
                record.gross,
                record,
                record.refers,
                waits=False,
            )
        else:
            role = role_of(invoice, buyer) if invoice else FirmRole.UNKNOWN
            yield Node(
                n,
                record.source,
                record.kind,
                role,
                record.said("number"),
                record.said("seller"),
                record.issued,
                record.money("gross"),
                invoice,
                record.refers,
                waits=bool(record.waiting),
                fees=record.fees,
            )


def _by_number(nodes: Sequence[Node]) -> Iterator[tuple[int, int]]:
    """A document, and the one whose number it names."""
    numbered: defaultdict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.number:
            numbered[letters(node.number)].append(node)
    for node in nodes:
        for named in node.refers:
            for other in numbered[letters(named.number)]:
                if other.n != node.n and named_fits(named, node, other):
                    yield node.n, other.n


def named_fits(named: Reference, node: Node, other: Node) -> bool:
    """Whether a document may be the one that is named: of the class, and of the same seller as far as told."""
    if not node.kin(other):
        return False
    if named.of in (DocumentClass.OTHER, other.kind.of):
        return True
    return named.of in costs.MONEY and other.kind.of in costs.MONEY


def _by_common(nodes: Sequence[Node]) -> Iterator[tuple[int, int]]:
    """Two documents of one seller that name the same order, quotation or delivery."""
    first: dict[tuple[str, DocumentClass, str], int] = {}
    for node in nodes:
        for named in node.refers:
            if named.of in SHARED and name_of(node.seller):
                key = (name_of(node.seller), named.of, letters(named.number))
                yield first.setdefault(key, node.n), node.n


def _by_sum(nodes: Sequence[Node]) -> Iterator[tuple[int, int]]:
    """A quotation, order or delivery, and the one invoice of the same seller and sum that followed."""
    bills: defaultdict[tuple[str, Money | None], list[Node]] = defaultdict(list)
    for node in nodes:
        if node.kind.may(Use.COST) and node.issued:
            bills[name_of(node.seller), node.gross].append(node)
    for node in nodes:
        if (
            node.kind.of not in BEFORE
            or node.gross is None
            or node.issued is None
            or not name_of(node.seller)
        ):
            continue
        later = [
            b
            for b in bills[name_of(node.seller), node.gross]
            if b.issued and -NEAR <= node.issued - b.issued <= NEAR
        ]
        if len(later) == 1:
            yield node.n, later[0].n


class _Joined:
    """Which documents hang together (union-find)."""

    def __init__(self, count: int) -> None:
        self.up = list(range(count))

    def root(self, n: int) -> int:
        while self.up[n] != n:
            self.up[n] = self.up[self.up[n]]
            n = self.up[n]
        return n

    def join(self, one: int, other: int) -> None:
        """Two documents of one chain; the earlier one is its root."""
        low, high = sorted((self.root(one), self.root(other)))
        self.up[high] = low

    def groups(self) -> Iterable[list[int]]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for n in range(len(self.up)):
            found[self.root(n)].append(n)
        return found.values()


def _chain(nodes: list[Node], work: costs.Work) -> Chain:
    ordered = sorted(nodes, key=lambda node: (ORDER.index(node.kind.of), str(node.issued or ""), node.n))
    links = tuple(work.link(node) for node in ordered)
    paid = [p.amount for node in nodes if node.invoice for p in node.invoice.payments]
    one_unit = len({amount.currency for amount in paid}) == 1
    total = Money(sum(amount.cents for amount in paid), paid[0].currency) if one_unit else None
    return Chain(links, total, tuple(work.doubts(nodes)))
