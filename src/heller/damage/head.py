"""What a head of loss is, what it is given and what it gives back. It works out none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from types import MappingProxyType

from msgspec import Struct

from heller import law
from heller.damage import purposes
from heller.damage.ledger import GRADES
from heller.damage.margin import Margin
from heller.model.amount import WorkingLine
from heller.model.case import Case
from heller.model.chain import Link
from heller.model.damage import Flow, Missing, NormRef, Position, SalesEstimate
from heller.model.finding import Finding, Locator
from heller.model.head import HeadOfLoss
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.paper import Paper
from heller.model.kinds.purpose import Purpose
from heller.model.span import Span, without
from heller.model.text import Text, text


class Event(Struct, frozen=True):
    """The outage that the damage follows from: in `spans` the line was certainly dead, in order, disjoint. In
    `detours` another way may have carried the firm meanwhile: they matter to its business, not to its line."""

    spans: tuple[Span, ...]
    detours: tuple[Span, ...] = ()

    @property
    def span(self) -> Span:
        """From the first certain moment to the last."""
        return Span(self.spans[0].start, self.spans[-1].end)

    @property
    def dead(self) -> timedelta:
        """How long the line was certainly dead: the shortest duration that the bounds allow."""
        return sum((span.length for span in self.spans), timedelta())

    @property
    def cut_off(self) -> tuple[Span, ...]:
        """When the firm had no way out, from the first certain moment to the last."""
        return without(self.span, self.detours)


class Inputs(Struct, frozen=True, dict=True):
    """What a head works from. `net`: receipts count without VAT; `margin` and the `links` of documents
    (what each counts for, by its place) are worked out once for all heads; `others` are other outages, whose days
    say nothing of what would have been sold, and neither do those in which the line was `slow`."""

    case: Case
    event: Event
    net: bool = True
    margin: Margin = Margin()
    links: Mapping[Locator, Link] = MappingProxyType({})
    others: tuple[Span, ...] = ()
    slow: tuple[Span, ...] = ()

    @cached_property
    def purposes(self) -> tuple[Purpose, ...]:
        """What each receipt was for, as it is in force."""
        return purposes.purposes(self.case)

    @cached_property
    def invoices(self) -> Mapping[str, tuple[Invoice, ...]]:
        """The invoices by their number."""
        return purposes.invoices(self.case)

    @cached_property
    def papers(self) -> Mapping[str, list[Paper]]:
        """The papers by their number."""
        return purposes.papers(self.case)

    @property
    def country(self) -> str:
        """The country whose law counts."""
        return law.seat(self.case).code

    def norm(self, head: str) -> NormRef:
        """The rule that grants a head of loss there."""
        return law.head_norm(self.country, head)

    def ground(self, topic: str) -> NormRef:
        """The rule that something rests on there; none where the country names none."""
        return law.ground(self.country, topic)


class HeadLoss(Struct, frozen=True):
    """What a head found. The amounts of positions are before things spent twice are settled."""

    flows: tuple[Flow, ...] = ()
    positions: tuple[Position, ...] = ()
    missing: tuple[Missing, ...] = ()
    findings: tuple[Finding, ...] = ()
    sales: tuple[SalesEstimate, ...] = ()


class Head(Struct, frozen=True):
    """A head of loss and the function that works it out. Which rule grants it says a country."""

    of: HeadOfLoss
    assess: Callable[[Inputs], HeadLoss]

    @property
    def key(self) -> str:
        """Its key."""
        return self.of.key

    @property
    def title(self) -> Text:
        """Its name."""
        return self.of.title


class Item(Struct, frozen=True):
    """Some flows of one grade, and the lines that show how they were reached."""

    flows: tuple[Flow, ...]
    working: tuple[WorkingLine, ...]


def cite(said: Text, norm: NormRef) -> Text:
    """A sentence with the rule that it rests on; without one where the country names none."""
    return text("{said} ({cite})", said=said, cite=norm.cite) if norm.id else said


def schedule(
    head: Head,
    items: Sequence[Item],
    reason: Text,
    norm: NormRef,
    *,
    closing: Sequence[WorkingLine] = (),
    recoverable: bool = True,
) -> tuple[Position, ...]:
    """One position for each grade of proof among the items; `closing` lines stand under the first."""
    from heller.damage.draws import combine  # who only asks for heads loads no numpy

    positions: list[Position] = []
    for grade in sorted({f.grade for item in items for f in item.flows}, key=GRADES.index):
        chosen = [item for item in items if item.flows[0].grade == grade]
        flows = [flow for item in chosen for flow in item.flows]
        lines = tuple(line for item in chosen for line in item.working)
        positions.append(
            Position(
                head=head.key,
                title=head.title,
                amount=combine(flows),
                grade=grade,
                norm=norm,
                reason=reason,
                working=lines if positions else (*lines, *closing),
                sources=unique(source for flow in flows for source in flow.sources),
                recoverable=recoverable,
                flows=tuple(flow.id for flow in flows),
            )
        )
    return tuple(positions)


def flows_of(items: Iterable[Item]) -> tuple[Flow, ...]:
    """All flows of the items."""
    return tuple(flow for item in items for flow in item.flows)


def unique(sources: Iterable[Locator]) -> tuple[Locator, ...]:
    """Each place once, in order."""
    return tuple(dict.fromkeys(sources))
