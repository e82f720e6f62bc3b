"""What Heller asks once: each fact that is not stated and may matter, with the euros between its answers.

The worth is not guessed: the sum is worked out again with each answer. It knows no journal and no form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from heller.model.advice import Answer, Question
from heller.model.amount import Range
from heller.model.case import Case
from heller.model.facts import FACTS, firm, insurance, shop
from heller.model.kinds.movement import Movement, MovementKind
from heller.model.kinds.order import Order
from heller.model.kinds.policy import Policy
from heller.model.kinds.unit import Fate, Unit
from heller.model.money import ZERO, Money
from heller.model.outage import Contradiction
from heller.model.text import Text, text

CONTRADICTION = "outage.contradiction"
Due = Callable[[Mapping[str, str]], Range]
YES_NO = (("yes", text("yes")), ("no", text("no")))


class QuestionOf(Struct, frozen=True):
    """A question: its fact, its answers, what else must be assumed for the answers to differ.

    `as_if` are further facts that an answer is counted with; another fact may answer it too. It is asked only `when`
    the case gives reason to, where it is `for_euros` only if its answers differ by some, and where something `waits`
    for it only if any answer adds to what is due without one.
    """

    key: str
    why: Text
    answers: tuple[tuple[str, Text], ...] = YES_NO
    given: tuple[tuple[str, str], ...] = ()
    since: date = date.min  # the first day of the law that asks it
    as_if: Mapping[str, Mapping[str, str]] = {}
    answered_by: str = ""
    when: Callable[[Case], bool] = lambda case: True
    for_euros: bool = False
    waits: bool = False


def has_takings(case: Case) -> bool:
    """Whether anything is there of which what would have come is worked out."""
    return bool(case.records(Order)) or any(unit.fate is Fate.HELD for unit in case.records(Unit))


def _has_bare_units(case: Case) -> bool:
    """Whether a list names units and not what they bring."""
    return any(unit.value is None and unit.fate is not Fate.OPEN for unit in case.records(Unit))


def has_gross_units(case: Case) -> bool:
    """Whether a list of a firm that charges VAT names amounts with it and not its rate."""
    without = case.facts[firm.DEDUCTS_INPUT_VAT] is False or case.facts[firm.SMALL_BUSINESS]
    return not without and any(
        unit.value is not None and unit.gross and unit.rate is None for unit in case.records(Unit)
    )


EVERYWHERE = (
    QuestionOf(
        shop.CUSTOMERS_RETURN.key,
        text(
            "What comes later is not lost. Without an answer the days after the outage decide, as far as they can."
        ),
        (
            ("no", text("nothing")),
            ("0.3", text("{share:percent}", share=Decimal("0.3"))),
            ("0.6", text("{share:percent}", share=Decimal("0.6"))),
        ),
        when=has_takings,
        for_euros=True,
    ),
    QuestionOf(
        shop.UNIT_VALUE.key,
        text(
            "A list says what became of each and not what it brings; without an answer they count nothing. Different "
            "ones are said by channel: heller note CASE channel NAME --value 85,00"
        ),
        tuple((str(sum_.decimal), text("{sum} each", sum=sum_)) for sum_ in (Money(5000), Money(10000))),
        when=_has_bare_units,
        for_euros=True,
        waits=True,
    ),
    QuestionOf(
        shop.MARGIN.key,
        text(
            "Of what was not taken counts what would have been left of it; without a margin nothing does. Bookings or "
            "annual accounts prove it."
        ),
        tuple((str(part), text("{share:percent}", share=part)) for part in (Decimal("0.3"), Decimal("0.6"))),
        when=lambda case: has_takings(case) or bool(case.records(Unit)),
        for_euros=True,
        waits=True,
    ),
)


def questions(case: Case, asked: Iterable[QuestionOf], began: date | None, due: Due) -> tuple[Question, ...]:
    """The open ones among what a country asks, those worth most first. `began` is the first day of the outage,
    whose law they follow; `due` gives the sum with some facts stated."""
    open_ = [one for one in asked if _open(case, one, began)]
    found = [_question(case, one, due) for one in open_]
    moving = [
        q
        for q, one in zip(found, open_, strict=True)
        if (q.worth > ZERO or not one.for_euros) and not (one.waits and _is_known(q, due))
    ]
    ranked = sorted(moving, key=lambda one: -one.worth.cents)
    return (*ranked, *_policies(case))


def insurer_paid(case: Case) -> bool:
    """Whether an own insurer paid anything, as stated or noted."""
    noted = any(one.kind is MovementKind.INSURER for one in case.records(Movement))
    return noted or case.fact(insurance.PAID.key) is not None


def _is_known(question: Question, due: Due) -> bool:
    """Whether what the question asks for stands somewhere already: some answer would take away from what is due."""
    return min(answer.due.likely for answer in question.answers) <= due({}).likely


def _open(case: Case, asked: QuestionOf, began: date | None) -> bool:
    """Not stated, and asked by the law of the outage."""
    if (
        not asked.when(case)
        or case.fact(asked.key) is not None
        or (began is not None and began < asked.since)
    ):
        return False
    return not asked.answered_by or case.fact(asked.answered_by) is None


def _question(case: Case, asked: QuestionOf, due: Due) -> Question:
    assumed = {key: value for key, value in asked.given if case.fact(key) is None}
    answers = tuple(
        Answer(value, label, due({**assumed, asked.key: value, **asked.as_if.get(value, {})}))
        for value, label in asked.answers
    )
    sums = [answer.due.likely for answer in answers]
    return Question(asked.key, FACTS[asked.key].label, asked.why, max(sums) - min(sums), answers)


def explanations(case: Case, found: Sequence[Contradiction]) -> Iterator[Question]:
    """Two statements that cannot both be right are asked about once for all, with the euros that hang on them."""
    if found and case.fact(CONTRADICTION) is None:
        first = max(found, key=lambda one: (one.euros or ZERO, one.span.length))
        why = text(
            "{down}: {dead} {up}: {alive} Both cannot be right.",
            down=first.down.name,
            dead=first.down.saw,
            up=first.up.name,
            alive=first.up.saw,
        )
        yield Question(CONTRADICTION, FACTS[CONTRADICTION].label, why, first.euros or ZERO)


def _policies(case: Case) -> Iterator[Question]:
    """Own policies are asked for once, until one is written down or it is said that there is none."""
    if not case.records(Policy) and case.fact("insurance.none") is None:
        yield Question(
            "insurance.none",
            FACTS["insurance.none"].label,
            text(
                "A business-interruption, electronics, cyber or legal-expenses policy may pay at once, "
                "and its notice is due without delay."
            ),
            ZERO,
        )


def asked_once(case: Case, *, suing: bool) -> Iterator[Question]:
    """Facts that are asked for though they move no euro by themselves; those of a lawsuit where the country's law
    works one out. The odds are the user's; Heller invents none."""
    for row in FACTS.values():
        if row.asked and case.fact(row.key) is None and (suing or row.group != "suit"):
            yield Question(row.key, row.label, row.why, ZERO)
