"""'Nobody promised that in writing.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """Promises by word of mouth before the outage; the duty to serve rests on the contract all the same."""
    outages = attack.claim.outages
    contacts = attack.claim.case.records(Contact)
    promises = (
        one for one in contacts if one.kind is ContactKind.PROMISE and one.incoming and not one.written
    )
    oral = [one for one in promises if outages and one.at < outages[0].span.start]
    if not oral:
        return
    first = oral[0]
    confirmed = [one for one in contacts if not one.incoming and one.written and _confirms(one, first)]
    answers = [Ground(text("What is owed rests on the contract; the promise shows what was known."))]
    if confirmed:
        said = text("It was confirmed in writing on {day}.", day=confirmed[0].at)
        answers.append(
            Ground(said, confirmed[0].at.date(), (confirmed[0].source,) if confirmed[0].source else ())
        )
    yield Objection(
        "oral_promise",
        text("Nothing of that was promised in writing."),
        norm("KBS-01"),
        attack.claim.waterfall.due,
        Answered.PAPER if confirmed else Answered.WORDS,
        tuple(answers),
        Range(),
    )


def _confirms(letter: Contact, promise: Contact) -> bool:
    if letter.about is not None:
        return letter.about == promise.at
    return bool(letter.who) and letter.who == promise.who and letter.at > promise.at


OBJECTION = _objections
