"""What letters say of an account on which something moved: from what was owed to what is left of it, and what is late
of a settlement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from heller.dossier import account_words
from heller.dossier.blocks import Para, TableRow
from heller.dossier.writer import Pen, row
from heller.model.account import ClaimAccount, Parts
from heller.model.money import Money, total
from heller.model.text import Text, text


def moved(pen: Pen) -> list[ClaimAccount]:
    """The firm's accounts, where something moved on any of them."""
    own = [one for one in pen.claim.waterfall.accounts if not one.creditor]
    return own if any(one.lines for one in own) else []


def open_parts(pen: Pen) -> Parts | None:
    """What is due today of costs, interest and principal; None where nothing moved: then the claim says it."""
    own = moved(pen)
    if not own:
        return None
    later = total(one.later for one in own)
    sums = sum((one.open for one in own), Parts())
    return Parts(sums.costs, sums.interest, sums.principal - later)


def rows(pen: Pen) -> list[TableRow]:
    """From what was owed to what is left of it; of a settlement what is due of it."""
    own, due = moved(pen), open_parts(pen)
    if due is None:
        return []
    until = text("Interest until {day}", day=pen.claim.waterfall.as_of)
    if pen.claim.waterfall.over:
        return _rows(
            pen,
            (
                (text("Instalments that are due"), due.principal),
                (text("Costs by the settlement"), due.costs),
                (until, due.interest),
            ),
        )
    return _rows(
        pen,
        (
            (text("Damages"), total(one.claimed.principal for one in own)),
            (until, total(one.claimed.interest for one in own)),
            (text("Pre-trial costs"), total(one.claimed.costs for one in own)),
            (text("Put on top by a settlement"), total(one.agreed for one in own)),
            (text("Paid and credited"), -total(one.paid for one in own)),
            (text("Given up"), -total(one.given_up for one in own)),
            (text("Assigned to others"), -total(one.passed for one in own)),
            (text("Not due yet"), -total(one.later for one in own)),
        ),
    )


def _rows(pen: Pen, parts: Iterable[tuple[Text, Money]]) -> list[TableRow]:
    return [row(pen(label), pen.words.money(amount)) for label, amount in parts if amount]


def late(pen: Pen) -> Iterator[Para]:
    """The instalments of a settlement that are late, or came late and bear interest."""
    yield Para(pen(text("The settlement between us has not been kept in time:")))
    for account in moved(pen):
        for one in account.instalments:
            if one.default is not None and (one.open or one.interest):
                yield Para(pen(account_words.instalment(one)))


def still_bears(pen: Pen) -> bool:
    """Whether something is late that bears interest."""
    return any(one.open and one.default for account in moved(pen) for one in account.instalments)
