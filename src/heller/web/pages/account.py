"""The account: what was paid, credited, settled and assigned, line by line, and what is owed on the day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe
from msgspec import Struct

from heller.dossier import account_words
from heller.model.account import AccountLine, ClaimAccount
from heller.model.case import Case
from heller.model.text import Text, text
from heller.web.desk import Desk, show

PLACE, NAME = 330, text("Account")


class ShownLine(Struct, frozen=True):
    """A line of an account with the parts that it took, in words."""

    line: AccountLine
    took: list[Text]


class ShownAccount(Struct, frozen=True):
    """An account as the page shows it."""

    account: ClaimAccount
    owner: Text
    state: Text
    conclusion: Text
    lines: list[ShownLine]
    instalments: list[Text]
    beside: list[Text]


def shown(account: ClaimAccount, case: Case) -> ShownAccount:
    """The account with its sentences."""
    return ShownAccount(
        account,
        account_words.owner(account, case),
        account_words.STATES[account.state],
        account_words.conclusion(account),
        [ShownLine(line, account_words.took(line)) for line in account.lines],
        [account_words.instalment(one) for one in account.instalments],
        account_words.beside(account),
    )


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """All accounts at the cautious figure."""
    desk = Desk(request)
    found = [shown(one, desk.case) for one in desk.claim.waterfall.accounts]
    return show(request, "account.html", {"accounts": found}, desk=desk, nav="account")


URLS = [path("account/", view)]
