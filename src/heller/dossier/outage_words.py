"""The outage in a sentence, for letters and parts: measured, still running, several, or known by word alone."""

from __future__ import annotations

from datetime import datetime

from heller.dossier.writer import Pen
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.quick_estimate import QuickEstimate
from heller.model.outage import OpenEnd
from heller.model.text import Text, text


def product(pen: Pen) -> str:
    """The name of the product, '' where nobody stated it."""
    return pen.case.fact("line.product") or ""


def since(pen: Pen) -> datetime | None:
    """Since when the line is dead as far as anything says so: measured, else from the first estimate or report."""
    if pen.claim.outages:
        return pen.claim.outages[0].start.latest
    known = [made.since for made in pen.case.records(QuickEstimate)]
    known += [one.at for one in pen.case.records(Contact) if one.kind is ContactKind.FAULT_REPORT]
    return min(known, default=None)


def outage_said(pen: Pen, *, theirs: bool = True) -> Text:
    """The outage in one sentence: measured, still running, several, or only known by word. To the provider the line is
    `theirs`, to everybody else it is ours."""
    outages, name = pen.claim.outages, product(pen) if theirs else ""
    if not outages:
        return _by_word(pen, name)
    if len(pen.claim.by_event) > 1:
        return text(
            "We claim the damage of {n} outages. Exactly these are counted:", n=len(pen.claim.by_event)
        )
    if len(outages) != 1:
        return (
            text(
                "Your line {product} failed {n} times; the dossier shows when.", product=name, n=len(outages)
            )
            if name
            else text("Our line failed {n} times; the dossier shows when.", n=len(outages))
        )
    outage = outages[0]
    start, shortest = outage.start.latest, outage.shortest
    if isinstance(outage.end, OpenEnd) and not shortest:
        return _by_word(pen, name)
    if isinstance(outage.end, OpenEnd):
        last = outage.end.earliest
        if name:
            return text(
                "Your line {product} has been without service since {start} and is still down, last measured at "
                "{last}: at least {shortest} so far.",
                product=name,
                start=start,
                last=last,
                shortest=shortest,
            )
        return text(
            "Our line has been without service since {start} and is still down, last measured at {last}: at "
            "least {shortest} so far.",
            start=start,
            last=last,
            shortest=shortest,
        )
    end = outage.end.latest
    if name:
        return text(
            "Your line {product} was without service from {start} to {end}: at least {shortest}.",
            product=name,
            start=start,
            end=end,
            shortest=shortest,
        )
    return text(
        "Our line was without service from {start} to {end}: at least {shortest}.",
        start=start,
        end=end,
        shortest=shortest,
    )


def outage_stated(pen: Pen) -> Text:
    """The outage as a third person states it: a court, a lawyer."""
    outages = pen.claim.outages
    if len(outages) > 1:
        return text("The line failed {n} times.", n=len(outages))
    start, end = outages[0].start.latest, outages[0].end
    if isinstance(end, OpenEnd):
        return text(
            "The line has been without service since {start}; last measured as down at {last}.",
            start=start,
            last=end.earliest,
        )
    return text(
        "The line was without service from {start} to {end}: at least {shortest}.",
        start=start,
        end=end.latest,
        shortest=outages[0].shortest,
    )


def _by_word(pen: Pen, name: str) -> Text:
    at = since(pen)
    if at is None:
        return (
            text("Your line {product} is without service since [day and time].", product=name)
            if name
            else text("Our line is without service since [day and time].")
        )
    return (
        text("Your line {product} has been without service since {since}.", product=name, since=at)
        if name
        else text("Our line has been without service since {since}.", since=at)
    )


def outage_named(pen: Pen) -> tuple[str, ...]:
    """The outage as a subject line goes on: from when to when."""
    outages = pen.claim.outages
    if not outages:
        return ()
    start, end = outages[0].start.latest, outages[-1].end
    if isinstance(end, OpenEnd):
        return (pen(text("since {start:day}, still down", start=start)),)
    return (pen(text("from {start:day} to {end:day}", start=start, end=end.earliest)),)
