"""The board: each fact that could lift the cap, what in the case speaks for and against it, what it is
worth, and what lies outside the cap anyway. It weighs nothing: a court does."""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.book.rules import norm, open_norm
from heller.law.book.versions import choose, in_force
from heller.law.chain.running import each
from heller.law.de import liability
from heller.law.de.liability import Lifter
from heller.law.de.other_readings import Situation, over_the_cap
from heller.model.amount import Range
from heller.model.claim import Ground, Lift, Outside
from heller.model.damage import Assessment, NormRef
from heller.model.money import Money
from heller.model.record import Contact, ContactKind
from heller.model.text import Text, text

THINGS = ("hardware",)  # heads that may be damage to a thing rather than pure financial loss


def lifts(situation: Situation, assessment: Assessment) -> tuple[Lift, ...]:
    """Every fact that many believe to lift the cap, those that do not included."""
    of_law = tuple(_lift(situation, one) for one in liability.lifters(situation.began))
    return (*of_law, *_thing(situation, assessment), *_public(situation), _late(situation))


def _lift(situation: Situation, lifter: Lifter) -> Lift:
    if lifter.key == "agreement":
        return _agreement(situation, lifter)
    if not lifter.lifts:
        return Lift(lifter.text, Range(), lifter.norm, met=False, key=lifter.key)
    speaks_for = tuple(_for(situation)) if lifter.fault else ()
    speaks_against = tuple(_against(situation)) if lifter.fault else ()
    return Lift(
        lifter.text,
        over_the_cap(situation),
        lifter.norm,
        met=None,
        sources=tuple(place for ground in speaks_for for place in ground.sources),
        key=lifter.key,
        speaks_for=speaks_for,
        speaks_against=speaks_against,
    )


def _agreement(situation: Situation, lifter: Lifter) -> Lift:
    given = situation.given
    if situation.cap.agreed:
        return Lift(situation.cap.reason, Range(), lifter.norm, met=True, key=lifter.key)
    met = False if given.individual_terms is False else None
    worth = Range() if met is False else over_the_cap(situation)
    return Lift(lifter.text, worth, lifter.norm, met=met, key=lifter.key)


def _for(situation: Situation) -> Iterator[Ground]:
    """What the provider knew or had promised while the line was dead, and what it did not keep."""
    began, end = situation.outage.widest.start, situation.outage.widest.end
    for contact in situation.given.contacts:
        if contact.at > end:
            continue
        said = _speaks(situation, contact, before=contact.at < began)
        if said is not None:
            yield _ground(situation, contact, said)


def _speaks(situation: Situation, contact: Contact, *, before: bool) -> Text | None:
    kind = contact.kind
    if kind is ContactKind.DAMAGE_WARNING:
        return text("Warned of the damage, and the line stayed dead.")
    if kind is ContactKind.PROMISE and _broken(situation, contact):
        return text("Promised and not kept: {said}", said=contact.said)
    if kind is ContactKind.PROMISE and before:
        return text("Promised before the outage: {said}", said=contact.said)
    if kind is ContactKind.ONLINE_CLAIM:
        return text("Declared working while it was dead: {said}", said=contact.said)
    if kind is ContactKind.FAULT_REPORT and not before:
        return text("Reported, so the provider knew: {said}", said=contact.said)
    return None


def _broken(situation: Situation, promise: Contact) -> bool:
    """Promised for a day on which the line was still dead."""
    return promise.until is not None and promise.until < situation.back


def _against(situation: Situation) -> Iterator[Ground]:
    """What shows that the provider was trying: somebody came, or said that it would be mended."""
    began, end = situation.outage.widest.start, situation.outage.widest.end
    for contact in situation.given.of(ContactKind.ONLINE_CLAIM, ContactKind.PROMISE):
        if not began <= contact.at <= end:
            continue
        if contact.kind is ContactKind.ONLINE_CLAIM:
            yield _ground(situation, contact, text("Somebody worked on the line: {said}", said=contact.said))
        elif not _broken(situation, contact):
            yield _ground(situation, contact, text("It announced to mend it: {said}", said=contact.said))


def _ground(situation: Situation, contact: Contact, said: Text) -> Ground:
    sources = (contact.source,) if contact.source is not None else ()
    return Ground(said, contact.at.astimezone(situation.given.zone).date(), sources)


def _thing(situation: Situation, assessment: Assessment) -> Iterator[Lift]:
    """Destroyed things are no pure financial loss: worth what the cap takes of them."""
    amount = _sum(assessment, THINGS)
    if amount != Range():
        lost = over_the_cap(situation)
        worth = Range(*(min(a, b) for a, b in zip(_figures(amount), _figures(lost), strict=True)))
        said = text(
            "Hardware counts outside the cap if a thing of the firm was destroyed, not only bought anew."
        )
        yield Lift(said, worth, _of_things(situation), met=None, key="thing")


def _public(situation: Situation) -> Iterator[Lift]:
    """§ 44a TKG 2004 protects providers of publicly available services only."""
    if choose(situation.began, (_private_2004, _private_2021))() and not situation.cap.agreed:
        stated = situation.given.publicly_available
        worth = Range() if stated else over_the_cap(situation)
        said = text("The service was not publicly available: then the cap does not protect the provider.")
        met = None if stated is None else not stated
        yield Lift(said, worth, norm("TKG04-44a-1"), met=met, key="not_public")


@in_force(since="2012-07-02", until="2021-11-30")
def _private_2004() -> bool:
    return True


@in_force(since="2021-12-01")
def _private_2021() -> bool:
    return False


def _late(situation: Situation) -> Lift:
    """Interest and costs of late payment come on top of the cap."""
    said = text("Damage from late payment lies outside the cap: interest, and the lawyer after default.")
    met = True if situation.interest != Range() else None
    return Lift(said, situation.interest, _of_lateness(situation), met=met, key="late_payment")


@in_force(since="2012-07-02", until="2021-11-30")
def _thing_2004() -> NormRef:
    return open_norm("TKG04-44a-6")


@in_force(since="2021-12-01")
def _thing_2021() -> NormRef:
    return open_norm("TKG21-70-1")


@in_force(since="2012-07-02", until="2021-11-30")
def _late_2004() -> NormRef:
    return norm("TKG04-44a-4")


@in_force(since="2021-12-01")
def _late_2021() -> NormRef:
    return norm("TKG21-70-3")


def _of_things(situation: Situation) -> NormRef:
    return choose(situation.began, (_thing_2004, _thing_2021))()


def _of_lateness(situation: Situation) -> NormRef:
    return choose(situation.began, (_late_2004, _late_2021))()


def outside(situation: Situation, assessment: Assessment, pre_trial: Range) -> tuple[Outside, ...]:
    """What the cap does not take, with amounts; an open reading says so by its mark."""
    fee = each(_sum(assessment, ("line_fee",)), lambda amount: amount * (1 - situation.given.fault[1]))
    found = (
        Outside(
            "interest",
            text("Interest since default, in the sum already."),
            situation.interest,
            _of_lateness(situation),
        ),
        Outside(
            "pre_trial",
            text("The lawyer's fee after default, in the sum already."),
            pre_trial,
            _of_lateness(situation),
        ),
        Outside(
            "line_fee",
            text("The refund of the fee is no damages: an open reading, counted inside the cap."),
            fee,
            open_norm("HEAD-11"),
        ),
        Outside(
            "things",
            text("Damage to things is no financial loss: only if a thing was destroyed."),
            _sum(assessment, THINGS),
            _of_things(situation),
        ),
    )
    return tuple(one for one in found if one.amount != Range())


def _sum(assessment: Assessment, heads: tuple[str, ...]) -> Range:
    return sum((p.amount for p in assessment.positions if p.head in heads and p.recoverable), Range())


def _figures(amount: Range) -> tuple[Money, Money, Money]:
    return amount.low, amount.likely, amount.high
