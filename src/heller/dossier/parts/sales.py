"""Sales: what the shop would have sold, how that was estimated, and how good the method is."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Cell, Figure, Heading, Para, Part, Table, TableColumn, TableRow
from heller.dossier.charts import sales as picture
from heller.dossier.writer import Pen
from heller.model.damage import Backtest, LikeDay, SalesEstimate
from heller.model.kinds.unit import channel_name
from heller.model.money import Money
from heller.model.text import text


def part(pen: Pen) -> Part | None:
    """One section per channel; nothing where no sales were taken in."""
    estimates = pen.claim.assessment.sales
    if not estimates:
        return None
    blocks: list[Block] = []
    for estimate in estimates:
        if len(estimates) > 1:
            blocks.append(Heading(pen(channel_name(estimate.channel))))
        blocks += _estimate(pen, estimate)
    return Part("sales", pen(text("{takings:cap} without the outage")), tuple(blocks), fresh=True)


def _estimate(pen: Pen, estimate: SalesEstimate) -> Iterator[Block]:
    for words in estimate.words:
        yield Para(pen(words))
    if not estimate.detectable:
        yield Para(pen(_UNSEEN), style="lead")
    yield from _picture(pen, estimate)
    yield _figures(pen, estimate)
    if estimate.backtest:
        yield Heading(pen(text("How good the method is")))
        yield from _backtest(pen, estimate.backtest)
    if estimate.by_hand.ways:
        yield Heading(pen(text("Two methods")))
        yield Para(pen(_TWO), style="intro")
        yield from _two_methods(pen, estimate)
    if estimate.like_days:
        yield Heading(pen(text("Like days")))
        yield Para(pen(_LIKE), style="intro")
        yield _like_days(pen, estimate.like_days)


_UNSEEN = text("The loss lies within the usual scatter of this channel: it cannot be told from chance.")
_LIKE = text(
    "The table that a loss adjuster draws up by hand, as a check: the turnover of the last like days, their "
    "mean, what the method expected, and what came; in euros."
)


_TWO = text(
    "What an adjuster works out by hand for the takings of these days, and how the forecast comes from it, step "
    "by step."
)


def _two_methods(pen: Pen, estimate: SalesEstimate) -> Iterator[Table]:
    """The ways by hand with the forecast under them, and the bridge; the last line of each is the forecast."""
    hand = estimate.by_hand
    for title, lines in ((text("By hand"), (*hand.ways, hand.bridge[-1])), (text("Bridge"), hand.bridge)):
        columns = (TableColumn(pen(title), "left", "1fr"), TableColumn(pen(text("euros")), "right"))
        rows = [
            TableRow(
                (Cell(pen(line.text)), Cell(pen.words.number(line.amount.likely.decimal, 2))),
                "total" if n == len(lines) else "plain",
            )
            for n, line in enumerate(lines, 1)
            if line.amount is not None
        ]
        yield Table(columns, tuple(rows))


def _picture(pen: Pen, estimate: SalesEstimate) -> Iterator[Figure]:
    if not estimate.path:
        return
    spans = [outage.span for outage in pen.claim.detection.outages]
    caption = text("Turnover expected and turnover as it happened; the outage is shaded")
    alt = text(
        "Turnover of {channel}: {low} to {high} lost, most likely {likely}",
        channel=channel_name(estimate.channel),
        low=estimate.lost.low,
        likely=estimate.lost.likely,
        high=estimate.lost.high,
    )
    yield Figure(picture.chart(estimate, spans, pen.words), pen(caption), pen(alt))


def _figures(pen: Pen, estimate: SalesEstimate) -> Table:
    columns = (TableColumn(pen(text("Turnover in euros")), "left", "1fr"), *pen.three_columns())
    rows = (
        TableRow((Cell(pen(text("Lost during the outage"))), *pen.three(estimate.gross))),
        TableRow((Cell(pen(text("Caught up afterwards"))), *pen.three(estimate.catch_up))),
        TableRow((Cell(pen(text("Lost in the end"))), *pen.three(estimate.lost)), "total"),
    )
    return Table(columns, rows)


def _backtest(pen: Pen, test: Backtest) -> Iterator[Para]:
    share = pen.words.percent
    said = text(
        "The method was tried on {n} stretches of the firm's own history in which nothing had failed (as good as "
        "{effective} independent ones). It was off by {median} of the turnover in the middle and by {worst} at "
        "worst; on the whole it estimated {bias} {side}. In {coverage} of the stretches the truth lay within its "
        "range. A loss below {detectable} of the turnover could not have been seen.",
        n=test.windows,
        effective=pen.words.number(test.effective, 1),
        median=share(round(test.median_error, 3), 1),
        worst=share(round(test.worst_error, 3), 1),
        bias=share(round(abs(test.bias), 3), 1),
        side=text("too high") if test.bias > 0 else text("too low"),
        coverage=share(round(test.coverage, 2)),
        detectable=share(round(test.detectable, 3), 1),
    )
    yield Para(pen(said))


def _like_days(pen: Pen, days: tuple[LikeDay, ...]) -> Table:
    most = max(len(day.comparable) for day in days)
    columns = (
        TableColumn(pen(text("Day")), "left", "1fr"),
        *(TableColumn(f"−{n}", "right") for n in range(1, most + 1)),
        TableColumn(pen(text("mean")), "right"),
        TableColumn(pen(text("expected")), "right"),
        TableColumn(pen(text("came")), "right"),
        TableColumn(pen(text("missing")), "right"),
    )
    rows = [_like_day(pen, day, most) for day in days]
    mean, expected, observed = (
        sum(getattr(day, name) for day in days) for name in ("mean", "expected", "observed")
    )
    sums = [_euros(pen, cents) for cents in (mean, expected, observed, expected - observed)]
    rows.append(TableRow((Cell(pen(text("Sum"))), *(Cell() for _ in range(most)), *sums), "total"))
    note = text(
        "−1 is the last like day before the outage, −2 the one before it; public holidays are passed over. "
        "Missing: expected less came."
    )
    return Table(columns, tuple(rows), pen(note), size="small")


def _like_day(pen: Pen, day: LikeDay, most: int) -> TableRow:
    before = [_euros(pen, cents) for cents in day.comparable]
    before += [Cell() for _ in range(most - len(before))]
    after = [_euros(pen, c) for c in (day.mean, day.expected, day.observed, day.expected - day.observed)]
    return TableRow((Cell(pen.words.day(day.day, "weekday")), *before, *after))


def _euros(pen: Pen, cents: int) -> Cell:
    """Whole euros: the cents of a day's turnover tell nothing here."""
    return Cell(pen.words.number(Money(cents).decimal, 0))
