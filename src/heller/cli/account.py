"""heller account: what is owed on a day after all that was paid, credited, settled and assigned, and why."""

from __future__ import annotations

from heller import casefile
from heller.cli import screen
from heller.cli.options import AsJson, AsOf, CaseFolder
from heller.cli.screen import tr
from heller.dossier import account_words
from heller.dossier.wording import Words
from heller.model.account import AccountLine, ClaimAccount
from heller.model.case import Case
from heller.model.text import text

PLACE = 185
VERB = text("The account: payments, credits, settlements; what is owed today, and why.")


def run(case: CaseFolder, *, as_of: AsOf = None, json: AsJson = False) -> None:
    """The account: payments, credits, settlements; what is owed today, and why."""
    day = screen.as_day(as_of, case)
    with screen.progress(tr("Reading")) as done:
        claimed = casefile.claim(case, day, done)
    accounts = claimed.waterfall.accounts
    if json:
        screen.as_json({"as_of": day, "accounts": accounts})
        return
    say = screen.words(claimed.case.tz, claimed.case.trade)
    if not accounts:
        screen.point(
            tr("There is no account yet: no claim can be worked out, or the law of the country is not known.")
        )
    for account in accounts:
        show(account, claimed.case, say)


def show(account: ClaimAccount, case: Case, say: Words) -> None:
    """One account at the cautious figure: its lines, what is open of it, and what is owed today."""
    screen.heading(say(account_words.owner(account, case)))
    _claimed(account, say)
    if account.lines:
        _lines(account, say)
    for one in account.instalments:
        screen.point(say(account_words.instalment(one)))
    for said in account_words.beside(account):
        screen.point(say(said), "?")
    if account.interest:
        screen.heading(tr("Interest, from day to day"))
        for line in account.interest:
            amount = f"  {say.money(line.amount.low)}" if line.amount else ""
            screen.point(f"{say(line.text)}{amount}", " ", "dim")
    screen.out().print()
    screen.out().print(say(account_words.conclusion(account)), style="bold")


def _claimed(account: ClaimAccount, say: Words) -> None:
    rows = screen.table("", tr("Costs"), tr("Interest"), tr("Principal"), tr("Sum"), right=range(1, 5))
    for label, parts in ((tr("Claimed in all"), account.claimed), (tr("Still open"), account.open)):
        rows.add_row(
            label, *(say.money(m) for m in (parts.costs, parts.interest, parts.principal, parts.sum))
        )
    screen.out().print(rows)


def _lines(account: ClaimAccount, say: Words) -> None:
    rows = screen.table(tr("Day"), tr("What"), tr("Amount"), tr("Open after it"), tr("Why"), right=(2, 3))
    for line in account.lines:
        rows.add_row(
            say.day(line.on),
            say(line.label),
            say.money(line.amount),
            say.money(line.left.sum),
            _why(line, say),
        )
    screen.out().print(rows)


def _why(line: AccountLine, say: Words) -> str:
    said = [", ".join(map(say, account_words.took(line))), say(line.reason) if line.reason else ""]
    cite = f"({line.norm.cite})" if line.norm.id else ""
    return " ".join(filter(None, (*said, cite)))
