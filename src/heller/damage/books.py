"""The contribution margin out of the firm's bookings, month by month. Stated rates are the business of `margin`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from heller.damage.accounts import CHARTS, Kind, block, net
from heller.model.case import Case
from heller.model.facts import books as stated_books
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.posting import Posting
from heller.model.money import ZERO, Money, total
from heller.model.text import Text, text

MONTHS = 12
FEWEST = 3  # months: with fewer, one big purchase decides
PLACES = Decimal("0.0001")


class AccountSum(Struct, frozen=True):
    """An account over the months: its sum (cost above zero, takings above zero), what it counts as, why."""

    account: str
    name: Text
    kind: Kind
    sum: Money
    why: Text


class Books(Struct, frozen=True):
    """The margin of the accounts: `share` over all months, the span of months or quarters, what it rests on.

    `share` is None where the bookings do not carry one.
    """

    share: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    months: tuple[date, ...] = ()
    by_month: tuple[tuple[date, Decimal | None], ...] = ()
    accounts: tuple[AccountSum, ...] = ()
    sources: tuple[Locator, ...] = ()
    findings: tuple[Finding, ...] = ()

    def sum_of(self, kind: Kind) -> Money:
        """What all accounts of a kind add up to."""
        return total(one.sum for one in self.accounts if one.kind is kind)


class _Moved(Struct, frozen=True):
    """Net movement of an account in a month, debit above zero."""

    month: date
    account: str
    amount: Money


def books(case: Case, before: date) -> Books:
    """The margin of the last twelve months before the month of a day."""
    postings = case.records(Posting)
    if not postings:
        return Books()
    sources = tuple(dict.fromkeys(Locator(p.source.object, member=p.source.member) for p in postings))
    chart, doubts = _chart(case, postings)
    if chart is None:
        return Books(sources=sources, findings=doubts)
    moved, odd = _movements(postings, chart, before)
    months = tuple(sorted({one.month for one in moved}))[-MONTHS:]
    accounts = _sums(case, chart, [one for one in moved if one.month in months])
    findings = (*doubts, *odd, *_few(len(months), sources))
    if len(months) < FEWEST:
        return Books(months=months, accounts=accounts, sources=sources, findings=findings)
    found, low, high, by_month, asked = _shares(case, accounts, moved, months)
    return Books(found, low, high, months, by_month, accounts, sources, (*findings, *asked))


def _chart(case: Case, postings: Sequence[Posting]) -> tuple[str | None, tuple[Finding, ...]]:
    """The chart of accounts: as the file says, as the firm says, or as only one of both fits."""
    named = {p.chart for p in postings if p.chart in CHARTS}
    said = (case.facts[stated_books.CHART] or "").upper().replace(" ", "")
    if len(named) == 1:
        return named.pop(), ()
    if said in CHARTS:
        return said, ()
    used = {int(a) for p in postings for a in (p.debit, p.credit) if len(a) == 4 and a.isdecimal()}
    fits = [
        chart
        for chart, sign in (
            ("SKR03", any(8000 <= a <= 8799 for a in used)),
            ("SKR04", any(4000 <= a <= 4699 for a in used) and any(5000 <= a <= 5999 for a in used)),
        )
        if sign
    ]
    do = text("State the chart of accounts: SKR03 or SKR04.")
    if len(fits) == 1:
        what = text(
            "The bookings do not name their chart of accounts; they were read as {chart}.", chart=fits[0]
        )
        return fits[0], (Finding("damage.chart", what, do, Weight.NOTE),)
    what = text("It is not known which chart of accounts the bookings use: no margin is worked out of them.")
    return None, (Finding("damage.chart", what, do),)


def _once(postings: Sequence[Posting]) -> tuple[list[Posting], int]:
    """Bookings that stand in two files count once; the same one twice in one file is two bookings."""
    files: dict[tuple[object, ...], dict[str, list[Posting]]] = {}
    for p in postings:
        key = (p.day, p.amount.cents, p.amount.currency, p.debit, p.credit, p.voucher, p.text, p.tax_key)
        files.setdefault(key, {}).setdefault(p.source.object, []).append(p)
    kept = [p for by_file in files.values() for p in max(by_file.values(), key=len)]
    return kept, len(postings) - len(kept)


def _movements(
    postings: Sequence[Posting], chart: str, before: date
) -> tuple[list[_Moved], tuple[Finding, ...]]:
    """Every booking on accounts of takings and cost before the month of the outage, once each, net of VAT."""
    once, doubled = _once(postings)
    first = before.replace(day=1)
    past = [p for p in once if p.day < first]
    euros = [p for p in past if p.amount.currency == "EUR"]
    moved: list[_Moved] = []
    unknown = 0
    for p in euros:
        for account, sign in ((p.debit, 1), (p.credit, -1)):
            if block(chart, account) is None:
                continue
            amount = net(p.amount, p.day, chart, account, p.tax_key)
            unknown += amount is None
            moved.append(
                _Moved(p.day.replace(day=1), account, (p.amount if amount is None else amount) * sign)
            )
    return moved, tuple(_odd(len(past) - len(euros), unknown, doubled, postings[0].source))


def _odd(foreign: int, unknown: int, doubled: int, source: Locator) -> Iterable[Finding]:
    said = (
        (foreign, "currency", text("{n} bookings are not in euros and are not counted.",
                                   "One booking is not in euros and is not counted.", n=foreign),
         text("Export them in euros."), Weight.WARNING),
        (unknown, "tax_key", text("{n} bookings have a tax key that is not known; they count as booked.",
                                  "One booking has a tax key that is not known; it counts as booked.",
         n=unknown), text("Check whether VAT is in these amounts."), Weight.WARNING),
        (doubled, "twice", text("{n} bookings stand in two files; each counts once.",
                                "One booking stands in two files; it counts once.", n=doubled),
         text("Nothing needs to be done if two exports overlap."), Weight.NOTE),
    )  # fmt: skip
    for n, kind, what, do, weight in said:
        if n:
            yield Finding(f"damage.bookings_{kind}", what, do, weight, Locator(source.object))


def _few(months: int, sources: tuple[Locator, ...]) -> tuple[Finding, ...]:
    if months == MONTHS:
        return ()
    what = text(
        "The bookings hold {n} months before the outage; twelve are needed for a margin that holds.",
        "The bookings hold one month before the outage; twelve are needed for a margin that holds.",
        n=months,
    )
    return (
        Finding("damage.few_months", what, text("Export the bookings of the whole year."), source=sources[0]),
    )


def _sums(case: Case, chart: str, moved: Sequence[_Moved]) -> tuple[AccountSum, ...]:
    """Each account with its sum and what it counts as: by the chart, or as the firm decided."""
    decided = {
        **dict.fromkeys(_account_numbers(case.facts[stated_books.VARIABLE]), Kind.VARIABLE),
        **dict.fromkeys(_account_numbers(case.facts[stated_books.FIXED]), Kind.FIXED),
    }
    sums: dict[str, Money] = {}
    for one in moved:
        sums[one.account] = sums.get(one.account, ZERO) + one.amount
    out = []
    for account, amount in sorted(sums.items()):
        home = block(chart, account)
        assert home is not None
        kind = decided.get(account, home.kind) if home.kind in (Kind.VARIABLE, Kind.FIXED) else home.kind
        out.append(
            AccountSum(
                account,
                home.name,
                kind,
                -amount if home.kind is Kind.REVENUE else amount,
                text("as the firm decided") if account in decided else text("as {chart} has it", chart=chart),
            )
        )
    return tuple(out)


def _account_numbers(said: str | None) -> tuple[str, ...]:
    return tuple((said or "").replace(",", " ").replace(";", " ").split())


def _shares(
    case: Case, accounts: Sequence[AccountSum], moved: Sequence[_Moved], months: tuple[date, ...]
) -> tuple[
    Decimal | None,
    Decimal | None,
    Decimal | None,
    tuple[tuple[date, Decimal | None], ...],
    tuple[Finding, ...],
]:
    """The margin of all months, and between which figures the months lie, or the quarters where goods are
    booked when they are bought: then the margin of one month is wrong by the change of stock."""
    kinds = {one.account: one.kind for one in accounts}
    by_month = tuple((month, _share(moved, kinds, {month})) for month in months)
    whole = _share(moved, kinds, set(months))
    bought = case.facts[stated_books.PURCHASES_BOOKED]
    asked = () if bought is not None else (_which(),)
    if whole is None:
        return None, None, None, by_month, (*asked, _none())
    step = 1 if bought is False else 3
    windows = [_share(moved, kinds, set(months[i : i + step])) for i in range(len(months) - step + 1)]
    seen = [share for share in windows if share is not None]
    # A window may lie outside 0 to 100 % (a big purchase, a big credit); as a margin it cannot.
    low = max(min([whole, *seen]), Decimal(0))
    high = min(max([whole, *seen]), Decimal(1))
    return whole, low, high, by_month, asked


def _share(moved: Sequence[_Moved], kinds: Mapping[str, Kind], months: set[date]) -> Decimal | None:
    """Takings less variable cost, as a share of takings; None where it is no share above zero."""
    sums = dict.fromkeys(Kind, 0)
    for one in moved:
        if one.month in months:
            sums[kinds[one.account]] += one.amount.cents
    takings = -sums[Kind.REVENUE] - sums[Kind.DEDUCTION]
    if takings <= 0:
        return None
    return (Decimal(takings - sums[Kind.VARIABLE]) / takings).quantize(PLACES)


def _which() -> Finding:
    return Finding(
        "damage.stock",
        text("It is not known whether goods are booked when they are bought or when they are used."),
        text("State it: where they are booked when bought, the margin is taken over quarters."),
        Weight.NOTE,
    )


def _none() -> Finding:
    return Finding(
        "damage.no_takings",
        text("The bookings hold no takings before the outage: no margin is worked out of them."),
        text("Export the bookings of the whole year, revenue accounts included."),
    )
