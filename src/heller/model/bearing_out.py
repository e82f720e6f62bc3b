"""Documents that bear out what a person stated: the confirmation of an order beside the facts of its line, the mail
beside the contact that was it. It believes nothing of them: a proposal counts once a person has confirmed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from heller.model.case import Case
from heller.model.finding import Locator
from heller.model.kinds.contact import Contact
from heller.model.kinds.fact import Fact
from heller.model.kinds.mail import Mail
from heller.model.kinds.proposed import Proposed


def of_facts(case: Case, *keys: str) -> Iterator[Locator]:
    """Where documents say of these facts what is stated of them in the case; of all facts where none is named."""
    for proposed in case.records(Proposed):
        said = proposed.record
        if isinstance(said, Fact) and (not keys or said.key in keys) and case.fact(said.key) == said.value:
            yield proposed.source


def of_moment(case: Case, at: datetime) -> Iterator[Locator]:
    """The mails of the minute in which a contact was."""
    for mail in case.records(Mail):
        if abs((mail.at - at).total_seconds()) < 60:
            yield mail.source


def supporting(case: Case) -> frozenset[str]:
    """The digests of all such documents."""
    stated = [one.at for one in case.records(Contact)]
    found = [*of_facts(case), *(place for at in stated for place in of_moment(case, at))]
    return frozenset(place.object for place in found)
