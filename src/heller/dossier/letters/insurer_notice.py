"""The notice of the loss to an own insurer, one for each policy that was written down."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Letter
from heller.dossier.letter_frame import LetterKind, Occasion
from heller.dossier.letter_phrases import letter, numbered, para, pay_by, refused
from heller.dossier.outage_words import outage_said, since
from heller.dossier.writer import Pen
from heller.model.kinds.policy import POLICIES, Policy, PolicyKind
from heller.model.text import Text, text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The notice to the insurer whose name or kind is asked for, else to the first that was not told yet."""
    policy = _policy(pen, occasion)
    subject = text("Notice of a loss: {policy}", policy=POLICIES[policy.kind])
    name = policy.insurer or pen(text("[insurer]"))
    address = (name, pen(text("[address of the insurer]")))
    return letter(pen, pen(subject), _blocks(pen, occasion, policy), recipient=address)


def _policy(pen: Pen, occasion: Occasion) -> Policy:
    policies = pen.case.records(Policy)
    wanted = occasion.to.casefold()
    fitting = (
        [one for one in policies if wanted in (one.insurer.casefold(), one.kind.value)]
        if wanted
        else policies
    )
    if not fitting:
        raise refused(
            text("No own insurance is written down that this notice could go to."),
            text("Write it down first: heller note policy CASE KIND INSURER"),
        )
    return next((one for one in fitting if one.notified is None), fitting[0])


def _blocks(pen: Pen, occasion: Occasion, policy: Policy) -> Iterator[Block]:
    yield para(pen, text("We give notice of a loss from the outage of our internet line."), "insurer_notice")
    yield para(pen, _at_the_insured(pen))
    if policy.kind is PolicyKind.LEGAL_EXPENSES:
        yield from _cover_asked(pen, occasion)
        return
    low = pen.claim.assessment.total.low
    if low:
        yield para(pen, text("The loss comes to at least {low} so far, cautiously estimated.", low=low))
    yield para(
        pen, text("We do what keeps the loss low; what that costs we shall claim."), "insurer_averting"
    )
    yield para(pen, text("We ask you"))
    yield numbered(
        pen,
        (
            text("to confirm the receipt of this notice and to name the claim number,"),
            text("to tell us by {by:long} which documents you need,", by=pay_by(pen, occasion)),
            text("to tell us before we act if you want measures other than those taken."),
        ),
    )


def _at_the_insured(pen: Pen) -> Text:
    """The outage as a third party reads it: 'your line' would be the insurer's."""
    at, provider = since(pen), pen.case.fact("provider.name")
    if at is None:
        return outage_said(pen, theirs=False)
    if provider:
        return text(
            "Our line of {provider} has failed; it was without service from {since} on.",
            provider=provider,
            since=at,
        )
    return text("Our line has failed; it was without service from {since} on.", since=at)


def _cover_asked(pen: Pen, occasion: Occasion) -> Iterator[Block]:
    due, costs = pen.claim.waterfall.due.low, pen.claim.waterfall.costs
    if due:
        yield para(
            pen, text("We claim {due} from the provider and ask for cover for pursuing this claim.", due=due)
        )
    else:
        yield para(pen, text("We have claims against the provider and ask for cover for pursuing them."))
    if costs is not None and due:
        yield para(
            pen,
            text(
                "The cost risk of the first instance is {risk} at a value of {value}.",
                risk=costs.risk,
                value=costs.value,
            ),
        )
    yield para(pen, text("Please confirm cover by {by:long}, or name the reasons.", by=pay_by(pen, occasion)))
    yield para(
        pen,
        text(
            "If you see no sufficient prospect of success, we ask you to point us to the procedure by an expert "
            "that the contract provides for."
        ),
        "insurer_expert",
    )


LETTER = LetterKind("insurer_notice", 50, text("Notice to an own insurer"), compose, day=pay_by)
