"""One file per trade, with its TRADE: a small table of words. Put a file here and it is found."""

from __future__ import annotations

from functools import cache

from heller.model.scan import modules
from heller.model.trade import Trade


@cache
def trades() -> tuple[Trade, ...]:
    """Every trade, in the order of the files."""
    return tuple(module.TRADE for module in modules(__name__))


def trade_of(*stated: str | None) -> Trade:
    """The trade that a firm's own words name, the first words that name one; the one without signs where none do.

    In the first word that has a sign the last one counts, as German puts it there: a 'Versandapotheke' is a pharmacy.
    """
    for word in (word for said in stated for word in (said or "").lower().split()):
        named = [
            (word.rindex(sign) + len(sign), len(sign), trade.key)
            for trade in trades()
            for sign in trade.signs
            if sign in word
        ]
        if named:
            return next(trade for trade in trades() if trade.key == max(named)[2])
    return next(trade for trade in trades() if not trade.signs)
