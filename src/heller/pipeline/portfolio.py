"""Several cases of one firm together: what each debtor owes over all of them, and what is due when. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from heller.model.amount import Range
from heller.model.claim import Claim
from heller.model.portfolio import CaseSum, DebtorSum, Portfolio, PortfolioDeadline, SharedOriginal


def portfolio(claims: Mapping[str, Claim]) -> Portfolio:
    """The cases by their names; debtors whose names differ in case and spaces only are one."""
    cases = tuple(_case(name, claim) for name, claim in claims.items())
    debtors: dict[str, list[tuple[str, str, Range]]] = {}
    for name, claim in claims.items():
        for one in claim.by_debtor:
            key = " ".join(one.debt.debtor.casefold().split())
            debtors.setdefault(key, []).append((one.debt.debtor, name, one.waterfall.due))
    return Portfolio(
        cases,
        tuple(sorted((_debtor(found) for found in debtors.values()), key=lambda one: -one.due.likely.cents)),
        tuple(sorted(_deadlines(claims), key=lambda one: (one.deadline.on, one.case))),
        _shared(claims),
    )


def _shared(claims: Mapping[str, Claim]) -> tuple[SharedOriginal, ...]:
    """Originals that lie in more than one case."""
    found: dict[str, dict[str, str]] = {}
    for name, claim in claims.items():
        for exhibit in claim.case.exhibits:
            found.setdefault(exhibit.digest, {})[name] = exhibit.name
    many = (of for of in found.values() if len(of) > 1)
    return tuple(SharedOriginal(next(iter(of.values())), tuple(of)) for of in many)


def _case(name: str, claim: Claim) -> CaseSum:
    return CaseSum(
        name,
        claim.case.fact("firm.name") or "",
        len(claim.by_event),
        claim.assessment.total,
        claim.waterfall.due,
    )


def _debtor(found: Sequence[tuple[str, str, Range]]) -> DebtorSum:
    due = sum((sum_ for _, _, sum_ in found), Range())
    return DebtorSum(found[0][0], tuple(case for _, case, _ in found), due)


def _deadlines(claims: Mapping[str, Claim]) -> list[PortfolioDeadline]:
    return [
        PortfolioDeadline(name, deadline)
        for name, claim in claims.items()
        for deadline in claim.waterfall.deadlines
        if not deadline.passed
    ]
