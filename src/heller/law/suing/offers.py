"""Offers weighed: what each is worth to the firm, from which odds on suing is worth more, what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from heller.law.book.fees import fee_for
from heller.law.facts_of_case import Contract, Dealings, LegalFacts
from heller.law.suing.inputs import Table
from heller.law.suing.suit import ONE, between, if_lost, worth
from heller.model.decision import Offer
from heller.model.kinds.contact import Contact
from heller.model.money import ZERO, Money
from heller.model.terms import Terms, Waiver
from heller.model.text import Text, text

Ends = tuple[Money, Money] | None


def weigh(
    given: LegalFacts, made: Table, value: Money, expected: Ends, agreed: Money = ZERO
) -> tuple[Offer, ...]:
    """Every offer of the case, ours too, in order of time. An offer is for everything: what is `agreed` anyway is not
    worth anything in it."""
    return tuple(_offer(given, made, value, expected, one, agreed) for one in given.dealings.offers)


def _offer(
    given: LegalFacts, made: Table, value: Money, expected: Ends, said: Contact, agreed: Money
) -> Offer:
    terms, cash, dealings = said.terms or Terms(), said.amount or ZERO, given.dealings
    spared = _spared(given.contract, terms)
    held = cash + _credit(terms) + (spared or ZERO) - agreed
    wins, loses = worth(made.suit, value, ONE), if_lost(made.suit, value)
    even = between(wins, loses, held)
    share = None if even is None else _share(even)
    return Offer(
        on=dealings.day(said),
        who=said.who,
        incoming=said.incoming,
        cash=cash,
        worth=held,
        waiver=terms.waiver,
        break_even=share,
        words=_less_than_agreed(held + agreed, agreed)
        if held < ZERO
        else _words(held, share, wins, loses, terms.waiver)
        if made.suit.passes
        else _stopped(held, loses),
        credit=terms.credit,
        exit=terms.exit,
        until=said.until,
        expired=said.until is not None and said.until < dealings.as_of,
        warnings=(
            *_warnings(dealings, said, terms, held, expected),
            *_exit_words(given.contract, terms, spared),
        ),
    )


def _credit(terms: Terms) -> Money:
    """A credit on future bills is worth what the firm says; where it says nothing, nothing."""
    if terms.credit is None or terms.credit_worth is None:
        return ZERO
    return terms.credit * terms.credit_worth


def _spared(contract: Contract, terms: Terms) -> Money | None:
    """The fees from an early end to the end of the term, of a line that is used no longer; None where a fact for it is
    not stated."""
    if terms.exit is None or not (contract.monthly_fee and contract.left and contract.term_end):
        return None
    first = max(terms.exit, contract.left)
    days = range(1, (contract.term_end - first).days + 1)
    return fee_for(contract.monthly_fee, (first + timedelta(n) for n in days))[0]


def _exit_words(contract: Contract, terms: Terms, spared: Money | None) -> Iterator[Text]:
    if terms.exit is None:
        return
    if spared is None:
        yield text(
            "What an end of the contract on {day} is worth cannot be said: it counts nothing. State the monthly fee, "
            "since when the line is used no longer, and until when the contract runs otherwise.",
            day=terms.exit,
        )
        return
    yield text(
        "The end of the contract on {day} spares {fees} of fees; they are counted. Where a notice for cause holds, "
        "nothing would be owed from then on anyway.",
        day=terms.exit,
        fees=spared,
    )


def _share(exact: Fraction) -> Decimal:
    """To four places, rounded up: from there on suing is certainly worth more."""
    return Decimal(-(-exact.numerator * 10_000 // exact.denominator)) / 10_000


def _less_than_agreed(cash: Money, agreed: Money) -> Text:
    return text(
        "The offer of {offer} is less than what is agreed anyway, {agreed}: it gives nothing for what is disputed.",
        offer=cash,
        agreed=agreed,
    )


def _words(held: Money, even: Decimal | None, wins: Money, loses: Money, waiver: Waiver) -> Text:
    if waiver is Waiver.NONE:
        return text(
            "The offer of {offer} gives nothing up: it counts on the sum, the rest stays open.", offer=held
        )
    if even is None:
        return text("The offer of {offer} is at least what is due; suing cannot beat it.", offer=held)
    if even == 0:
        return text("Suing is worth more than the offer of {offer} even if it were sure to fail.", offer=held)
    return text(
        "Suing is worth more than the offer of {offer} from a chance of winning of {chance:percent} on; "
        "who wins gets {won}, who loses bears {lost}.",
        offer=held,
        chance=round(even, 3),
        won=wins,
        lost=-loses,
    )


def _stopped(held: Money, loses: Money) -> Text:
    return text(
        "Nothing is left of the claim in court: suing bears {lost} of costs at any odds, the offer pays {offer}.",
        lost=-loses,
        offer=held,
    )


def _warnings(dealings: Dealings, said: Contact, terms: Terms, held: Money, expected: Ends) -> Iterator[Text]:
    if said.until is not None and said.until < dealings.as_of:
        yield text("It expired on {day}.", day=said.until)
    if terms.credit and terms.credit_worth is None:
        yield text(
            "What a credit of {credit} is worth to the firm is not stated: it counts nothing.",
            credit=terms.credit,
        )
    if terms.waiver is Waiver.UNSTATED:
        yield text("What is given up with it is not stated: have it in writing before you agree.")
    if terms.waiver is Waiver.ALL:
        yield text(
            "It gives up every claim from the contract, also those that are not in this sum: "
            "have it limited to this outage."
        )
    if expected is not None and terms.waiver is not Waiver.NONE and held < expected[0]:
        yield text(
            "What it gives up is worth more than what it pays: on your cautious odds suing is worth {more} more.",
            more=expected[0] - held,
        )
