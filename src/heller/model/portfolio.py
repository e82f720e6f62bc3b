"""Several cases of one firm, added up: by case, by debtor, by deadline."""

from __future__ import annotations

from msgspec import Struct

from heller.model.amount import Range
from heller.model.claim import Deadline


class CaseSum(Struct, frozen=True):
    """One case: the folder's name, the firm, how many events enter its claim, damage, what is due."""

    name: str
    firm: str
    events: int
    damage: Range
    due: Range


class DebtorSum(Struct, frozen=True):
    """What one debtor owes over all cases, and in which."""

    debtor: str
    cases: tuple[str, ...]
    due: Range


class PortfolioDeadline(Struct, frozen=True):
    """A deadline to come, and the case that it is of."""

    case: str
    deadline: Deadline


class SharedOriginal(Struct, frozen=True):
    """An original that lies in several cases: what it proves may be counted twice."""

    name: str
    cases: tuple[str, ...]


class Portfolio(Struct, frozen=True):
    """All cases of a firm on a day."""

    cases: tuple[CaseSum, ...]
    debtors: tuple[DebtorSum, ...]
    deadlines: tuple[PortfolioDeadline, ...]
    shared: tuple[SharedOriginal, ...] = ()

    @property
    def due(self) -> Range:
        """All of it."""
        return sum((one.due for one in self.cases), Range())
