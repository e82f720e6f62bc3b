"""The commercial documents of a case, for both doors: class, role, chain, what each counts for and why.

It works nothing out; see `heller.intake.across.chains`.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from heller.intake.across.chains import chains
from heller.model.case import Case
from heller.model.chain import Chain, Link
from heller.model.document_class import NAMES, ROLES
from heller.model.finding import Locator
from heller.model.text import Text, text
from heller.model.value import Support


class ChainStep(Struct, frozen=True):
    """One document of a chain in a line: its exhibit, and what it is with its number."""

    exhibit: int
    what: Text


class Commercial(Struct, frozen=True):
    """One commercial document: its exhibit, what it counts for, and its chain where that holds others too."""

    exhibit: int
    member: str
    link: Link
    chain: tuple[ChainStep, ...] = ()

    @property
    def what(self) -> Text:
        """Class, how sure it is, and the firm's role."""
        name, role = NAMES[self.link.kind.of], ROLES[self.link.role]
        if self.link.kind.grade is Support.ABSENT:
            return text("{name} (not told by title or structure); {role}", name=name, role=role)
        return text("{name}; {role}", name=name, role=role)

    @property
    def worth(self) -> Text:
        """What it counts for, net, or why it counts nothing."""
        if self.link.cost is None:
            return self.link.why[-1] if self.link.why else NAMES[self.link.kind.of]
        return text("counts {amount} net", amount=self.link.cost.net)


def commercial_documents(case: Case) -> tuple[Commercial, ...]:
    """All commercial documents of a case, in order of exhibits."""
    found = [_one(case, chain, link) for chain in chains(case) for link in chain.links]
    return tuple(sorted(found, key=lambda one: one.exhibit))


def by_place(documents: Iterable[Commercial]) -> dict[Locator, Commercial]:
    """Commercial documents by their places."""
    return {one.link.source: one for one in documents}


def _one(case: Case, chain: Chain, link: Link) -> Commercial:
    steps = tuple(ChainStep(_number(case, other), _step(other)) for other in chain.links)
    return Commercial(_number(case, link), link.source.member, link, steps if len(steps) > 1 else ())


def _number(case: Case, link: Link) -> int:
    exhibit = case.exhibit_of(link.source.object)
    return exhibit.number if exhibit else 0


def _step(link: Link) -> Text:
    if not link.number:
        return NAMES[link.kind.of]
    return text("{kind} {number}", kind=NAMES[link.kind.of], number=link.number)
