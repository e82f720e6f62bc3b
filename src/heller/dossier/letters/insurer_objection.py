"""The objection to an own insurer who refused cover: what he said, what stands against it, the expert procedure."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Letter
from heller.dossier.letter_frame import LetterKind, Occasion
from heller.dossier.letter_phrases import letter, numbered, para, pay_by, refused
from heller.dossier.writer import Pen
from heller.model.kinds.policy import POLICIES, Policy, PolicyKind
from heller.model.text import text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The objection to the last refusal, of the insurer whose name is asked for. Raises InputRefused without one."""
    policy = _refusal(pen, occasion)
    subject = text("Objection to your refusal of cover: {policy}", policy=POLICIES[policy.kind])
    name = policy.insurer or pen(text("[insurer]"))
    return letter(
        pen,
        pen(subject),
        _blocks(pen, occasion, policy),
        recipient=(name, pen(text("[address of the insurer]"))),
    )


def _refusal(pen: Pen, occasion: Occasion) -> Policy:
    wanted = occasion.to.casefold()
    found = [
        one
        for one in pen.case.records(Policy)
        if one.refused is not None and (not wanted or wanted in (one.insurer.casefold(), one.kind.value))
    ]
    if not found:
        raise refused(
            text("No refusal by an own insurer is written down."),
            text("Write it down first: heller note policy CASE KIND INSURER --refused DAY --refusal '...'"),
        )
    return found[-1]


def _blocks(pen: Pen, occasion: Occasion, policy: Policy) -> Iterator[Block]:
    assert policy.refused is not None
    if policy.refusal:
        said = text("On {day} you refused cover: “{reason}”", day=policy.refused, reason=policy.refusal)
    else:
        said = text("On {day} you refused cover without naming a reason.", day=policy.refused)
    yield para(pen, said)
    yield para(pen, text("We object to this refusal."), style="lead")
    yield para(
        pen,
        text(
            "That the provider is not answerable for the failure is for him to prove; whether it was force majeure is "
            "a question of the very dispute for which we ask cover."
        ),
        "breach",
    )
    yield para(pen, text("We ask you"))
    yield numbered(
        pen,
        (
            text("to confirm cover by {by:long},", by=pay_by(pen, occasion)),
            text(
                "or to name each term of the contract on which you rest the refusal, and the facts that fill it."
            ),
        ),
    )
    if policy.kind is PolicyKind.LEGAL_EXPENSES:
        yield para(
            pen,
            text(
                "If you see no sufficient prospect of success, you must point us to the procedure by an expert that "
                "the contract provides for; your refusal did not, as far as we can see."
            ),
            "insurer_expert",
        )


LETTER = LetterKind(
    "insurer_objection", 52, text("Objection to an own insurer's refusal"), compose, day=pay_by
)
