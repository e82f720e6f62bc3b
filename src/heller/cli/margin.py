"""heller margin: the contribution margin account by account; variable or fixed is a decision that is shown."""

from __future__ import annotations

from heller import casefile, pipeline
from heller.cli import screen
from heller.cli.options import AsJson, CaseFolder
from heller.cli.screen import tr
from heller.damage.books import Books
from heller.damage.margin import Margin
from heller.dossier.wording import Words
from heller.model.text import Text, text

PLACE = 170
VERB = text("The contribution margin: account by account, variable or fixed.")


def run(case: CaseFolder, *, json: AsJson = False) -> None:
    """The contribution margin: account by account, variable or fixed, and between which figures it lies."""
    with screen.progress(tr("Reading")) as done:
        known = casefile.worked_out(case, done)
        margin = pipeline.margin(known.case, known.detection)
    if json:
        screen.as_json(margin)
        return
    say = screen.words(known.case.tz, known.case.trade)
    _accounts(margin.books, say)
    for line in margin.working:
        if not margin.books.accounts:
            amount = f"  {say.money(line.amount.likely)}" if line.amount else ""
            screen.point(f"{say(line.text)}{amount}")
    screen.point(say(_verdict(margin)), style="bold")
    for finding in margin.findings:
        screen.point(say(finding.text), "!")
        if finding.do:
            screen.point(say(finding.do), " ", "dim")


def _accounts(books: Books, say: Words) -> None:
    """Each account with its sum and what it counts as, then the months."""
    if not books.accounts:
        return
    rows = screen.table(tr("Account"), tr("Name"), tr("Sum"), tr("counts as"), tr("Why"), right=(2,))
    for one in books.accounts:
        rows.add_row(one.account, say(one.name), say.money(one.sum), say(KINDS[one.kind.value]), say(one.why))
    screen.out().print(rows)
    if books.by_month:
        shown = ", ".join(
            f"{month:%m.%Y} {say.percent(share) if share is not None else '-'}"
            for month, share in books.by_month
        )
        screen.point(say(text("Month by month: {shown}", shown=shown)))


KINDS: dict[str, Text] = {
    "revenue": text("revenue"),
    "deduction": text("reduction of revenue"),
    "variable": text("variable"),
    "fixed": text("fixed"),
}


def _verdict(margin: Margin) -> Text:
    if margin.share is None:
        return text(
            "No contribution margin: add bookings (DATEV export), state the annual accounts, or state a rate."
        )
    if margin.low is not None and margin.high is not None:
        return text(
            "Contribution margin {share:percent}, between {low:percent} and {high:percent}.",
            share=margin.share,
            low=margin.low,
            high=margin.high,
        )
    if margin.stated:
        return text(
            "Contribution margin {share:percent}, stated by the firm; bookings or annual accounts would prove it.",
            share=margin.share,
        )
    return text("Contribution margin {share:percent}.", share=margin.share)
