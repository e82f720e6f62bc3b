"""What Heller asks once: each fact that is not stated and may matter, with the euros between its answers.

The worth is not guessed: the sum is worked out again with each answer. It knows no journal and no form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from heller.law.de.deadlines import STATES
from heller.model.amount import Range
from heller.model.case import Case
from heller.model.claim import Answer, Question
from heller.model.facts import FACTS
from heller.model.money import ZERO
from heller.model.outage import Contradiction
from heller.model.terms import Policy
from heller.model.text import Text, text

Due = Callable[[Mapping[str, str]], Range]
CONTRADICTION = "outage.contradiction"
YES_NO = (("yes", text("yes")), ("no", text("no")))


class _QuestionOf(Struct, frozen=True):
    """A question: its fact, its answers, what else must be assumed for the answers to differ."""

    key: str
    why: Text
    answers: tuple[tuple[str, Text], ...] = YES_NO
    given: tuple[tuple[str, str], ...] = ()
    since: date = date.min  # the first day of the law that asks it


_NEW_LAW = date(2021, 12, 1)  # TKG 2021
_STATES = tuple((code, Text(code)) for code in STATES.values())

ASKED = (
    _QuestionOf(
        "firm.deducts_input_vat",
        text("Who deducts input VAT claims net amounts, and gets his lawyer's fees back without VAT."),
    ),
    _QuestionOf(
        "line.provider_change",
        text("At a change of provider there is a lump sum since December 2021, for every end user."),
    ),
    _QuestionOf(
        "firm.small",
        text(
            "Micro and small firms have the lump sum for complete outage since December 2021, others have not."
        ),
        given=(("line.rights_waived", "no"), ("line.all_dead", "yes")),
        since=_NEW_LAW,
    ),
    _QuestionOf(
        "line.rights_waived",
        text("An express waiver takes the lump sum for complete outage from a small firm."),
        given=(("line.all_dead", "yes"),),
        since=_NEW_LAW,
    ),
    _QuestionOf(
        "line.all_dead",
        text("One dead service of several is no complete outage, and gives no lump sum."),
        given=(("line.rights_waived", "no"),),
        since=_NEW_LAW,
    ),
    _QuestionOf(
        "line.individual_terms",
        text(
            "An individually agreed limit replaces the cap; the answer yes is counted as one that lifts it."
        ),
    ),
    _QuestionOf(
        "firm.state",
        text("Holidays of the state move the days of default and the working days of a lump sum."),
        _STATES,
    ),
)


def questions(
    case: Case, began: date | None, due: Due, contradictions: Sequence[Contradiction] = ()
) -> tuple[Question, ...]:
    """The open questions, those worth most first. `began` is the first day of the outage, whose law they
    follow; `due` gives the sum with some facts stated; `contradictions` ask for an explanation first of all."""
    found = [_question(case, one, due) for one in ASKED if _open(case, one, began)]
    ranked = sorted(found, key=lambda one: -one.worth.cents)
    return (*_explained(case, contradictions), *ranked, *_policies(case), *_odds(case))


def _open(case: Case, asked: _QuestionOf, began: date | None) -> bool:
    """Not stated, and asked by the law of the outage; an agreed cap answers whether there are such terms."""
    if case.fact(asked.key) is not None or (began is not None and began < asked.since):
        return False
    return asked.key != "line.individual_terms" or case.fact("line.agreed_cap") is None


def _question(case: Case, asked: _QuestionOf, due: Due) -> Question:
    assumed = {key: value for key, value in asked.given if case.fact(key) is None}
    answers = tuple(
        Answer(value, label, due({**assumed, **_stated(asked.key, value)})) for value, label in asked.answers
    )
    sums = [answer.due.likely for answer in answers]
    return Question(asked.key, FACTS[asked.key].label, asked.why, max(sums) - min(sums), answers)


def _stated(key: str, value: str) -> Mapping[str, str]:
    """The facts that an answer states. Terms agreed individually can be worth no more than no cap."""
    if key == "line.individual_terms" and value == "yes":
        return {key: value, "line.agreed_cap": "1000000000.00"}
    return {key: value}


def _explained(case: Case, found: Sequence[Contradiction]) -> Iterator[Question]:
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


def _odds(case: Case) -> Iterator[Question]:
    """The odds are the user's; Heller invents none."""
    for key in ("suit.odds_low", "suit.odds_high"):
        if case.fact(key) is None:
            yield Question(key, FACTS[key].label, FACTS[key].why, ZERO)
