"""One file per trade, with its TRADE: a small table of words. Put a file here and it is found."""

from __future__ import annotations

from functools import cache

from heller.model.scan import modules
from heller.model.trade import Trade


@cache
def trades() -> tuple[Trade, ...]:
    """Every trade, in the order of the files."""
    return tuple(module.TRADE for module in modules(__name__))


def trade_of(stated: str | None) -> Trade:
    """The trade that a firm's own words name, the longest sign first; the one without signs where none does."""
    said = (stated or "").lower()
    named = [(len(sign), trade) for trade in trades() for sign in trade.signs if sign in said]
    if named:
        return max(named, key=lambda one: one[0])[1]
    return next(trade for trade in trades() if not trade.signs)
