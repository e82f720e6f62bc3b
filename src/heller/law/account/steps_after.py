"""What is left to do where a settlement stands, or all is paid: see that the instalments come in, and ask for what is
late. Nothing of it asks for the claim as such."""

from __future__ import annotations

from collections.abc import Iterator

from heller.model.account import AccountState, ClaimAccount
from heller.model.claim import NextStep, Waterfall
from heller.model.text import text


def steps_after(fall: Waterfall) -> tuple[NextStep, ...]:
    """The steps of all accounts of the firm, the next day first."""
    found = [step for one in fall.accounts if not one.creditor for step in _steps(one)]
    return tuple(sorted(found, key=lambda step: (step.done, step.until or fall.as_of)))


def _steps(account: ClaimAccount) -> Iterator[NextStep]:
    if account.state in (AccountState.PAID, AccountState.GIVEN_UP):
        yield NextStep(
            text("Keep the papers as long as the law says; nothing is demanded any more."),
            text("What is paid or given up is owed no longer."),
            done=True,
            key="account",
        )
        return
    for one in account.instalments:
        if not one.open:
            continue
        if one.due is not None and one.due >= account.as_of:
            yield NextStep(
                text("See that instalment {n} of {amount} comes in.", n=one.number, amount=one.open),
                text("From the day after, the provider is in default and owes interest."),
                one.due,
                key="account",
            )
        else:
            yield NextStep(
                text("Demand instalment {n}: {amount} are late.", n=one.number, amount=one.open),
                text("It bears default interest, and what the settlement says of late instalments follows."),
                account.as_of,
                key="account",
            )
    if account.open.interest:
        yield NextStep(
            text("Demand the default interest of {amount}.", amount=account.open.interest),
            text("It is owed beside the instalments that came late."),
            account.as_of,
            key="account",
        )
