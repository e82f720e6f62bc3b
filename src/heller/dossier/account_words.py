"""How an account is said in one sentence, and what its lines are called: the same on the screen, in the browser and in
the dossier."""

from __future__ import annotations

from heller.model.account import AccountLine, AccountState, ClaimAccount, Due
from heller.model.case import Case
from heller.model.kinds.succession import WhoseName
from heller.model.party_name import party_name
from heller.model.text import Text, text

STATES: dict[AccountState, Text] = {
    AccountState.OPEN: text("open"),
    AccountState.SETTLED: text("settled"),
    AccountState.FORFEITED: text("forfeited"),
    AccountState.PAID: text("paid"),
    AccountState.GIVEN_UP: text("given up"),
}


def owner(account: ClaimAccount, case: Case) -> Text:
    """Whose account it is, and against whom: a debtor that has another name by now under both."""
    debtor = Text(account.debtor) if account.debtor else text("the provider")
    now = party_name(case, WhoseName.PROVIDER)
    if now.former and account.debtor == case.fact("provider.name"):
        debtor = text("{name} (formerly {former})", name=now.name, former=now.former[0][0])
    if not account.creditor:
        return text("Owed by {debtor}", debtor=debtor)
    return text("Owed by {debtor} to {creditor}", debtor=debtor, creditor=account.creditor)


def conclusion(account: ClaimAccount) -> Text:
    """What is owed at the end of the day, in one sentence."""
    if account.state is AccountState.PAID:
        return text("Paid: nothing is owed.")
    if account.state is AccountState.GIVEN_UP:
        return text("Given up: nothing is owed.")
    if account.later:
        return text(
            "{due} are owed on {day}; {later} more are not due yet.",
            due=account.due,
            day=account.as_of,
            later=account.later,
        )
    return text("{due} are owed on {day}.", due=account.due, day=account.as_of)


def instalment(one: Due) -> Text:
    """An instalment and how it stands."""
    if one.open and one.default is not None:
        return text(
            "Instalment {n} of {amount}: {open} are open, in default since {day}.",
            n=one.number,
            amount=one.amount,
            open=one.open,
            day=one.default,
        )
    if one.open and one.due is not None:
        return text("Instalment {n} of {amount}: due on {day}.", n=one.number, amount=one.amount, day=one.due)
    if one.open:
        return text("Instalment {n} of {amount}: due at once.", n=one.number, amount=one.amount)
    if one.interest:
        return text(
            "Instalment {n} of {amount}: paid late; {interest} of interest are open.",
            n=one.number,
            amount=one.amount,
            interest=one.interest,
        )
    return text("Instalment {n} of {amount}: paid.", n=one.number, amount=one.amount)


def beside(account: ClaimAccount) -> list[Text]:
    """What stands beside the sum: what was paid too much, what is kept back."""
    said = []
    if account.beyond:
        said.append(text("{amount} were paid without being owed.", amount=account.beyond))
    if account.withheld:
        said.append(
            text("{amount} are kept back and pay nothing until they are set off.", amount=account.withheld)
        )
    return said


def took(line: AccountLine) -> list[Text]:
    """Of which parts a movement took how much."""
    parts = (
        (text("costs {amount}", amount=line.took.costs), line.took.costs),
        (text("interest {amount}", amount=line.took.interest), line.took.interest),
        (text("principal {amount}", amount=line.took.principal), line.took.principal),
    )
    return [said for said, amount in parts if amount]
