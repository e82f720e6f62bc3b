"""What the enumerations of the model are called in print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from heller.model.advice import Against, AnswerNow, OwedAnswer
from heller.model.amount import ProofGrade
from heller.model.bracket import Edge
from heller.model.claim import Waterfall
from heller.model.damage import Option
from heller.model.finding import Finding, Weight
from heller.model.heads import HEADS
from heller.model.money import Money
from heller.model.outage import Cause, Slowness, Strength
from heller.model.text import Text, text
from heller.model.value import Support as Proof

GRADES: dict[ProofGrade, Text] = {
    ProofGrade.RECEIPT: text("third party's receipt"),
    ProofGrade.RECORD: text("own record"),
    ProofGrade.COMPUTED: text("computed from records"),
    ProofGrade.STATED: text("stated"),
}

# How well a single value of a document is borne out, and what the values are called.
PROOFS: dict[Proof, Text] = {
    Proof.PROVEN: text("proven"),
    Proof.STATED: text("stated"),
    Proof.COMPUTED: text("computed"),
    Proof.READ: text("read in text"),
    Proof.SEEN: text("seen in a picture"),
    Proof.GIVEN: text("given by a person"),
    Proof.ABSENT: text("absent"),
}
VALUES: dict[str, Text] = {
    "number": text("Number"),
    "date": text("Date"),
    "seller": text("Seller"),
    "net": text("Net"),
    "vat": text("VAT"),
    "gross": text("Gross"),
    "currency": text("Currency"),
    "type": text("Type code"),
    "pay": text("Payable"),
}

CAUSES: dict[Cause, Text] = {
    Cause.OWN_HOST: text("the measuring computer itself"),
    Cause.LAN: text("the firm's own network"),
    Cause.ROUTER: text("the router"),
    Cause.LINE: text("the line"),
    Cause.BEYOND: text("the provider's network beyond the line"),
    Cause.DNS: text("name resolution"),
    Cause.TARGET: text("the measured target"),
    Cause.REDIRECTED: text("the line is up, but not released or redirected"),
    Cause.UNKNOWN: text("not settled by the logs"),
}

STRENGTHS: dict[Strength, Text] = {
    Strength.SUSPECTED: text("suspected"),
    Strength.MEASURED: text("measured"),
    Strength.PROVEN: text("measured, and confirmed by a second witness"),
}

STANDS: dict[str, Text] = {
    "for": text("speaks for it"),
    "against": text("speaks against it"),
    "open": text("open"),
}

ENTRIES: dict[str, Text] = {
    "opened": text("Case opened"),
    "exhibit": text("Exhibit"),
    "double": text("Exhibit, again"),
    "note": text("Note"),
    "acceptance": text("Acceptance test"),
    "speed": text("Speed test"),
    "correction": text("Correction"),
    "dossier": text("Dossier"),
    "recovered": text("Recovered"),
    "erased": text("Erasure"),
    "anchor": text("Anchor"),
    "stamp": text("Time stamp"),
    "beacon": text("Beacon"),
    "witness": text("Witness"),
    "renewal": text("Renewal"),
    "clock": text("Clock"),
    "segment": text("Measurements"),
    "record": text("Note"),
    "restored": text("Counts again"),
    "layout": text("Layout of a table"),
    "zone": text("Zone of the site"),
    "closed": text("Redacted fields"),
    "handed": text("Handed out"),
    "lent": text("Handed over"),
    "joined": text("Taken over"),
}

EDGES: dict[str, Text] = {
    "stamp": text("time stamp by {ref}"),
    "drand": text("public beacon, {ref}"),
    "tse": text("till receipt, {ref}"),
    "ticket": text("ticket of the other side, {ref}"),
}


def edge_name(edge: Edge, say: Callable[[Text], str]) -> str:
    """What proves one end of a bracket, and where it stands in the journal."""
    named = EDGES.get(edge.kind, text("{kind}, {ref}", kind=edge.kind))
    what = say(Text(named.id, {**named.args, "ref": edge.ref}))
    return what if edge.entry is None else say(text("{proof} (entry {n})", proof=what, n=edge.entry))


def between(low: Edge | None, high: Edge | None) -> Text:
    """What two ends of a bracket prove together of when something was written."""
    if low is not None and high is not None:
        if high.at >= low.at:
            return text("Proven to within {width}", width=high.at - low.at)
        return text("The proofs contradict each other")
    if high is not None:
        return text("There since {moment}; no proof how much earlier", moment=high.at)
    if low is not None:
        return text("Not before {moment}; not stamped yet", moment=low.at)
    return text("Only this machine's clock says when")


SURE = ("VS", "VP", "CALC")  # marks of rules that were verified


def early_words(early: Against) -> Text:
    """An early estimate beside what is worked out now."""
    said: dict[str, datetime | Money] = {
        "day": early.made.at,
        "low": early.then.low,
        "likely": early.then.likely,
        "high": early.then.high,
        "now": early.now.likely,
    }
    if early.holds:
        return text(
            "The estimate of {day:day} comes to {low} to {high} over the whole outage, most likely {likely}; the "
            "{now} worked out now lie within it.",
            **said,
        )
    return text(
        "The estimate of {day:day} comes to {low} to {high} over the whole outage, most likely {likely}; the "
        "{now} worked out now lie outside it.",
        **said,
    )


def answer_words(one: AnswerNow) -> Text:
    """An answer of the first estimate, and what papers say of it now."""
    said: dict[str, Text | datetime | Decimal | Money] = {"name": one.name, "now": one.now, "said": one.said}
    if one.share:
        return text("{name}: {now:percent} after the papers, {said:percent} in the estimate", **said)
    return text("{name}: {now} after the papers, {said} in the estimate", **said)


def head_name(key: str) -> Text:
    """The name of a head of loss; a head that is not known here keeps its key."""
    return HEADS[key].title if key in HEADS else Text(key)


def pays_words(one: Option) -> Text:
    """When setting it up is earned."""
    if one.pays_after is None:
        return text("never")
    return text("day {n}", n=one.pays_after)


def waited_words(one: Option) -> Text:
    """When it could be had, when it was taken, what the days between cost."""
    if one.offered is None:
        return (
            text("it is not noted since when it could be had.")
            if one.taken is None
            else text("taken on {day}.", day=one.taken)
        )
    if one.taken is None:
        return text(
            "could be had from {offered}, not taken; it would have saved {lost} (days: {n}).",
            offered=one.offered,
            n=one.waited,
            lost=one.lost_by_waiting.likely,
        )
    return text(
        "could be had from {offered}, taken on {taken}; waiting cost {lost} (days: {n}).",
        offered=one.offered,
        taken=one.taken,
        n=one.waited,
        lost=one.lost_by_waiting.likely,
    )


def beside_the_sum(fall: Waterfall) -> tuple[Finding, ...]:
    """Doubts that stand beside the sum wherever it stands: it may be barred, no law is known for it, or the rules were
    read too long before the day of the claim."""
    always = ("law.time_barred", "law.no_law")
    return tuple(
        one
        for one in fall.findings
        if one.code in always or (one.code == "law.known_until" and one.weight is Weight.WARNING)
    )


def nothing_to_weigh(fall: Waterfall) -> Text:
    """Why there is no decision."""
    unknown = next((one for one in fall.findings if one.code == "law.costs_unknown"), None)
    if unknown is not None and fall.due.likely:
        return unknown.text
    return text("Nothing is due, or the tables of fees do not cover the day: there is nothing to weigh.")


def stale(fall: Waterfall) -> Finding | None:
    """That the rules were read too long before the day of the claim; None where they were not."""
    return next((one for one in beside_the_sum(fall) if one.code == "law.known_until"), None)


def owed_words(owed: OwedAnswer) -> Text:
    """Who owes an answer to what, since when."""
    if owed.late:
        return text(
            "{who} owes an answer to “{said}” of {sent:day}; it was due by {until:day}, {n} days ago.",
            "{who} owes an answer to “{said}” of {sent:day}; it was due by {until:day}, yesterday.",
            who=owed.who,
            said=owed.said,
            sent=owed.sent,
            until=owed.until,
            n=owed.late,
        )
    return text(
        "{who} has until {until:day} to answer “{said}” of {sent:day}.",
        who=owed.who,
        said=owed.said,
        sent=owed.sent,
        until=owed.until,
    )


def due_label(fall: Waterfall) -> Text:
    """What the last figure of the chain is: where no law is known it is the damage and nothing more."""
    if fall.jurisdiction.known:
        return text("To be demanded on {day}", day=fall.as_of)
    return text("Gross damage on {day}, no law applied", day=fall.as_of)


def law_name(fall: Waterfall) -> Text:
    """The law that was applied, with its country."""
    held = fall.jurisdiction
    if held.known:
        return text("{law} ({code:country})", law=fall.law or "–", code=held.code)
    if held.code:
        return text("none; that of {code:country} is not known here", code=held.code)
    return text("none; the country of the line is not known")


def slow_words(found: Slowness) -> Text:
    """How slow a line was, against its own usual level."""
    worst = found.worst
    return text(
        "{late} of {answered} answers came later than {limit} ms; usually 95 of 100 come within {usual} ms, in "
        "the worst minute within {p95} ms (jitter {jitter} ms).",
        late=found.late,
        answered=found.answered,
        limit=round(found.limit * 1000),
        usual=round(found.usual * 1000),
        p95=round(worst.p95 * 1000),
        jitter=round(worst.jitter * 1000),
    )
