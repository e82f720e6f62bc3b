"""What a lawyer and the court cost for a value on a day: out of court, in one instance, on other ways, and
who bears it when only a part is won."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct

from heller.law.book.answer import Figure, LawAnswer, Table, not_negative, reach
from heller.law.book.fees import fee_by_steps
from heller.law.de import costs, online, ways
from heller.law.de.answers import other_ways
from heller.law.de.costs import Bill, Course
from heller.law.de.rules import book
from heller.model.errors import InputRefused
from heller.model.money import ZERO, Money
from heller.model.text import Text, text

COMMON = ("RVG-13", "GKG-34", "RVG-2300")
OF_INSTANCE = {1: ("RVG-3100 / 3104", "GKG-1210"), 2: ("RVG-3200 / 3202", "GKG-1220")}
LAST = ("RVG-7002", "RVG-7008", "RVG-V3-4", "GKG-43")
MOST_CLIENTS = 1000


class FeeQuery(Struct, frozen=True):
    """How the case runs: clients of the same subject, factor out of court (None: 1.3), early end, a
    settlement in court, the sum that is won (None: all), the share of VAT (None: that of the day), whether it runs in
    the online procedure."""

    clients: int = 1
    factor: Decimal | None = None
    early: bool = False
    settled: bool = False
    won: Money | None = None
    vat: Decimal | None = None
    online: bool = False


class _Worked(Struct, frozen=True):
    """The bills of one value: `plain` is the other side's lawyer, who has one client."""

    before: Bill
    own: Bill
    other: Bill
    court: Money
    credit: Money
    share: Decimal

    @property
    def net(self) -> Money:
        """Two lawyers and the court without VAT."""
        return self.own.net + self.other.net + self.court

    @property
    def gross(self) -> Money:
        """Two lawyers with VAT, and the court."""
        return self.own.gross + self.other.gross + self.court


def answer(value: Money, on: date, instance: int = 1, asked: FeeQuery | None = None) -> LawAnswer:
    """The fees by the tables of `on`, taken as the day of the mandate and of pendency.

    Raises InputRefused for a negative value, another instance, a course the rules do not carry;
    BeyondTheData where a table or the rate of VAT does not carry the day.
    """
    asked = asked or FeeQuery()
    _check(value, instance, asked)
    _check_online(value, on, instance, asked)
    ids = (*COMMON, *OF_INSTANCE[instance], *LAST, *_more_rules(asked))
    for id in ids:
        if id != "GKG-43" and (id != "RVG-7008" or asked.vat is None):
            book().begins(on, id)
    worked = _work(value, on, instance, asked)
    part = _part(value, on, worked, asked)
    rows = (
        (text("1.0 fee of the lawyer (§ 13 RVG)"), fee_by_steps(value, book().for_sum("RVG-13", on))),
        (text("1.0 fee of the court (§ 34 GKG)"), fee_by_steps(value, book().for_sum("GKG-34", on))),
        *_bill(worked.before, worked.share, text("Lawyer out of court")),
        *_bill(worked.own, worked.share, _name(instance)),
        (_court_label(instance, on, asked), worked.court),
        (text("Risk: two lawyers and the court, net"), worked.net),
        (text("Risk: two lawyers and the court, with VAT"), worked.gross),
        (
            text("Of it credited if the same lawyer worked out of court (Vorbem. 3 (4) VV RVG)"),
            worked.credit,
        ),
    )
    return LawAnswer(
        head=_head(value, instance, worked),
        figures={
            **_figures(rows, worked),
            **other_ways.figures(value, on, asked.vat),
            **({} if part is None else {"part_won": part.figures}),
        },
        lines=tuple(text("{what}: {amount}", what=what, amount=amount) for what, amount in rows),
        table=Table((text("Fee"), text("Amount")), rows, right=(1,)),
        under=(*_law_of(on), *other_ways.said(value, on, asked.vat), *(() if part is None else part.said)),
        notes=(
            *reach(book(), on, ids),
            text(
                "The day counts as that of the mandate (§ 60 RVG) and as that on which the case became "
                "pending (§ 71 GKG)."
            ),
            text("Interest and costs asked for besides do not raise the value (§ 43 (1) GKG)."),
            text("Who deducts input VAT reads the net figures."),
            *_may_depend(asked),
        ),
        sources=book().norms(*ids),
    )


def _check(value: Money, instance: int, asked: FeeQuery) -> None:
    not_negative(value)
    not_negative(asked.won or ZERO)
    if instance not in OF_INSTANCE:
        raise InputRefused(
            what=text("There is no instance {n} here.", n=instance),
            why=text("Fees are worked out for the first instance and for the appeal."),
            do=text("Use --instance 1 or --instance 2."),
        )
    if instance == 2 and asked.early:
        raise InputRefused(
            what=text("The fee for an early end of the appeal is not in the rules."),
            why=text("An amount without a rule cannot be defended."),
            do=text("Leave --early out, or use --instance 1."),
        )
    if not 1 <= asked.clients <= MOST_CLIENTS:
        raise InputRefused(
            what=text("{n} is no number of clients.", n=asked.clients),
            why=text("Each further client of the same subject raises the fee (Nr. 1008 VV RVG)."),
            do=text("Give a whole number from 1 on."),
        )
    rule = book().rule("RVG-2300").versions[0]
    lowest, highest = rule.number("lowest"), rule.number("highest")
    if asked.factor is not None and not lowest <= asked.factor <= highest:
        raise InputRefused(
            what=text("{factor} is no factor of the fee out of court.", factor=asked.factor),
            why=text("Nr. 2300 VV RVG runs from {lowest} to {highest}.", lowest=lowest, highest=highest),
            do=text("Leave --factor out for the usual 1.3."),
        )
    if asked.won is not None and (asked.won > value or not value):
        raise InputRefused(
            what=text("{won} of {value} cannot be won.", won=asked.won, value=value),
            why=text("Costs are shared by what is won of what was asked for (§ 92 ZPO)."),
            do=text("Give with --won what is won of the value, not more than it."),
        )


def _check_online(value: Money, on: date, instance: int, asked: FeeQuery) -> None:
    if asked.online and (instance != 1 or not online.fits(value, on)):
        limit = book().rule("ZPO-1122").versions[0].money("up_to")
        raise InputRefused(
            what=text("The online procedure is not open for {value} on {day}.", value=value, day=on),
            why=text(
                "It is there since 23 December 2025, in the first instance, for claims for money up to {limit}.",
                limit=limit,
            ),
            do=text("Leave --online out."),
        )


def _more_rules(asked: FeeQuery) -> Iterator[str]:
    if asked.online:
        yield from ("ZPO-1122", "GKG-1216", "GKG-1217")
    if asked.clients > 1:
        yield "RVG-1008"
    if asked.settled:
        yield "RVG-1000"
    if asked.won is not None:
        yield "ZPO-91/92"


def _work(value: Money, on: date, instance: int, asked: FeeQuery) -> _Worked:
    settled = value if asked.settled else None
    own, other = Course(asked.clients, asked.early, settled), Course(1, asked.early, settled)
    run = costs.first_instance if instance == 1 else costs.appeal
    before = costs.out_of_court(value, on, asked.factor, clients=asked.clients, vat=asked.vat)
    factor = asked.factor or book().for_sum("RVG-2300", on).number("factor")
    return _Worked(
        before=before,
        own=run(value, on, own, vat=asked.vat),
        other=run(value, on, other, vat=asked.vat),
        court=_court_fee(value, on, instance, asked),
        credit=costs.credit(value, on, costs.raise_factor(factor, asked.clients, on)),
        share=costs.vat_share(on) if asked.vat is None else asked.vat,
    )


def _court_fee(value: Money, on: date, instance: int, asked: FeeQuery) -> Money:
    if asked.online:
        return online.court_fee(value, on, early=_cheaper(asked))
    return costs.court_fee(value, on, OF_INSTANCE[instance][1], early=_cheaper(asked))


def _cheaper(asked: FeeQuery) -> bool:
    """A settlement ends the instance early for the court, not for the lawyer who went to the hearing."""
    return asked.early or asked.settled


def _court_label(instance: int, on: date, asked: FeeQuery) -> Text:
    if asked.online:
        short = _cheaper(asked)
        key, id = ("early", "GKG-1217") if short else ("factor", "GKG-1216")
        said = book().for_sum(id, on).number(key)
        return text("{factor:1} fee of the court (Nr. {number} KV GKG)", factor=said, number=id[4:])
    rule = OF_INSTANCE[instance][1]
    factor = book().for_sum(rule, on).number("early" if _cheaper(asked) else "factor")
    number = int(rule[4:]) + _cheaper(asked)
    return text("{factor:1} fee of the court (Nr. {number} KV GKG)", factor=factor, number=str(number))


def _head(value: Money, instance: int, worked: _Worked) -> Text:
    if instance == 1:
        return text(
            "Suing for {value} risks {net} net, {gross} with VAT.",
            value=value,
            net=worked.net,
            gross=worked.gross,
        )
    return text(
        "An appeal about {value} risks {net} net, {gross} with VAT, in this instance alone.",
        value=value,
        net=worked.net,
        gross=worked.gross,
    )


def _figures(rows: tuple[tuple[Text, Money], ...], worked: _Worked) -> dict[str, Figure]:
    return {
        "rvg_unit": rows[0][1],
        "gkg_unit": rows[1][1],
        "pretrial_net": worked.before.net,
        "pretrial_gross": worked.before.gross,
        "lawyer_net": worked.own.net,
        "lawyer_gross": worked.own.gross,
        "court": worked.court,
        "risk_net": worked.net,
        "risk_gross": worked.gross,
        "credit": worked.credit,
        "both_net": worked.before.net + worked.own.net - worked.credit,
    }


def _part(value: Money, on: date, worked: _Worked, asked: FeeQuery) -> other_ways.Part | None:
    if asked.won is None:
        return None
    owed = costs.out_of_court(asked.won, on, asked.factor, clients=asked.clients, vat=asked.vat)
    return other_ways.Part(
        net=ways.quota(value, asked.won, worked.net),
        gross=ways.quota(value, asked.won, worked.gross),
        owed=owed.net,
        charged=worked.before.net,
    )


def _may_depend(asked: FeeQuery) -> Iterator[Text]:
    if asked.won is not None:
        yield text(
            "The court may put all costs on one side if too little was lost to matter, or if the sum "
            "depended on its estimate (§ 92 (2) ZPO)."
        )
    if asked.factor is not None and asked.factor > book().rule("RVG-2300").versions[0].number("factor"):
        yield text("More than 1.3 only if the work was extensive or difficult.")


def _law_of(on: date) -> tuple[Text, ...]:
    lawyer, court = (book().in_force(id, on).since for id in ("RVG-13", "GKG-34"))
    return (
        text("Tables in force since: RVG {lawyer}, GKG {court}.", lawyer=lawyer, court=court),
        text("Each fee is rounded to the cent, then added (§ 2 (2) RVG)."),
    )


def _name(instance: int) -> Text:
    return text("Lawyer in the first instance") if instance == 1 else text("Lawyer in the appeal")


def _bill(bill: Bill, share: Decimal, name: Text) -> Iterable[tuple[Text, Money]]:
    for fee in bill.fees:
        yield text("{name}: {fee}", name=name, fee=fee.label), fee.amount
    yield text("{name}, net", name=name), bill.net
    yield text("{name}, with VAT of {share:percent}", name=name, share=share), bill.gross
