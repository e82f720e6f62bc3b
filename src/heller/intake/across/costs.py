"""What each document of a chain counts for: taken back, replaced, contained, reduced, or paid with a discount.

Pure. It begins with the table of classes and the firm's role, then settles corrected invoices, credit notes and
cancellations, final invoices with their parts, and last what was paid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction

from heller.intake.across.identity import letters, name_of
from heller.intake.across.nodes import Node, cents_of, cost_of, parts_of
from heller.model.chain import Change, Cost, Link
from heller.model.document_class import NAMES, USES, DocumentClass, FirmRole, Use
from heller.model.finding import Finding, Locator, Weight
from heller.model.money import Money
from heller.model.text import Text, text

MONEY = frozenset(of for of, uses in USES.items() if uses & {Use.COST, Use.REDUCES}) | {
    DocumentClass.SELF_BILLED
}
LATE = timedelta(days=365)  # how long after an invoice money is taken back without naming it
SOON = timedelta(days=30)  # how long after an invoice a receipt of its sum is for its payment
Edge = tuple[int, int]


class Work:
    """The documents while their costs are worked out: what counts, what changes it, and the reasons."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self.why: dict[int, list[Text]] = {node.n: [] for node in nodes}
        self.changes: dict[int, list[Change]] = {node.n: [] for node in nodes}
        self.counts = {node.n for node in nodes if self._may_count(node)}
        self.by_seller: dict[str, list[Node]] = {}
        for node in nodes:
            if node.n in self.counts:
                self.by_seller.setdefault(name_of(node.seller), []).append(node)

    def settle(self) -> Iterator[Edge]:
        """The links that the costs show, in the order in which one document acts on another."""
        yield from self._replaced()
        yield from self._receipted()
        yield from self._reduced()
        yield from self._contained()
        self._paid()

    def link(self, node: Node) -> Link:
        """The document with what is left of its cost."""
        cost = None
        if node.n in self.counts and node.invoice is not None:
            cost = cost_of(node.invoice)
            for change in self.changes[node.n]:
                cost += change.by
        return Link(
            node.source, node.kind, node.role, node.number, node.seller, node.issued, node.gross,
            cost, tuple(self.changes[node.n]), tuple(self.why[node.n]), node.waits,
        )  # fmt: skip

    def _may_count(self, node: Node) -> bool:
        """Whether class, role and a person's look let a document count at all; the reason where they don't."""
        reason = None
        if node.role is FirmRole.SELLER and node.kind.of is not DocumentClass.ORDER:
            reason = text("The firm itself is the seller: it is income, not a cost.")
        elif not (node.kind.is_money or _paid_by_firm(node)):
            reason = _no_cost(node)
        elif node.waits:
            reason = text("It was only read and waits for a person.")
        elif node.role is FirmRole.STRANGER:
            buyer = node.invoice.buyer if node.invoice else "?"
            self.why[node.n].append(text("It is addressed to {buyer}, not to the firm.", buyer=buyer))
        if reason is not None:
            self.why[node.n].append(reason)
        return reason is None and node.invoice is not None

    def _drop(self, node: Node, why: Text) -> None:
        self.counts.discard(node.n)
        self.why[node.n].append(why)

    def _documents_named_by(self, node: Node) -> list[Node]:
        """The documents that count and whose number a document names."""
        numbers = {
            letters(named.number) for named in node.refers if named.of in (*MONEY, DocumentClass.OTHER)
        }
        return [
            other
            for other in self.nodes
            if other.n in self.counts
            and other.n != node.n
            and letters(other.number) in numbers
            and node.kin(other)
            and other.kind.may(Use.COST)
        ]

    def _replaced(self) -> Iterator[Edge]:
        """A corrected invoice of a positive sum stands in the place of the one it names."""
        for node in self._of(DocumentClass.CORRECTED):
            if cents_of(node) < 0:
                continue
            for other in self._documents_named_by(node):
                self._drop(
                    other, text("The corrected invoice {number} stands in its place.", number=node.number)
                )
                yield node.n, other.n

    def _receipted(self) -> Iterator[Edge]:
        """A receipt for the payment of an invoice: it names it, or has its seller and sum within some days."""
        for node in self._of(DocumentClass.RECEIPT):
            named = [other for other in self._documents_named_by(node) if cents_of(other) == cents_of(node)]
            bills = named or [
                b for b in self._same_sum(node) if _soon(b, node) and b.kind.of is not node.kind.of
            ]
            for other in bills[:1]:
                why = text(
                    "It shows the payment of invoice {other}, which counts.", other=other.number or "?"
                )
                self._drop(node, why)
                yield node.n, other.n

    def _reduced(self) -> Iterator[Edge]:
        """Credit notes and cancellations: taken off the invoice that they name, or whose sum they are."""
        for node in [n for n in self.nodes if n.n in self.counts and _reduces(n)]:
            targets = self._documents_named_by(node) or self._same_sum(node)
            if not targets and node.kind.of is DocumentClass.CANCELLATION:
                self._drop(node, text("The invoice that it takes back is not among the files."))
            if targets:
                self._take_off(node, targets)
            yield from ((node.n, target.n) for target in targets)

    def _take_off(self, node: Node, targets: Sequence[Node]) -> None:
        """The whole of the invoices where the sum is theirs, else a part of the first of them."""
        numbers = ", ".join(target.number or "?" for target in targets)
        if abs(cents_of(node)) >= sum(map(cents_of, targets)):
            why = text("{kind} {number} takes it back.", kind=NAMES[node.kind.of], number=node.number or "?")
            for target in targets:
                self._drop(target, why)
            self._drop(node, text("It takes back invoice {other}; neither of them counts.", other=numbers))
            return
        target = targets[0]
        self._drop(node, text("It is taken off invoice {other}.", other=target.number or "?"))
        assert node.invoice is not None
        off = cost_of(node.invoice)
        off = off if off.gross.cents < 0 else -off
        why = text("less {kind} {number}", kind=NAMES[node.kind.of], number=node.number or "?")
        self.changes[target.n].append(Change(why, off, node.invoice.places.get("net", node.source)))

    def _same_sum(self, node: Node) -> list[Node]:
        """The one invoice of the same seller and sum before money was taken back."""
        found = [
            other
            for other in self.by_seller.get(name_of(node.seller), ())
            if other.n in self.counts
            and other.kind.may(Use.COST)
            and cents_of(other) == abs(cents_of(node))
            and other.issued
            and node.issued
            and timedelta() <= node.issued - other.issued <= LATE
        ]
        return found if len(found) == 1 and name_of(node.seller) else []

    def _contained(self) -> Iterator[Edge]:
        """Partial invoices that a final invoice takes off its whole sum are contained in it."""
        for node in [n for n in self.nodes if n.n in self.counts and _is_final(n)]:
            parts = self._parts(node)
            for part in parts:
                self._drop(
                    part,
                    text(
                        "It is contained in the final invoice {number}, which counts whole.",
                        number=node.number,
                    ),
                )
                yield node.n, part.n

    def _parts(self, node: Node) -> list[Node]:
        """The parts of a final invoice: those it names, else those whose sums are what it takes off."""
        able = [
            other
            for other in self.by_seller.get(name_of(node.seller), ())
            if other.n in self.counts
            and other.n != node.n
            and other.kind.may(Use.COST)
            and not (other.issued and node.issued and other.issued > node.issued)
            and not _taken_off_in_lines(node, other)
        ]
        named = [other for other in self._documents_named_by(node) if other in able]
        rest = _in_cents(node.invoice.prepaid if node.invoice else None) - sum(map(cents_of, named))
        left = [other for other in able if other not in named]
        partial = [other for other in left if other.kind.of is DocumentClass.PARTIAL]
        if named and rest <= 0:
            return named
        alone = [other for other in left if cents_of(other) == rest]
        if fits := parts_of(partial, rest) or alone * (len(alone) == 1):
            return [*named, *fits]
        return [*named, *partial] if node.kind.of is DocumentClass.FINAL or rest > 0 else named

    def _paid(self) -> None:
        """Discounts that payments left off, and money that a seller paid back."""
        for node in self.nodes:
            invoice = node.invoice
            if node.n not in self.counts or invoice is None or invoice.credit or not invoice.payments:
                continue
            last = max(invoice.payments, key=lambda payment: payment.day)
            if invoice.discount:
                why = text("less discount for paying early (Skonto), as paid")
                self._change(node, invoice.discount, why, last.source)
            back = -sum(p.amount.cents for p in invoice.payments if p.amount.cents < 0)
            if back and "bank" in invoice.proven_by:
                self._change(
                    node,
                    Money(back, invoice.gross.currency),
                    text("less what the seller paid back"),
                    last.source,
                )

    def _change(self, node: Node, gross: Money, why: Text, source: Locator) -> None:
        """Take a gross sum off, its net and VAT in the proportion of the invoice."""
        assert node.invoice is not None and node.invoice.gross.cents
        net = gross * Fraction(node.invoice.net.cents, node.invoice.gross.cents)
        self.changes[node.n].append(Change(why, -Cost(net, gross - net, gross), source))

    def _of(self, of: DocumentClass) -> list[Node]:
        return [node for node in self.nodes if node.n in self.counts and node.kind.of is of]

    def doubts(self, nodes: Sequence[Node]) -> Iterator[Finding]:
        """What a person has to know about these documents before they are claimed."""
        for node in nodes:
            if node.role is FirmRole.STRANGER and node.n in self.counts and node.invoice:
                what = text(
                    "{kind} {number} is addressed to {buyer}, not to the firm.",
                    kind=NAMES[node.kind.of],
                    number=node.number or "?",
                    buyer=node.invoice.buyer,
                )
                do = text("Show that the firm bore it, or leave it out.")
                yield Finding("other-buyer", what, do, Weight.WARNING, node.source)
            if node.waits and _reduces(node) and self._documents_named_by(node):
                what = text(
                    "{kind} {number} would take money off invoice {other}, and waits for a person.",
                    kind=NAMES[node.kind.of],
                    number=node.number or "?",
                    other=self._documents_named_by(node)[0].number,
                )
                yield Finding(
                    "reduction-waits", what, text("Confirm it in the inbox."), Weight.WARNING, node.source
                )


def _no_cost(node: Node) -> Text:
    if node.kind.of is DocumentClass.SELF_BILLED:
        return text("The firm wrote it itself; only its payment would show a cost.")
    if node.kind.of is DocumentClass.OTHER:
        return text("What it is could not be told, so it counts nothing.")
    if node.kind.of is DocumentClass.REMINDER and node.fees:
        return text(
            "A reminder is no cost; the invoice is. Its fees and interest of {fees} stand apart.",
            fees=node.fees,
        )
    return text("Such a document is no cost by itself.")


def _paid_by_firm(node: Node) -> bool:
    """A self-billed invoice of the firm counts as what was paid for it."""
    paid = node.invoice is not None and "bank" in node.invoice.proven_by
    return node.kind.of is DocumentClass.SELF_BILLED and node.role is FirmRole.BUYER and paid


def _soon(bill: Node, receipt: Node) -> bool:
    return bill.issued is not None and receipt.issued is not None and receipt.issued - bill.issued <= SOON


def _reduces(node: Node) -> bool:
    """Whether money comes back by it: by its class, or by the sign of its sum."""
    return node.kind.is_money and (not node.kind.may(Use.COST) or cents_of(node) < 0)


def _is_final(node: Node) -> bool:
    """A final invoice: by its class, or because it takes off a part that was paid before; what was paid as a whole
    (by card, at the till) has no parts."""
    prepaid = _in_cents(node.invoice.prepaid if node.invoice else None)
    return node.kind.of is DocumentClass.FINAL or (node.kind.may(Use.COST) and 0 < prepaid < cents_of(node))


def _taken_off_in_lines(final: Node, part: Node) -> bool:
    """Whether the final invoice has taken a part off its own net, in a line: then both count."""
    lines = final.invoice.lines if final.invoice else ()
    net = part.invoice.net if part.invoice else None
    return net is not None and any(line.net.cents < 0 and line.net == -net for line in lines)


def _in_cents(sum_: Money | None) -> int:
    return sum_.cents if sum_ else 0
