"""Own vouchers under a head of loss: each as flow and line of working. It reads no invoice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from heller.damage.head import Head, HeadLoss, Inputs, Item, flows_of, schedule
from heller.damage.own_papers import own_papers_of
from heller.model.amount import ProofGrade, Range, WorkingLine
from heller.model.damage import Flow, Missing, Token
from heller.model.finding import Finding, Locator, Weight
from heller.model.heads import HEADS
from heller.model.kinds.own_voucher import OwnVoucher
from heller.model.money import ZERO, Money
from heller.model.text import Text, text


def by_voucher(head: Head, inputs: Inputs, reason: Text) -> HeadLoss:
    """The whole of a head that consists of own vouchers and, where it takes them, of the firm's own papers."""
    own, gaps, findings = vouchers_of(inputs, head.key)
    papers, absent, doubts = own_papers_of(inputs, head.key) if head.of.own_papers else ((), (), ())
    items = (*papers, *own)
    positions = schedule(head, items, reason, inputs.norm(head.key))
    return HeadLoss(flows_of(items), positions, (*absent, *gaps), (*doubts, *findings))


def vouchers_of(
    inputs: Inputs, head: str
) -> tuple[tuple[Item, ...], tuple[Missing, ...], tuple[Finding, ...]]:
    """The own vouchers of a head that can be counted, what they lack, and what is wrong about the others. The same one
    noted twice counts once."""
    mine = _once(one for one in inputs.case.records(OwnVoucher) if one.head == head)
    before = inputs.event.span.start.astimezone(inputs.case.tz).date()
    good, findings = [], []
    for token, one in mine.items():
        if (why := _wrong(one)) is not None:
            findings.append(_refused(one, why))
            continue
        findings += [_early(one)] if one.at < before else []
        good.append(_item(head, token, one, inputs.net))
    return tuple(good), tuple(_gaps(head, mine.values(), good)), tuple(findings)


def _once(vouchers: Iterable[OwnVoucher]) -> Mapping[Token, OwnVoucher]:
    return {_token(one): one for one in vouchers}


def _token(one: OwnVoucher) -> Token:
    """One row of a list is one voucher; one that a person noted is known by what it says."""
    place = f":{one.source.object}:{one.source.place}" if one.source else ""
    worth = one.gross.cents if one.gross is not None else 0
    return Token(
        "receipt", f"voucher:{one.head}:{one.at}:{one.what.casefold()}:{worth}:{one.km or ''}{place}"
    )


def _wrong(one: OwnVoucher) -> Text | None:
    worth = one.gross
    if worth is None:
        return text("a kilometre of it has no cost") if one.km else text("it says no amount")
    if worth.currency != "EUR" or worth <= ZERO:
        return text("its amount is not above zero in euros")
    return None


def _refused(one: OwnVoucher, why: Text) -> Finding:
    what = text(
        "The own voucher '{what}' of {day} is not counted: {why}.", what=one.what, day=one.at, why=why
    )
    do = text("Note it anew with what is missing; what was noted stays as it is.")
    return Finding("damage.own_voucher", what, do, Weight.REFUSED, one.source)


def _early(one: OwnVoucher) -> Finding:
    what = text(
        "The own voucher '{what}' is of {day}, before the line went down; it is counted.",
        what=one.what,
        day=one.at,
    )
    do = text("Note what it has to do with the outage.")
    return Finding("damage.own_voucher_early", what, do, Weight.NOTE, one.source)


def _item(head: str, token: Token, one: OwnVoucher, net: bool) -> Item:
    gross = one.gross or ZERO
    worth = without_vat(gross, one.vat) if net else gross
    sources: tuple[Locator, ...] = (one.source,) if one.source else ()
    came = Range.exact(-worth)
    flow = Flow(
        id=f"{head}:{token.id}",
        head=head,
        label=text("{what}, {day}", what=one.what, day=one.at),
        without=came if HEADS[head].saves else Range(),
        actual=Range() if HEADS[head].saves else came,
        grade=ProofGrade.RECORD if one.source else ProofGrade.STATED,
        tokens=frozenset({token}),
        sources=sources,
    )
    shown = Range.exact(-worth if HEADS[head].saves else worth)
    return Item((flow,), (WorkingLine(_line(one, net), shown, sources),))


def without_vat(gross: Money, rate: Fraction | object) -> Money:
    """A gross amount without the VAT of a rate that is in it."""
    return gross * (1 / (1 + Fraction(str(rate))))


def _line(one: OwnVoucher, net: bool) -> Text:
    said = text("{day}: {what}", day=one.at, what=one.what)
    if one.amount is None and one.km and one.per_km:
        said = text("{said}, {km} km x {rate}", said=said, km=one.km, rate=one.per_km)
    if one.vat and net:
        said = text(
            "{said}, without {vat:percent} VAT of {gross}", said=said, vat=one.vat, gross=one.gross or ZERO
        )
    return said


def _gaps(head: str, mine: Iterable[OwnVoucher], good: list[Item]) -> Iterable[Missing]:
    bare = [one for one in mine if one.km and one.per_km is None and one.amount is None]
    if bare:
        said = text("What a kilometre costs: {km} km wait for it.", km=sum(one.km or 0 for one in bare))
        yield Missing(head, said)
    if good:
        said = text(
            "What bears {n} own vouchers out: a till receipt, a log of journeys, a list, a witness.",
            "What bears one own voucher out: a till receipt, a log of journeys, a list, a witness.",
            n=len(good),
        )
        yield Missing(head, said)
