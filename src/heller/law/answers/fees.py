"""What a lawyer and the court cost for a value on a day, out of court and in one instance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from heller.law.answers.shape import Answer, Table, begins, norms, not_negative, reach
from heller.law.de import costs
from heller.law.de.costs import Bill
from heller.law.rules import book
from heller.model.errors import InputRefused
from heller.model.money import Money
from heller.model.text import Text, text

COMMON = ("RVG-13", "GKG-34", "RVG-2300")
OF_INSTANCE = {1: ("RVG-3100 / 3104", "GKG-1210"), 2: ("RVG-3200 / 3202", "GKG-1220")}
LAST = ("RVG-7002", "RVG-7008", "RVG-V3-4", "GKG-43")


def answer(value: Money, on: date, instance: int = 1) -> Answer:
    """The fees by the tables of `on`, taken as the day of the mandate and of pendency.

    Raises InputRefused for a negative value or another instance, BeyondTheData where a table or the
    rate of VAT does not carry the day.
    """
    not_negative(value)
    if instance not in OF_INSTANCE:
        raise InputRefused(
            what=text("There is no instance {n} here.", n=instance),
            why=text("Fees are worked out for the first instance and for the appeal."),
            do=text("Use --instance 1 or --instance 2."),
        )
    ids = (*COMMON, *OF_INSTANCE[instance], *LAST)
    for id in ids[:-1]:
        begins(on, id)
    before = costs.out_of_court(value, on)
    own = costs.first_instance(value, on) if instance == 1 else costs.appeal(value, on)
    court_rule = OF_INSTANCE[instance][1]
    court = costs.court_fee(value, on, court_rule)
    factor = book().for_sum(court_rule, on).number("factor")
    unit = costs.stepped(value, book().for_sum("RVG-13", on))
    court_unit = costs.stepped(value, book().for_sum("GKG-34", on))
    credit = costs.credit(value, on, book().for_sum("RVG-2300", on).number("factor"))
    net, gross = own.net + own.net + court, own.gross + own.gross + court
    share = costs.vat_share(on)
    rows = (
        (text("1.0 fee of the lawyer (§ 13 RVG)"), unit),
        (text("1.0 fee of the court (§ 34 GKG)"), court_unit),
        *_bill(before, share, text("Lawyer out of court")),
        *_bill(own, share, _name(instance)),
        (
            text("{factor:1} fee of the court (Nr. {number} KV GKG)", factor=factor, number=court_rule[4:]),
            court,
        ),
        (text("Risk: two lawyers and the court, net"), net),
        (text("Risk: two lawyers and the court, with VAT"), gross),
        (text("Of it credited if the same lawyer worked out of court (Vorbem. 3 (4) VV RVG)"), credit),
    )
    return Answer(
        head=text("Suing for {value} risks {net} net, {gross} with VAT.", value=value, net=net, gross=gross)
        if instance == 1
        else text(
            "An appeal about {value} risks {net} net, {gross} with VAT, in this instance alone.",
            value=value,
            net=net,
            gross=gross,
        ),
        figures={
            "rvg_unit": unit,
            "gkg_unit": court_unit,
            "pretrial_net": before.net,
            "pretrial_gross": before.gross,
            "lawyer_net": own.net,
            "lawyer_gross": own.gross,
            "court": court,
            "risk_net": net,
            "risk_gross": gross,
            "credit": credit,
        },
        lines=tuple(text("{what}: {amount}", what=what, amount=amount) for what, amount in rows),
        table=Table((text("Fee"), text("Amount")), rows, right=(1,)),
        under=_law_of(on),
        notes=(
            *reach(on, ids),
            text(
                "The day counts as that of the mandate (§ 60 RVG) and as that on which the case became "
                "pending (§ 71 GKG)."
            ),
            text("Interest and costs asked for besides do not raise the value (§ 43 (1) GKG)."),
            text("Who deducts input VAT reads the net figures."),
        ),
        sources=norms(*ids),
    )


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
