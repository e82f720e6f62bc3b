"""The facts that could lift a cap: what in the case speaks for and against each, what it is worth, and what lies
outside the cap anyway. It weighs nothing: a court does; and it knows no country's list of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from heller.law.chain.cap import Cap, Lifter
from heller.law.chain.claim_chain import ClaimChain
from heller.law.chain.running import change, figures
from heller.model.amount import Range
from heller.model.claim import Lift, Outside
from heller.model.damage import Assessment, NormRef
from heller.model.finding import Ground
from heller.model.kinds.contact import ADMISSIONS, Admission, Contact, ContactKind
from heller.model.text import Text, text

INTENT = "intent"  # the key of the lifter that needs will, not carelessness
THINGS = ("hardware",)  # heads that may be damage to a thing rather than pure financial loss


def over_the_cap(made: ClaimChain) -> Range:
    """What a fact that lifts the cap is worth: what the cap takes away, after what insurers paid."""
    return change(made.principal, made.after_cap(made.before_cap))


def agreed(made: ClaimChain) -> bool:
    """Whether the cap that holds was agreed individually."""
    return isinstance(made.footing.limit, Cap) and made.footing.limit.agreed


def of_law(made: ClaimChain, lifters: Iterable[Lifter]) -> Iterator[Lift]:
    """Every fact that many believe to lift the cap, those that do not included."""
    return (_lift(made, one) for one in lifters)


def _lift(made: ClaimChain, lifter: Lifter) -> Lift:
    if lifter.key == "agreement":
        return _agreement(made, lifter)
    if not lifter.lifts:
        return Lift(lifter.text, Range(), lifter.norm, met=False, key=lifter.key)
    speaks_for = tuple(sorted(_for(made, intent=lifter.key == INTENT), key=_day)) if lifter.fault else ()
    speaks_against = tuple(_against(made)) if lifter.fault else ()
    return Lift(
        lifter.text,
        over_the_cap(made),
        lifter.norm,
        met=None,
        sources=tuple(place for ground in speaks_for for place in ground.sources),
        key=lifter.key,
        speaks_for=speaks_for,
        speaks_against=speaks_against,
    )


def _agreement(made: ClaimChain, lifter: Lifter) -> Lift:
    if agreed(made):
        return Lift(made.footing.limit.reason, Range(), lifter.norm, met=True, key=lifter.key)
    met = False if made.situation.given.contract.individual_terms is False else None
    worth = Range() if met is False else over_the_cap(made)
    return Lift(lifter.text, worth, lifter.norm, met=met, key=lifter.key)


def _day(ground: Ground) -> date:
    return ground.on or date.min


def _for(made: ClaimChain, *, intent: bool) -> Iterator[Ground]:
    """What the provider knew or had promised while the line was dead, what it did not keep, what it admitted. A report
    of a fault and a backlog show carelessness at most: neither speaks for intent."""
    widest = made.situation.outage.widest
    yield from admissions(made, intent=intent)
    for contact in made.situation.given.dealings.contacts:
        if contact.admits is not None:
            continue
        if intent and contact.kind is ContactKind.FAULT_REPORT:
            continue
        if contact.at > widest.end:
            continue
        said = _speaks(made, contact, before=contact.at < widest.start)
        if said is not None:
            yield _ground(made, contact, said)


def admissions(made: ClaimChain, *, intent: bool) -> Iterator[Ground]:
    """What the other side let slip, before or after the end; for `intent` only that it knew of the fault."""
    for contact in made.situation.given.dealings.contacts:
        if contact.admits is not None and (not intent or contact.admits is Admission.KNOWN_FAULT):
            yield _ground(made, contact, _admitted(contact))


def _admitted(contact: Contact) -> Text:
    """What the other side said of itself, before or after the end."""
    assert contact.admits is not None
    return text("Admitted, {fault}: {said}", fault=ADMISSIONS[contact.admits], said=contact.said)


def _speaks(made: ClaimChain, contact: Contact, *, before: bool) -> Text | None:
    kind = contact.kind
    if kind is ContactKind.DAMAGE_WARNING:
        return text("Warned of the damage, and the line stayed down.")
    if kind is ContactKind.PROMISE and _broken(made, contact):
        return text("Promised and not kept: {said}", said=contact.said)
    if kind is ContactKind.PROMISE and before:
        return text("Promised before the outage: {said}", said=contact.said)
    if kind is ContactKind.ONLINE_CLAIM:
        return text("Declared working while it was down: {said}", said=contact.said)
    if kind is ContactKind.FAULT_REPORT and not before:
        return text("Reported, so the provider knew: {said}", said=contact.said)
    return None


def _broken(made: ClaimChain, promise: Contact) -> bool:
    """Promised for a day on which the line was still dead."""
    return promise.until is not None and promise.until < made.situation.back


def _against(made: ClaimChain) -> Iterator[Ground]:
    """What shows that the provider was trying: somebody came, or said that it would be mended."""
    widest = made.situation.outage.widest
    for contact in made.situation.given.dealings.of(ContactKind.ONLINE_CLAIM, ContactKind.PROMISE):
        if not widest.start <= contact.at <= widest.end:
            continue
        if contact.kind is ContactKind.ONLINE_CLAIM:
            yield _ground(made, contact, text("Somebody worked on the line: {said}", said=contact.said))
        elif not _broken(made, contact):
            yield _ground(made, contact, text("It announced to mend it: {said}", said=contact.said))


def _ground(made: ClaimChain, contact: Contact, said: Text) -> Ground:
    sources = (contact.source,) if contact.source is not None else ()
    return Ground(said, made.situation.given.dealings.day(contact), sources)


def destroyed_things(made: ClaimChain, norm: NormRef) -> Iterator[Lift]:
    """Destroyed things are no pure financial loss: worth what the cap takes of them."""
    amount = sum_of(made.assessment, THINGS)
    if amount != Range():
        lost = over_the_cap(made)
        worth = Range(*(min(a, b) for a, b in zip(figures(amount), figures(lost), strict=True)))
        said = text(
            "Hardware counts outside the cap if a thing of the firm was destroyed, not only bought anew."
        )
        yield Lift(said, worth, norm, met=None, key="thing")


def late_payment(made: ClaimChain, norm: NormRef) -> Lift:
    """Interest and costs of late payment come on top of the cap."""
    said = text("Damage from late payment lies outside the cap: interest, and the lawyer after default.")
    met = True if made.interest != Range() else None
    return Lift(said, made.interest, norm, met=met, key="late_payment")


def outside(made: ClaimChain, lateness: NormRef, refund: NormRef, things: NormRef) -> tuple[Outside, ...]:
    """What the cap does not take, with amounts; an open reading says so by its mark."""
    found = (
        Outside("interest", text("Interest since default, in the sum already."), made.interest, lateness),
        Outside(
            "pre_trial",
            text("The lawyer's fee after default, in the sum already."),
            made.pre_trial,
            lateness,
        ),
        Outside(
            "line_fee",
            text("The refund of the fee is no damages but a claim of its own, in the sum already."),
            made.chain.effect("own_claims"),
            refund,
        ),
        Outside(
            "things",
            text("Damage to things is no financial loss: only if a thing was destroyed."),
            sum_of(made.assessment, THINGS),
            things,
        ),
    )
    return tuple(one for one in found if one.amount != Range())


def sum_of(assessment: Assessment, heads: tuple[str, ...]) -> Range:
    """What some heads come to, as far as they can be claimed."""
    return sum((p.amount for p in assessment.positions if p.head in heads and p.recoverable), Range())
